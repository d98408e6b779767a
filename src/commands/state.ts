import { type Diagnostic, failure, type Result, success } from "../diagnostics/index.js";
import { renderJson, safeText } from "../render/index.js";
import { type Address, parseAddress } from "../state/address.js";
import { foldJournal, type JournalRecord } from "../state/journal.js";
import type { LockEntry, Lockfile } from "../state/lockfile.js";
import { encodeLockfile } from "../state/lockfile-text.js";
import { expectedOrigin } from "./base-urls.js";
import {
  type CommandContext,
  type CommandResult,
  exitCodes,
  type GlobalOptions,
  isStop,
  type Stop,
  stop,
} from "./context.js";
import { openProject } from "./project.js";
import { conclude, failureDocument, markSandbox } from "./result.js";
import { Journal } from "./state-files/journal-file.js";
import { acquireLock } from "./state-files/lock.js";
import { cannotSave, type OpenedLockfile, writeLockfile } from "./state-files/lockfile-store.js";
import { openOwnLockfile } from "./state-files/own-lockfile.js";

export type StateAction =
  | { readonly do: "list" }
  | { readonly do: "show" | "rm"; readonly address: string }
  | { readonly do: "mv"; readonly from: string; readonly to: string };

/** Looks at the lockfile, or edits it: names only, live objects are not touched. */
export async function state(
  action: StateAction,
  options: GlobalOptions,
  context: CommandContext,
): Promise<CommandResult> {
  const result = conclude("state", await act(action, options, context), options);
  return options.sandbox === true ? markSandbox(result) : result;
}

async function act(
  action: StateAction,
  options: GlobalOptions,
  context: CommandContext,
): Promise<CommandResult | Stop> {
  const project = await openProject(options, context);
  if (isStop(project)) return project;
  const at = { origin: expectedOrigin(options, context), cwd: context.cwd };
  if (action.do === "list" || action.do === "show") {
    const opened = await openOwnLockfile(project, at);
    if (!opened.ok) return stop(exitCodes.error, opened.diagnostics);
    return action.do === "list" ? list(opened.value.lockfile) : show(opened.value.lockfile, action.address);
  }
  const lock = await acquireLock(project.lockfile);
  if (isStop(lock)) return lock;
  try {
    const opened = await openOwnLockfile(project, at);
    if (!opened.ok) return stop(exitCodes.error, opened.diagnostics);
    const edited =
      action.do === "mv"
        ? moveEntry(opened.value.lockfile, action)
        : removeEntry(opened.value.lockfile, action.address);
    if (!edited.ok) return stop(exitCodes.error, edited.diagnostics);
    return await saveEdit(project.lockfile, { opened: opened.value, edit: edited.value });
  } finally {
    await lock.release();
  }
}

/** As a record of the journal: whatever else a name carries, such as a create in doubt, goes with it. */
interface Edit {
  readonly record: JournalRecord;
  readonly said: string;
}

function moveEntry(lockfile: Lockfile, { from, to }: { from: string; to: string }): Result<Edit> {
  const [source, target] = [parseAddress(from), parseAddress(to)];
  const entry = source === undefined ? undefined : lockfile.entries.get(source.address);
  if (source === undefined || entry === undefined) return failure(noEntry(from));
  if (target === undefined || target.kind !== source.kind) {
    return failure({
      ...noEntry(to),
      summary: `\`${to}\` is no address that \`${from}\` could have`,
    });
  }
  if (lockfile.entries.has(target.address) || lockfile.intents.has(target.address)) return failure(taken(to));
  return success({
    record: { type: "move", from: source.address, to: target.address },
    said: `${source.address} is ${target.address} now (${entry.id}).`,
  });
}

function removeEntry(lockfile: Lockfile, text: string): Result<Edit> {
  const address = parseAddress(text)?.address;
  const entry = address === undefined ? undefined : lockfile.entries.get(address);
  if (address === undefined || entry === undefined) return failure(noEntry(text));
  const said = `${address} is no longer recorded. The live object ${entry.id} is as it was, and nobody watches it now.`;
  return success({ record: { type: "forget", address }, said });
}

async function saveEdit(
  path: string,
  { opened: { lockfile, interrupted }, edit: { record, said } }: { opened: OpenedLockfile; edit: Edit },
): Promise<CommandResult | Stop> {
  try {
    const journal = new Journal(path, lockfile);
    // Whoever finds what an interrupted run left once more has to find the edit behind it.
    if (interrupted) await journal.append([record]);
    await writeLockfile(path, encodeLockfile(foldJournal(lockfile, [record])));
    await journal.end();
  } catch (error) {
    return stop(exitCodes.error, [cannotSave(path, error)]);
  }
  const document = {
    ...failureDocument({ command: "state", exitCode: exitCodes.done, diagnostics: [] }),
    said,
  };
  return { exitCode: exitCodes.done, document, stream: "stdout", render: () => `${safeText(said)}\n` };
}

function list(lockfile: Lockfile): CommandResult {
  const entries = [...lockfile.entries].map(([address, entry]) => describe(address, entry));
  const document = {
    ...failureDocument({ command: "state", exitCode: exitCodes.done, diagnostics: [] }),
    entries,
  };
  const widest = Math.max(0, ...entries.map(({ address }) => address.length));
  return {
    exitCode: exitCodes.done,
    document,
    stream: "stdout",
    render: () =>
      entries.length === 0
        ? "Nothing is recorded yet.\n"
        : entries
            .map(({ address, id, state: how, url }) =>
              [address.padEnd(widest), safeText(id), how, safeText(url ?? "")].join("  ").trimEnd(),
            )
            .map((line) => `${line}\n`)
            .join(""),
  };
}

function describe(address: Address, entry: LockEntry) {
  const how = entry.retired === true ? "retired" : entry.open ? "open" : "closed";
  return { address, id: entry.id, state: how, url: entry.linkUrl ?? null };
}

function show(lockfile: Lockfile, text: string): CommandResult | Stop {
  const address = parseAddress(text)?.address;
  const entry = address === undefined ? undefined : lockfile.entries.get(address);
  if (address === undefined || entry === undefined) return stop(exitCodes.error, [noEntry(text)]);
  const document = {
    ...failureDocument({ command: "state", exitCode: exitCodes.done, diagnostics: [] }),
    address,
    entry,
  };
  return {
    exitCode: exitCodes.done,
    document,
    stream: "stdout",
    render: () => renderJson({ [address]: entry }),
  };
}

function noEntry(address: string): Diagnostic {
  return {
    code: "GS3013",
    severity: "error",
    summary: `The lockfile has no \`${address}\``,
    remedy: "See what it has:",
    command: ["state list"],
  };
}

function taken(address: string): Diagnostic {
  return {
    code: "GS3014",
    severity: "error",
    summary: `The lockfile already has \`${address}\``,
    detail: "Two objects cannot share one name; one of them would be lost sight of.",
    remedy: "Choose another name.",
  };
}
