/** A piece of a sentence: our words, or a value whose text may be a stranger's. Each format escapes and sets it. */
export interface Piece {
  readonly is: "words" | "name" | "value" | "was" | "becomes" | "alarm" | "times";
  readonly text: string;
  /** An address, an URL: to be compared letter by letter. */
  readonly isCode?: boolean;
}

/** A sentence that all formats share. */
export type Phrase = readonly Piece[];

/** A sentence from our words and pieces. */
export function phrase(...parts: readonly (string | Piece | Phrase)[]): Phrase {
  return parts.flatMap((part): Phrase => {
    if (typeof part === "string") return part === "" ? [] : [{ is: "words", text: part }];
    return isPhrase(part) ? part : [part];
  });
}

/** A value, or what it was, or what it becomes. */
export function piece(is: Piece["is"], text: string): Piece {
  return { is, text };
}

/** The same for what is compared letter by letter. */
export function codePiece(is: "value" | "was" | "becomes", text: string): Piece {
  return { is, text, isCode: true };
}

function isPhrase(part: Piece | Phrase): part is Phrase {
  return Array.isArray(part);
}
