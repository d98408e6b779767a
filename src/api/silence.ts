import type { Silent } from "./answer.js";

/** No address was found, or nobody listens there: nothing has left. Resets and time-outs say nothing of the kind. */
const neverLeft = new Set(["ENOTFOUND", "EAI_AGAIN", "ECONNREFUSED"]);

/** A fetch that failed, as an answer: certain that nothing left only where the system says so. */
export function describeSilence(error: unknown): Silent {
  const causes = rootCausesOf(error);
  const codes = causes.map(codeOf);
  const words = causes.map((cause, index) => describeCause(cause, codes[index]));
  return {
    kind: "silent",
    // Several addresses may have been tried: one that may have got through is enough to be unsure.
    mayHaveArrived: !codes.every((code) => code !== undefined && neverLeft.has(code)),
    why: [...new Set(words)].join("; "),
  };
}

/** fetch wraps what happened in `cause`; a host with several addresses gives an AggregateError. */
function rootCausesOf(error: unknown, depth = 0): readonly unknown[] {
  if (depth > 5 || !(error instanceof Error)) return [error];
  if (error instanceof AggregateError && error.errors.length > 0) {
    return error.errors.flatMap((inner: unknown) => rootCausesOf(inner, depth + 1));
  }
  return error.cause instanceof Error ? rootCausesOf(error.cause, depth + 1) : [error];
}

function codeOf(error: unknown): string | undefined {
  return error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : undefined;
}

function describeCause(error: unknown, code: string | undefined): string {
  const message = error instanceof Error ? error.message : String(error);
  return code === undefined || message.includes(code) ? message : `${message} (${code})`;
}
