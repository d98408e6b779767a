import type { Diagnostic } from "../../diagnostics/index.js";
import { type ApplyResult, ApplyRun, type Task } from "../../engine/apply/run.js";
import { describeBug, traceOf } from "../bug.js";
import { Journal } from "../state-files/journal-file.js";
import { completeKeys } from "../webhook/complete-keys.js";
import { fold } from "./fold.js";
import { ApplyProgress } from "./progress.js";
import { type ApplyShell, BROKEN_OFF, World } from "./world.js";

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
  const { plan, input } = planned;
  const run = new ApplyRun({ ...input, plan, options: pace });
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
  const trouble = await fold(run, { shell, journal, world });
  const result = run.result();
  const { keys, api } = shell;
  const lacking =
    keys === undefined || context.signal.aborted
      ? []
      : await completeKeys(keys, { lockfile: run.lockfile(), result, api, context });
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
        if (world.ended !== undefined) run.halt(world.ended);
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

function keyRefused(message: string): Diagnostic {
  return {
    code: "GS2007",
    severity: "error",
    summary: `The API refuses the key for writing: ${message}`,
    detail: "A restricted key (rk_live_…) can plan, but not apply.",
    remedy: "Apply with a secret key that may write.",
  };
}
