import type { Diagnostic } from "../diagnostics/index.js";
import { renderDiagnostics, toPlanDiagnostic } from "../render/index.js";
import type { CommandResult, Stop } from "./context.js";

/** A command that ended early: its reasons, on stderr as text, in the document's `diagnostics` as JSON. */
export function stopped(command: string, { exitCode, diagnostics }: Stop): CommandResult {
  return {
    exitCode,
    document: failureDocument({ command, exitCode, diagnostics }),
    stream: "stderr",
    render: (look) => renderDiagnostics(diagnostics, look),
  };
}

/** The least that `--json` prints, also on failure. */
export function failureDocument({
  command,
  exitCode,
  diagnostics,
}: {
  command: string;
  exitCode: number;
  diagnostics: readonly Diagnostic[];
}): {
  formatVersion: 1;
  command: string;
  exitCode: number;
  diagnostics: ReturnType<typeof toPlanDiagnostic>[];
} {
  return { formatVersion: 1, command, exitCode, diagnostics: diagnostics.map(toPlanDiagnostic) };
}
