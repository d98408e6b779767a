import { type Diagnostic, sayFailure } from "../../diagnostics/index.js";
import type { Failure } from "../../state/call.js";
import type { WebhookDocument } from "../../state/webhook-document.js";

/** What came of a rotation or a revival. */
export interface WebhookOutcome {
  readonly outcome: WebhookDocument["outcome"];
  readonly exitCode: number;
  readonly status: string | undefined;
  readonly keyKept: boolean;
  readonly diagnostics: readonly Diagnostic[];
}

/** GStable said no: nothing was carried out. */
export function refused(failure: Failure): Diagnostic {
  return {
    code: "GS2506",
    severity: "error",
    summary: `GStable refused: ${sayFailure(failure)}`,
    detail: "Nothing was carried out.",
    ...(failure.code === 401 || failure.code === 403
      ? { remedy: "It needs a secret key (sk_live_…) that may write." }
      : {}),
  };
}

/** Nobody knows, and what to do about it. */
export function doubtful(summary: string, detail: string): Diagnostic {
  return { code: "GS2507", severity: "error", summary, detail };
}
