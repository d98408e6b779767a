import type { SourceFile, Span } from "../source-file.js";

export const char = {
  newline: 10,
  space: 32,
  quote: 34,
  hash: 35,
  dollar: 36,
  apostrophe: 39,
  comma: 44,
  dash: 45,
  dot: 46,
  colon: 58,
  openList: 91,
  backslash: 92,
  closeList: 93,
  underscore: 95,
  openMap: 123,
  pipe: 124,
  closeMap: 125,
  greater: 62,
} as const;

/** Where the reader is. `indent`: that of the line in hand, once its content is reached; -1 at the end of the text. */
export class Cursor {
  readonly text: string;
  at = 0;
  indent = 0;
  private readonly names = new Map<string, string>();

  constructor(readonly file: SourceFile) {
    this.text = file.text;
  }

  /** The code of the character in hand; NaN at the end. */
  get code(): number {
    return this.text.charCodeAt(this.at);
  }

  get isAtLineEnd(): boolean {
    return this.at >= this.text.length || this.code === char.newline;
  }

  spanFrom(start: number): Span {
    return { file: this.file, start, end: this.at };
  }

  /** The same text as one string, however often it is written: entries repeat their keys. `isNew`: it is the first. */
  shared(name: string, isNew: (name: string) => void): string {
    const known = this.names.get(name);
    if (known !== undefined) return known;
    isNew(name);
    this.names.set(name, name);
    return name;
  }

  skipSpaces(): void {
    while (this.code === char.space) this.at += 1;
  }
}

/** Thrown at the first thing that is not surely read as the yaml package would read it. */
export class Unsure extends Error {}

export function unsure(): never {
  throw new Unsure();
}

/** From the start of a line to the content of the next one that has any. */
export function toContent(cursor: Cursor): void {
  const { text } = cursor;
  for (;;) {
    const start = cursor.at;
    cursor.skipSpaces();
    if (cursor.at >= text.length) {
      cursor.indent = -1;
      return;
    }
    if (cursor.code === char.hash) toLineEnd(cursor);
    else if (cursor.code !== char.newline) {
      cursor.indent = cursor.at - start;
      return;
    }
    cursor.at += 1;
  }
}

/** After a value: nothing but a comment may follow on its line; then to the next content. */
export function endLine(cursor: Cursor): void {
  const before = cursor.at;
  cursor.skipSpaces();
  if (cursor.code === char.hash && cursor.at > before) toLineEnd(cursor);
  if (!cursor.isAtLineEnd) unsure();
  cursor.at += 1;
  toContent(cursor);
}

function toLineEnd(cursor: Cursor): void {
  const end = cursor.text.indexOf("\n", cursor.at);
  cursor.at = end < 0 ? cursor.text.length : end;
}
