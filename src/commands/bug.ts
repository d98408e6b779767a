import { KeyLeakError } from "../api/index.js";
import type { Diagnostic } from "../diagnostics/index.js";
import { redactText } from "../render/index.js";

/** What to tell of an error that nobody expected: our own bug, or a key that was stopped on its way out. */
export function describeBug(error: unknown): Diagnostic {
  const message = redactText(error instanceof Error ? error.message : String(error));
  if (error instanceof KeyLeakError) {
    return {
      code: "GS6008",
      severity: "error",
      summary: message,
      detail: "A field of the configuration or of a live object must hold it. Nothing was sent after that.",
      remedy: "Take the key out, and replace it in the dashboard.",
    };
  }
  return {
    code: "GS9001",
    severity: "error",
    summary: `This is a bug in gstable-sync: ${message}`,
    detail: "What was done before it is saved; running the same command again is safe.",
    remedy: "Please report it, with the output of the same command and --debug.",
  };
}

/** The way to a bug, for `--debug`. */
export function traceOf(error: unknown): string {
  return error instanceof Error ? redactText(error.stack ?? error.message) : redactText(String(error));
}
