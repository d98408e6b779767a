import type { Diagnostic } from "../../diagnostics/index.js";
import type { Failure } from "../../state/call.js";
import type { JournalRecord } from "../../state/journal.js";
import type { LiveObject } from "../../state/live.js";
import { type FieldValue, sameValue } from "../../state/value.js";
import { baselineEntry } from "../baseline.js";
import type { Decision } from "../decision.js";
import { mayHide } from "../kind.js";
import { readWhole } from "../observe.js";
import { together } from "../reader.js";
import type { Work } from "../work.js";
import { type ApplyError, type Context, differs, resolveIds } from "./context.js";
import { isApplied, leftOver } from "./modify.js";
import { PATIENCE_MS, WHY_PATIENT } from "./patience.js";
import { read, type Step, save, wait } from "./step.js";

/**
 * Looks at one change while others are under way: the records of an object that shows already what was written, whose
 * remarks are made; `undefined`: it is looked at again at the end, with patience.
 */
export function* readBackSoon(work: Work, context: Context): Step<readonly JournalRecord[] | undefined> {
  const [seen] = yield* lookAtAll([work], context);
  if (seen?.live === undefined || compare(work, { live: seen.live, context }) !== undefined) return undefined;
  if (!showsUpdate(work, { live: seen.live, context })) return undefined;
  const { records, remarks } = confirm(work, { live: seen.live, context });
  context.remarks.push(...remarks);
  return records;
}

/** Fact F3: answers to writes show little. What was written is read and compared; what agrees is recorded as shown. */
export function* readBack(written: readonly Work[], context: Context): Step<ReadonlyMap<Work, ApplyError>> {
  let open = written.filter(({ address }) => context.draft.entry(address) !== undefined);
  let verdicts = new Map<Work, ApplyError>();
  for (const patienceMs of PATIENCE_MS) {
    if (open.length === 0) break;
    yield* wait(patienceMs, WHY_PATIENT);
    verdicts = new Map();
    const confirmed: Confirmation[] = [];
    const unsure: Work[] = [];
    const isLast = patienceMs === PATIENCE_MS.at(-1);
    for (const { work, live, failure } of yield* lookAtAll(open, context)) {
      const error = live === undefined ? unseen(failure) : compare(work, { live, context });
      if (error !== undefined) verdicts.set(work, error);
      else if (live !== undefined && (isLast || showsUpdate(work, { live, context })))
        confirmed.push(confirm(work, { live, context }));
      else unsure.push(work);
    }
    context.remarks.push(...confirmed.flatMap(({ remarks }) => remarks));
    // In one go: each save waits for the disk, and what they hold only makes the lockfile more exact.
    yield* save(...confirmed.flatMap(({ records }) => records));
    open = [...verdicts.keys(), ...unsure];
  }
  for (const [work, error] of verdicts) {
    if (error === notShown && isHiddenRightly(work, context)) verdicts.delete(work);
  }
  return verdicts;
}

/**
 * Whether a look shows an update also where pictures or order are all that changed: they are never compared, so that a
 * look that lags behind seems to agree, and the old picture would be recorded as the new one.
 */
function showsUpdate(work: Work, { live, context }: { live: LiveObject; context: Context }): boolean {
  if (work.body === undefined || !work.decision.actions.includes("update")) return true;
  return isApplied(work, { body: resolveIds(work.body, work, context), live });
}

/** What was archived may be shown nowhere: there is nothing to compare then. */
function isHiddenRightly({ address, decision }: Work, { draft }: Context): boolean {
  const entry = draft.entry(address);
  return entry !== undefined && mayHide(decision.pair.definition, entry);
}

const notShown = differs("the API does not show it, although it took the change for done");

/** What could not be read may be as it should be: nobody can say. */
function unseen(failure: Failure | undefined): ApplyError {
  if (failure === undefined) return notShown;
  const message = `the API took the change for done, but it could not be read back (${failure.message})`;
  return { code: failure.code, message, outcome: "unknown" };
}

function* lookAtAll(
  works: readonly Work[],
  { draft }: Context,
): Step<readonly { work: Work; live: LiveObject | undefined; failure: Failure | undefined }[]> {
  const definitions = [...new Set(works.map(({ decision }) => decision.pair.definition))];
  const idOf = (work: Work) => draft.entry(work.address)?.id ?? "";
  const found = yield* read(
    together(
      definitions.map((definition) =>
        readWhole(
          definition,
          works.filter(({ decision }) => decision.pair.definition === definition).map(idOf),
        ),
      ),
    ),
  );
  const objects = new Map(found.flatMap((whole) => [...whole.objects]));
  const failed = new Map(found.flatMap((whole) => [...whole.failed]));
  return works.map((work) => ({ work, live: objects.get(idOf(work)), failure: failed.get(idOf(work)) }));
}

function compare(
  work: Work,
  { live, context }: { live: LiveObject; context: Context },
): ApplyError | undefined {
  const wantOpen = context.draft.entry(work.address)?.open;
  const body = work.body === undefined ? undefined : resolveIds(work.body, work, context);
  const differing = [
    ...(body === undefined ? [] : leftOver(work, { body, live })),
    ...(wantOpen === undefined || live.open === wantOpen
      ? []
      : [work.decision.pair.definition.openClose.field]),
  ];
  if (differing.length === 0) return undefined;
  return differs(`the API took the change for done, but shows another value for ${differing.join(", ")}`);
}

/** What is to be saved and said of an object that shows what was written. */
interface Confirmation {
  readonly records: readonly JournalRecord[];
  readonly remarks: readonly Diagnostic[];
}

function confirm(work: Work, { live, context }: { live: LiveObject; context: Context }): Confirmation {
  const { decision, address } = work;
  const before = context.draft.entry(address);
  const wanted = decision.pair.wanted;
  const resolved: Decision = {
    ...decision,
    pair: { ...decision.pair, wanted: wanted === undefined ? undefined : resolveIds(wanted, work, context) },
  };
  const planned = decision.pair.live?.versionCode;
  const isUnreliable =
    decision.actions.includes("update") && planned !== undefined && planned === live.versionCode;
  const entry = baselineEntry(resolved, live, before);
  return {
    records: [
      ...(isUnreliable ? [{ type: "versionCodesUnreliable" } as const] : []),
      { type: "entry", address, entry },
    ],
    remarks: sayRespelt(resolved, live),
  };
}

function sayRespelt({ pair, lifecycle }: Decision, live: LiveObject): Diagnostic[] {
  const { definition, wanted, desired, address } = pair;
  if (wanted === undefined || desired === undefined) return [];
  return definition.fields
    .filter(({ name, type }) => type.is === "text" && !lifecycle.ignoreChanges.includes(name))
    .filter(({ name }) => !sameValue(wanted[name], live.values[name] as FieldValue))
    .filter(({ name }) => typeof wanted[name] === "string" && typeof live.values[name] === "string")
    .map(({ name }) => ({
      code: "GS5002" as const,
      severity: "note" as const,
      summary: `\`${address}\`: the API stored \`${name}\` in another spelling (outer space, Unicode form)`,
      detail: "That is no difference to anybody; the API's spelling was recorded.",
      source: desired.placeOf(name),
    }));
}
