/** A part of a page that can be told shorter, or left out. */
export interface Part {
  readonly full: string;
  /** One line. Without it the part is whole or gone. */
  readonly short?: string;
  /** What would be missed most goes last: 0 is harmless. `undefined` never goes. */
  readonly harm?: number;
  /** What it is, for the note that says what was left out: `change`. */
  readonly what?: string;
  /** A line of a list: no empty line between it and the next one. */
  readonly isItem?: boolean;
  /** The headline of the parts that follow, up to the next one that never goes. */
  readonly isHeading?: boolean;
}

interface Placed {
  readonly part: Part;
  shown: "full" | "short" | "none";
}

/** Room for the note that says what was left out. */
const NOTE_BYTES = 600;

/**
 * The page, at most so many bytes long: cut from the harmless end and between parts, never inside of one. First
 * details go, then whole parts; `sayLeftOut` gets how many of what.
 */
export function fit(parts: readonly Part[], limitBytes: number, sayLeftOut: (left: LeftOut) => Part): string {
  const placed: Placed[] = parts.map((part) => ({ part, shown: "full" }));
  let size = parts.reduce((sum, { full }) => sum + bytesOf(full), 0);
  if (size <= limitBytes) return write(placed);
  for (const { place, to } of steps(placed)) {
    if (size <= limitBytes - NOTE_BYTES) break;
    size += (to === "short" ? bytesOf(place.part.short ?? "") : 0) - bytesOf(textOf(place));
    place.shown = to;
  }
  const at = placed.findIndex(({ part }) => part.harm !== undefined);
  placed.splice(at === -1 ? placed.length : at, 0, { part: sayLeftOut(count(placed)), shown: "full" });
  return write(placed);
}

/** How many of what are shorter, and how many are not there. */
export interface LeftOut {
  readonly shortened: ReadonlyMap<string, number>;
  readonly dropped: ReadonlyMap<string, number>;
}

function count(placed: readonly Placed[]): LeftOut {
  const of = (shown: Placed["shown"]) => {
    const counts = new Map<string, number>();
    for (const { part } of placed.filter((place) => place.shown === shown)) {
      if (part.what !== undefined) counts.set(part.what, (counts.get(part.what) ?? 0) + 1);
    }
    return counts;
  };
  return { shortened: of("short"), dropped: of("none") };
}

/**
 * In the order in which they are taken: details before whole parts of about the same harm, the last part first. A page
 * that closes keeps its line until the prices have lost their tables.
 */
function steps(placed: readonly Placed[]): readonly { place: Placed; to: "short" | "none" }[] {
  const all = placed.flatMap((place, index) => {
    const { harm, short } = place.part;
    if (harm === undefined) return [];
    const drop = { place, index, to: "none" as const, order: harm * 2 + (short === undefined ? 1 : 5) };
    return short === undefined ? [drop] : [{ place, index, to: "short" as const, order: harm * 2 }, drop];
  });
  return all.sort((a, b) => a.order - b.order || b.index - a.index);
}

/** A headline with nothing below it would say that there is nothing. */
function markEmpty(placed: readonly Placed[]): readonly Placed[] {
  return placed.map((place, index) => {
    if (place.part.isHeading !== true) return place;
    const next = placed.findIndex(({ part }, other) => other > index && part.harm === undefined);
    const below = placed.slice(index + 1, next === -1 ? placed.length : next);
    if (below.length === 0 || below.some(({ shown }) => shown !== "none")) return place;
    return { ...place, part: { ...place.part, full: `${place.part.full}\n\n_Left out: ${below.length}._` } };
  });
}

function write(all: readonly Placed[]): string {
  const shown = markEmpty(all).filter((place) => textOf(place) !== "");
  return shown
    .map((place, index) => {
      const next = shown[index + 1];
      const isList = isItem(place) && next !== undefined && isItem(next);
      return `${textOf(place)}${next === undefined || isList ? "\n" : "\n\n"}`;
    })
    .join("");
}

function isItem({ part, shown }: Placed): boolean {
  return shown === "short" || part.isItem === true;
}

function textOf({ part, shown }: Placed): string {
  return shown === "full" ? part.full : shown === "short" ? (part.short ?? "") : "";
}

/** With the empty line that may follow it. */
function bytesOf(text: string): number {
  return text === "" ? 0 : new TextEncoder().encode(text).length + 2;
}
