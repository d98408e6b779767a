import { judge } from "../../../src/api/judge.js";
import { requestOf } from "../../../src/api/request.js";
import { routes } from "../../../src/api/routes.js";
import { type ApplyResult, ApplyRun, type Task } from "../../../src/engine/apply/run.js";
import type { Answer, Instruction } from "../../../src/engine/apply/step.js";
import { bind } from "../../../src/engine/bind.js";
import { makePlan, type Plan, type PlanInput } from "../../../src/engine/plan.js";
import type { Reader } from "../../../src/engine/reader.js";
import { survey } from "../../../src/engine/survey.js";
import { provider } from "../../../src/resources/provider.js";
import { createSandbox, type Knobs, type Sandbox } from "../../../src/sandbox/index.js";
import { type Call, type Outcome, readMethods } from "../../../src/state/call.js";
import type { Desired } from "../../../src/state/desired.js";
import { foldJournal, type JournalRecord } from "../../../src/state/journal.js";
import {
  decodeJournal,
  encodeJournalOwner,
  encodeRecords,
  type WrittenIds,
} from "../../../src/state/journal-text.js";
import type { Observed } from "../../../src/state/live.js";
import { emptyLockfile, type Lockfile } from "../../../src/state/lockfile.js";
import { decodeLockfile, encodeLockfile } from "../../../src/state/lockfile-text.js";
import { toPlanDiagnostic } from "../../../src/state/plan-diagnostic.js";

export const SETTLE_MS = 10_000;
const origin = "https://api.gstable.example";
const bases = { merchant: `${origin}/api/v1`, public: `${origin}/public/api/v1`, origin };

/** What becomes of one instruction. Everything but `plain` is a mishap. */
export type Fate =
  | "plain"
  /** The request never arrives; the client learns nothing. */
  | "lostBefore"
  /** Carried out; the client learns nothing. */
  | "lostAfter"
  /** Carried out within the settle time after the client has given up. */
  | "late"
  | "refused"
  | "busy"
  /** Carried out twice. */
  | "doubled"
  | "doubledAndLost"
  /** The process dies before it, or after it and before its answer. */
  | "crashBefore"
  | "crashAfter";

/** Who decides what happens. `pick`: an index below n. */
export interface Chaos {
  pick(n: number): number;
  fate(instruction: Instruction): Fate;
}

export const calm: Chaos = { pick: () => 0, fate: () => "plain" };

export interface Planned {
  readonly plan: Plan;
  readonly observed: Observed;
  readonly lockfile: Lockfile;
  readonly reads: readonly Call[];
  /** The same, by what was asked for at one time. */
  readonly rounds: readonly (readonly Call[])[];
}

export interface Applied {
  readonly plan: Plan;
  /** Missing: the process died, or there was no plan to run. */
  readonly result: ApplyResult | undefined;
  readonly crashed: boolean;
  readonly writes: readonly Call[];
}

export interface ShopOptions {
  readonly knobs?: Partial<Knobs>;
  readonly seed?: number;
  readonly parallelism?: number;
  readonly refresh?: "auto" | "full";
}

/** One merchant: an account on the sandbox, and a disk with lockfile and journal. No time passes but its own. */
export class Shop {
  readonly sandbox: Sandbox;
  /** The bytes on disk. */
  lockText: string | undefined;
  journalText = "";
  #writtenIds: WrittenIds = new Map();
  /** Every id that was ever recorded, by address. */
  readonly everRecorded = new Map<string, Set<string>>();
  /** What other environments manage. */
  readonly foreignIds = new Set<string>();
  /** Writes that reached the API, in order. */
  readonly written: Call[] = [];
  #late: { readonly dueMs: number; readonly call: Call }[] = [];
  readonly #options: ShopOptions;

  constructor(options: ShopOptions = {}) {
    this.#options = options;
    this.sandbox = createSandbox({
      now: () => 0,
      random: seededRandom(options.seed ?? 1),
      knobs: options.knobs,
    });
  }

  /** One call, judged as the API port judges it; reads are asked again where that may help. */
  async run(call: Call): Promise<Outcome> {
    const isRead = readMethods.some((method) => method === call.method);
    const { verb, url, body, keyed } = requestOf(call, bases);
    for (let tries = 1; ; tries += 1) {
      const judgement = judge(
        await this.#exchange({ method: verb, path: new URL(url).pathname, text: body ?? "", keyed }),
        { expects: routes[call.method].expects, isRead, redact: (text) => text },
      );
      if (!isRead || !judgement.transient || tries === 5) return judgement.outcome;
    }
  }

  async #exchange({ keyed, ...request }: { method: string; path: string; text: string; keyed: boolean }) {
    const authorization = keyed ? "Bearer sk_sandbox_test" : undefined;
    try {
      const { status, text } = await this.sandbox.answer({
        ...request,
        authorization,
        host: "api.gstable.example",
      });
      return { kind: "answered", status, text } as const;
    } catch (error) {
      const cause = String(Reflect.get(Object(error), "causeCode") ?? "");
      if (cause === "") throw error;
      return { kind: "silent", mayHaveArrived: cause !== "ECONNREFUSED", why: cause } as const;
    }
  }

  /** The lockfile as a new process finds it: the journal of the last run folded in. */
  async lockfile(): Promise<Lockfile> {
    const owner = { project: "acme", environment: null, origin };
    const base = this.lockText === undefined ? emptyLockfile(owner) : await decoded(this.lockText);
    const journal = await decodeJournal(this.journalText);
    if (!journal.ok) throw new Error(`journal line ${journal.line}: ${journal.why}`);
    return foldJournal(base, journal.records);
  }

  /** As the commands plan. Throws where there can be no plan at all. */
  async plan(desired: Desired, targets: readonly string[] = []): Promise<Planned> {
    const lockfile = await this.lockfile();
    const bound = bind({ desired, lockfile, kinds: provider.kinds, foreignIds: this.foreignIds });
    if (!bound.ok) throw new Error(bound.diagnostics.map(({ summary }) => summary).join("\n"));
    const base = {
      bindings: bound.value,
      lockfile,
      foreignIds: this.foreignIds,
      desired,
      targets: targets as never,
    };
    const rounds: (readonly Call[])[] = [];
    const refresh = this.#options.refresh ?? "auto";
    const seen = await this.#read(survey({ ...base, provider, refresh }), rounds);
    if (!seen.ok) throw new Error(seen.diagnostics.map(({ summary }) => summary).join("\n"));
    const { observed, accounts, decided } = seen.value;
    const input: PlanInput = {
      ...base,
      kinds: provider.kinds,
      observed,
      accounts,
      allowances: [],
      target: { baseUrl: bases.merchant, keyKind: "secret", client: "builtin", sandbox: true },
      origin,
      tool: { name: "gstable-sync", version: "0" },
      command: "apply",
      apiCalls: rounds.flat().length,
      diagnostics: [...bound.diagnostics, ...seen.diagnostics],
      tell: ({ command: _, ...written }) => toPlanDiagnostic(written),
    };
    const plan = makePlan(input, decided);
    return { plan, observed, lockfile, reads: rounds.flat(), rounds };
  }

  /** Plans and applies, through whatever happens. Guards are not asked: what they let through must be safe as well. */
  async apply(desired: Desired, chaos: Chaos = calm): Promise<Applied> {
    const { plan, observed, lockfile } = await this.plan(desired);
    return this.applyPlan({ plan, observed, lockfile }, chaos);
  }

  async applyPlan(
    { plan, observed, lockfile }: Pick<Planned, "plan" | "observed" | "lockfile">,
    chaos: Chaos = calm,
  ): Promise<Applied> {
    const from = this.written.length;
    const end = (result: ApplyResult | undefined, crashed: boolean): Applied => ({
      plan,
      result,
      crashed,
      writes: this.written.slice(from),
    });
    if (plan.failed) return end(undefined, false);
    // A new process goes on with the journal that the last one left.
    this.journalText += encodeJournalOwner({ project: "acme", environment: null, origin });
    this.#writtenIds = new Map();
    const options = { settleMs: SETTLE_MS, parallelism: this.#options.parallelism ?? 4 };
    const run = new ApplyRun({ plan, lockfile, observed, foreignIds: this.foreignIds, options });
    const underWay: { readonly task: Task; readonly done?: { readonly answer: Answer } }[] = [];
    for (;;) {
      underWay.push(...run.next().map((task) => ({ task })));
      if (underWay.length === 0) break;
      const [one] = underWay.splice(chaos.pick(underWay.length), 1);
      if (one === undefined) throw new Error("picked beyond the end");
      if (one.done !== undefined) {
        run.answer(one.task, one.done.answer);
        continue;
      }
      const carried = await this.#carryOut(one.task.instruction, chaos);
      if (carried === "crashed") return end(undefined, true);
      underWay.push({ task: one.task, done: carried });
    }
    if (!run.finished) throw new Error("the machine waits for nothing");
    this.lockText = encodeLockfile(run.lockfile());
    this.journalText = "";
    return end(run.result(), false);
  }

  /** Lets time pass: what the API still had to carry out is carried out. */
  async advance(byMs: number): Promise<void> {
    this.sandbox.clock.advance(byMs);
    const nowMs = this.sandbox.clock.nowMs();
    const due = this.#late.filter(({ dueMs }) => dueMs <= nowMs);
    this.#late = this.#late.filter(({ dueMs }) => dueMs > nowMs);
    for (const { call } of due) await this.run(call);
  }

  async #carryOut(instruction: Instruction, chaos: Chaos): Promise<{ answer: Answer } | "crashed"> {
    const fate = chaos.fate(instruction);
    if (fate === "crashBefore") return "crashed";
    const answer = await this.#do(instruction, fate, chaos);
    return fate === "crashAfter" ? "crashed" : { answer };
  }

  async #do(instruction: Instruction, fate: Fate, chaos: Chaos): Promise<Answer> {
    switch (instruction.do) {
      case "save":
        this.#save(instruction.records);
        return undefined;
      case "look":
        return Promise.all(instruction.calls.map((call) => this.run(call)));
      case "wait":
        await this.advance(instruction.waitMs);
        return undefined;
      case "keep":
        return undefined;
      case "send":
        return this.#send(instruction.call, fate, chaos);
    }
  }

  async #send(call: Call, fate: Fate, chaos: Chaos): Promise<Outcome> {
    const lost = { kind: "unknown", code: -1, message: "no answer" } as const;
    if (fate === "refused") return { kind: "refused", reason: "rejected", code: 400101, message: "no" };
    if (fate === "busy") return { kind: "refused", reason: "busy", code: 900101, message: "busy" };
    if (fate === "lostBefore") return lost;
    if (fate === "late") {
      const dueMs = this.sandbox.clock.nowMs() + 1 + chaos.pick(SETTLE_MS);
      this.#late.push({ dueMs, call });
      return lost;
    }
    this.written.push(call);
    if (fate === "doubled" || fate === "doubledAndLost") await this.run(call);
    const outcome = await this.run(call);
    return fate === "lostAfter" || fate === "doubledAndLost" ? lost : outcome;
  }

  #save(records: readonly JournalRecord[]): void {
    this.journalText += encodeRecords(records, this.#writtenIds);
    for (const record of records) {
      if (record.type !== "entry") continue;
      const ids = this.everRecorded.get(record.address) ?? new Set();
      this.everRecorded.set(record.address, ids.add(record.entry.id));
    }
  }

  async #read<T>(reader: Reader<T>, rounds: (readonly Call[])[]): Promise<T> {
    let step = reader.next();
    while (step.done !== true) {
      rounds.push(step.value.calls);
      step = reader.next(await Promise.all(step.value.calls.map((call) => this.run(call))));
    }
    return step.value;
  }
}

/** What a plan would still write: nothing, where all is as configured and recorded. */
export function leftToDo({
  work,
  catchUps,
}: Plan): Pick<Plan, "work"> & { catchUps: readonly JournalRecord[] } {
  return { work, catchUps: catchUps() };
}

async function decoded(text: string): Promise<Lockfile> {
  const result = await decodeLockfile(text, "gstable.lock.json");
  if (!result.ok) throw new Error(result.diagnostics.map(({ summary }) => summary).join("\n"));
  return result.value;
}

/** mulberry32 */
export function seededRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
