import type { WrittenDiagnostic } from "../diagnostics/index.js";
import type { ApplyDocument } from "../state/apply-document.js";
import type { PlanDocument } from "../state/plan-document.js";
import type { RepeatedWords } from "./view/command.js";

/** What a command has to show: one value, whatever the format. */
export type Subject = PlanSubject | ApplySubject | DriftSubject | ProblemsSubject;

export interface PlanSubject extends RepeatedWords {
  readonly is: "plan";
  readonly document: PlanDocument;
  /** Where the plan was saved, for the command that applies it. */
  readonly planFile?: string;
}

export interface ApplySubject extends RepeatedWords {
  readonly is: "apply";
  readonly document: ApplyDocument;
  readonly approval?: readonly string[];
}

export interface DriftSubject extends Pick<RepeatedWords, "flags"> {
  readonly is: "drift";
  readonly document: PlanDocument;
  readonly unmanagedCounts: boolean;
}

/** What a command has to say that has no document of its own: all of `validate`, and why another one ended early. */
export interface ProblemsSubject {
  readonly is: "problems";
  readonly command: string;
  readonly exitCode: number;
  readonly diagnostics: readonly WrittenDiagnostic[];
  readonly sandbox: boolean;
  /** As far as they are known: a broken configuration may not even tell its name. */
  readonly project: string | null;
  readonly environment: string | null;
}
