import type { Call, Outcome } from "../../state/call.js";
import type { LiveObject } from "../../state/live.js";
import { type KindDefinition, mayHide } from "../kind.js";
import { readWhole } from "../observe.js";
import type { Work } from "../work.js";
import { type ApplyError, type Context, errorOf, isError, stale } from "./context.js";
import { read, type Step, send, wait } from "./step.js";

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
  return failed === undefined ? unshown : { code: failed.code, message: failed.message, outcome: "unknown" };
}

/** The API answered, and did not show it. */
const unshown: ApplyError = { code: -1, message: "the API does not show it", outcome: "unknown" };

/** Whether the API says itself that there is no such object. */
export function isGone(error: ApplyError): boolean {
  return error === missing;
}

/** Whether that the API shows an object nowhere may only mean that it is archived. */
function isNotShown(error: ApplyError): boolean {
  return error === unshown || error === missing;
}

/** Whether an object is shown nowhere because, as its last known `state` has it, it is archived. */
export function isHidden(
  error: ApplyError,
  definition: KindDefinition,
  state: { readonly open: boolean } | undefined,
): boolean {
  return isNotShown(error) && state !== undefined && mayHide(definition, state);
}

const missing = stale("it is gone");

/** How often a write is sent at most that nobody answered, and one for which the API said that it was busy. */
const MAX_SENDS = { unknown: 2, refused: 8 } as const;

/**
 * Sends a write that is safe to repeat. Refused: perhaps only because it is so already (Fact gap G10). Unknown: it is
 * looked for, at once and after the settle time, and sent once more if it certainly was not carried out. Busy: again,
 * each time after a look.
 */
export function* sendAndLook(
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
    isError(now) ? isDoneWhenHidden && isNotShown(now) : isDone(now);

  const sends = { unknown: 0, refused: 0 };
  for (;;) {
    const outcome: Outcome = yield* send(call);
    if (outcome.kind === "done") return undefined;
    sends[outcome.kind] += 1;
    if (outcome.kind === "refused" && (outcome.reason === "auth" || outcome.reason === "notSent"))
      return errorOf(outcome);
    const now = yield* lookAt(work, context);
    if (shows(now)) return undefined;
    if (outcome.kind === "refused" && outcome.reason === "rejected") return errorOf(outcome);
    if (sends[outcome.kind] >= MAX_SENDS[outcome.kind]) return errorOf(outcome);
    if (outcome.kind === "unknown") {
      yield* wait(context.settleMs, "in case the API still carries out what it did not answer");
      const later = yield* lookAt(work, context);
      if (shows(later)) return undefined;
      if (isError(later)) return errorOf(outcome);
    }
  }
}

/** The id of the entry's object, as saved. */
export function idOf(work: Work, { draft }: Pick<Context, "draft">): string {
  const id = draft.entry(work.address)?.id ?? work.decision.pair.live?.id;
  if (id === undefined) throw new Error(`${work.address} has no object to work on`);
  return id;
}
