import type { Diagnostic } from "../diagnostics/index.js";
import type { Address } from "../state/address.js";
import type { Desired } from "../state/desired.js";
import type { JournalRecord } from "../state/journal.js";
import type { LiveObject } from "../state/live.js";
import type { PlanChange, PlanDiagnostic, PlanDocument } from "../state/plan-document.js";
import type { Allowance } from "../state/policy.js";
import { accountRecords, describeAccountDrift } from "./account-history.js";
import type { ResolvedAccounts } from "./accounts.js";
import { catchUps } from "./baseline.js";
import { describeBuyers } from "./buyers.js";
import { type Decided, type DecideInput, decideAll } from "./decide-all.js";
import type { Decision } from "./decision.js";
import { describeChange, describeDrift } from "./describe.js";
import type { Review } from "./guards/guard.js";
import { type Judgement, judge } from "./guards/judge.js";
import { hashOf } from "./hash.js";
import { type KindDefinition, references } from "./kind.js";
import { findDependencies, sortByDanger } from "./order.js";
import { unmanaged } from "./pair/candidates.js";
import { preflight } from "./preflight.js";
import { sayLookalikes, saySituation } from "./remarks.js";
import { summarise } from "./summary.js";
import { makeWork, type Work } from "./work.js";

export interface PlanInput extends DecideInput {
  readonly desired: Desired;
  readonly allowances: readonly Allowance[];
  readonly target: Omit<PlanDocument["target"], "accounts">;
  readonly origin: string;
  readonly tool: PlanDocument["tool"];
  readonly command: string;
  readonly apiCalls: number;
  /** What was said before planning: by the configuration, the lockfile, the scan. */
  readonly diagnostics: readonly Diagnostic[];
  /** Writes a diagnostic down, with its command: of the command line, the core knows nothing. */
  readonly tell: (diagnostic: Diagnostic) => PlanDiagnostic;
}

/** What is to be done, and its description. `apply` runs a Plan and nothing else. */
export interface Plan {
  readonly document: PlanDocument;
  /** One for each change of the document, with the same numbers. */
  readonly work: readonly Work[];
  /** Baselines that caught up by themselves: looked for when they are written down. */
  catchUps(): readonly JournalRecord[];
  /** There is no plan to act upon: something could not be read or resolved. */
  readonly failed: boolean;
  /** A guard or the preflight refuses it. */
  readonly refused: boolean;
}

/**
 * Computes the plan. Pure and deterministic: the same inputs give the same bytes. `decided` saves deciding anew what
 * the caller has decided from the same input.
 */
export function makePlan(input: PlanInput, decided: Decided = decideAll(input)): Plan {
  const { names, decisions } = decided;
  const review = makeReview(input, decided);
  const judged = judge(review, input.allowances);
  const hurdles = preflight(review);
  const changed = sortByDanger(decisions.filter(({ actions }) => actions.length > 0));
  const needs = findDependencies(decisions, names);
  const work = makeWork(changed, needs);
  const diagnostics = [
    ...input.diagnostics,
    ...decided.diagnostics,
    ...saySituation(decisions),
    ...sayLookalikes(decisions, review.unmanaged),
    ...judged.diagnostics,
    ...hurdles,
  ];
  const failed = diagnostics.some((one) => one.severity === "error" && !hurdles.includes(one));
  const refused = judged.guards.some(({ state }) => state === "tripped") || hurdles.some(isError);
  return {
    document: describePlan(input, decided, { review, work, needs, judged, diagnostics, failed }),
    work,
    catchUps: () => [...accountRecords(input), ...catchUps(decisions)],
    failed,
    refused,
  };
}

interface PlanParts {
  readonly review: Review;
  readonly work: readonly Work[];
  readonly needs: ReadonlyMap<Address, readonly Address[]>;
  readonly judged: Judgement;
  readonly diagnostics: readonly Diagnostic[];
  readonly failed: boolean;
}

/** The plan as everybody sees it. */
function describePlan(
  input: PlanInput,
  decided: Decided,
  { review, work, needs, judged, diagnostics, failed }: PlanParts,
): PlanDocument {
  const { names, decisions, complete, partial } = decided;
  const { desired, observed, apiCalls } = input;
  const changed = work.map(({ decision }) => decision);
  const changes = work.map(({ number, address, decision }) => ({
    number,
    ...describeChange(decision, { names, dependsOn: needs.get(address) ?? [] }),
  }));
  const strangers = partial ? [] : listUnmanaged(review, decided.all);
  return {
    formatVersion: 1,
    command: input.command,
    exitCode: failed ? 1 : 0,
    tool: input.tool,
    project: desired.project,
    environment: desired.environment,
    hash: hashPlan(input, changes, changed),
    target: { ...input.target, accounts: listAccounts(input.accounts) },
    complete,
    partial,
    summary: summarise({ changes, decisions, unmanaged: strangers.length, apiCalls }),
    changes,
    buyers: describeBuyers({ decisions, changed, observed, names }),
    drift: [
      ...describeAccountDrift(input),
      ...decisions.flatMap((decision) => describeDrift(decision, names) ?? []),
    ],
    unmanaged: strangers,
    guards: [...judged.guards],
    policy: [...judged.policy],
    diagnostics: diagnostics.map(input.tell),
  };
}

const isError = ({ severity }: Diagnostic): boolean => severity === "error";

function makeReview(input: PlanInput, { decisions, names }: Decided): Review {
  const strangers = new Map(
    [...input.kinds.values()].map((definition) => [definition, unmanaged(input, definition)]),
  );
  return {
    decisions,
    desired: input.desired,
    lockfile: input.lockfile,
    observed: input.observed,
    accounts: input.accounts,
    policy: input.desired.policy,
    kinds: input.kinds,
    names,
    unmanaged: (definition) => strangers.get(definition) ?? [],
    partial: input.targets.length > 0,
    rehearsal: input.target.sandbox,
  };
}

/** What a reviewer approves: what reaches the server, where it goes, and the live values that it rests on. */
function hashPlan(
  { desired, origin, targets, observed }: PlanInput,
  changes: readonly Pick<PlanChange, "address" | "hash">[],
  decisions: readonly Decision[],
): string {
  const used = new Set(
    decisions.flatMap(({ pair: { definition, wanted = {} } }) =>
      references(definition, wanted).flatMap(({ to, target }) => (to === "account" ? [target] : [])),
    ),
  );
  const payouts = observed.accounts.filter(({ id }) => used.has(id)).map(({ id, address }) => [id, address]);
  return hashOf({
    project: desired.project,
    environment: desired.environment,
    origin,
    targets: [...targets].sort(),
    payouts: payouts.sort(),
    changes: changes.map(({ address, hash }) => [address, hash]).sort(),
  });
}

function listAccounts(accounts: ResolvedAccounts): PlanDocument["target"]["accounts"] {
  return [...accounts].map(([name, { id, address }]) => ({ name, id, address }));
}

/** What nobody declares; what this plan takes over is declared. */
function listUnmanaged(
  review: Pick<Review, "kinds" | "unmanaged">,
  all: readonly Decision[],
): PlanDocument["unmanaged"] {
  const takenOver = new Set(
    all.flatMap(({ pair }) => (pair.takenOver === undefined ? [] : (pair.live?.id ?? []))),
  );
  const describe = (definition: KindDefinition) => (object: LiveObject) => ({
    kind: definition.kind,
    id: object.id,
    name: String(object.values[definition.titleField] ?? object.id),
    url: object.url ?? null,
    open: object.open,
  });
  return [...review.kinds.values()].flatMap((definition) =>
    review
      .unmanaged(definition)
      .filter(({ id }) => !takenOver.has(id))
      .map(describe(definition)),
  );
}
