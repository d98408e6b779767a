import type { Diagnostic } from "../../diagnostics/index.js";
import type { AppliedAction, FailedAction, NotAttempted } from "../../state/apply-document.js";
import type { JournalRecord } from "../../state/journal.js";
import type { Observed } from "../../state/live.js";
import type { Lockfile } from "../../state/lockfile.js";
import { closing } from "../decision.js";
import type { Plan } from "../plan.js";
import type { Work } from "../work.js";
import { type ActionResult, closesAnyway, runChange } from "./change.js";
import { type ApplyError, type Context, makeContext } from "./context.js";
import { readBack, readBackSoon } from "./read-back.js";
import { Schedule } from "./schedule.js";
import { type Answer, type Instruction, isOutcome, type Step, save } from "./step.js";

/** One thing for the shell to do; its answer goes back under the same ticket. */
export interface Task {
  readonly ticket: number;
  readonly instruction: Instruction;
}

export interface Pace {
  readonly settleMs: number;
  /** Changes under way at a time, not counting creates that have their answer and only save it. */
  readonly parallelism: number;
}

export interface ApplyResult {
  readonly done: readonly AppliedAction[];
  readonly failed: readonly FailedAction[];
  readonly notAttempted: readonly NotAttempted[];
  readonly remarks: readonly Diagnostic[];
}

/** What a run starts from. */
export interface ApplyInput {
  readonly plan: Plan;
  readonly lockfile: Lockfile;
  readonly observed: Observed;
  /** Ids that the lockfiles of other environments list: no create of ours made those. */
  readonly foreignIds: ReadonlySet<string>;
  readonly options: Pace;
}

/**
 * The apply machine: it never touches the world. `next` says what the shell must do now, `answer` takes what came
 * of it. Independent changes are under way side by side; after a failure the independent rest goes on and what
 * depended on it is skipped. Whatever is lost in between, a new machine on the saved records goes on.
 */
export class ApplyRun {
  readonly #context: Context;
  readonly #options: Pace;
  readonly #works: readonly Work[];
  readonly #schedule: Schedule;
  readonly #results = new Map<Work, readonly ActionResult[]>();
  readonly #started = new Set<Work>();
  readonly #running = new Map<number, { step: Step<unknown>; finish: (value: unknown) => void }>();
  /** Changes that may still send something, by ticket. */
  readonly #busy = new Map<number, Work>();
  #tickets = 0;
  #pending: Task[] = [];
  #halted: string | undefined;
  #readBackStarted = false;
  /** What a look while others were under way has confirmed; saved at the end, in one go. */
  readonly #confirmed = new Map<Work, readonly JournalRecord[]>();
  #verdicts: ReadonlyMap<Work, ApplyError> = new Map();

  constructor(input: ApplyInput) {
    const { plan, options } = input;
    this.#options = options;
    this.#works = plan.work;
    this.#schedule = new Schedule(plan.work);
    this.#context = makeContext({ ...input, works: input.plan.work, settleMs: input.options.settleMs });
    this.#start(save(...plan.catchUps()), () => {});
  }

  /** What to do now; empty while answers are awaited, or when it is over. */
  next(): readonly Task[] {
    this.#startChanges();
    if (this.#running.size === 0 && !this.#readBackStarted) this.#startReadBack();
    const tasks = this.#pending;
    this.#pending = [];
    return tasks;
  }

  get finished(): boolean {
    return this.#running.size === 0 && this.#readBackStarted && this.#pending.length === 0;
  }

  /** What came of a task. Records count as saved only now. */
  answer({ ticket, instruction }: Task, answer: Answer): void {
    if (instruction.do === "save") for (const record of instruction.records) this.#context.draft.add(record);
    if (instruction.do === "send" && isAuthRefusal(answer)) this.halt("the API refuses the key");
    const running = this.#running.get(ticket);
    if (running === undefined) throw new Error(`no task ${ticket}`);
    this.#advance(ticket, answer);
  }

  /** Nothing new is started; what is under way is finished. */
  halt(because: string): void {
    this.#halted ??= because;
  }

  /** The lockfile as saved so far. */
  lockfile(): Lockfile {
    return this.#context.draft.lockfile();
  }

  /** The three lists, by number. A change that a bug broke off is a failure of unknown outcome. */
  result(): ApplyResult {
    const done: AppliedAction[] = [];
    const failed: FailedAction[] = [];
    const notAttempted: NotAttempted[] = [];
    for (const work of this.#works) {
      const verdict = this.#verdicts.get(work);
      for (const ended of this.#results.get(work) ?? this.#unfinished(work)) {
        if (ended.is === "waived") continue;
        const { action } = ended;
        const id = this.#context.draft.entry(work.address)?.id ?? work.decision.pair.live?.id ?? null;
        const one = { number: work.number, address: work.address, action, id };
        const unseen = ended.is === "done" && isLastWrite(work, action) ? verdict : undefined;
        if (ended.is === "skipped") notAttempted.push({ ...one, because: ended.because });
        else if (ended.is === "failed") failed.push({ ...one, error: ended.error });
        else if (unseen !== undefined) failed.push({ ...one, error: unseen });
        else done.push(one);
      }
    }
    return { done, failed, notAttempted, remarks: this.#context.remarks };
  }

  #startChanges(): void {
    while (this.#mayStart()) {
      const turn = this.#schedule.take();
      if (turn === undefined) return;
      const { work } = turn;
      if (turn.skip !== undefined && !closesAnyway(work)) {
        this.#finishChange(work, skip(work, turn.skip));
        continue;
      }
      this.#started.add(work);
      this.#busy.set(this.#tickets, work);
      this.#start(runChange(work, this.#context, turn.skip), (results) => this.#finishChange(work, results));
    }
  }

  #mayStart(): boolean {
    return (
      this.#halted === undefined && this.#context.inDoubt === 0 && this.#busy.size < this.#options.parallelism
    );
  }

  #finishChange(work: Work, results: readonly ActionResult[]): void {
    this.#results.set(work, results);
    const ok = results.every(isFine);
    this.#schedule.finish(work, { ok, leftOpen: isLeftOpen(results) });
    // What can only be read one by one need not wait for the end: reads don't keep writes waiting.
    const isSingle = work.decision.pair.definition.reading.idsPerDetail === 1;
    if (ok && isWritten(work) && isSingle && this.#halted === undefined) {
      this.#start(readBackSoon(work, this.#context), (records) => {
        if (records !== undefined) this.#confirmed.set(work, records);
      });
    }
  }

  #unfinished(work: Work): readonly ActionResult[] {
    const because = this.#halted ?? "what it depends on was not done";
    if (!this.#started.has(work)) return skip(work, because);
    const error = { code: -1, message: because, outcome: "unknown" } as const;
    return work.decision.actions.map((action) => ({ action, is: "failed", error }));
  }

  /** After a halt nothing more is asked either; the next plan compares. */
  #startReadBack(): void {
    this.#readBackStarted = true;
    this.#start(save(...[...this.#confirmed.values()].flat()), () => {});
    if (this.#halted !== undefined) return;
    const written = [...this.#results]
      .filter(([work, results]) => isWritten(work) && results.every(isFine))
      .map(([work]) => work)
      .filter((work) => !this.#confirmed.has(work));
    if (written.length === 0) return;
    this.#start(readBack(written, this.#context), (verdicts) => {
      this.#verdicts = verdicts;
    });
  }

  #start<T>(step: Step<T>, finish: (value: T) => void): void {
    const ticket = this.#tickets;
    this.#tickets += 1;
    // The map forgets the type that `step` and `finish` share.
    this.#running.set(ticket, { step: step as Step<unknown>, finish: finish as (value: unknown) => void });
    this.#advance(ticket, undefined);
  }

  #advance(ticket: number, answer: Answer): void {
    const running = this.#running.get(ticket);
    if (running === undefined) return;
    const step = running.step.next(answer);
    if (step.done !== true) {
      // What was made and what the next one intends are saved in one go, in this order.
      if (isOutcome(answer) && step.value.do === "save" && isOnlyMade(this.#busy.get(ticket))) {
        this.#busy.delete(ticket);
      }
      this.#pending.push({ ticket, instruction: step.value });
      return;
    }
    this.#running.delete(ticket);
    this.#busy.delete(ticket);
    running.finish(step.value);
  }
}

function skip({ decision }: Work, because: string): readonly ActionResult[] {
  return decision.actions.map((action) => ({ action, is: "skipped", because }));
}

function isFine({ is }: ActionResult): boolean {
  return is === "done" || is === "waived";
}

/** Something was made open, and could not be closed. */
function isLeftOpen(results: readonly ActionResult[]): boolean {
  const isMade = results.some(({ action, is }) => action === "create" && is === "done");
  return isMade && results.some(({ action, is }) => closing.includes(action) && is === "failed");
}

/** What leaves an object behind that shows it: all that is sent but `remove`. */
const readableWrites = ["create", "update", "enable", "disable", "archive", "unarchive"] as const;

function isWritten({ decision }: Work): boolean {
  return decision.actions.some((action) => readableWrites.some((write) => write === action));
}

/** A read-back that disagrees is told of the last write of a change, not of each of its actions. */
function isLastWrite({ decision }: Work, action: string): boolean {
  return decision.actions.findLast((one) => readableWrites.some((write) => write === one)) === action;
}

/** Whether nothing is sent after the create. */
function isOnlyMade(work: Work | undefined): boolean {
  return work?.decision.actions.length === 1 && work.decision.actions[0] === "create";
}

function isAuthRefusal(answer: Answer): boolean {
  return isOutcome(answer) && answer.kind === "refused" && answer.reason === "auth";
}
