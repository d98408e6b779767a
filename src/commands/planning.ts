import { basename } from "node:path";
import type { ApiPort } from "../api/index.js";
import { type Diagnostic, failure, type Result, success } from "../diagnostics/index.js";
import { checkMerchant, resolveAccounts } from "../engine/accounts.js";
import { bind } from "../engine/bind.js";
import { findDoubts } from "../engine/doubts.js";
import { observe } from "../engine/observe.js";
import { makePlan, type Plan, type PlanInput } from "../engine/plan.js";
import type { Reader } from "../engine/reader.js";
import { catalogue } from "../resources/catalogue.js";
import { type Address, parseAddress } from "../state/address.js";
import type { Observed } from "../state/live.js";
import type { Lockfile } from "../state/lockfile.js";
import { decodeLockfile } from "../state/lockfile-text.js";
import type { Allowance } from "../state/policy.js";
import type { Account } from "./account.js";
import { type CommandContext, exitCodes, type Stop, stop } from "./context.js";
import { findLeaks } from "./leaks.js";
import { isLockedElsewhere } from "./lock.js";
import { journalPath, type OpenedLockfile, openLockfile, readIfThere } from "./lockfile-store.js";
import { type ReadingProgress, showReading } from "./reading-progress.js";
import type { Scene } from "./scene.js";

export interface PlanningOptions {
  readonly command: string;
  readonly refresh: "auto" | "full";
  readonly targets: readonly string[];
  readonly allowances: readonly Allowance[];
}

/** A plan together with what it was made from. */
export interface Planned {
  readonly plan: Plan;
  readonly observed: Observed;
  readonly opened: OpenedLockfile;
  /** What the plan was computed from. */
  readonly input: PlanInput;
}

/**
 * Reads lockfile and account and computes the plan: the one way to a plan, for every command.
 * Exit 1 where there can be none: a lockfile that is not ours or not whole, another merchant's key, accounts that
 * cannot be read or resolved.
 */
export async function planProject(
  { project, account }: Scene,
  options: PlanningOptions,
  context: CommandContext,
): Promise<Planned | Stop> {
  const { desired } = project;
  const { project: name, environment } = desired;
  const leaks = findLeaks(desired, account.holdsKey);
  if (leaks.length > 0) return stop(exitCodes.error, leaks);
  const opened = await openLockfile(
    project.lockfile,
    { project: name, environment, origin: account.api.origin },
    context.cwd,
  );
  if (!opened.ok) return stop(exitCodes.error, opened.diagnostics);
  const { lockfile } = opened.value;
  const foreign = await readForeignIds(project.otherLockfiles);
  if (!foreign.ok) return stop(exitCodes.error, foreign.diagnostics);
  const bound = bind({ desired, lockfile, kinds: catalogue.kinds, foreignIds: foreign.value });
  if (!bound.ok) return stop(exitCodes.error, bound.diagnostics);
  const base = { kinds: catalogue.kinds, bindings: bound.value, lockfile, foreignIds: foreign.value };
  const accountsOf = (observed: Observed) => resolveAccounts(desired, observed.accounts);
  const seen = await runReader(
    observe({
      catalogue,
      bindings: bound.value,
      doubts: (observed) => {
        const accounts = accountsOf(observed);
        // Without accounts there will be no plan: nothing more needs to be read.
        if (!accounts.ok || checkMerchant(lockfile, observed.accounts) !== undefined) return new Map();
        return findDoubts({ ...base, observed, accounts: accounts.value }, options.refresh);
      },
    }),
    account.api,
    showReading(context),
  );
  const left = opened.value.interrupted ? [await sayJournal(project.lockfile)] : [];
  const said = [...project.diagnostics, ...account.diagnostics, ...left, ...bound.diagnostics];
  if (!seen.ok) return stop(exitCodes.error, [...said, ...seen.diagnostics]);
  const stranger = checkMerchant(lockfile, seen.value.accounts) ?? checkGone(seen.value, lockfile);
  if (stranger !== undefined) return stop(exitCodes.error, [...said, stranger]);
  const accounts = accountsOf(seen.value);
  if (!accounts.ok) return stop(exitCodes.error, [...said, ...accounts.diagnostics]);
  const input: PlanInput = {
    ...base,
    desired,
    observed: seen.value,
    accounts: accounts.value,
    targets: options.targets.map((target) => parseAddress(target)?.address ?? (target as Address)),
    allowances: options.allowances,
    target: account.target,
    origin: account.api.origin,
    tool: { name: "gstable-sync", version: context.version },
    command: options.command,
    apiCalls: account.api.stats.calls,
    diagnostics: [...said, ...seen.diagnostics],
  };
  return withCapabilities(input, { account, opened: opened.value });
}

/** The public capabilities only feed warnings about what is written, so they are read only when something is. */
async function withCapabilities(
  input: PlanInput,
  { account, opened }: { account: Account; opened: OpenedLockfile },
): Promise<Planned> {
  const first = makePlan(input);
  const isWritten = first.work.some(
    ({ body, decision }) => body !== undefined && decision.pair.definition.pricing,
  );
  if (!isWritten) return { plan: first, observed: input.observed, opened, input };
  const { call, decode } = catalogue.capabilities;
  const outcome = await account.api.run(call, { retry: false });
  const capabilities = outcome.kind === "done" ? decode(outcome.data) : undefined;
  const note: Diagnostic = {
    code: "GS2204",
    severity: "note",
    summary: "The public capabilities cannot be read",
    detail: "Tokens and amounts were not checked against what payers can pay with.",
  };
  const observed = { ...input.observed, capabilities };
  const diagnostics = capabilities === undefined ? [...input.diagnostics, note] : input.diagnostics;
  const whole = { ...input, observed, diagnostics, apiCalls: account.api.stats.calls };
  return { plan: makePlan(whole), observed, opened, input: whole };
}

/** Drives a reader: runs what it asks for side by side and hands back the outcomes. */
export async function runReader<T>(reader: Reader<T>, api: ApiPort, progress: ReadingProgress): Promise<T> {
  try {
    let step = reader.next();
    while (step.done !== true) {
      const { calls } = step.value;
      progress.asked(calls.length);
      const outcomes = await Promise.all(calls.map((call) => api.run(call).finally(progress.answered)));
      step = reader.next(outcomes);
    }
    return step.value;
  } finally {
    progress.end();
  }
}

/** A journal is what an interrupted run left, unless the run is still at work. */
async function sayJournal(lockfile: string): Promise<Diagnostic> {
  if (await isLockedElsewhere(lockfile)) {
    return {
      code: "GS3016",
      severity: "note",
      summary: "Another run is applying at this moment: what it has done so far is taken into account",
      detail: "What is shown here may be done a moment later.",
      remedy: "Run the command again when the other run is over.",
    };
  }
  return {
    code: "GS3015",
    severity: "note",
    summary: "An earlier run was interrupted: what its journal holds is taken into account",
    detail: `${basename(journalPath(lockfile))} has ids and values that the lockfile lacks; the next apply folds them in.`,
  };
}

/** At least two recorded objects, and more than half of them gone: the key belongs to somebody else. */
function checkGone(observed: Observed, lockfile: Lockfile): Diagnostic | undefined {
  const recorded = [...lockfile.entries].filter(([, { retired }]) => retired !== true);
  const gone = recorded.filter(([address, { id, open }]) => {
    const kind = observed.kinds.get(parseAddress(address)?.kind ?? "product");
    // A product that we archived may be hidden everywhere: that says nothing.
    return kind?.gone.get(id) === "missing" && (open || !address.startsWith("product."));
  });
  if (gone.length < 2 || gone.length * 2 <= recorded.length) return undefined;
  return {
    code: "GS3008",
    severity: "error",
    summary: `${gone.length} of ${recorded.length} recorded objects are not in this account`,
    detail:
      "So many cannot have vanished: the key belongs to another merchant than the lockfile. Nothing was written.",
    remedy: "Use the key of the merchant that the lockfile was made with.",
  };
}

/** What other environments manage is not ours to adopt, so a lockfile of theirs that cannot be read stops the run. */
async function readForeignIds(paths: readonly string[]): Promise<Result<ReadonlySet<string>>> {
  const ids = new Set<string>();
  for (const path of paths) {
    const text = await readIfThere(path);
    if (typeof text === "object") return failure(text);
    const decoded = text === undefined ? undefined : decodeLockfile(text, path);
    if (decoded?.ok === false) return decoded;
    for (const { id } of decoded?.value.entries.values() ?? []) ids.add(id);
  }
  return success(ids);
}
