import type { PlanDiagnostic } from "./plan-document.js";

/** What `drift --accept --json` prints. */
export interface AcceptDocument {
  readonly formatVersion: 1;
  readonly command: "drift";
  readonly exitCode: number;
  readonly project: string;
  readonly environment: string | null;
  readonly sandbox: boolean;
  /** What the configuration says now as it is live; `fields` as the drift names them. */
  readonly accepted: readonly { readonly address: string; readonly fields: readonly string[] }[];
  /** Drift that stays drift. */
  readonly left: readonly {
    readonly address: string;
    readonly fields: readonly string[];
    readonly why: string;
  }[];
  /** Files of the configuration that were written, with the entries that changed in each. */
  readonly files: readonly string[];
  readonly written: readonly { readonly file: string; readonly addresses: readonly string[] }[];
  readonly diagnostics: readonly PlanDiagnostic[];
}
