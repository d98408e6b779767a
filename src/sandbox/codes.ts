/** The codes that are known, and 299xxx: codes of the sandbox's own where the real ones are not (Fact gap G3). */
const apiMessages = {
  100101: "Payment link not found",
  100102: "Payment link is archived",
  100103: "Payment link is not active",
  100104: "Invalid payment link version",
  100201: "Session not found",
  100202: "Session client key is invalid",
  100203: "Session is expired",
  100204: "Session is paid",
  100205: "Session is cancelled",
  100206: "Session payer mismatch",
  100301: "Product not found",
  100302: "Product partial missing",
  100303: "Product partially unavailable",
  100304: "Product is not active",
  100305: "Product has been used",
  100306: "Product has been removed",
  299001: "Too many webhooks (a code of the sandbox: the real one is not documented)",
  299002: "Webhook not found (a code of the sandbox: the real one is not documented)",
  299003: "Webhook URL is refused (a code of the sandbox: the real one is not documented)",
  299004: "Already in this state (a code of the sandbox: the real one is not documented)",
  299005: "Webhook is paused (a code of the sandbox: the real one is not documented)",
  299101: "Account not found (a code of the sandbox: the real one is not documented)",
  299102: "Account is not normal (a code of the sandbox: the real one is not documented)",
  299201: "Session is signed (a code of the sandbox: the real one is not documented)",
  299301: "Authorization has expired (a code of the sandbox: the real one is not documented)",
  299302: "Signature is not the payer's (a code of the sandbox: the real one is not documented)",
  299303: "Authorization nonce was used before (a code of the sandbox: the real one is not documented)",
  299304: "Session has no payer yet (a code of the sandbox: the real one is not documented)",
  299401: "Unauthorized (a code of the sandbox: the real one is not documented)",
  299403: "Forbidden (a code of the sandbox: the real one is not documented)",
  400101: "Invalid field format",
  400201: "Unsupported currency",
  400202: "Unsupported channel",
  400203: "Settlement capabilities not found",
  400301: "Stat not found",
  900101: "Too many requests",
  900201: "Failed to create record",
  900202: "Failed to update record",
  900203: "Failed to query record",
  900301: "Image processing failed",
  999999: "Internal system error",
} as const;

type ApiCode = keyof typeof apiMessages;

/** A request that the sandbox answers with a business code. */
export class ApiError extends Error {
  constructor(
    readonly code: ApiCode,
    detail?: string,
  ) {
    super(detail === undefined ? apiMessages[code] : `${apiMessages[code]}: ${detail}`);
    this.name = "ApiError";
  }
}

/** What to say for any code, also one that a script made up. */
export function messageOf(code: number): string {
  return Object.entries(apiMessages).find(([known]) => Number(known) === code)?.[1] ?? "Scripted failure";
}

/** The HTTP status that goes with a code under the knob `httpStatus: mirrored`. */
export function mirroredStatus(code: number): number {
  if (code === 0) return 200;
  if ([100101, 100201, 100301, 299002, 299101].includes(code)) return 404;
  if (code === 900101) return 429;
  if (code >= 900000) return 500;
  if (code >= 400000) return 400;
  return 409;
}
