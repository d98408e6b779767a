/** One event for one webhook, and what became of it. */
export interface Delivery {
  readonly deliveryId: string;
  readonly webhookId: string;
  readonly eventId: string;
  readonly eventType: string;
  /** The exact text that is signed and sent. */
  readonly body: string;
  /**
   * `waiting` for an attempt, `delivered`, `failed` after the last attempt, `dropped` because its webhook was closed
   * meanwhile, `kept`: sent to nobody, for its URL is not on this machine.
   */
  state: "waiting" | "delivered" | "failed" | "dropped" | "kept";
  readonly attempts: Attempt[];
}

export interface Attempt {
  readonly at: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  /** HTTP status of the receiver; absent: it gave no answer. */
  readonly status?: number;
  readonly error?: string;
}
