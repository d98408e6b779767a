import type { Outcome } from "../../state/call.js";
import type { LiveObject } from "../../state/live.js";
import type { Intent, LockEntry } from "../../state/lockfile.js";
import type { FieldValues } from "../../state/value.js";
import { sameValue } from "../../state/value.js";
import { identityOf } from "../guards/identity.js";
import type { KindDefinition } from "../kind.js";
import { equals } from "../likeness.js";
import { readWhole } from "../observe.js";
import { type Scan, scan } from "../scan.js";
import type { Work } from "../work.js";
import { type ApplyError, type Context, differs, errorOf, resolveIds } from "./context.js";
import { PATIENCE_MS } from "./patience.js";
import { keep, read, type Step, save, send, wait } from "./step.js";

/**
 * How often a create is sent at most after an unknown outcome, and after the API said that it is busy: each time
 * again only after a complete list showed that it made nothing.
 */
const MAX_SENDS = { unknown: 3, refused: 8 } as const;

/**
 * Creates one object, once. Fact F5: nothing marks a request, so the intent is on disk before the request leaves; the
 * id is on disk before anything is sent in its place; an outcome that is not known is looked for, never guessed.
 */
export function* create(work: Work, context: Context): Step<ApplyError | undefined> {
  const values = resolveIds(work.body ?? {}, work, context);
  const left = context.draft.intent(work.address);
  if (left !== undefined) {
    const found = yield* lookForMade({ work, intent: left, context, settle: true });
    if (found.error !== undefined) return found.error;
    if (found.made !== undefined) return yield* takeOver({ work, intent: left, made: found.made, values });
  }
  const intent = intentOf(work, values, context);
  yield* save({ type: "intent", address: work.address, intent });
  return yield* sendUntilKnown(work, intent, context);
}

function* sendUntilKnown(work: Work, intent: Intent, context: Context): Step<ApplyError | undefined> {
  const { definition } = work.decision.pair;
  let last: Exclude<Outcome, { kind: "done" }> | undefined;
  const sends = { unknown: 0, refused: 0 };
  while (last === undefined || sends[last.kind] < MAX_SENDS[last.kind]) {
    const outcome = yield* send(definition.createCall(definition.encode(intent.values)));
    const made = outcome.kind === "done" ? definition.decodeCreated(outcome.data) : undefined;
    // An answer that was meant for another request names an object that is somebody's: it says nothing of this one.
    const isNew = made !== undefined && context.claim(definition, made.id);
    if (isNew && outcome.kind === "done") {
      yield* recordMade({ work, intent, made });
      yield* keep(work.address, definition.secretIn?.(outcome.data));
      return undefined;
    }
    last = outcome.kind === "done" ? { kind: "unknown", code: 0, message: sayWrongId(made) } : outcome;
    sends[last.kind] += 1;
    if (last.kind === "refused" && last.reason !== "busy") break;
    const found = yield* lookForMade({ work, intent, context, settle: last.kind === "unknown" });
    if (found.error !== undefined) return found.error;
    if (found.made !== undefined) return yield* recordMade({ work, intent, made: found.made });
  }
  // Refused, or never carried out however often it was sent: it made nothing, and the next run need not look for it.
  if (last.kind === "refused") yield* save({ type: "dropIntent", address: work.address });
  return errorOf(last);
}

function sayWrongId(made: LiveObject | undefined): string {
  return made === undefined ? "the answer has no id" : `the answer has the id of another object (${made.id})`;
}

function intentOf(work: Work, values: FieldValues, { draft, knownIds }: Context): Intent {
  const { lifecycle, pair } = work.decision;
  const former = draft.entry(work.address);
  const formerIds = former === undefined ? [] : [...(former.formerIds ?? []), former.id];
  return {
    kind: pair.definition.kind,
    values,
    knownIds: knownIds(pair.definition),
    lifecycle,
    ...(formerIds.length > 0 ? { formerIds } : {}),
  };
}

interface Search {
  readonly work: Work;
  readonly intent: Intent;
  readonly context: Context;
  readonly settle: boolean;
}

/**
 * What the intent made, if anything: it is in the complete lists, was not known before, and has that content.
 * Fact gap G17: by ids and never by time.
 */
export function* lookForMade(input: Search): Step<Found> {
  const { context } = input;
  context.inDoubt += 1;
  try {
    const first = yield* findMade(input);
    if (first.made !== undefined || first.error !== undefined || !input.settle) return first;
    yield* wait(context.settleMs, "in case the API still carries out what it did not answer");
    return yield* findMade(input, "last look");
  } finally {
    context.inDoubt -= 1;
  }
}

/** Creates that were under way when the doubt arose still change the lists: a scan that they upset is made again. */
function* scanCalmly(definition: KindDefinition): Step<Scan> {
  let listed = yield* read(scan(definition));
  for (const patienceMs of PATIENCE_MS.slice(1)) {
    if (listed.complete || listed.failed !== undefined) break;
    yield* wait(patienceMs, "for the lists to hold still");
    listed = yield* read(scan(definition));
  }
  return listed;
}

interface Found {
  readonly made?: LiveObject;
  readonly error?: ApplyError;
}

/** After the last look the create is sent again: what may be its object after all stands in the way. */
function* findMade({ work, intent, context }: Search, look?: "last look"): Step<Found> {
  const { definition } = work.decision.pair;
  const listed = yield* scanCalmly(definition);
  const fail = (why: string): Found => ({ error: unsure(work, why) });
  if (!listed.complete) return fail(`the lists could not be read completely (${listed.why})`);
  const known = new Set(intent.knownIds);
  const similar = [...listed.objects.values()].filter(
    (live) =>
      !known.has(live.id) && !context.isTaken(live.id) && equals(definition, { wanted: intent.values, live }),
  );
  const partial = similar.filter(({ whole }) => !whole).map(({ id }) => id);
  const details = yield* read(readWhole(definition, partial));
  if (details.failed.size > 0) return fail("an object that could be it cannot be read");
  if ([...details.gone.values()].includes("missing"))
    return fail("an object that could be it is listed, but cannot be found by its id");
  const made = similar
    .map((live) => details.objects.get(live.id) ?? live)
    .filter((live) => equals(definition, { wanted: intent.values, live }));
  if (made.length > 1) {
    return fail(`several objects fit: ${made.map(sayWhere).join(", ")}`);
  }
  if (made[0] !== undefined) return { made: made[0] };
  const namesakes = look === undefined ? [] : findNamesakes({ work, intent, context }, listed);
  if (namesakes.length === 0) return {};
  return fail(`an object of that name is new, but has other content: ${namesakes.map(sayWhere).join(", ")}`);
}

/**
 * What may be the lost object after all: the API may have made something else of its content, or somebody was quick to
 * edit it. A person has to look; the guard `duplicate` has shown to one what was there when the plan was made.
 */
function findNamesakes(
  { work, intent, context }: Omit<Search, "settle">,
  listed: Scan,
): readonly LiveObject[] {
  const { definition } = work.decision.pair;
  const identity = identityOf(definition, intent.values);
  const known = new Set([...intent.knownIds, ...context.knownIds(definition)]);
  const others = context.draft.intents().filter(({ kind }) => kind === definition.kind);
  return [...listed.objects.values()]
    .filter(({ id }) => !known.has(id) && !context.isTaken(id))
    .filter(
      ({ values }) => (identity ?? null) !== null && sameValue(identity, identityOf(definition, values)),
    )
    .filter((live) => !others.some(({ values }) => equals(definition, { wanted: values, live })));
}

const sayWhere = ({ id, url }: LiveObject): string => url ?? id;

function unsure(work: Work, why: string): ApplyError {
  return {
    code: -1,
    message: `whether \`${work.address}\` was created is not known: ${why}`,
    outcome: "unknown",
  };
}

/** The id is saved before anything else is done with what was made, and before anything is sent in its place. */
export function* recordMade({
  work,
  intent,
  made,
}: {
  work: Work;
  intent: Intent;
  made: LiveObject;
}): Step<undefined> {
  yield* save({ type: "entry", address: work.address, entry: bornEntry(intent, made) });
  return undefined;
}

function bornEntry({ values, lifecycle, formerIds }: Intent, made: LiveObject): LockEntry {
  return {
    id: made.id,
    values,
    open: true,
    lifecycle,
    ...(made.versionCode === undefined ? {} : { versionCode: made.versionCode }),
    ...(made.url === undefined ? {} : { linkUrl: made.url }),
    ...(formerIds === undefined ? {} : { formerIds }),
  };
}

/** What an interrupted run made late: it is ours, but it may not be what the YAML wants today. */
function* takeOver({
  work,
  intent,
  made,
  values,
}: {
  work: Work;
  intent: Intent;
  made: LiveObject;
  values: FieldValues;
}): Step<ApplyError | undefined> {
  yield* recordMade({ work, intent, made });
  if (sameValue(intent.values, values)) return undefined;
  return differs("an interrupted run had created it with other values; apply again to bring it up to date");
}
