import type { Diagnostic } from "../diagnostics/index.js";
import { revealSecret, type Secret } from "./secret.js";

/** What is wrong with a key before it is ever sent: GS6001 (empty), GS6003 (no header could carry it). Never quotes it. */
export function checkApiKey(secret: Secret): Diagnostic | undefined {
  const text = revealSecret(secret);
  if (text.trim() === "") {
    return {
      code: "GS6001",
      severity: "error",
      summary: "The API key is empty.",
      remedy: "Set it, or use --sandbox to try without an account.",
    };
  }
  const flaw = findFlaw(text);
  if (flaw === undefined) return undefined;
  return {
    code: "GS6003",
    severity: "error",
    summary: `The API key ${flaw}.`,
    detail: "It would be refused, or sent as something else than was meant.",
    remedy: "Copy the key again, alone: no quotes, no `Bearer`, no line break at the end.",
  };
}

function findFlaw(text: string): string | undefined {
  if (/^bearer\s/i.test(text)) return "begins with `Bearer`, which is added by itself";
  if (/[\r\n]/.test(text)) return "holds a line break";
  if (/\s/.test(text)) return "holds a space";
  if (!/^[\x21-\x7e]+$/.test(text)) return "holds characters that are not printable ASCII";
  if (/^(["'`]).*\1$/.test(text)) return "is in quotation marks";
  return undefined;
}
