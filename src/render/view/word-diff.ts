import { diffWordsWithSpace } from "diff";

/** A stretch of a text: in both, only before, only after, or left out because nothing changed in it. */
export interface WordPart {
  readonly is: "kept" | "removed" | "added" | "skipped";
  readonly text: string;
}

/** Words that may differ before a text counts as rewritten; also the bound on the time that comparing takes. */
const MOST_EDITS = 200;
/** Below this a reader takes in both texts faster than marks in one. */
const LEAST_LENGTH = 50;
/** An unchanged stretch longer than this keeps only its ends. */
const LONGEST_KEPT = 160;
const END_LENGTH = 60;

/** The word diff of two long texts; `undefined` where showing both whole is easier to read. */
export function diffWords(before: string, after: string): readonly WordPart[] | undefined {
  if (before.length + after.length < LEAST_LENGTH) return undefined;
  const parts = diffWordsWithSpace(before, after, { maxEditLength: MOST_EDITS });
  if (parts === undefined) return undefined;
  const kept = parts.filter((part) => !part.added && !part.removed);
  const keptLength = kept.reduce((sum, part) => sum + part.value.length, 0);
  if (keptLength * 2 < Math.min(before.length, after.length)) return undefined;
  return parts.flatMap((part, index): readonly WordPart[] => {
    if (part.added) return [{ is: "added", text: part.value }];
    if (part.removed) return [{ is: "removed", text: part.value }];
    return shorten(part.value, { isFirst: index === 0, isLast: index === parts.length - 1 });
  });
}

function shorten(text: string, at: { isFirst: boolean; isLast: boolean }): readonly WordPart[] {
  if (text.length <= LONGEST_KEPT) return [{ is: "kept", text }];
  const head = at.isFirst ? "" : text.slice(0, breakNear(text, END_LENGTH));
  const tail = at.isLast ? "" : text.slice(breakNear(text, text.length - END_LENGTH));
  const skipped = text.slice(head.length, text.length - tail.length);
  const parts: readonly WordPart[] = [
    { is: "kept", text: head },
    { is: "skipped", text: skipped },
    { is: "kept", text: tail },
  ];
  return parts.filter((part) => part.text !== "");
}

/** A place between two words, or between two whole characters where there is no space near. */
function breakNear(text: string, place: number): number {
  const space = text.indexOf(" ", place);
  if (space !== -1 && space - place < 20) return space;
  const unit = text.charCodeAt(place);
  return unit >= 0xdc00 && unit <= 0xdfff ? place + 1 : place;
}
