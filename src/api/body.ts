import type { Answered } from "./answer.js";
import type { TimeLimit } from "./limit.js";
import type { ArrivingBody } from "./transport.js";

const largestBodyBytes = 64 * 1024 * 1024;

/**
 * The text of an answer, as far as it came: a body that breaks off, takes too long or never ends still leaves the
 * HTTP status to judge by.
 */
export async function readBody(
  body: ArrivingBody,
  limit: TimeLimit,
): Promise<Pick<Answered, "text" | "cut">> {
  const decoder = new TextDecoder();
  let text = "";
  let bytes = 0;
  try {
    for (;;) {
      const piece = await limit.race(body.read());
      if (piece === undefined) return { text: text + decoder.decode() };
      bytes += piece.byteLength;
      if (bytes > largestBodyBytes) {
        return { text: "", cut: { why: "the answer is larger than 64 MiB", transient: false } };
      }
      text += decoder.decode(piece, { stream: true });
    }
  } catch (error) {
    const words = limit.reason()?.message ?? (error instanceof Error ? error.message : String(error));
    return { text, cut: { why: `the answer broke off (${words})`, transient: true } };
  } finally {
    body.cancel();
  }
}
