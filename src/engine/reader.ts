import type { Call, Outcome } from "../state/call.js";

/** What a reader asks of its shell: run these calls, side by side, and hand back their outcomes in order. */
export interface LookInstruction {
  readonly do: "look";
  readonly calls: readonly Call[];
}

/** A computation that reads the account: it says what it needs, the shell fetches it. Pure. */
export type Reader<T> = Generator<LookInstruction, T, readonly Outcome[]>;

/** Asks for calls; an empty list is not asked for. */
export function* fetchAll(calls: readonly Call[]): Reader<readonly Outcome[]> {
  return calls.length === 0 ? [] : yield { do: "look", calls };
}

/** Runs readers side by side: what they ask for at the same time is fetched at the same time. */
export function* together<T>(readers: readonly Reader<T>[]): Reader<readonly T[]> {
  const steps = readers.map((reader) => reader.next());
  for (;;) {
    const waiting = steps.flatMap((step, index) =>
      step.done === true ? [] : [{ index, calls: step.value.calls }],
    );
    if (waiting.length === 0) break;
    const outcomes = yield* fetchAll(waiting.flatMap(({ calls }) => calls));
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
