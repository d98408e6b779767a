import { type CST, Lexer, Parser } from "yaml";
import type { Report } from "../report.js";
import type { SourceFile } from "./source-file.js";

/** The yaml package announces a plain or block text with this character; what follows is the text itself. */
const SCALAR_MARK = "\u001f";
const MAX_DEPTH = 100;
const MAX_ALIASES = 1000;

/**
 * Cuts the text into tokens and refuses what would harm the composer, which recurses: yaml 2.9.1 can be made
 * to abort the process by two documents of 1000 levels. The lexer and the parser do not recurse.
 * Directives are left out: `%YAML 1.1` would turn `no` into `false`.
 */
export function readTokens(file: SourceFile, report: Report): CST.Token[] | undefined {
  const parser = new Parser();
  const tokens: CST.Token[] = [];
  let afterMark = false;
  let aliases = 0;
  for (const lexeme of new Lexer().lex(file.text)) {
    const span = { file, start: parser.offset, end: parser.offset + lexeme.length };
    if (!afterMark && lexeme.startsWith("!")) reportTag(lexeme, report, span);
    if (!afterMark && /^[&*]/.test(lexeme)) aliases += 1;
    afterMark = lexeme === SCALAR_MARK;
    for (const token of parser.next(lexeme)) tokens.push(token);
    if (parser.stack.length > MAX_DEPTH) {
      report.add({ code: "GS1009", summary: `More than ${MAX_DEPTH} levels inside each other` }, span);
      return undefined;
    }
    if (aliases > MAX_ALIASES) {
      report.add({ code: "GS1010", summary: `More than ${MAX_ALIASES} anchors and aliases` }, span);
      return undefined;
    }
  }
  for (const token of parser.end()) tokens.push(token);
  return tokens.filter((token) => token.type !== "directive");
}

function reportTag(tag: string, report: Report, span: Parameters<Report["add"]>[1]): void {
  report.add(
    {
      code: "GS1013",
      summary: `The tag \`${tag}\` is not allowed`,
      detail: "Tags change what a value means; none is known here.",
      remedy: "Remove it, or put the text in quotes if it only begins with `!`.",
    },
    span,
  );
}
