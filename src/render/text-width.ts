/**
 * A letter with its marks, an emoji with its skin tone, a flag, a Hangul syllable. Not Intl.Segmenter: in Node 20 it
 * takes time that grows with the square of the text, and its answer depends on the Unicode version.
 */
const character = /\p{Regional_Indicator}{2}|.[\p{M}\p{Emoji_Modifier}\u1160-\u11ff\ud7b0-\ud7ff]*/gsu;
const plain = /^[\x20-\x7e]*$/;
const invisible = /^\p{M}+$/u;
const emoji = /\p{Emoji_Presentation}|\ufe0f/u;

/** First and last of the ranges that terminals draw two columns wide (Unicode East Asian Width: W and F). */
const wideRanges: readonly (readonly [first: number, last: number])[] = [
  [0x1100, 0x115f],
  [0x2329, 0x232a],
  [0x2e80, 0x303e],
  [0x3041, 0x33ff],
  [0x3400, 0x4dbf],
  [0x4e00, 0xa4cf],
  [0xa960, 0xa97f],
  [0xac00, 0xd7a3],
  [0xf900, 0xfaff],
  [0xfe30, 0xfe6f],
  [0xff01, 0xff60],
  [0xffe0, 0xffe6],
  [0x17000, 0x18cff],
  [0x1b000, 0x1b2ff],
  [0x1f200, 0x1f2ff],
  [0x20000, 0x3fffd],
];

/** Whether each character is one that ASCII can print: one column, and what it looks like. */
export function isPlain(text: string): boolean {
  return plain.test(text);
}

/** What a reader takes for one character, in order. */
export function charactersOf(text: string): readonly string[] {
  if (isPlain(text)) return text.split("");
  return text.match(character) ?? [];
}

/** Columns that a character takes in a terminal: 0, 1 or 2. */
export function characterWidth(character: string): number {
  if (character.length === 1 && isPlain(character)) return 1;
  if (invisible.test(character)) return 0;
  if (emoji.test(character)) return 2;
  const code = character.codePointAt(0) ?? 0;
  return wideRanges.some(([first, last]) => code >= first && code <= last) ? 2 : 1;
}

/** Columns that a text takes in a terminal. */
export function textWidth(text: string): number {
  if (isPlain(text)) return text.length;
  return charactersOf(text).reduce((sum, character) => sum + characterWidth(character), 0);
}
