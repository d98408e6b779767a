import type { Call, Outcome } from "../state/call.js";

/** What a reader asks of its shell: run these calls, side by side, and hand back their outcomes in order. */
export interface LookInstruction {
  readonly do: "look";
  readonly calls: readonly Call[];
  /** Those that are tried once only: perhaps nobody needs what they answer. */
  readonly once?: ReadonlySet<Call>;
}

/** A computation that reads the account: it says what it needs, the shell fetches it. Pure. */
export type Reader<T> = Generator<LookInstruction, T, readonly Outcome[]>;

/** Asks for calls; an empty list is not asked for. `once`: those that are not worth a second try. */
export function* fetchAll(calls: readonly Call[], once: readonly Call[] = []): Reader<readonly Outcome[]> {
  if (calls.length === 0) return [];
  return yield once.length === 0 ? { do: "look", calls } : { do: "look", calls, once: new Set(once) };
}

/** Runs two readers side by side. */
export function* both<A, B>(first: Reader<A>, second: Reader<B>): Reader<readonly [A, B]> {
  // In the order in which they were given, each with its own type.
  return (yield* together<A | B>([first, second])) as readonly [A, B];
}

/** Runs readers side by side: what they ask for at the same time is fetched at the same time. */
export function* together<T>(readers: readonly Reader<T>[]): Reader<readonly T[]> {
  const steps = readers.map((reader) => reader.next());
  for (;;) {
    const waiting = steps.flatMap((step, index) => (step.done === true ? [] : [{ index, ...step.value }]));
    if (waiting.length === 0) break;
    const once = waiting.flatMap((one) => [...(one.once ?? [])]);
    const outcomes = yield* fetchAll(
      waiting.flatMap(({ calls }) => calls),
      once,
    );
    let from = 0;
    for (const { index, calls } of waiting) {
      const part = outcomes.slice(from, from + calls.length);
      from += calls.length;
      const reader = readers[index];
      if (reader !== undefined) steps[index] = reader.next(part);
    }
  }
  return steps.map((step) => {
    if (step.done !== true) throw new Error("a reader was left waiting");
    return step.value;
  });
}
