import type { Answered } from "./answer.js";
import type { TimeLimit } from "./limit.js";

const largestBodyBytes = 64 * 1024 * 1024;

/**
 * The text of an answer, as far as it came: a body that breaks off, takes too long or never ends still leaves the
 * HTTP status to judge by.
 */
export async function readBody(
  response: Response,
  limit: TimeLimit,
): Promise<Pick<Answered, "text" | "cut">> {
  const reader = response.body?.getReader();
  if (reader === undefined) return { text: "" };
  const decoder = new TextDecoder();
  let text = "";
  let bytes = 0;
  try {
    for (;;) {
      const chunk = await limit.race(reader.read());
      if (chunk.done) return { text: text + decoder.decode() };
      bytes += chunk.value.byteLength;
      if (bytes > largestBodyBytes) {
        return { text: "", cut: { why: "the answer is larger than 64 MiB", transient: false } };
      }
      text += decoder.decode(chunk.value, { stream: true });
    }
  } catch (error) {
    const words = limit.reason()?.message ?? (error instanceof Error ? error.message : String(error));
    return { text, cut: { why: `the answer broke off (${words})`, transient: true } };
  } finally {
    // Frees the connection when we stop reading early; after the end it does nothing.
    reader.cancel().catch(() => {});
  }
}
