import type { EditedConfig } from "../../config/emit/index.js";
import type { Diagnostic } from "../../diagnostics/index.js";
import { renderAccept, toPlanDiagnostic } from "../../render/index.js";
import type { AcceptDocument } from "../../state/accept-document.js";
import type { PlanDrift } from "../../state/plan-document.js";
import { type CommandResult, exitCodes, type GlobalOptions } from "../context.js";
import { writeCommands } from "../flags.js";
import type { Choice, Choices } from "./choose.js";

export interface AcceptOutcome {
  readonly project: string;
  readonly environment: string | null;
  readonly sandbox: boolean;
  readonly options: GlobalOptions;
  readonly chosen: Choices;
  readonly edited: EditedConfig;
  readonly interrupted: boolean;
  /** What could not be written: nothing then, or everything but the lockfile. */
  readonly trouble: { readonly files?: Diagnostic; readonly lockfile?: Diagnostic };
  /** What was said of the addresses. */
  readonly diagnostics: readonly Diagnostic[];
}

/** What became of the drift: accepted, or left and why. */
export function reportAccept(outcome: AcceptOutcome): CommandResult<AcceptDocument> {
  const { edited, chosen, trouble, project, environment, sandbox } = outcome;
  const isWritten = trouble.files === undefined;
  const made = isWritten ? edited.made : [];
  const accepted = chosen.entries.flatMap((choice) => acceptedOf(choice, made));
  const left = [
    ...chosen.entries.flatMap((choice) => leftOf(choice, edited)),
    ...chosen.accounts.map(leftAccount),
  ];
  const files = isWritten ? [...edited.files.keys()].sort() : [];
  const exitCode = exitCodeOf(outcome, left.length > 0);
  const said = [
    ...[trouble.files, trouble.lockfile].filter((one) => one !== undefined),
    ...edited.refused.map(({ diagnostic }) => diagnostic),
    ...outcome.diagnostics,
  ];
  const document: AcceptDocument = {
    ...{ formatVersion: 1, command: "drift", exitCode, project, environment, sandbox },
    accepted,
    left,
    files,
    written: files.map((file) => ({
      file,
      addresses: [...new Set(made.flatMap((one) => (one.file === file ? [one.edit.address] : [])))].sort(),
    })),
    diagnostics: writeCommands(said, outcome.options).map(toPlanDiagnostic),
  };
  return { exitCode, document, stream: "stdout", render: (look) => renderAccept(document, look) };
}

function exitCodeOf({ trouble, interrupted }: AcceptOutcome, isLeft: boolean): number {
  if (interrupted) return exitCodes.interrupted;
  if (trouble.files !== undefined) return exitCodes.error;
  if (trouble.lockfile !== undefined) return exitCodes.partial;
  return isLeft ? exitCodes.changes : exitCodes.done;
}

function acceptedOf({ acceptance }: Choice, made: EditedConfig["made"]): AcceptDocument["accepted"] {
  const isMade = (field: string) =>
    made.some(({ edit }) => edit.address === acceptance.address && edit.field === field);
  const fields = unique(acceptance.edits.filter(({ field }) => isMade(field)).flatMap(({ paths }) => paths));
  return fields.length === 0 ? [] : [{ address: acceptance.address, fields }];
}

function leftOf({ acceptance }: Choice, { refused }: EditedConfig): AcceptDocument["left"] {
  const { address } = acceptance;
  const unwritten = acceptance.edits.flatMap(({ field, paths }) => {
    const why = refused.find(({ edit }) => edit.address === address && edit.field === field)?.diagnostic
      .detail;
    return why === undefined ? [] : [{ address, fields: unique(paths), why }];
  });
  const unsayable = acceptance.left.map(({ paths, why }) => ({ address, fields: unique(paths), why }));
  return [...unsayable, ...unwritten];
}

function leftAccount({ address, fields }: PlanDrift): AcceptDocument["left"][number] {
  return {
    address,
    fields: fields.map(({ path }) => path),
    why: `a payout is nothing to take over in passing; find out who changed it, then apply with \`--allow routing:${address}\` and edit the pin where there is one`,
  };
}

/** One item gone and another one in its place are two differences at one path. */
const unique = (paths: readonly string[]): readonly string[] => [...new Set(paths)];
