import { ensureAccount, mainAccount, type SandboxAccount } from "./accounts.js";
import type { Clock } from "./clock.js";
import { createDashboard, type Dashboard, findAction } from "./dashboard.js";
import { createDeliveries, type Deliveries } from "./events/deliveries.js";
import type { Delivery } from "./events/delivery.js";
import { createPostman, type Postman } from "./events/postman.js";
import { receiverOrigin, type Sending } from "./events/receiver.js";
import { answerRequest, type ExchangeParts } from "./exchange.js";
import type { Fault } from "./faults/fault.js";
import { createFaultScript } from "./faults/matching.js";
import { fetchThrough } from "./fetch.js";
import { secureRandom } from "./ids.js";
import { type Knobs, turnKnobs } from "./knobs.js";
import { createRequestLog, type LoggedRequest } from "./request-log.js";
import { answerSideDoor, isSideDoor } from "./routes/side-door.js";
import { expireSessions } from "./sessions/expire.js";
import { startSession, type Visit } from "./sessions/from-link.js";
import { type Payment, paySession } from "./sessions/pay.js";
import { seedState } from "./state/seed.js";
import type { SandboxSeed } from "./state/seed-schema.js";
import type { SandboxState, StoredSession } from "./state/state.js";
import type { Sandbox, SandboxOptions } from "./surface.js";
import { createTimers } from "./timers.js";
import type { WireAnswer, WireRequest } from "./wire.js";
import { createWorld, type World } from "./world.js";

/** Opens a local GStable. */
export function createSandbox(options: SandboxOptions = {}): Sandbox {
  return new LocalSandbox(options);
}

class LocalSandbox implements Sandbox {
  readonly dashboard: Dashboard;
  readonly fetch = fetchThrough((request) => this.answer(request));
  readonly #accounts: readonly SandboxAccount[];
  readonly #timers = createTimers();
  readonly #faults = createFaultScript();
  readonly #log = createRequestLog();
  readonly #world: World;
  readonly #postman: Postman;
  readonly #deliveries: Deliveries;

  constructor({ stateFile, knobs, latencyMs, now, random, accounts = [] }: SandboxOptions) {
    const world = createWorld({
      stateFile,
      knobs: { ...knobs, ...(latencyMs === undefined ? {} : { latencyMs }) },
      now: now ?? Date.now,
      random: random ?? secureRandom,
      committed: (changes) => this.#deliveries.publish(changes),
    });
    this.#accounts = accounts;
    this.#world = world;
    this.#postman = createPostman(world, this.#timers.wait);
    this.#deliveries = createDeliveries(world, this.#postman);
    this.dashboard = createDashboard(world);
    this.#ensureAccounts();
  }

  async answer(request: WireRequest): Promise<WireAnswer> {
    const parts: ExchangeParts = {
      world: this.#world,
      faults: this.#faults,
      log: this.#log,
      wait: this.#timers.wait,
    };
    const atSideDoor = isSideDoor(request.path);
    const answered = atSideDoor ? answerSideDoor(this, request) : await answerRequest(parts, request);
    expireSessions(this.#world);
    return answered;
  }

  get clock(): Clock {
    return this.#world.clock;
  }

  get requests(): readonly LoggedRequest[] {
    return this.#log.requests;
  }

  clearRequests(): void {
    this.#log.clear();
  }

  startSession(visit: Visit): StoredSession {
    return startSession(this.#world, visit);
  }

  pay(payment: Payment): StoredSession {
    return paySession(this.#world, payment);
  }

  get deliveries(): readonly Delivery[] {
    return this.#deliveries.all;
  }

  get webhookReceiver(): string | undefined {
    return this.#postman.sending?.receiver;
  }

  sendWebhooks({ send, receiver }: Partial<Sending>): void {
    this.#postman.sending = {
      send: send ?? this.#postman.sending?.send ?? fetch,
      receiver: receiver && receiverOrigin(receiver),
    };
  }

  redeliver(deliveryId: string): Delivery {
    return this.#deliveries.redeliver(deliveryId);
  }

  clearDeliveries(): void {
    this.#deliveries.clear();
  }

  deliveriesSettled(): Promise<void> {
    return this.#postman.settled();
  }

  get knobs(): Knobs {
    return this.#world.knobs;
  }

  setKnobs(knobs: Partial<Knobs>): void {
    this.#world.knobs = turnKnobs(this.#world.knobs, knobs);
  }

  addFault(fault: Fault): void {
    if (fault.do?.kind === "dashboard") findAction(fault.do.action);
    this.#faults.add(fault);
  }

  clearFaults(): void {
    this.#faults.clear();
  }

  ensureAccount(account: SandboxAccount): void {
    ensureAccount(this.#world, account);
  }

  snapshot(): SandboxState {
    this.#world.store.refresh();
    return this.#world.store.snapshot();
  }

  seed(state: SandboxSeed): void {
    seedState(this.#world, state);
  }

  reset(): void {
    const { store, past, clock } = this.#world;
    store.refresh();
    store.clear();
    past.forget();
    clock.run();
    this.#log.clear();
    this.#deliveries.clear();
    this.#faults.clear();
    this.#ensureAccounts();
  }

  async close(): Promise<void> {
    this.#timers.close();
    this.#postman.close();
    this.#world.store.close();
  }

  #ensureAccounts(): void {
    // The main account has an address from the start; later a pin of the configuration may have replaced it.
    const isThere = this.#world.store.get("accounts", mainAccount.accountId) !== undefined;
    for (const account of isThere ? this.#accounts : [mainAccount, ...this.#accounts]) {
      ensureAccount(this.#world, account);
    }
  }
}
