import type { Diagnostic } from "../diagnostics/index.js";
import { groupBy } from "../state/group-by.js";
import type { LiveObject } from "../state/live.js";
import type { Decision } from "./decision.js";
import type { KindDefinition } from "./kind.js";
import { equals, titleKey } from "./likeness.js";

/** What the live state of single entries gives reason to say. */
export function saySituation(decisions: readonly Decision[]): readonly Diagnostic[] {
  const said: Diagnostic[] = [];
  for (const decision of decisions) {
    const { desired } = decision.pair;
    for (const say of remarks) {
      for (const one of say(decision))
        said.push(desired === undefined ? one : { source: desired.placeOf(), ...one });
    }
  }
  return said;
}

const remarks = [sayUnknown, sayImportGone, sayTwins, sayPictures, sayStopped];

/** Fact F2: an update would replace what is not understood. */
function sayUnknown({ pair }: Decision): Diagnostic[] {
  if (pair.live?.unknown === undefined || pair.desired === undefined) return [];
  return [
    {
      code: "GS2201",
      severity: "warning",
      summary: `\`${pair.address}\` is left alone: the API says ${pair.live.unknown}, which this version doesn't know`,
      detail: "An update replaces everything, so what is not understood is not touched.",
      remedy: "Look at it in the dashboard; a newer gstable-sync may know the word.",
    },
  ];
}

function sayImportGone({ pair }: Decision): Diagnostic[] {
  if (pair.importId === undefined || pair.live !== undefined || pair.unseen) return [];
  return [
    {
      code: "GS2101",
      severity: "error",
      summary: `\`imports\` wants \`${pair.importId}\` for \`${pair.address}\`, but there is no such object`,
      detail: "It is neither listed nor readable, or it was archived for good.",
      remedy: "Correct the id, or remove the line to have the entry created.",
    },
  ];
}

/** Only for what an interrupted run left; without one, several equal objects are the guard `duplicate`'s. */
function sayTwins({ pair }: Decision): Diagnostic[] {
  if (pair.lock !== undefined || pair.twins.length === 0 || pair.takenOver !== undefined || !pair.interrupted)
    return [];
  return [
    {
      code: "GS2209",
      severity: "error",
      summary: `Several objects could be the \`${pair.address}\` that an interrupted run created`,
      detail: pair.twins.map(({ id, url }) => url ?? id).join("\n"),
      remedy: "Close the superfluous ones in the dashboard, and say with `imports` which one is meant.",
    },
  ];
}

/** Fact F22: a product is created even when its picture cannot be fetched. */
function sayPictures({ pair }: Decision): Diagnostic[] {
  const { definition, lock, live, desired } = pair;
  if (lock?.hosted === undefined || live === undefined || desired === undefined) return [];
  return definition.fields
    .filter(({ name, type }) => type.is === "image" && typeof lock.values[name] === "string")
    .filter(({ name }) => lock.hosted?.[name] === null && (live.values[name] ?? null) === null)
    .filter(({ name }) => desired.values[name] === lock.values[name])
    .map(({ name }) => ({
      code: "GS2203" as const,
      severity: "warning" as const,
      summary: `The picture of \`${pair.address}\` could not be fetched by GStable: it shows none`,
      detail: `${String(lock.values[name])} is not tried again until \`${name}\` changes.`,
      remedy: "Make the picture reachable from outside and change its URL (a query such as ?2 is enough).",
      source: desired.placeOf(name),
    }));
}

/** What the platform itself stopped is only told: reviving it on each run would fight it. */
function sayStopped({ pair }: Decision): Diagnostic[] {
  const { definition, live, desired, address } = pair;
  const { stopped } = definition;
  if (stopped === undefined || desired === undefined || live?.status !== stopped.status) return [];
  return [
    {
      code: "GS2509",
      severity: "note",
      summary: `\`${address}\` is ${stopped.status} by GStable: its receiver failed too often, and gets nothing`,
      detail: "An apply leaves it so.",
      remedy: "Once the receiver answers again:",
      command: [`${stopped.reviveWith} ${desired.name}`],
    },
  ];
}

/** Unmanaged objects that equal a managed one: a second page that takes money, and nobody looks after. */
export function sayLookalikes(
  decisions: readonly Decision[],
  strangers: (definition: KindDefinition) => readonly LiveObject[],
): readonly Diagnostic[] {
  const definitions = new Set(decisions.map(({ pair }) => pair.definition));
  return [...definitions].flatMap((definition) => {
    const others = strangers(definition);
    if (others.length === 0) return [];
    const known = decisions.filter(
      ({ pair }) => pair.definition === definition && pair.live !== undefined && pair.wanted !== undefined,
    );
    const byTitle = groupBy(known, ({ pair }) => titleKey(pair.live?.values[definition.titleField]));
    return others.flatMap((other) =>
      (byTitle.get(titleKey(other.values[definition.titleField])) ?? [])
        .filter(({ pair }) => pair.live?.id !== other.id)
        .filter(({ pair }) => equals(definition, { wanted: pair.wanted ?? {}, live: other }))
        .map(({ pair }) => lookalike(definition, { address: pair.address, other })),
    );
  });
}

function lookalike(
  definition: KindDefinition,
  { address, other }: { address: string; other: LiveObject },
): Diagnostic {
  const where = other.url === undefined ? other.id : `${other.id}, ${other.url}`;
  return {
    code: "GS2202",
    severity: "warning",
    summary: `An unmanaged ${definition.label} equals \`${address}\`: ${where}`,
    detail: `There are two of them, and only one is looked after. The other one is ${other.open ? "open" : "closed"}.`,
    remedy: "Close the one that is not wanted in the dashboard, or bring it under management with `imports`.",
  };
}
