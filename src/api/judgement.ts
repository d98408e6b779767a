import type { Outcome } from "../state/call.js";
import type { Expected } from "./routes.js";

/** An outcome, and what it says about sending again. */
export interface Judgement {
  readonly outcome: Outcome;
  /** Asking again may help: only ever followed for reads. */
  readonly transient: boolean;
  /** The server finds that we ask too much: 429 or 900101. */
  readonly throttled: boolean;
  /** `Retry-After`, as it came. */
  readonly retryAfter?: string | undefined;
}

export interface Question {
  readonly expects: Expected;
  readonly isRead: boolean;
  /** Takes the key out of a server's words: it may have echoed it. */
  readonly redact: (text: string) => string;
}
