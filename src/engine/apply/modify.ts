import type { Call, Outcome } from "../../state/call.js";
import type { LiveObject } from "../../state/live.js";
import type { LockEntry } from "../../state/lockfile.js";
import type { ChangeAction } from "../../state/plan-document.js";
import { type FieldValue, type FieldValues, isList, isMap, plainText, sameValue } from "../../state/value.js";
import { diff } from "../diff.js";
import type { FieldType, KindDefinition } from "../kind.js";
import { readWhole } from "../observe.js";
import type { Work } from "../work.js";
import { type ApplyError, type Context, errorOf, resolveIds, stale } from "./context.js";
import { read, type Step, save, send, wait } from "./step.js";

/** Reads the object as it is now; an error where nobody can say. */
export function* lookAt(work: Work, context: Context): Step<LiveObject | ApplyError> {
  const { definition } = work.decision.pair;
  const id = idOf(work, context);
  const found = yield* read(readWhole(definition, [id]));
  const live = found.objects.get(id);
  if (live !== undefined) return live;
  const gone = found.gone.get(id);
  if (gone !== undefined) return gone === "archived" ? stale("it was archived for good meanwhile") : missing;
  const failed = found.failed.get(id);
  return failed === undefined ? hidden : { code: failed.code, message: failed.message, outcome: "unknown" };
}

/** The API answered, and did not show it. */
const hidden: ApplyError = { code: -1, message: "the API does not show it", outcome: "unknown" };

/** Whether the API says itself that there is no such object. */
export function isGone(error: ApplyError): boolean {
  return error === missing;
}

/** Whether that the API shows an object nowhere may only mean that it is archived. */
function isHidden(error: ApplyError): boolean {
  return error === hidden || error === missing;
}

/** Whether the API may show nothing of an object in this state. Fact gap: gstable-api.md, ambiguities 17 and 19. */
export function mayHide({ openClose }: KindDefinition, { open }: { open: boolean }): boolean {
  return !open && openClose.closeAction === "archive";
}

const missing = stale("it is gone");

/** Whether what is live is still what the plan was made from. Within one request's time nobody can know. */
export function* checkUnmoved(work: Work, context: Context): Step<ApplyError | undefined> {
  const { live: planned, definition } = work.decision.pair;
  const now = yield* lookAt(work, context);
  // An archived product may be hidden everywhere: the plan rests on that, and nothing contradicts it.
  if (isError(now) && isHidden(now) && planned !== undefined && mayHide(definition, planned))
    return undefined;
  if (isError(now)) return now;
  if (planned === undefined) return undefined;
  if (now.open !== planned.open) return stale("it was opened or closed since the plan");
  const moved = [...leftOver(work, { body: planned.values, live: now }), ...movedPictures(work, now)];
  return moved.length === 0 ? undefined : stale(`it was changed since the plan: ${moved.join(", ")}`);
}

function movedPictures({ decision: { pair } }: Work, now: LiveObject): readonly string[] {
  return pair.definition.fields
    .filter(({ name, type }) => type.is === "image" && !sameValue(now.values[name], pair.live?.values[name]))
    .map(({ name }) => name);
}

/** Sends the full replacement. Safe to repeat after a look, so an unknown outcome is cleared up by looking. */
export function* update(work: Work, context: Context): Step<ApplyError | undefined> {
  const { definition } = work.decision.pair;
  const id = idOf(work, context);
  const body = resolveIds(work.body ?? {}, work, context);
  const isDone = (live: LiveObject) => isApplied(work, { body, live });
  const error = yield* sendAndLook(work, {
    call: definition.updateCall(id, definition.encode(body)),
    isDone,
    context,
  });
  if (error !== undefined) return yield* noteMissing(work, { error, context });
  yield* save({ type: "entry", address: work.address, entry: updatedEntry(work, body, context) });
  return yield* clearLeftOvers(work, { body, context });
}

/**
 * How the API clears a field is not documented: it was left out; if it is still there, an empty value is sent once.
 * Fact gap: gstable-api.md, ambiguities 5 and 7.
 */
function* clearLeftOvers(
  work: Work,
  { body, context }: { body: FieldValues; context: Context },
): Step<ApplyError | undefined> {
  const { definition, live: before } = work.decision.pair;
  const cleared = definition.fields.filter(
    ({ name, type }) => body[name] === null && (before?.values[name] ?? null) !== null && type.is !== "flag",
  );
  if (cleared.length === 0) return undefined;
  const stillThere = (live: LiveObject) => cleared.filter(({ name }) => (live.values[name] ?? null) !== null);
  const now = yield* lookAt(work, context);
  if (isError(now)) return now;
  if (stillThere(now).length === 0) return undefined;
  const emptied = Object.fromEntries(stillThere(now).map(({ name }) => [name, definition.encodeEmpty(name)]));
  const call = definition.updateCall(now.id, { ...definition.encode(body), ...emptied });
  const error = yield* sendAndLook(work, { call, isDone: (live) => stillThere(live).length === 0, context });
  const after = yield* lookAt(work, context);
  if (!isError(after) && stillThere(after).length === 0) return undefined;
  const kept = isError(after) ? cleared : stillThere(after);
  const entry = context.draft.entry(work.address);
  if (entry !== undefined) {
    // It was never cleared: recorded as cleared, it would look as though somebody had set it again outside.
    const values = Object.fromEntries(kept.map(({ name, type }) => [name, keptValue(name, { work, type })]));
    yield* save({
      type: "entry",
      address: work.address,
      entry: { ...entry, values: { ...entry.values, ...values } },
    });
  }
  const names = kept.map(({ name }) => `\`${name}\``).join(", ");
  return {
    code: error?.code ?? 0,
    message: `the API does not clear ${names}: neither leaving it out nor an empty value helps`,
    outcome: "differs",
  };
}

/**
 * A hidden product that the API refuses as not there: only as long as it counts as closed by us may it be shown
 * nowhere, so from now on its absence is told as missing.
 */
function* noteMissing(
  { address, decision: { pair } }: Work,
  { error, context }: { error: ApplyError; context: Context },
): Step<ApplyError> {
  const entry = context.draft.entry(address);
  const isMissing = error.outcome === "refused" && pair.definition.reading.missingCodes.includes(error.code);
  if (pair.hidden && isMissing && entry !== undefined) {
    yield* save({ type: "entry", address, entry: { ...entry, open: true } });
  }
  return error;
}

/** What was recorded before: of a picture its source. */
function keptValue(name: string, { work, type }: { work: Work; type: FieldType }): FieldValue {
  const { live, lock } = work.decision.pair;
  return (type.is === "image" ? lock?.values[name] : live?.values[name]) ?? null;
}

/** Opens or closes the object; repeating it is harmless after a look. */
export function* setOpen(
  work: Work,
  { action, context }: { action: ChangeAction; context: Context },
): Step<ApplyError | undefined> {
  const { openClose } = work.decision.pair.definition;
  const id = idOf(work, context);
  const open = action === openClose.openAction;
  const call = open ? openClose.openCall(id) : openClose.closeCall(id);
  const error = yield* sendAndLook(work, {
    call,
    isDone: (live) => live.open === open,
    isDoneWhenHidden: mayHide(work.decision.pair.definition, { open }),
    context,
  });
  const entry = context.draft.entry(work.address);
  if (error !== undefined) return yield* noteMissing(work, { error, context });
  if (entry !== undefined) {
    // A removal is still to come: retired, it would not be tried again.
    const retired = work.decision.retire && work.decision.actions.at(-1) === action ? { retired: true } : {};
    yield* save({ type: "entry", address: work.address, entry: { ...entry, ...retired, open } });
  }
  return undefined;
}

/**
 * Sends a write that is safe to repeat. Refused: perhaps only because it is so already. Unknown: it is looked for,
 * at once and after the settle time, and sent once more if it certainly was not carried out.
 */
function* sendAndLook(
  work: Work,
  {
    call,
    isDone,
    isDoneWhenHidden = false,
    context,
  }: {
    call: Call;
    isDone: (live: LiveObject) => boolean;
    isDoneWhenHidden?: boolean;
    context: Context;
  },
): Step<ApplyError | undefined> {
  const shows = (now: LiveObject | ApplyError) =>
    isError(now) ? isDoneWhenHidden && isHidden(now) : isDone(now);

  let outcome: Outcome = yield* send(call);
  for (const mayRepeat of [true, false]) {
    if (outcome.kind === "done") return undefined;
    if (outcome.kind === "refused" && (outcome.reason === "auth" || outcome.reason === "notSent"))
      return errorOf(outcome);
    const now = yield* lookAt(work, context);
    if (shows(now)) return undefined;
    if (outcome.kind === "refused" && outcome.reason === "rejected") return errorOf(outcome);
    if (!mayRepeat) return errorOf(outcome);
    if (outcome.kind === "unknown") {
      yield* wait(context.settleMs, "in case the API still carries out what it did not answer");
      const later = yield* lookAt(work, context);
      if (shows(later)) return undefined;
      if (isError(later)) return errorOf(outcome);
    }
    outcome = yield* send(call);
  }
  return outcome.kind === "done" ? undefined : errorOf(outcome);
}

/**
 * Whether a live object proves that an update was carried out. Pictures and order count only where they change:
 * there they are all that tells a carried out update from one that was lost.
 */
function isApplied(work: Work, { body, live }: { body: FieldValues; live: LiveObject }): boolean {
  const { pair, differences } = work.decision;
  const changed = new Set(differences.map(({ field }) => field));
  return (
    leftOver(work, { body, live }).length === 0 &&
    pair.definition.fields
      .filter(({ name }) => changed.has(name))
      .every(({ name, type }) =>
        type.is === "image"
          ? showsPicture({ sent: body[name], before: pair.live?.values[name], now: live.values[name] })
          : sameValue(orderOf(type, body[name]), orderOf(type, live.values[name])),
      )
  );
}

interface Picture {
  readonly sent: FieldValue | undefined;
  readonly before: FieldValue | undefined;
  readonly now: FieldValue | undefined;
}

function showsPicture({ sent = null, before = null, now = null }: Picture): boolean {
  return sent === null ? now === null : sameValue(now, sent) || !sameValue(now, before);
}

/** What stands where in a list; `null` for everything that has no order. */
function orderOf(type: FieldType, value: FieldValue | undefined): FieldValue {
  if (!isList(value)) return null;
  if (type.is === "list") return value;
  return type.is === "items" ? value.filter(isMap).map((item) => plainText(String(item[type.by]))) : null;
}

/** What of a body the live object does not show; pictures are hosted elsewhere and cannot be compared. */
export function leftOver(
  { decision: { pair } }: Work,
  { body, live }: { body: FieldValues; live: LiveObject },
): readonly string[] {
  const { definition } = pair;
  return diff({
    definition,
    wanted: body,
    live: live.values,
    base: undefined,
    hosted: undefined,
    ignoreChanges: [],
  }).map(({ path }) => path);
}

function updatedEntry(work: Work, body: FieldValues, { draft }: Context): LockEntry {
  const { pair, lifecycle, differences } = work.decision;
  const before = draft.entry(work.address);
  const changed = new Set(differences.map(({ field }) => field));
  const values = Object.fromEntries(
    pair.definition.fields.map(({ name, type }) => {
      // A picture's baseline is its source, not the hosted URL that was sent back.
      const kept = type.is === "image" && !changed.has(name) ? pair.wanted?.[name] : body[name];
      return [name, kept ?? null];
    }),
  );
  return {
    id: idOf(work, { draft }),
    values,
    open: before?.open ?? pair.live?.open ?? true,
    lifecycle: { ...lifecycle, ignoreChanges: [...lifecycle.ignoreChanges] },
    // versionCode and hosted pictures may be others now: left out until the read-back has seen them.
    ...(before?.linkUrl === undefined ? {} : { linkUrl: before.linkUrl }),
    ...(before?.formerIds === undefined ? {} : { formerIds: before.formerIds }),
  };
}

/** The id of the entry's object, as saved. */
export function idOf(work: Work, { draft }: Pick<Context, "draft">): string {
  const id = draft.entry(work.address)?.id ?? work.decision.pair.live?.id;
  if (id === undefined) throw new Error(`${work.address} has no object to work on`);
  return id;
}

/** Tells a live object from the reason why there is none. */
export function isError(found: LiveObject | ApplyError): found is ApplyError {
  return "outcome" in found;
}
