import type { ChangeAction } from "../../state/action.js";
import { groupBy } from "../../state/group-by.js";
import type { PlanChange, PlanDocument, PlanGuard, PlanSummary } from "../../state/plan-document.js";
import { type FieldView, viewField } from "./field.js";

export type Risk = PlanChange["risks"][number];

/** Gravest first. */
const riskOrder: readonly Risk[] = ["routing", "exit", "price", "visibility", "irreversible", "cosmetic"];

/** What happens to the public page and its URL. */
export interface UrlFate {
  readonly is: "kept" | "new" | "replaced" | "gone" | "closed" | "opened" | "unwatched";
  readonly url: string | null;
  /** The one that payers no longer get, where it is replaced or gone. */
  readonly lost?: string;
  /** Born closed: open only between the two calls that make it. */
  readonly bornClosed: boolean;
}

export interface ChangeView {
  readonly number: number;
  readonly address: string;
  readonly kind: string;
  readonly id: string | null;
  readonly name: string;
  readonly actions: readonly ChangeAction[];
  readonly reason: string;
  readonly risks: readonly Risk[];
  readonly gravest: Risk;
  readonly url: UrlFate | null;
  readonly source?: PlanChange["source"];
  /** Changes of this plan that are carried out before it. */
  readonly after: readonly { readonly number: number; readonly address: string }[];
  readonly fields: readonly FieldView[];
  readonly unchangedFields: number;
  readonly notes: readonly string[];
  readonly tripped: readonly string[];
  readonly allowed: readonly string[];
}

/** The changes, each with what belongs to it elsewhere in the document: its guards, the numbers that it waits for. */
export function viewChanges(document: PlanDocument): readonly ChangeView[] {
  const numbers = new Map(document.changes.map(({ address, number }) => [address, number]));
  const guards = groupBy(document.guards, ({ address }) => address);
  const { accounts } = document.target;
  return document.changes.map((change) =>
    viewChange(change, { numbers, guards: guards.get(change.address) ?? [], accounts }),
  );
}

interface Surroundings {
  readonly numbers: ReadonlyMap<string, number>;
  readonly guards: readonly PlanGuard[];
  readonly accounts: PlanDocument["target"]["accounts"];
}

function viewChange(change: PlanChange, { numbers, guards: ofIt, accounts }: Surroundings): ChangeView {
  const isNew = change.actions.includes("create");
  const guards = (state: "tripped" | "allowed") =>
    ofIt
      .filter((guard) => guard.state === state)
      .map((guard) => guard.id)
      .sort();
  return {
    number: change.number,
    address: change.address,
    kind: change.kind,
    id: change.id,
    name: change.name,
    actions: change.actions,
    reason: change.reason,
    risks: sortRisks(change.risks),
    gravest: sortRisks(change.risks)[0] ?? "cosmetic",
    url: change.url === null ? null : urlFate(change, change.url),
    source: change.source,
    after: change.dependsOn
      .flatMap((address) => {
        const number = numbers.get(address);
        return number === undefined ? [] : [{ number, address }];
      })
      .sort((a, b) => a.number - b.number),
    // A new object reads in the order of its definition, a changed one by what it puts at stake.
    fields: change.fields
      .map((field) => viewField(field, { accounts, isNew }))
      .sort(isNew ? () => 0 : byRisk),
    unchangedFields: change.unchangedFields,
    notes: change.notes,
    tripped: guards("tripped"),
    allowed: guards("allowed"),
  };
}

/** What a plan puts at stake, gravest first. */
export function risksIn({ risks }: PlanSummary): readonly Risk[] {
  return riskOrder.filter((risk) => risks[risk] > 0);
}

/** Gravest first; what is alike stays in its order. */
export function byRisk(a: { readonly risk: Risk }, b: { readonly risk: Risk }): number {
  return riskOrder.indexOf(a.risk) - riskOrder.indexOf(b.risk);
}

/** Gravest first, each once. */
export function sortRisks(risks: readonly Risk[]): readonly Risk[] {
  return riskOrder.filter((risk) => risks.includes(risk));
}

function urlFate(change: PlanChange, url: NonNullable<PlanChange["url"]>): UrlFate {
  const does = (action: ChangeAction) => change.actions.includes(action);
  const rest = {
    url: url.after ?? (url.kept ? url.before : null),
    bornClosed: does("create") && does("disable"),
  };
  const lost = url.before === null ? {} : { lost: url.before };
  if (does("create") && url.before !== null && !url.kept) return { is: "replaced", ...rest, ...lost };
  if (does("create")) return { is: "new", ...rest };
  if (!url.kept) return { is: url.after === null ? "gone" : "replaced", ...rest, ...lost };
  if (does("disable")) return { is: "closed", ...rest };
  if (does("enable")) return { is: "opened", ...rest };
  return { is: does("forget") ? "unwatched" : "kept", ...rest };
}
