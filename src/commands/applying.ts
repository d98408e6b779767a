import type { ApiPort } from "../api/index.js";
import type { Diagnostic } from "../diagnostics/index.js";
import { type ApplyResult, ApplyRun, type Task } from "../engine/apply/run.js";
import type { Answer, Instruction } from "../engine/apply/step.js";
import { encodeLockfile } from "../state/lockfile-text.js";
import { ApplyProgress } from "./apply-progress.js";
import type { CommandContext } from "./context.js";
import { cannotWrite, Journal, journalPath, readIfThere, writeLockfile } from "./lockfile-store.js";
import type { Planned } from "./planning.js";

export interface ApplyShell {
  readonly planned: Planned;
  readonly api: ApiPort;
  readonly lockfilePath: string;
  readonly settleMs: number;
  readonly parallelism: number;
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
 * end. When the journal cannot be written, nothing more is sent: an id that cannot be saved would be lost.
 */
export async function runApply(shell: ApplyShell): Promise<Applied> {
  const { planned, context } = shell;
  const { lockfile } = planned.opened;
  const options = { settleMs: shell.settleMs, parallelism: shell.parallelism };
  const run = new ApplyRun({ plan: planned.plan, lockfile, observed: planned.observed, options });
  const journal = new Journal(shell.lockfilePath, lockfile);
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
  const refused = world.refusedKey === undefined ? [] : [keyRefused(world.refusedKey)];
  return { result, writes: world.writes, diagnostics: [...result.remarks, ...refused, ...trouble] };
}

/** Hands out tasks as the machine names them, and its answers as they come. */
function drive(run: ApplyRun, world: World): Promise<void> {
  return new Promise((resolve, reject) => {
    const turn = (): void => {
      try {
        const tasks = run.next();
        for (const task of tasks) start(task);
        if (tasks.length === 0 && run.finished) resolve();
      } catch (error) {
        reject(error);
      }
    };
    const start = (task: Task): void => {
      world.carryOut(task.instruction).then((answer) => {
        if (world.broken !== undefined) run.halt("the journal cannot be written");
        run.answer(task, answer);
        turn();
      }, reject);
    };
    turn();
  });
}

/** The side of the machine that touches disk, network and time. */
class World {
  writes = 0;
  /** Why the journal could not be written; from then on nothing is sent. */
  broken: unknown;
  /** What the API said when it refused the key for a write. */
  refusedKey: string | undefined;

  constructor(
    private readonly shell: ApplyShell,
    private readonly journal: Journal,
    private readonly progress: ApplyProgress,
  ) {}

  async carryOut(instruction: Instruction): Promise<Answer> {
    this.progress.before(instruction);
    const answer = await this.#carryOut(instruction);
    this.progress.after(instruction, answer);
    return answer;
  }

  async #carryOut(instruction: Instruction): Promise<Answer> {
    switch (instruction.do) {
      case "save":
        this.#save(instruction);
        return undefined;
      case "send":
        return this.#send(instruction);
      case "look":
        return Promise.all(instruction.calls.map((call) => this.shell.api.run(call)));
      case "wait":
        await sleep(instruction.waitMs, this.shell.context.signal);
        return undefined;
      default:
        return instruction satisfies never;
    }
  }

  #save({ records }: Instruction & { do: "save" }): void {
    if (this.broken !== undefined) return;
    try {
      this.journal.append(records);
    } catch (error) {
      this.broken = error;
    }
  }

  async #send({ call }: Instruction & { do: "send" }): Promise<Answer> {
    if (this.broken !== undefined) {
      return { kind: "refused", reason: "notSent", code: -1, message: "the journal cannot be written" };
    }
    this.writes += 1;
    const outcome = await this.shell.api.run(call);
    if (outcome.kind === "refused" && outcome.reason === "auth") this.refusedKey = outcome.message;
    return outcome;
  }
}

function sleep(waitMs: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve();
    const done = () => {
      clearTimeout(timer);
      signal.removeEventListener("abort", done);
      resolve();
    };
    const timer = setTimeout(done, waitMs);
    signal.addEventListener("abort", done);
  });
}

/** Puts the journal into the lockfile. If that fails the journal stays: it has everything. */
async function fold(
  run: ApplyRun,
  { shell, journal, broken }: { shell: ApplyShell; journal: Journal; broken: unknown },
): Promise<readonly Diagnostic[]> {
  const { text, interrupted } = shell.planned.opened;
  const after = run.lockfile();
  try {
    const changed =
      text === undefined ? after.entries.size > 0 || after.intents.size > 0 : encodeLockfile(after) !== text;
    if (changed && (await readIfThere(shell.lockfilePath)) !== text) {
      journal.close();
      return [changedMeanwhile(shell.lockfilePath)];
    }
    if (changed) await writeLockfile(shell.lockfilePath, after);
    if (broken === undefined || changed || interrupted) await journal.end();
    return broken === undefined ? [] : [cannotWrite(journalPath(shell.lockfilePath), broken)];
  } catch (error) {
    journal.close();
    return [cannotWrite(shell.lockfilePath, error)];
  }
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
