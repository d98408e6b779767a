import { type ApiPort, KeyLeakError, ReadOnlyError, realClock } from "../api/index.js";
import type { Diagnostic } from "../diagnostics/index.js";
import { type ApplyResult, ApplyRun, type Task } from "../engine/apply/run.js";
import type { Answer, Instruction } from "../engine/apply/step.js";
import type { Outcome } from "../state/call.js";
import { encodeLockfile } from "../state/lockfile-text.js";
import type { ApplyOptions } from "./apply-options.js";
import { ApplyProgress } from "./apply-progress.js";
import { describeBug, traceOf } from "./bug.js";
import type { CommandContext } from "./context.js";
import { Journal, journalPath } from "./journal-file.js";
import type { HoldsKey } from "./leaks.js";
import { cannotWrite, readIfThere, writeLockfile } from "./lockfile-store.js";
import type { Planned } from "./planning.js";
import { completeKeys } from "./webhook/complete-keys.js";
import { keyNotKept, type WebhookKeys } from "./webhook-keys.js";

export interface ApplyShell {
  readonly planned: Planned;
  readonly api: ApiPort;
  readonly lockfilePath: string;
  readonly settleMs: number;
  readonly parallelism: number;
  readonly options: ApplyOptions;
  readonly holdsKey: HoldsKey;
  /** With `--webhook-keys`: where signing keys go. */
  readonly keys: WebhookKeys | undefined;
  readonly context: CommandContext;
}

export interface Applied {
  readonly result: ApplyResult;
  /** Requests that were sent and may have changed something. */
  readonly writes: number;
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Drives the apply machine: saves, sends, looks and waits as it says, and folds the journal into the lockfile at the
 * end. When the journal cannot be written, nothing more is sent: an id that cannot be saved would be lost. Never
 * throws: whatever happens in the middle, what was written so far is saved and reported.
 */
export async function runApply(shell: ApplyShell): Promise<Applied> {
  const { planned, context } = shell;
  const { lockfile } = planned.opened;
  const pace = { settleMs: shell.settleMs, parallelism: shell.parallelism };
  const { plan, observed, input } = planned;
  const run = new ApplyRun({ plan, lockfile, observed, foreignIds: input.foreignIds, options: pace });
  const journal = new Journal(shell.lockfilePath, lockfile, { holdsKey: shell.holdsKey });
  const interrupt = () => run.halt("the run was interrupted");
  context.signal.addEventListener("abort", interrupt);
  if (context.signal.aborted) interrupt();
  const world = new World(shell, journal, new ApplyProgress(planned.plan.work, context));
  try {
    await drive(run, world);
  } finally {
    context.signal.removeEventListener("abort", interrupt);
  }
  const trouble = await fold(run, { shell, journal, broken: world.broken });
  const result = run.result();
  const { keys, api, options } = shell;
  const lacking =
    keys === undefined || context.signal.aborted
      ? []
      : await completeKeys(keys, { lockfile: run.lockfile(), result, api, options, context });
  const refused = world.refusedKey === undefined ? [] : [keyRefused(world.refusedKey)];
  const bugs = world.bug === undefined ? [] : [describeBug(world.bug)];
  if (shell.options.debug === true && world.bug !== undefined) context.progress(traceOf(world.bug));
  return {
    result,
    writes: world.writes,
    diagnostics: [...result.remarks, ...refused, ...bugs, ...world.unkept, ...lacking, ...trouble],
  };
}

/**
 * Hands out tasks as the machine names them, and its answers as they come. After a bug nothing new is sent; what is
 * under way is awaited, so that the journal gets every id that still arrives.
 */
function drive(run: ApplyRun, world: World): Promise<void> {
  return new Promise((resolve) => {
    let underWay = 0;
    const turn = (work: () => void): void => {
      try {
        work();
        if (world.broken !== undefined) run.halt("the journal cannot be written");
        if (world.bug !== undefined) run.halt(BROKEN_OFF);
        for (const task of run.next()) start(task);
      } catch (error) {
        world.bug ??= error;
        run.halt(BROKEN_OFF);
      }
      if (underWay === 0) resolve();
    };
    const start = (task: Task): void => {
      underWay += 1;
      void world.carryOut(task.instruction).then((answer) => {
        underWay -= 1;
        turn(() => run.answer(task, answer));
      });
    };
    turn(() => {});
  });
}

const BROKEN_OFF = "the run broke off";

/** The side of the machine that touches disk, network and time. */
class World {
  writes = 0;
  /** Why the journal could not be written; from then on nothing is sent. */
  broken: unknown;
  /** What the API said when it refused the key for a write. */
  refusedKey: string | undefined;
  /** The first thing that was thrown, and should not have been. */
  bug: unknown;
  /** Signing keys that could not be written down. */
  readonly unkept: Diagnostic[] = [];

  constructor(
    private readonly shell: ApplyShell,
    private readonly journal: Journal,
    private readonly progress: ApplyProgress,
  ) {}

  /** Never throws: what fails unexpectedly is kept in `bug`, and the answer says what is certain of it. */
  async carryOut(instruction: Instruction): Promise<Answer> {
    try {
      this.progress.before(instruction);
      const answer = await this.#carryOut(instruction);
      this.progress.after(instruction, answer);
      return answer;
    } catch (error) {
      this.bug ??= error;
      return afterBug(instruction, error);
    }
  }

  async #carryOut(instruction: Instruction): Promise<Answer> {
    switch (instruction.do) {
      case "save":
        await this.#save(instruction);
        return undefined;
      case "send":
        return this.#send(instruction);
      case "look":
        return Promise.all(instruction.calls.map((call) => this.shell.api.run(call)));
      case "wait":
        await this.#wait(instruction.waitMs);
        return undefined;
      case "keep":
        this.#keep(instruction);
        return undefined;
      default:
        return instruction satisfies never;
    }
  }

  /** Before the next operation: it is shown once, though the detail may show it again. */
  #keep({ address, secret }: Instruction & { do: "keep" }): void {
    try {
      this.shell.keys?.put(address, secret);
    } catch (error) {
      this.unkept.push(keyNotKept(address, error, this.shell.options));
    }
  }

  #wait(waitMs: number): Promise<void> {
    const { clock = realClock, signal } = this.shell.context;
    return clock.sleep(waitMs, signal);
  }

  async #save({ records }: Instruction & { do: "save" }): Promise<void> {
    if (this.broken !== undefined) return;
    try {
      await this.journal.append(records);
    } catch (error) {
      this.broken ??= error;
    }
  }

  async #send({ call }: Instruction & { do: "send" }): Promise<Answer> {
    if (this.broken !== undefined) {
      return { kind: "refused", reason: "notSent", code: -1, message: "the journal cannot be written" };
    }
    const run = this.shell.api.run(call);
    this.writes += 1;
    const outcome = await run.catch((error: unknown) => {
      if (neverLeft(error)) this.writes -= 1;
      throw error;
    });
    if (outcome.kind === "refused" && outcome.reason === "auth") this.refusedKey = outcome.message;
    return outcome;
  }
}

/** Both are thrown before anything is sent. */
function neverLeft(error: unknown): boolean {
  return error instanceof KeyLeakError || error instanceof ReadOnlyError;
}

function afterBug(instruction: Instruction, error: unknown): Answer {
  const failure = { code: -1, message: BROKEN_OFF };
  const outcome: Outcome = neverLeft(error)
    ? { kind: "refused", reason: "notSent", ...failure }
    : { kind: "unknown", ...failure };
  switch (instruction.do) {
    case "send":
      return outcome;
    case "look":
      return instruction.calls.map(() => outcome);
    case "save":
    case "wait":
    case "keep":
      return undefined;
    default:
      return instruction satisfies never;
  }
}

/** Puts the journal into the lockfile. If that fails the journal stays: it has everything. */
async function fold(
  run: ApplyRun,
  { shell, journal, broken }: { shell: ApplyShell; journal: Journal; broken: unknown },
): Promise<readonly Diagnostic[]> {
  const { text, interrupted } = shell.planned.opened;
  const after = run.lockfile();
  try {
    const encoded = encodeLockfile(after);
    const changed = text === undefined ? after.entries.size > 0 || after.intents.size > 0 : encoded !== text;
    if (changed && shell.holdsKey(encoded)) throw new KeyLeakError(shell.lockfilePath);
    if (changed && (await readIfThere(shell.lockfilePath)) !== text) {
      journal.close();
      return [changedMeanwhile(shell.lockfilePath)];
    }
    if (changed) await writeLockfile(shell.lockfilePath, after);
    if (broken === undefined || changed || interrupted) await journal.end();
    return broken === undefined ? [] : [unsaved(journalPath(shell.lockfilePath), broken)];
  } catch (error) {
    journal.close();
    return [unsaved(shell.lockfilePath, error)];
  }
}

function unsaved(path: string, error: unknown): Diagnostic {
  return error instanceof KeyLeakError ? describeBug(error) : cannotWrite(path, error);
}

function keyRefused(message: string): Diagnostic {
  return {
    code: "GS2007",
    severity: "error",
    summary: `The API refuses the key for writing: ${message}`,
    detail: "A restricted key (rk_live_…) can plan, but not apply.",
    remedy: "Apply with a secret key that may write.",
  };
}

/** The journal has everything that this run did; what the other one wrote is not overwritten with it. */
function changedMeanwhile(path: string): Diagnostic {
  return {
    code: "GS3012",
    severity: "error",
    summary: `${path} changed during the run, and was not overwritten`,
    detail: `What this run did is in ${journalPath(path)}; the next run puts both together.`,
    remedy: "Look at what changed the lockfile (a git checkout, perhaps), then run apply again.",
  };
}
