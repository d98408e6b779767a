import type { ChangeAction, PlanDiagnostic, PlanDocument } from "./plan-document.js";
import type { Verification } from "./verify-document.js";

/** One action of a change, with the number that it has in the plan. */
export interface AppliedAction {
  readonly number: number;
  readonly address: string;
  readonly action: ChangeAction;
  readonly id: string | null;
}

/** Why an action failed. `unknown`: it may have been carried out; the next run finds out. */
export interface FailedAction extends AppliedAction {
  readonly error: {
    /** The API's; else the HTTP status; -1 where neither says why, as with `differs` and `stale`. */
    readonly code: number;
    readonly message: string;
    readonly outcome: "refused" | "unknown" | "differs" | "stale";
  };
}

export interface NotAttempted extends AppliedAction {
  readonly because: string;
}

/** What `apply --json` prints: the plan, and what became of it. */
export interface ApplyDocument {
  readonly formatVersion: 1;
  readonly command: "apply";
  readonly exitCode: number;
  readonly hash: string;
  readonly plan: PlanDocument;
  readonly done: readonly AppliedAction[];
  readonly failed: readonly FailedAction[];
  readonly notAttempted: readonly NotAttempted[];
  readonly summary: {
    readonly done: number;
    readonly failed: number;
    readonly notAttempted: number;
    /** Calls of the whole run, repeats not counted; those that write apart. */
    readonly apiCalls: number;
    readonly writes: number;
  };
  /** With `--verify`: what payers see of the links that changed. */
  readonly verification?: Verification;
  readonly diagnostics: readonly PlanDiagnostic[];
}
