import { type ApiPort, createApi, createSecret } from "../../api/index.js";
import { type Result, success } from "../../diagnostics/index.js";
import { type ApplyResult, ApplyRun, type Task } from "../../engine/apply/run.js";
import type { Answer } from "../../engine/apply/step.js";
import { bind } from "../../engine/bind.js";
import { makePlan, type Plan, type PlanInput } from "../../engine/plan.js";
import { survey } from "../../engine/survey.js";
import { provider } from "../../resources/provider.js";
import type { Sandbox } from "../../sandbox/index.js";
import type { Observed } from "../../state/live.js";
import type { Lockfile } from "../../state/lockfile.js";
import { toPlanDiagnostic } from "../../state/plan-diagnostic.js";
import type { CommandContext } from "../context.js";
import { SANDBOX_BASE_URL } from "../embedded-sandbox.js";
import { DEFAULT_CONFIG, writeCommand } from "../flags.js";
import { refuse } from "../review.js";
import { runReader } from "../run-reader.js";
import type { Stage } from "./stage.js";

/** A plan of a stage, with what it was made from. */
interface PlannedStage extends Stage {
  readonly plan: Plan;
  readonly observed: Observed;
  readonly api: ApiPort;
}

/** What became of an apply: what plan it was about, whether it was refused, and what it sent. */
export interface Tried {
  readonly plan: Plan;
  readonly refused: boolean;
  /** Requests that change something. */
  readonly writes: number;
}

/**
 * Makes the account what the configuration says, whatever the guards think of it: they are what is examined
 * afterwards, and a new account has nothing to protect. Gives the lockfile that an apply would have written.
 */
export async function build(
  stage: Stage,
  context: CommandContext,
): Promise<Result<{ lockfile: Lockfile; result: ApplyResult }>> {
  const planned = await planStage(stage, context);
  if (!planned.ok) return planned;
  return success(await carryOut(planned.value));
}

/** Plans, and applies as `apply --auto-approve` does: a plan that is refused is not begun. */
export async function tryApply(stage: Stage, context: CommandContext): Promise<Result<Tried>> {
  const planned = await planStage(stage, context);
  if (!planned.ok) return planned;
  const { plan } = planned.value;
  stage.sandbox.clearRequests();
  const reviewed = { document: undefined, hash: undefined };
  const options = { config: "", autoApprove: true };
  const refusal = refuse(plan, { reviewed, options, context });
  if (refusal === undefined) await carryOut(planned.value);
  const writes = stage.sandbox.requests.filter(({ write }) => write).length;
  return success({ plan, refused: refusal !== undefined, writes });
}

async function planStage(stage: Stage, context: CommandContext): Promise<Result<PlannedStage>> {
  const { desired, lockfile, sandbox } = stage;
  const opened = await openApi(sandbox);
  if (!opened.ok) return opened;
  const api = opened.value;
  const foreignIds = new Set<string>();
  const { kinds } = provider;
  const bound = bind({ desired, lockfile, kinds, foreignIds });
  if (!bound.ok) return bound;
  const base = { bindings: bound.value, lockfile, foreignIds, desired, targets: [] };
  const seen = await runReader(survey({ ...base, provider, refresh: "auto" }), api);
  if (!seen.ok) return seen;
  const { observed, accounts, decided } = seen.value;
  const input: PlanInput = {
    ...base,
    kinds,
    observed,
    accounts,
    allowances: [],
    target: { baseUrl: SANDBOX_BASE_URL, keyKind: "other", client: "builtin", sandbox: true },
    origin: api.origin,
    tool: { name: "gstable-sync", version: context.version },
    command: "doctor",
    apiCalls: api.stats.calls,
    diagnostics: [...bound.diagnostics, ...seen.diagnostics],
    tell: (one) => toPlanDiagnostic(writeCommand(one, unnamed)),
  };
  return success({ ...stage, plan: makePlan(input, decided), observed, api });
}

/** Nobody reads a command in the plan of a rehearsal; what its guards say is told by `doctor`. */
const unnamed = { config: DEFAULT_CONFIG };

function openApi(sandbox: Sandbox): Promise<Result<ApiPort>> {
  return createApi({
    apiKey: createSecret("sk_sandbox_rehearsal"),
    baseUrl: SANDBOX_BASE_URL,
    client: "builtin",
    access: "write",
    fetch: sandbox.fetch,
    env: {},
  });
}

/** Drives the apply machine. What it saves is kept in memory by itself, and there is nothing to wait for. */
async function carryOut(planned: PlannedStage): Promise<{ lockfile: Lockfile; result: ApplyResult }> {
  const run = new ApplyRun({ ...planned, foreignIds: new Set(), options: { settleMs: 0, parallelism: 4 } });
  for (let tasks = run.next(); tasks.length > 0; tasks = run.next()) {
    const answers = await Promise.all(tasks.map((task) => answerTo(task, planned.api)));
    for (const [index, task] of tasks.entries()) run.answer(task, answers[index]);
  }
  return { lockfile: run.lockfile(), result: run.result() };
}

async function answerTo({ instruction }: Task, api: ApiPort): Promise<Answer> {
  switch (instruction.do) {
    case "send":
      return api.run(instruction.call);
    case "look":
      return Promise.all(instruction.calls.map((call) => api.run(call)));
    case "save":
    case "wait":
    case "keep":
      return undefined;
    default:
      return instruction satisfies never;
  }
}
