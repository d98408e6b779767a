import type { Address } from "../../state/address.js";
import { canonicalJson } from "../../state/value.js";
import type { Work } from "../work.js";

/** What is to be done next: a change to start, or one that can't be, because what it needs has failed. */
export type Turn = { readonly work: Work; readonly skip: string | undefined };

/**
 * Hands out changes so that each comes after what it depends on, closings first, and never two creates with equal
 * bodies at the same time: nobody could tell their objects apart. Each change is looked at a constant number of times.
 */
export class Schedule {
  readonly #ready: Work[] = [];
  /** Creates that wait for another one with the same body. */
  readonly #twins = new Map<string, Work[]>();
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
      const key = createKey(work);
      if (key === undefined) return { work, skip: undefined };
      const waiting = this.#twins.get(key);
      if (waiting === undefined) {
        this.#twins.set(key, []);
        return { work, skip: undefined };
      }
      waiting.push(work);
    }
    return undefined;
  }

  /** A change is over, well or not: what waited for it may go on, or has to be skipped. */
  finish(work: Work, ok: boolean): void {
    const key = createKey(work);
    if (key !== undefined) this.#release(key);
    for (const dependant of this.#dependants.get(work.address) ?? []) {
      if (!ok && !this.#spoilt.has(dependant)) this.#spoilt.set(dependant, work.address);
      const missing = (this.#missing.get(dependant) ?? 1) - 1;
      this.#missing.set(dependant, missing);
      if (missing === 0) this.#ready.push(dependant);
    }
  }

  #release(key: string): void {
    const waiting = this.#twins.get(key);
    if (waiting === undefined) return;
    this.#twins.delete(key);
    this.#ready.push(...waiting);
  }
}

/** What a crash left open is closed before all other work. */
function urgency({ decision }: Work): number {
  return decision.actions.every((action) => action === "disable" || action === "archive") ? 0 : 1;
}

function createKey({ decision, body }: Work): string | undefined {
  return decision.actions.includes("create")
    ? `${decision.pair.definition.kind} ${canonicalJson(body)}`
    : undefined;
}
