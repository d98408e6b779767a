import type { Diagnostic } from "../../diagnostics/index.js";
import { renderImport, toPlanDiagnostic } from "../../render/index.js";
import type { ImportDocument, SkippedObject } from "../../state/import-document.js";
import { type CommandResult, exitCodes, type GlobalOptions } from "../context.js";
import { repeatedFlags, writeCommands } from "../flags.js";
import { titleOf } from "./candidate.js";
import type { ImportDraft } from "./draft.js";
import type { WriteTrouble } from "./write.js";

export interface ImportOutcome {
  readonly mask: <T>(told: T) => T;
  readonly project: string;
  readonly environment: string | null;
  readonly sandbox: boolean;
  readonly options: GlobalOptions;
  readonly apiCalls: number;
  /** `undefined`: there was nothing to import. */
  readonly draft: ImportDraft | undefined;
  readonly trouble: WriteTrouble;
  readonly skipped: readonly SkippedObject[];
  readonly diagnostics: readonly Diagnostic[];
}

/** What was imported, where it stands now, and what was left and why. */
export function reportImport(outcome: ImportOutcome): CommandResult<ImportDocument> {
  const { draft, trouble, project, environment, sandbox, apiCalls } = outcome;
  const isWritten = draft !== undefined && trouble.files === undefined;
  const imported = isWritten ? draft.imported.map((one) => describe(one, draft)).sort(byAddress) : [];
  const skipped = [...outcome.skipped].sort((a, b) => (sortKey(a) < sortKey(b) ? -1 : 1));
  const diagnostics = [trouble.files, trouble.lockfile, ...outcome.diagnostics].filter(
    (one) => one !== undefined,
  );
  const exitCode = exitCodeOf(diagnostics, skipped, imported.length > 0);
  const document = outcome.mask<ImportDocument>({
    ...{ formatVersion: 1, command: "import", exitCode, project, environment, sandbox },
    imported,
    accounts: isWritten
      ? draft.accounts.map(({ name, id, address }) => ({ name, id, address: address ?? null }))
      : [],
    skipped,
    files: isWritten ? [...draft.config.files.keys()].sort() : [],
    apiCalls,
    diagnostics: writeCommands(diagnostics, outcome.options).map(toPlanDiagnostic),
  });
  const extras = { flags: repeatedFlags(outcome.options) };
  return { exitCode, document, stream: "stdout", render: (look) => renderImport(document, look, extras) };
}

/** Something written and something not is partial; nothing written is an error. */
function exitCodeOf(
  diagnostics: readonly Diagnostic[],
  skipped: readonly SkippedObject[],
  isWritten: boolean,
): number {
  const failed = [...diagnostics, ...skipped].some(({ severity }) => severity === "error");
  if (!failed) return exitCodes.done;
  return isWritten ? exitCodes.partial : exitCodes.error;
}

function describe(
  one: ImportDraft["imported"][number],
  { config }: ImportDraft,
): ImportDocument["imported"][number] {
  const { to, live, existing } = one;
  return {
    address: to,
    kind: live.kind,
    id: live.id,
    name: titleOf(one),
    open: live.open,
    file: config.fileOf.get(to) ?? config.desired.entries.get(to)?.placeOf().file ?? "",
    existing,
  };
}

const byAddress = (a: { address: string }, b: { address: string }): number =>
  a.address < b.address ? -1 : 1;
const sortKey = ({ severity, kind, id }: SkippedObject): string => `${severity} ${kind} ${id}`;
