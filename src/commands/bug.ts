import { KeyLeakError } from "../api/index.js";
import type { WrittenDiagnostic } from "../diagnostics/index.js";
import { type Look, redactText, renderDiagnostics, renderJson, safeText } from "../render/index.js";
import { maskKeys } from "./mask-keys.js";
import type { Printed } from "./print.js";
import { failureDocument } from "./result.js";

/** What to tell of an error that nobody expected: our own bug, or a key that was stopped on its way out. */
export function describeBug(error: unknown): WrittenDiagnostic {
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

/** What is printed of a bug that ended a command: no output, its trace neither, shows a key of the environment. */
export function renderBug(
  error: unknown,
  {
    command,
    flags,
    look,
    env,
  }: {
    command: string;
    flags: { json?: boolean | undefined; format?: string | undefined; debug?: boolean | undefined };
    look: Look;
    env: Readonly<Record<string, string | undefined>>;
  },
): Printed {
  const diagnostics = [describeBug(error)];
  const trace = flags.debug === true ? `${traceOf(error)}\n` : "";
  const isJson = flags.json === true || flags.format === "json";
  const document = failureDocument({ command, exitCode: 1, diagnostics });
  return maskKeys(
    isJson
      ? { stdout: renderJson(document), stderr: trace }
      : { stdout: "", stderr: renderDiagnostics(diagnostics, look) + trace },
    env,
  );
}

/** The way to a bug, for `--debug`. Its message may quote what a stranger wrote: it stays on one line. */
export function traceOf(error: unknown): string {
  const { message, stack = message } = error instanceof Error ? error : new Error(String(error));
  const oneLine = stack.replace(message, () => safeText(message));
  return oneLine
    .split("\n")
    .map((line) => safeText(redactText(line)))
    .join("\n");
}
