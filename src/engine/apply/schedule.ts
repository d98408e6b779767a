import type { ChangeAction } from "../../state/action.js";
import type { Address } from "../../state/address.js";
import { closing } from "../decision.js";
import { likenessOf } from "../likeness.js";
import type { Work } from "../work.js";

/** What is to be done next: a change to start, or one that can't be, because what it needs has failed. */
export type Turn = { readonly work: Work; readonly skip: string | undefined };

/**
 * Hands out changes so that each comes after what it depends on, closings first, and never two that create or look for
 * the same content at the same time: nobody could tell their objects apart. Each change is looked at a constant number of times.
 */
export class Schedule {
  readonly #ready: Work[] = [];
  /** Contents that are being created or looked for, with the changes that wait for their end. */
  readonly #twins = new Map<string, Work[]>();
  readonly #started = new Set<Work>();
  readonly #missing = new Map<Work, number>();
  readonly #dependants = new Map<Address, Work[]>();
  readonly #spoilt = new Map<Work, Address>();
  #next = 0;

  constructor(works: readonly Work[]) {
    const sorted = [...works].sort((a, b) => urgency(a) - urgency(b) || a.number - b.number);
    for (const work of sorted) {
      this.#missing.set(work, work.dependsOn.length);
      for (const address of work.dependsOn) {
        const others = this.#dependants.get(address);
        if (others === undefined) this.#dependants.set(address, [work]);
        else others.push(work);
      }
      if (work.dependsOn.length === 0) this.#ready.push(work);
    }
  }

  /** The next change, or `undefined` while all others wait for something under way. */
  take(): Turn | undefined {
    while (this.#next < this.#ready.length) {
      const work = this.#ready[this.#next];
      this.#next += 1;
      if (work === undefined) continue;
      const cause = this.#spoilt.get(work);
      if (cause !== undefined) return { work, skip: `\`${cause}\` comes first, and was not done` };
      const busy = contentsOf(work).find((content) => this.#twins.has(content));
      if (busy === undefined) {
        for (const content of contentsOf(work)) this.#twins.set(content, []);
        this.#started.add(work);
        return { work, skip: undefined };
      }
      this.#twins.get(busy)?.push(work);
    }
    return undefined;
  }

  /** A change is over, well or not: what waited for it may go on, or has to be skipped. */
  finish(work: Work, ok: boolean): void {
    if (this.#started.has(work)) for (const content of contentsOf(work)) this.#release(content);
    for (const dependant of this.#dependants.get(work.address) ?? []) {
      if (!ok && !this.#spoilt.has(dependant)) this.#spoilt.set(dependant, work.address);
      const missing = (this.#missing.get(dependant) ?? 1) - 1;
      this.#missing.set(dependant, missing);
      if (missing === 0) this.#ready.push(dependant);
    }
  }

  #release(content: string): void {
    const waiting = this.#twins.get(content) ?? [];
    this.#twins.delete(content);
    this.#ready.push(...waiting);
  }
}

/** What a crash left open is closed before all other work. */
function urgency({ decision: { actions } }: Work): number {
  const isClosing = actions.some((action) => closing.includes(action));
  return isClosing && actions.every((action) => takingDown.includes(action)) ? 0 : 1;
}

const takingDown: readonly ChangeAction[] = [...closing, "adopt", "move"];

/** What a change creates, and what it looks for because an interrupted run may have created it. */
function contentsOf({ decision, body }: Work): readonly string[] {
  const { actions, pair } = decision;
  const isCreate = actions.includes("create");
  const mayLook = isCreate || actions.includes("forget");
  const sought = [isCreate ? body : undefined, mayLook ? pair.intent?.values : undefined];
  return [
    ...new Set(
      sought
        .filter((values) => values !== undefined)
        .map((values) => `${pair.definition.kind} ${likenessOf(pair.definition, values)}`),
    ),
  ];
}
