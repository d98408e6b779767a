import type { LiveObject } from "../../state/live.js";
import { type FieldValue, type FieldValues, sameSpelling } from "../../state/value.js";
import type { FieldType } from "../kind.js";
import type { Work } from "../work.js";
import { type ApplyError, type Context, differs, isError } from "./context.js";
import { isHidden, lookAt, sendAndLook } from "./look.js";
import { lookUntil } from "./patience.js";
import { type Step, save } from "./step.js";

/**
 * Fact gap G4: how the API clears a field. It was left out; if it is still there, an empty value is sent once.
 * Fact gap G5: a look may lag behind, so "still there" counts only when the look shows that the update has arrived,
 * or when it stays so.
 */
export function* clearLeftOvers(
  work: Work,
  { body, context }: { body: FieldValues; context: Context },
): Step<ApplyError | undefined> {
  const { definition, live: before } = work.decision.pair;
  const cleared = definition.fields.filter(
    ({ name, type }) => body[name] === null && (before?.values[name] ?? null) !== null && type.is !== "flag",
  );
  if (cleared.length === 0) return undefined;
  const stillThere = (live: LiveObject) => cleared.filter(({ name }) => (live.values[name] ?? null) !== null);
  const lookUntilSure = (before: LiveObject | undefined) =>
    lookUntil(
      () => lookAt(work, context),
      (live) =>
        stillThere(live).length === 0 || hasArrived(work, { before, live, cleared: cleared.map(nameOf) }),
    );
  const now = yield* lookUntilSure(before);
  // Whether the fields of a hidden product are cleared cannot be seen, and nothing says that they are not.
  if (isError(now)) return isHidden(now, definition, context.draft.entry(work.address)) ? undefined : now;
  if (stillThere(now).length === 0) return undefined;
  const emptied = Object.fromEntries(stillThere(now).map(({ name }) => [name, definition.encodeEmpty(name)]));
  const call = definition.updateCall(now.id, { ...definition.encode(body), ...emptied });
  const error = yield* sendAndLook(work, { call, isDone: (live) => stillThere(live).length === 0, context });
  const after = error === undefined ? yield* lookUntilSure(now) : yield* lookAt(work, context);
  if (!isError(after) && stillThere(after).length === 0) return undefined;
  const kept = isError(after) ? cleared : stillThere(after);
  const entry = context.draft.entry(work.address);
  if (entry !== undefined) {
    // It was never cleared: recorded as cleared, it would look as though somebody had set it again outside.
    const values = Object.fromEntries(kept.map(({ name, type }) => [name, keptValue(name, { work, type })]));
    yield* save({
      type: "entry",
      address: work.address,
      entry: { ...entry, values: { ...entry.values, ...values }, hosted: undefined },
    });
  }
  const names = kept.map(({ name }) => `\`${name}\``).join(", ");
  const failed = differs(`the API does not clear ${names}: neither leaving it out nor an empty value helps`);
  return error === undefined ? failed : { ...failed, code: error.code };
}

const nameOf = ({ name }: { readonly name: string }): string => name;

/**
 * Whether a look certainly shows the object as the update left it: a new `versionCode`, or another field of the same
 * update that was different before. `false` is no proof of the contrary.
 */
function hasArrived(
  { body = {}, decision }: Work,
  { before, live, cleared }: { before: LiveObject | undefined; live: LiveObject; cleared: readonly string[] },
): boolean {
  if (live.versionCode !== undefined && live.versionCode !== before?.versionCode) return true;
  return decision.pair.definition.fields.some(
    ({ name, type }) =>
      type.is === "text" &&
      !cleared.includes(name) &&
      !sameSpelling(body[name], before?.values[name]) &&
      sameSpelling(body[name], live.values[name]),
  );
}

/** What was recorded before: of a picture its source. */
function keptValue(name: string, { work, type }: { work: Work; type: FieldType }): FieldValue {
  const { live, lock } = work.decision.pair;
  return (type.is === "image" ? lock?.values[name] : live?.values[name]) ?? null;
}
