import { Lexer } from "yaml";
import type { SourceFile, Span } from "../parse/source-file.js";

/** The yaml package announces a plain or block text with this character: a `#` at its beginning is no comment. */
const SCALAR_MARK = "\u001f";
/** What the lexer adds for the beginning of a document, the end of a flow and a text: no part of the file. */
const signs: ReadonlySet<string> = new Set(["\u0002", "\u0018", SCALAR_MARK]);

/** The comments of a file, in their order. */
export function findComments(file: SourceFile): readonly Span[] {
  const comments: Span[] = [];
  let start = 0;
  let isText = false;
  for (const lexeme of new Lexer().lex(file.text)) {
    const length = signs.has(lexeme) ? 0 : lexeme.length;
    if (!isText && lexeme.startsWith("#")) comments.push({ file, start, end: start + length });
    isText = lexeme === SCALAR_MARK;
    start += length;
  }
  return comments;
}
