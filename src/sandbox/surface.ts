import type { SandboxAccount } from "./accounts.js";
import type { Clock } from "./clock.js";
import type { Dashboard } from "./dashboard.js";
import type { Delivery } from "./events/delivery.js";
import type { Sending } from "./events/receiver.js";
import type { Fault } from "./faults/fault.js";
import type { Knobs } from "./knobs.js";
import type { LoggedRequest } from "./request-log.js";
import type { Visit } from "./sessions/from-link.js";
import type { Payment } from "./sessions/pay.js";
import type { SandboxSeed } from "./state/seed-schema.js";
import type { SandboxState, StoredSession } from "./state/state.js";
import type { WireAnswer, WireRequest } from "./wire.js";

export interface SandboxOptions {
  /** Holds the state: a JSON snapshot, beside it `<file>.log`. A write is on disk before it is answered. Absent: memory only. */
  readonly stateFile?: string | undefined;
  readonly knobs?: Partial<Knobs> | undefined;
  /** Milliseconds since 1970; default the machine's clock. */
  readonly now?: (() => number) | undefined;
  /** From 0 to below 1, for ids; default a cryptographic source. */
  readonly random?: (() => number) | undefined;
  /** Ensured to exist, besides `acc_sandbox_main`. */
  readonly accounts?: readonly SandboxAccount[] | undefined;
  /** Same as the knob. */
  readonly latencyMs?: number | undefined;
}

/** A local GStable. */
export interface Sandbox {
  /** In this process, without sockets: by URL path, whatever the host. */
  readonly fetch: typeof fetch;
  readonly requests: readonly LoggedRequest[];
  clearRequests(): void;
  /** Edits as somebody in the dashboard would do them. */
  readonly dashboard: Dashboard;
  /** What happens when a payer goes ahead on the page of a link: a session on its terms. */
  startSession(visit: Visit): StoredSession;
  /** Pays a session, or a link on its page: as far as `until`, without any chain. */
  pay(payment: Payment): StoredSession;
  /** What webhooks were told, oldest first. */
  readonly deliveries: readonly Delivery[];
  /** Begins to send deliveries; until then they are only kept. Without a receiver those alone that stay on this machine. */
  sendWebhooks(how: Partial<Sending>): void;
  readonly webhookReceiver: string | undefined;
  redeliver(deliveryId: string): Delivery;
  clearDeliveries(): void;
  /** When no delivery is under way any more, repeats included. */
  deliveriesSettled(): Promise<void>;
  readonly knobs: Knobs;
  setKnobs(knobs: Partial<Knobs>): void;
  addFault(fault: Fault): void;
  clearFaults(): void;
  /** Creates the account, or adds the settlement currencies that it lacks. */
  ensureAccount(account: SandboxAccount): void;
  snapshot(): SandboxState;
  /** Puts these objects beside or over what is there. */
  seed(state: SandboxSeed): void;
  /** Back to the first start: state, requests, faults and clock. Knobs stay. */
  reset(): void;
  /** Writes the snapshot and lets go of the files; requests that still wait are dropped. */
  close(): Promise<void>;
  /** One raw exchange: what `fetch` and the server are made of. */
  answer(request: WireRequest): Promise<WireAnswer>;
  /** The sandbox's time; `freeze`, `advance`, `run`. */
  readonly clock: Clock;
}
