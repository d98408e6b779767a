import type { ChangeAction } from "../../state/action.js";
import type { LiveObject } from "../../state/live.js";
import type { LockEntry } from "../../state/lockfile.js";
import { type FieldValue, type FieldValues, isList, isMap, plainText, sameValue } from "../../state/value.js";
import { diffTwoWay } from "../diff.js";
import { type FieldType, type KindDefinition, mayHide } from "../kind.js";
import type { Work } from "../work.js";
import { clearLeftOvers } from "./clear.js";
import { type ApplyError, type Context, isError, resolveIds, stale } from "./context.js";
import { idOf, isHidden, lookAt, sendAndLook } from "./look.js";
import { type Step, save } from "./step.js";

/** Whether what is live is still what the plan was made from. Within one request's time nobody can know. */
export function* checkUnmoved(work: Work, context: Context): Step<ApplyError | undefined> {
  const { live: planned, definition } = work.decision.pair;
  const now = yield* lookAt(work, context);
  // An archived product may be hidden everywhere: the plan rests on that, and nothing contradicts it.
  if (isError(now) && isHidden(now, definition, planned)) return undefined;
  if (isError(now)) return notSent(now);
  if (planned === undefined) return undefined;
  if (now.open !== planned.open) return stale("it was opened or closed since the plan");
  const moved = [...leftOver(work, { body: planned.values, live: now }), ...movedPictures(work, now)];
  return moved.length === 0 ? undefined : stale(`it was changed since the plan: ${moved.join(", ")}`);
}

/** That nobody knows what is live says nothing of the write: it certainly was not sent. */
function notSent(error: ApplyError): ApplyError {
  if (error.outcome !== "unknown") return error;
  return { ...error, message: `not sent: it could not be read again (${error.message})`, outcome: "refused" };
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
  if (error !== undefined) return yield* noteMissing(work, { error: sayWayRound(work, error), context });
  yield* save({ type: "entry", address: work.address, entry: updatedEntry(work, body, context) });
  return yield* clearLeftOvers(work, { body, context });
}

/** Fact gap G10. To open it first would show payers what it says now, perhaps at an old price: a person's decision, never ours. */
function sayWayRound({ decision: { pair } }: Work, error: ApplyError): ApplyError {
  if (pair.live?.open !== false || error.code !== pair.definition.closedCode) return error;
  const way =
    "GStable changes none that is closed: to change it, open it as it is, apply, and change it then";
  return { ...error, message: `${error.message}. ${way}` };
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
 * Whether a live object proves that an update was carried out. Pictures and order count only where they change:
 * there they are all that tells a carried out update from one that was lost.
 */
export function isApplied(work: Work, { body, live }: { body: FieldValues; live: LiveObject }): boolean {
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
  return diffTwoWay(pair.definition, { wanted: body, live: live.values }).map(({ path }) => path);
}

/** Pictures that a body leaves out: hosted nowhere. */
function takenAway({ fields }: KindDefinition, body: FieldValues): LockEntry["hosted"] {
  const gone = fields.filter(({ name, type }) => type.is === "image" && (body[name] ?? null) === null);
  return gone.length === 0 ? undefined : Object.fromEntries(gone.map(({ name }) => [name, null]));
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
    lifecycle,
    // versionCode and hosted pictures may be others now: left out until the read-back has seen them. One that was taken
    // away has no source to compare, so that a look alone tells whether it is still there.
    hosted: takenAway(pair.definition, body),
    ...(before?.linkUrl === undefined ? {} : { linkUrl: before.linkUrl }),
    ...(before?.formerIds === undefined ? {} : { formerIds: before.formerIds }),
  };
}
