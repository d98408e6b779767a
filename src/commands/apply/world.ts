import { type ApiPort, KeyLeakError, ReadOnlyError, realClock } from "../../api/index.js";
import type { Diagnostic } from "../../diagnostics/index.js";
import type { Answer, Instruction } from "../../engine/apply/step.js";
import type { Outcome } from "../../state/call.js";
import type { CommandContext } from "../context.js";
import type { HoldsKey } from "../leaks.js";
import type { Planned } from "../planning.js";
import type { Journal } from "../state-files/journal-file.js";
import type { Lock } from "../state-files/lock.js";
import { keyNotKept, type WebhookKeys } from "../webhook-keys.js";
import type { ApplyOptions } from "./options.js";
import type { ApplyProgress } from "./progress.js";

export interface ApplyShell {
  readonly planned: Planned;
  readonly api: ApiPort;
  readonly lockfilePath: string;
  readonly settleMs: number;
  readonly parallelism: number;
  readonly options: ApplyOptions;
  readonly holdsKey: HoldsKey;
  /** The lockfile's. Without it nothing is sent: two runs at once could create everything twice. */
  readonly lock: Pick<Lock, "isOurs">;
  /** With `--webhook-keys`: where signing keys go. */
  readonly keys: WebhookKeys | undefined;
  readonly context: CommandContext;
}

const JOURNAL_BROKEN = "the journal cannot be written";
const LOCK_LOST = "another run has taken over the lock";
export const BROKEN_OFF = "the run broke off";

/** The side of the machine that touches disk, network and time. */
export class World {
  writes = 0;
  /** Why the journal could not be written; from then on nothing is sent. */
  broken: unknown;
  /** Another run goes on with our journal: what still arrives is written down there, and nothing more is sent. */
  lockLost = false;
  /** What the API said when it refused the key for a write. */
  refusedKey: string | undefined;
  /** The first thing that was thrown, and should not have been. */
  bug: unknown;
  /** Why nothing new is begun any more. */
  get ended(): string | undefined {
    if (this.broken !== undefined) return JOURNAL_BROKEN;
    if (this.lockLost) return LOCK_LOST;
    return this.bug === undefined ? undefined : BROKEN_OFF;
  }

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
    const { keys } = this.shell;
    if (keys === undefined) return;
    try {
      keys.put(address, secret);
    } catch (error) {
      this.unkept.push(keyNotKept(address, error, keys));
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
    this.lockLost ||= !this.shell.lock.isOurs();
    if (this.broken !== undefined) return notSent(JOURNAL_BROKEN);
    if (this.lockLost) return notSent(LOCK_LOST);
    const run = this.shell.api.run(call);
    this.writes += 1;
    const outcome = await run.catch((error: unknown) => {
      if (neverLeft(error)) this.writes -= 1;
      throw error;
    });
    if (outcome.kind === "refused" && outcome.reason === "notSent") this.writes -= 1;
    if (outcome.kind === "refused" && outcome.reason === "auth") this.refusedKey = outcome.message;
    return outcome;
  }
}

function notSent(message: string): Outcome {
  return { kind: "refused", reason: "notSent", code: -1, message };
}

/** Both are thrown before anything is sent. */
function neverLeft(error: unknown): boolean {
  return error instanceof KeyLeakError || error instanceof ReadOnlyError;
}

function afterBug(instruction: Instruction, error: unknown): Answer {
  const failure = { code: -1, message: BROKEN_OFF };
  const outcome: Outcome = neverLeft(error) ? notSent(BROKEN_OFF) : { kind: "unknown", ...failure };
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
