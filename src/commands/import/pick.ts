import { renderChoices } from "../../render/index.js";
import type { CommandContext } from "../context.js";
import { type Candidate, titleOf } from "./candidate.js";

/** Before that somebody at a terminal may try again. */
const ATTEMPTS = 3;

/** Asks which of these objects to import; by id. `undefined`: none, or no answer that could be understood. */
export async function pick(
  unmanaged: readonly Candidate[],
  { ask, look, mask }: Pick<CommandContext, "ask" | "look"> & { readonly mask: <T>(told: T) => T },
): Promise<ReadonlySet<string> | undefined> {
  const choices = unmanaged.filter(({ live }) => !live.archivedForGood);
  const shown = renderChoices(
    mask(
      choices.map((one) => ({
        kind: one.definition.kind,
        id: one.live.id,
        name: titleOf(one),
        url: one.live.url ?? null,
        open: one.live.open,
      })),
    ),
    look,
  );
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const answer = (await ask?.(QUESTION, attempt === 0 ? shown : CORRECTION)) ?? "";
    if (answer.trim() === "") return undefined;
    const chosen = readChoice(answer, choices.length);
    if (chosen !== undefined) return new Set(choices.filter((_, at) => chosen.has(at + 1)).map(idOf));
  }
  return undefined;
}

const idOf = ({ live }: Candidate): string => live.id;

const QUESTION = "Import which? Numbers such as 1 3 5-8, or all; Enter for none: ";
const CORRECTION = "That names none of them. Write numbers from the list, such as 1 3 5-8, or all.";

/** `1 3, 5-8` as numbers; `undefined` where a part of it is none of them. */
function readChoice(answer: string, count: number): ReadonlySet<number> | undefined {
  const words = answer
    .trim()
    .toLowerCase()
    .split(/[\s,]+/);
  const chosen = new Set<number>();
  for (const word of words) {
    const [, from = "", to = from] = /^(\d{1,6})(?:-(\d{1,6}))?$/.exec(word) ?? [];
    const range = word === "all" ? [1, count] : [Number(from), Number(to)];
    const [first = 0, last = 0] = range;
    if (first < 1 || last > count || first > last) return undefined;
    for (let number = first; number <= last; number += 1) chosen.add(number);
  }
  return chosen;
}
