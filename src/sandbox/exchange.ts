import { refuseKey } from "./auth.js";
import { ApiError, mirroredStatus } from "./codes.js";
import { actInDashboard } from "./dashboard.js";
import { type Exchange, strike } from "./faults/effects.js";
import type { FaultScript } from "./faults/matching.js";
import type { SignerOf } from "./payer/claim.js";
import type { LogEntry, RequestLog } from "./request-log.js";
import { type Found, findEndpoint, isWrite } from "./routes/api.js";
import type { ReadView } from "./state/tables.js";
import { envelope, htmlAnswer, jsonAnswer, type WireAnswer, type WireRequest } from "./wire.js";
import type { World } from "./world.js";

export interface ExchangeParts {
  readonly world: World;
  readonly faults: FaultScript;
  readonly log: RequestLog;
  wait(ms: number): Promise<void>;
}

/** Answers one API request, through the scripted faults that strike it. */
export async function answerRequest(parts: ExchangeParts, request: WireRequest): Promise<WireAnswer> {
  const { world, faults, log } = parts;
  const entry = log.open(request);
  const striking = faults.striking(request);
  let view: ReadView | undefined;
  const exchange: Exchange = {
    request,
    wait: parts.wait,
    readStale: (commits) => {
      view = world.past.before(commits);
    },
    insertCopy: (table) => insertCopy(world, table),
    actInDashboard: (action, args) => void actInDashboard(world, action, args),
  };
  if (world.knobs.latencyMs > 0) await parts.wait(world.knobs.latencyMs);
  const carryOut = async (): Promise<WireAnswer> => {
    const found = findEndpoint(request, world.knobs.mountedPrefixes);
    if (found === undefined) return htmlAnswer(404, "Not Found");
    // Curves and hashes are large: for those who use them.
    const signerOf = found.isSigned ? (await import("./payer/signer-of.js")).signerOf : undefined;
    return execute({ world, entry, view, found, signerOf }, request);
  };
  const chain = striking.reduceRight((next, fault) => () => strike(fault, exchange, next), carryOut);
  const answer = await chain();
  entry.answered(answer);
  return answer;
}

interface Execution {
  readonly world: World;
  readonly entry: LogEntry;
  /** A past to read from; undefined: the present. */
  readonly view: ReadView | undefined;
  readonly found: Found;
  readonly signerOf: SignerOf | undefined;
}

/** Carries the request out, without waiting: what it writes is durable when it returns. */
function execute({ world, entry, view, found, signerOf }: Execution, request: WireRequest): WireAnswer {
  const writes = isWrite(request.method, request.path);
  const refusal = found.needsKey
    ? refuseKey(world.knobs, { authorization: request.authorization, isWrite: writes })
    : undefined;
  if (refusal !== undefined) return refusal;
  entry.carriedOut();
  world.store.refresh();
  const reading = view ?? (writes ? world.store : world.past.lagging());
  const isBare = found.isPayers && world.knobs.payerEnvelope === "bare";
  return answered(world, isBare, () =>
    found.endpoint({ world, view: reading, params: found.params, body: bodyOf(request), signerOf }),
  );
}

function answered(world: World, isBare: boolean, run: () => unknown): WireAnswer {
  try {
    const data = run();
    world.commit();
    if (isBare) return jsonAnswer(200, data);
    return envelope(200, { code: 0, message: "success", data });
  } catch (error) {
    // 900301 can come after the write: what was put stays put.
    world.commit();
    if (!(error instanceof ApiError)) throw error;
    const status = world.knobs.httpStatus === "mirrored" ? mirroredStatus(error.code) : 200;
    return envelope(status, { code: error.code, message: error.message, data: null });
  }
}

function bodyOf({ method, text }: WireRequest): unknown {
  if (method === "GET") return undefined;
  try {
    return JSON.parse(text);
  } catch {
    throw new ApiError(400101, "body: must be JSON");
  }
}

/** Somebody else creates an object meanwhile: a copy of the newest one, so that it fits the catalogue. */
function insertCopy(world: World, table: "products" | "paymentLinks"): void {
  const newest = world.store.rows(table).at(-1);
  if (newest === undefined) return;
  const createdAtMs = world.clock.nowMs();
  if ("productId" in newest) {
    world.store.put("products", { ...newest, productId: world.newId("prd", 24), createdAtMs });
  } else {
    world.store.put("paymentLinks", { ...newest, linkId: world.newId("lnk", 32), createdAtMs });
  }
  world.commit();
}
