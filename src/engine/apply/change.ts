import type { ChangeAction } from "../../state/action.js";
import type { Outcome } from "../../state/call.js";
import type { LockEntry } from "../../state/lockfile.js";
import { baselineEntry } from "../baseline.js";
import { closing } from "../decision.js";
import type { Work } from "../work.js";
import { type ApplyError, type Context, differs, errorOf, isError, resolveIds } from "./context.js";
import { create, lookForMade, recordMade } from "./create.js";
import { idOf, isGone, lookAt } from "./look.js";
import { checkUnmoved, setOpen, update } from "./modify.js";
import { type Step, save, send } from "./step.js";

/**
 * What became of one action of a change. `waived`: GStable does not allow it, as was to be expected, and a remark says
 * so; it is neither done nor failed.
 */
export type ActionResult = { readonly action: ChangeAction } & (
  | { readonly is: "done" | "waived" }
  | { readonly is: "failed"; readonly error: ApplyError }
  | { readonly is: "skipped"; readonly because: string }
);

const WAIVED = "waived";
/** What is sent only while the object is as the plan saw it; closing is harmless whatever it shows. */
const needUnmoved: readonly ChangeAction[] = ["update", "enable", "unarchive", "remove"];

/** What asks nothing of other entries: not what is sold, nor what is wanted of it. */
const unconditional: readonly ChangeAction[] = ["move", "disable"];

/** Whether a change closes a page or a webhook that is there, whatever became of what comes first. */
export function closesAnyway({ decision: { actions } }: Work): boolean {
  return actions.includes("disable") && !actions.includes("create") && !actions.includes("adopt");
}

/**
 * Carries out one change, action by action. After a failure the rest is not attempted, but for closing:
 * a page that should not take money is closed even when its update failed, or (`blocked`) what the update needs.
 */
export function* runChange(work: Work, context: Context, blocked?: string): Step<readonly ActionResult[]> {
  const results: ActionResult[] = [];
  const { actions } = work.decision;
  const triedAnyway = blocked === undefined ? closing : unconditional;
  let because = blocked;
  let checked = actions.includes("create");
  for (const action of actions) {
    const isThere = !actions.includes("create") || isMade(work, context);
    if (because !== undefined && !(triedAnyway.includes(action) && isThere)) {
      results.push({ action, is: "skipped", because });
      continue;
    }
    let error: ApplyError | undefined;
    // What is archived only to be removed is looked at before its own archiving has moved it.
    const needsCheck = needUnmoved.includes(action) || actions.includes("remove");
    if (!checked && needsCheck) {
      checked = true;
      error = yield* checkUnmoved(work, context);
    }
    const ended = error ?? (yield* runAction(work, { action, context }));
    if (ended === undefined) results.push({ action, is: "done" });
    else if (ended === WAIVED) results.push({ action, is: "waived" });
    else {
      results.push({ action, is: "failed", error: ended });
      because ??= `\`${action}\` failed`;
    }
  }
  return results;
}

/** Whether a create has recorded an object by now: one that failed may have found what an interrupted run made. */
function isMade({ address, decision: { pair } }: Work, { draft }: Context): boolean {
  const id = draft.entry(address)?.id;
  return id !== undefined && id !== pair.lock?.id;
}

function* runAction(
  work: Work,
  { action, context }: { action: ChangeAction; context: Context },
): Step<ApplyError | typeof WAIVED | undefined> {
  switch (action) {
    case "create":
      return yield* create(work, context);
    case "update":
      return yield* update(work, context);
    case "enable":
    case "disable":
    case "archive":
    case "unarchive":
      return yield* setOpen(work, { action, context });
    case "remove":
      return yield* remove(work, context);
    case "move":
      return yield* move(work, context);
    case "adopt":
      yield* save({ type: "entry", address: work.address, entry: adoptedEntry(work, context) });
      return undefined;
    case "record":
      yield* save({ type: "entry", address: work.address, entry: recordedEntry(work, context) });
      return undefined;
    case "forget":
      return yield* forget(work, context);
    default:
      return action satisfies never;
  }
}

/** The same object under another name; a retired one comes back with it. */
function* move(work: Work, context: Context): Step<undefined> {
  const { address, decision } = work;
  const from = decision.pair.movedFrom;
  if (from === undefined) return undefined;
  yield* save({ type: "move", from, to: address });
  // An entry record would end the intent of a create whose outcome is still open.
  if (context.draft.entry(address) !== undefined && context.draft.intent(address) === undefined) {
    yield* save({ type: "entry", address, entry: recordedEntry(work, context) });
  }
  return undefined;
}

/** Lets go of an entry; of a create that was left open only when it certainly made nothing. */
function* forget(work: Work, context: Context): Step<ApplyError | undefined> {
  const { address } = work;
  const intent = context.draft.intent(address);
  if (context.draft.entry(address) !== undefined || intent === undefined) {
    yield* save({ type: "forget", address });
    return undefined;
  }
  const found = yield* lookForMade({ work, intent, context, settle: true });
  if (found.error !== undefined) return found.error;
  if (found.made === undefined) {
    yield* save({ type: "dropIntent", address });
    return undefined;
  }
  yield* recordMade({ work, intent, made: found.made });
  return differs("an interrupted run had created it; apply again to close it");
}

/** Fact F25: a product that a link ever used cannot be removed. */
const USED = 100305;

function* remove(work: Work, context: Context): Step<ApplyError | typeof WAIVED | undefined> {
  const { definition } = work.decision.pair;
  const call = definition.removeCall?.(idOf(work, context));
  if (call === undefined) throw new Error(`${work.address} cannot be removed`);
  const outcome = yield* send(call);
  if (outcome.kind === "done" || (yield* isRemoved(work, { outcome, context }))) {
    yield* save({ type: "forget", address: work.address });
    return undefined;
  }
  const entry = context.draft.entry(work.address);
  if (outcome.kind === "refused" && outcome.code === USED && entry !== undefined) {
    yield* save({ type: "entry", address: work.address, entry: { ...entry, open: false, retired: true } });
    context.remarks.push({
      code: "GS5004",
      severity: "note",
      summary: `\`${work.address}\` stays archived: a link has used it, so GStable does not remove it`,
    });
    return WAIVED;
  }
  // Gone after all, or not: the next plan sees it.
  return errorOf(outcome);
}

/** Refused because it is not there any more, or not answered and gone all the same. */
function* isRemoved(
  work: Work,
  { outcome, context }: { outcome: Exclude<Outcome, { kind: "done" }>; context: Context },
): Step<boolean> {
  const { missingCodes } = work.decision.pair.definition.reading;
  if (outcome.kind === "refused") return missingCodes.includes(outcome.code);
  const now = yield* lookAt(work, context);
  return isError(now) ? isGone(now) : now.archivedForGood;
}

/** A baseline for what was taken over: what the YAML wants where it is so, what is live elsewhere. */
function adoptedEntry(work: Work, context: Context): LockEntry {
  const { decision } = work;
  const { pair, differences } = decision;
  const { live } = pair;
  if (live === undefined) throw new Error(`${work.address} has nothing to take over`);
  const wanted = resolveIds(pair.wanted ?? {}, work, context);
  const entry = baselineEntry({ ...decision, pair: { ...pair, wanted } }, live);
  const changed = new Set(differences.map(({ field }) => field));
  const values = Object.fromEntries(
    Object.entries(entry.values).map(([name, value]) => [
      name,
      changed.has(name) ? (live.values[name] ?? null) : value,
    ]),
  );
  // Retired only once it is closed: a removal that is still to come would not be tried again.
  const { retired: _, ...rest } = entry;
  return { ...rest, values: pair.lock?.values ?? values };
}

/** Lifecycle flags only. Its object is closed already when an entry retires without a call. */
function recordedEntry(work: Work, { draft }: Context): LockEntry {
  const entry = draft.entry(work.address);
  if (entry === undefined) throw new Error(`${work.address} is not recorded`);
  const { lifecycle, retire } = work.decision;
  const { retired: _, ...rest } = entry;
  return {
    ...rest,
    ...(retire ? { retired: true, open: false } : {}),
    lifecycle,
  };
}
