import { ensureAccount, mainAccount } from "./accounts.js";
import { createDashboard, findAction } from "./dashboard.js";
import { createDeliveries } from "./events/deliveries.js";
import { createPostman } from "./events/postman.js";
import { receiverOrigin } from "./events/receiver.js";
import { answerRequest, type ExchangeParts } from "./exchange.js";
import { createFaultScript } from "./faults/matching.js";
import { fetchThrough } from "./fetch.js";
import { secureRandom } from "./ids.js";
import { turnKnobs } from "./knobs.js";
import { createRequestLog } from "./request-log.js";
import { answerSideDoor, isSideDoor } from "./routes/side-door.js";
import { expireSessions } from "./sessions/expire.js";
import { startSession } from "./sessions/from-link.js";
import { paySession } from "./sessions/pay.js";
import { seedState } from "./state/seed.js";
import type { Sandbox, SandboxOptions } from "./surface.js";
import { createTimers } from "./timers.js";
import type { WireAnswer, WireRequest } from "./wire.js";
import { createWorld } from "./world.js";

/** Opens a local GStable. */
export function createSandbox(options: SandboxOptions = {}): Sandbox {
  const world = createWorld({
    stateFile: options.stateFile,
    knobs: { ...options.knobs, ...(options.latencyMs === undefined ? {} : { latencyMs: options.latencyMs }) },
    now: options.now ?? Date.now,
    random: options.random ?? secureRandom,
    committed: (changes) => deliveries.publish(changes),
  });
  const timers = createTimers();
  const postman = createPostman(world, timers.wait);
  const deliveries = createDeliveries(world, postman);
  const parts: ExchangeParts = {
    world,
    faults: createFaultScript(),
    log: createRequestLog(),
    wait: timers.wait,
  };
  const ensureAccounts = (): void => {
    // The main account has an address from the start; later a pin of the configuration may have replaced it.
    if (world.store.get("accounts", mainAccount.accountId) === undefined) ensureAccount(world, mainAccount);
    for (const account of options.accounts ?? []) ensureAccount(world, account);
  };
  const answer = async (request: WireRequest): Promise<WireAnswer> => {
    const atSideDoor = isSideDoor(request.path);
    const answered = atSideDoor ? answerSideDoor(sandbox, request) : await answerRequest(parts, request);
    expireSessions(world);
    return answered;
  };

  const sandbox: Sandbox = {
    answer,
    fetch: fetchThrough(answer),
    clock: world.clock,
    requests: parts.log.requests,
    clearRequests: parts.log.clear,
    dashboard: createDashboard(world),
    startSession: (visit) => startSession(world, visit),
    pay: (payment) => paySession(world, payment),
    get deliveries() {
      return deliveries.all;
    },
    get webhookReceiver() {
      return postman.sending?.receiver;
    },
    sendWebhooks: ({ send, receiver }) => {
      postman.sending = {
        send: send ?? postman.sending?.send ?? fetch,
        receiver: receiver && receiverOrigin(receiver),
      };
    },
    redeliver: deliveries.redeliver,
    clearDeliveries: deliveries.clear,
    deliveriesSettled: postman.settled,
    get knobs() {
      return world.knobs;
    },
    setKnobs: (knobs) => {
      world.knobs = turnKnobs(world.knobs, knobs);
    },
    addFault: (fault) => {
      if (fault.do?.kind === "dashboard") findAction(fault.do.action);
      parts.faults.add(fault);
    },
    clearFaults: parts.faults.clear,
    ensureAccount: (account) => ensureAccount(world, account),
    snapshot: () => {
      world.store.refresh();
      return world.store.snapshot();
    },
    seed: (state) => seedState(world, state),
    reset: () => {
      world.store.refresh();
      world.store.clear();
      world.past.forget();
      world.clock.run();
      parts.log.clear();
      deliveries.clear();
      parts.faults.clear();
      ensureAccounts();
    },
    close: async () => {
      timers.close();
      postman.close();
      world.store.close();
    },
  };
  ensureAccounts();
  return sandbox;
}
