import type { ChangeAction } from "../../state/action.js";
import type { Address } from "../../state/address.js";
import { closing } from "../decision.js";
import { likenessOf } from "../likeness.js";
import type { Work } from "../work.js";

/** What is to be done next: a change to start, or one that can't be, because what it needs has failed. */
export type Turn = { readonly work: Work; readonly skip: string | undefined };

/**
 * Hands out changes so that each comes after what it depends on, closings first, and never two at the same time that
 * exclude each other. Each change is looked at a constant number of times.
 */
export class Schedule {
  readonly #ready: Work[] = [];
  /** What changes under way keep for themselves. */
  readonly #held = new Set<string>();
  /** Who waits for it, in turn. */
  readonly #waiting = new Map<string, Work[]>();
  /** Changes under way, with what each keeps for itself. */
  readonly #started = new Map<Work, readonly string[]>();
  readonly #missing = new Map<Work, number>();
  readonly #dependants = new Map<Address, Work[]>();
  readonly #spoilt = new Map<Work, Address>();
  /** What was made open and could not be closed, by what it kept for itself. */
  readonly #leftOpen = new Map<string, Address>();
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
      const leftOpen = this.#findLeftOpen(work);
      if (leftOpen !== undefined)
        return { work, skip: `\`${leftOpen}\` could not be closed: this one would stay open as well` };
      const keeps = keptBy(work);
      const busy = keeps.find((kept) => this.#held.has(kept));
      if (busy === undefined) {
        for (const kept of keeps) this.#held.add(kept);
        this.#started.set(work, keeps);
        return { work, skip: undefined };
      }
      const others = this.#waiting.get(busy);
      if (others === undefined) this.#waiting.set(busy, [work]);
      else others.push(work);
    }
    return undefined;
  }

  /**
   * A change is over, well or not: what waited for it may go on, or has to be skipped. `leftOpen`: it made something
   * that should be closed, and is not.
   */
  finish(work: Work, { ok, leftOpen }: { ok: boolean; leftOpen: boolean }): void {
    if (leftOpen) for (const kept of bornOpen(work)) this.#leftOpen.set(kept, work.address);
    for (const kept of this.#started.get(work) ?? []) this.#release(kept);
    for (const dependant of this.#dependants.get(work.address) ?? []) {
      if (!ok && !this.#spoilt.has(dependant)) this.#spoilt.set(dependant, work.address);
      const missing = (this.#missing.get(dependant) ?? 1) - 1;
      this.#missing.set(dependant, missing);
      if (missing === 0) this.#ready.push(dependant);
    }
  }

  /** Whoever has waited for it longest is looked at again. What waits has all that it depends on: it is never skipped. */
  #release(kept: string): void {
    this.#held.delete(kept);
    const waiting = this.#waiting.get(kept) ?? [];
    this.#ready.push(...waiting.splice(0, this.#leftOpen.has(kept) ? waiting.length : 1));
  }

  #findLeftOpen(work: Work): Address | undefined {
    return bornOpen(work)
      .map((kept) => this.#leftOpen.get(kept))
      .find((address) => address !== undefined);
  }
}

/** What a crash left open is closed before all other work. */
function urgency({ decision: { actions } }: Work): number {
  const isClosing = actions.some((action) => closing.includes(action));
  return isClosing && actions.every((action) => takingDown.includes(action)) ? 0 : 1;
}

const takingDown: readonly ChangeAction[] = [...closing, "adopt", "move"];

/** What a change keeps for itself while it is under way. */
function keptBy(work: Work): readonly string[] {
  return [...contentsOf(work), ...bornOpen(work)];
}

/**
 * That its object is born open, to be closed at once: a run that ends in between leaves one behind that should not take
 * money, never several.
 */
function bornOpen({ decision: { actions, pair } }: Work): readonly string[] {
  const isClosedAtOnce = actions.includes("create") && actions.some((action) => closing.includes(action));
  return isClosedAtOnce ? [`${pair.definition.kind} born open`] : [];
}

/**
 * The content that it creates, and that it looks for because an interrupted run may have created it: nobody could tell
 * two such objects apart.
 */
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
