import type { Address } from "../../state/address.js";
import type { Call, Outcome } from "../../state/call.js";
import type { JournalRecord } from "../../state/journal.js";
import type { LookInstruction, Reader } from "../reader.js";

/**
 * What the apply machine asks of its shell, and goes on only when it is done:
 * - `save`: these records are on disk and synced;
 * - `send`: this write was sent once, and this came of it;
 * - `look`: these reads were made, side by side;
 * - `wait`: this much time has passed;
 * - `keep`: this secret, which the API shows with what it made, was put where the user keeps secrets, if anywhere.
 */
export type Instruction =
  | { readonly do: "save"; readonly records: readonly JournalRecord[] }
  | { readonly do: "send"; readonly call: Call }
  | LookInstruction
  | { readonly do: "wait"; readonly waitMs: number; readonly why: string }
  | { readonly do: "keep"; readonly address: Address; readonly secret: string };

/** What the shell hands back: nothing for `save`, `wait` and `keep`, outcomes for the others. */
export type Answer = undefined | Outcome | readonly Outcome[];

/** Whether it is what came of a write. */
export function isOutcome(answer: Answer): answer is Outcome {
  return answer !== undefined && "kind" in answer;
}

/** A part of the machine: a computation that stops at each instruction until the shell has carried it out. */
export type Step<T> = Generator<Instruction, T, Answer>;

/** Goes on once the records are on disk. */
export function* save(...records: readonly JournalRecord[]): Step<void> {
  if (records.length > 0) yield { do: "save", records };
}

/** Sends a write, once. */
export function* send(call: Call): Step<Outcome> {
  const outcome = yield { do: "send", call };
  if (!isOutcome(outcome)) throw new Error("a write is answered with an outcome");
  return outcome;
}

/** Lets time pass. */
export function* wait(waitMs: number, why: string): Step<void> {
  if (waitMs > 0) yield { do: "wait", waitMs, why };
}

/** Hands a secret on. It is in no record, no result and no message. */
export function* keep(address: Address, secret: string | undefined): Step<void> {
  if (secret !== undefined) yield { do: "keep", address, secret };
}

/** Runs a reader of the planning side within the machine. */
export function* read<T>(reader: Reader<T>): Step<T> {
  let step = reader.next();
  while (step.done !== true) {
    const outcomes = yield step.value;
    if (outcomes === undefined || isOutcome(outcomes)) throw new Error("looks are answered with outcomes");
    step = reader.next(outcomes);
  }
  return step.value;
}
