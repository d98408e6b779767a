import { type Answer, type Instruction, isOutcome } from "../../engine/apply/step.js";
import type { Work } from "../../engine/work.js";
import { type ProgressEvent, renderProgress } from "../../render/index.js";
import { type ChangeAction, changeActions } from "../../state/action.js";
import type { Call, Failure } from "../../state/call.js";
import type { JournalRecord } from "../../state/journal.js";
import type { CommandContext } from "../context.js";

/** A wait that a person would notice; several changes may wait for the same thing. */
const WORTH_SHOWING_MS = 3000;

/**
 * Tells of an apply while it runs, by what the machine asks of its shell: a line when a change is sent and one when it
 * is done or refused. What stays unknown is told by the report at the end.
 */
export class ApplyProgress {
  readonly #byAddress: ReadonlyMap<string, Work>;
  readonly #byId: Map<string, Work>;
  /** Creates that were announced and whose id is not on disk yet, and what the API said to each last. */
  readonly #creating = new Map<Work, Failure | undefined>();
  #waitShownUntil = 0;

  constructor(
    works: readonly Work[],
    private readonly context: Pick<CommandContext, "progress" | "look">,
  ) {
    this.#byAddress = new Map(works.map((work) => [work.address, work]));
    this.#byId = new Map(
      works.flatMap((work) => {
        const { live, lock } = work.decision.pair;
        const id = live?.id ?? lock?.id;
        return id === undefined ? [] : [[id, work] as const];
      }),
    );
  }

  before(instruction: Instruction): void {
    if (instruction.do === "save") for (const record of instruction.records) this.#intended(record);
    if (instruction.do === "send") this.#tell("started", this.#actionOf(instruction.call));
    if (instruction.do === "wait") this.#waiting(instruction.waitMs, instruction.why);
  }

  after(instruction: Instruction, answer: Answer): void {
    if (instruction.do === "save") for (const record of instruction.records) this.#saved(record);
    if (instruction.do !== "send" || !isOutcome(answer)) return;
    if (answer.kind === "refused") this.#createRefused(instruction.call, answer);
    const sent = this.#actionOf(instruction.call);
    if (sent === undefined) return;
    if (answer.kind === "done") this.#tell("done", sent);
    if (answer.kind === "refused") this.#failed(sent, answer);
  }

  /** Whether it is the last word on this create, `dropIntent` says: a busy API is asked again. */
  #createRefused({ method, args: [body] }: Call, refusal: Failure): void {
    const isBody = (work: Work) => {
      const { definition, wanted } = work.decision.pair;
      const title = wanted?.[definition.titleField];
      return (
        method === `${definition.kind}.create` &&
        typeof body === "object" &&
        body !== null &&
        Object.values(body).includes(title)
      );
    };
    const [work, another] = [...this.#creating.keys()].filter(isBody);
    if (work !== undefined && another === undefined) this.#creating.set(work, refusal);
  }

  #intended(record: JournalRecord): void {
    const work = record.type === "intent" ? this.#byAddress.get(record.address) : undefined;
    if (work === undefined || this.#creating.has(work)) return;
    this.#creating.set(work, undefined);
    this.#tell("started", { work, action: "create", id: null });
  }

  #saved(record: JournalRecord): void {
    if (record.type === "dropIntent") {
      const work = this.#byAddress.get(record.address);
      const refusal = work === undefined ? undefined : this.#creating.get(work);
      if (work !== undefined && this.#creating.delete(work))
        this.#failed(
          { work, action: "create", id: null },
          refusal ?? { code: -1, message: "nothing was made" },
        );
    }
    if (record.type !== "entry") return;
    const work = this.#byAddress.get(record.address);
    if (work === undefined) return;
    const { id } = record.entry;
    const isNew = !this.#byId.has(id);
    this.#byId.set(id, work);
    if (this.#creating.delete(work)) this.#tell("done", { work, action: "create", id });
    else if (isNew && work.decision.actions.includes("adopt"))
      this.#tell("done", { work, action: "adopt", id });
  }

  #waiting(waitMs: number, because: string): void {
    if (waitMs <= WORTH_SHOWING_MS || Date.now() < this.#waitShownUntil) return;
    this.#waitShownUntil = Date.now() + waitMs;
    this.#show({ is: "waiting", waitMs, because });
  }

  /** Which action of which change a request belongs to; a create is known by its intent instead. */
  #actionOf({ method, args }: Call): Sent | undefined {
    const verb = method.slice(method.indexOf(".") + 1);
    const action = changeActions.find((one) => one === verb);
    if (action === undefined || action === "create") return undefined;
    const [first] = args;
    const texts: readonly unknown[] =
      typeof first === "object" && first !== null ? Object.values(first) : [first];
    for (const text of texts) {
      const work = typeof text === "string" ? this.#byId.get(text) : undefined;
      if (work !== undefined) return { work, action, id: String(text) };
    }
    return undefined;
  }

  #tell(is: "started" | "done", sent: Sent | undefined): void {
    if (sent !== undefined) this.#show({ is, action: described(sent) });
  }

  #failed(sent: Sent, { code, message }: Failure): void {
    this.#show({
      is: "failed",
      action: { ...described(sent), error: { code, message, outcome: "refused" } },
    });
  }

  #show(event: ProgressEvent): void {
    this.context.progress(renderProgress(event, this.context.look));
  }
}

interface Sent {
  readonly work: Work;
  readonly action: ChangeAction;
  readonly id: string | null;
}

function described({ work: { number, address }, action, id }: Sent) {
  return { number, address, action, id };
}
