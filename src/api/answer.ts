/** What came of one request on the wire, before anybody judges it. */
export type WireAnswer = Answered | Silent;

export interface Answered {
  readonly kind: "answered";
  readonly status: number;
  readonly text: string;
  /** The `Retry-After` and `Location` headers, as they came. */
  readonly retryAfter?: string | undefined;
  readonly location?: string | undefined;
  /** Set when `text` is not all of the body: what ended it. */
  readonly cut?: { readonly why: string; readonly transient: boolean };
}

export interface Silent {
  readonly kind: "silent";
  /** False only when it is certain that the request never left: no address (DNS), connection refused. */
  readonly mayHaveArrived: boolean;
  readonly why: string;
}

/** A request as it goes out; `keyed` ones carry the key. */
export interface WireRequest {
  readonly verb: string;
  readonly url: string;
  readonly body?: string | undefined;
  readonly keyed: boolean;
}
