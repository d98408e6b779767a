import type {
  PlanDiagnostic,
  PlanDocument,
  PlanDrift,
  PlanGuard,
  PlanSummary,
} from "../../state/plan-document.js";
import { redactDeep } from "../terminal-text.js";
import { type BuyerView, viewBuyers } from "./buyers.js";
import { byRisk, type ChangeView, type Risk, sortRisks, viewChanges } from "./change.js";
import { type FieldView, groupAddress, viewDriftField } from "./field.js";

export type GroupId = "money" | "reach" | "rest";

export interface GuardView extends PlanGuard {
  /** The change that it is about; `undefined` for the guards that look at everything. */
  readonly number: number | undefined;
  /** The message without the lines that it quotes, where there are any to write. */
  readonly because: string;
}

export interface DriftView {
  readonly address: string;
  readonly kind: string;
  readonly id: string;
  readonly name: string;
  readonly source?: PlanDrift["source"];
  readonly fields: readonly FieldView[];
  /** The change of this plan that puts these fields back. */
  readonly undoneBy: number | undefined;
}

/** Fields that moved outside, named once each, and the change of this plan that writes them. */
interface UndoneView {
  readonly undoneBy: number;
  readonly address: string;
  readonly paths: readonly string[];
}

/** The plan in the order, the grouping and the words that all formats share. Texts are redacted, not yet escaped. */
export interface PlanView {
  readonly command: string;
  readonly project: string;
  readonly environment: string | null;
  readonly hash: string;
  readonly target: PlanDocument["target"];
  readonly complete: boolean;
  readonly partial: boolean;
  readonly policy: readonly string[];
  readonly tripped: readonly GuardView[];
  readonly allowed: readonly GuardView[];
  /** Dangerous things first; without empty groups. */
  readonly groups: readonly { readonly id: GroupId; readonly changes: readonly ChangeView[] }[];
  readonly changeCount: number;
  /** What buyers meet on the pages that the plan touches. */
  readonly buyers: readonly BuyerView[];
  /** What moved outside and stays as it is; what moved outside and is changed again, by its fields alone. */
  readonly driftKept: readonly DriftView[];
  readonly driftUndone: readonly UndoneView[];
  readonly unmanaged: PlanDocument["unmanaged"];
  readonly diagnostics: readonly PlanDiagnostic[];
  readonly errorCount: number;
  readonly summary: PlanSummary;
}

const groupIds: readonly GroupId[] = ["money", "reach", "rest"];
const groupOf: Record<Risk, GroupId> = {
  routing: "money",
  exit: "money",
  price: "money",
  visibility: "reach",
  irreversible: "reach",
  cosmetic: "rest",
};

/** The one view model of a plan. */
export function viewPlan(original: PlanDocument): PlanView {
  const document = redactDeep(original);
  const changes = viewChanges(document).toSorted((a, b) => a.number - b.number);
  const groups = groupIds.map((id) => ({
    id,
    changes: changes.filter(({ gravest }) => groupOf[gravest] === id),
  }));
  const { command, project, environment, hash, target, complete, partial, policy, summary } = document;
  return {
    ...{ command, project, environment, hash, target, complete, partial, policy, summary },
    tripped: viewGuards(document, "tripped"),
    allowed: viewGuards(document, "allowed"),
    groups: groups.filter((group) => group.changes.length > 0),
    changeCount: changes.length,
    buyers: viewBuyers(document, changes),
    ...viewDrift(document),
    unmanaged: document.unmanaged.toSorted(
      (a, b) => Number(b.open) - Number(a.open) || compare(a.kind, b.kind) || compare(a.id, b.id),
    ),
    diagnostics: sortDiagnostics(document.diagnostics),
    errorCount: document.diagnostics.filter(({ severity }) => severity === "error").length,
  };
}

const severities: readonly PlanDiagnostic["severity"][] = ["error", "warning", "note"];

/** Errors first, then by place and code. */
export function sortDiagnostics(diagnostics: readonly PlanDiagnostic[]): readonly PlanDiagnostic[] {
  return diagnostics.toSorted(
    (a, b) =>
      severities.indexOf(a.severity) - severities.indexOf(b.severity) ||
      compare(a.source?.file ?? "", b.source?.file ?? "") ||
      (a.source?.line ?? 0) - (b.source?.line ?? 0) ||
      (a.source?.column ?? 0) - (b.source?.column ?? 0) ||
      compare(a.code, b.code),
  );
}

/** The accounts that the plan's links pay out to, with addresses that can be compared by eye. */
export function viewAccounts(target: PlanDocument["target"]): PlanDocument["target"]["accounts"] {
  return target.accounts
    .map((account) => ({ ...account, address: groupAddress(account.address) }))
    .sort((a, b) => compare(a.name, b.name));
}

function viewGuards(document: PlanDocument, state: PlanGuard["state"]): readonly GuardView[] {
  const numberOf = (address: string) => document.changes.find((change) => change.address === address)?.number;
  return document.guards
    .filter((guard) => guard.state === state)
    .map((guard) => ({ ...guard, number: numberOf(guard.address), because: becauseOf(guard) }))
    .sort(
      (a, b) => (a.number ?? 0) - (b.number ?? 0) || compare(a.id, b.id) || compare(a.address, b.address),
    );
}

/** The lines to write stand on their own, where they can be copied. */
function becauseOf({ message, write = [] }: PlanGuard): string {
  const quoted = write.map((line) => `\`${line}\``).join(" or ");
  return write.length === 0 ? message : message.replace(`write ${quoted}.`, () => "write:");
}

function viewDrift(document: PlanDocument): Pick<PlanView, "driftKept" | "driftUndone"> {
  const views = document.drift.flatMap((entry) => {
    const change = document.changes.find(({ address }) => address === entry.address);
    const isUndone = (path: string) => change?.fields.some((field) => field.path === path) ?? false;
    const view = (undone: boolean): DriftView => ({
      ...{ address: entry.address, kind: entry.kind, id: entry.id, name: entry.name, source: entry.source },
      fields: entry.fields
        .filter((field) => (isUndone(field.path) && field.ignored !== true) === undone)
        .map((field) => viewDriftField(field, document.target.accounts))
        .sort(byRisk),
      undoneBy: undone ? change?.number : undefined,
    });
    return [view(false), view(true)];
  });
  const sorted = views
    .filter((view) => view.fields.length > 0)
    .sort((a, b) => rank(a) - rank(b) || compare(a.address, b.address));
  return {
    driftKept: sorted.filter((view) => view.undoneBy === undefined),
    driftUndone: sorted.flatMap(({ undoneBy, address, fields }) =>
      undoneBy === undefined
        ? []
        : [{ undoneBy, address, paths: [...new Set(fields.map(({ path }) => path))] }],
    ),
  };
}

function rank(view: DriftView): number {
  const gravest = sortRisks(view.fields.map((field) => field.risk))[0] ?? "cosmetic";
  return groupIds.indexOf(groupOf[gravest]);
}

/** By code unit: the same order everywhere, whatever the locale. */
export function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
