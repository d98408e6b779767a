import { z } from "zod";
import { ApiError } from "../codes.js";
import { dashboardActions, findAction } from "../dashboard.js";
import { isLoopback, receiverOrigin } from "../events/receiver.js";
import type { Fault } from "../faults/fault.js";
import { checked } from "../input/checked.js";
import type { Visit } from "../sessions/from-link.js";
import type { Payment } from "../sessions/pay.js";
import { type SandboxSeed, seedJsonSchema } from "../state/seed-schema.js";
import type { Sandbox } from "../surface.js";
import { jsonAnswer, type WireAnswer, type WireRequest } from "../wire.js";
import { createRouter, type Route } from "./router.js";

interface Call {
  readonly sandbox: Sandbox;
  readonly params: Readonly<Record<string, string>>;
  /** Unchecked: what it goes to checks it. */
  readonly body: unknown;
}

type Handler = (call: Call) => unknown;

const prefix = "/_sandbox";
const get = (path: string, handler: Handler): Route<Handler> => ({ method: "GET", path, handler });
const post = (path: string, handler: Handler): Route<Handler> => ({ method: "POST", path, handler });

const clockBody = z.strictObject({
  /** ISO 8601 or milliseconds: stands still there. */
  freezeAt: z.union([z.string(), z.number()]).optional(),
  advanceMs: z.number().optional(),
  run: z.literal(true).optional(),
});

/** null: webhooks are told at their own URLs again, as far as those are on this machine. */
const receiverBody = z.strictObject({ url: z.string().nullable() });

const routes: readonly Route<Handler>[] = [
  get("", () => ({ routes: listed(), dashboard: Object.keys(dashboardActions) })),
  get("/state", ({ sandbox }) => sandbox.snapshot()),
  get("/requests", ({ sandbox }) => sandbox.requests),
  get("/knobs", ({ sandbox }) => sandbox.knobs),
  post("/knobs", ({ sandbox, body }) => {
    sandbox.setKnobs(body as Sandbox["knobs"]); // checked by the schema of the knobs
    return sandbox.knobs;
  }),
  post("/faults", ({ sandbox, body }) => {
    for (const fault of Array.isArray(body) ? body : [body]) sandbox.addFault(fault as Fault); // checked by its schema
    return { done: true };
  }),
  post("/faults/clear", ({ sandbox }) => sandbox.clearFaults()),
  post("/requests/clear", ({ sandbox }) => sandbox.clearRequests()),
  post("/reset", ({ sandbox }) => sandbox.reset()),
  get("/seed/schema", () => seedJsonSchema()),
  post("/seed", ({ sandbox, body }) => sandbox.seed(body as SandboxSeed)), // checked by its schema
  post("/clock", ({ sandbox, body }) => setClock(sandbox, checked(clockBody, body))),
  post("/sessions", ({ sandbox, body }) => sandbox.startSession(body as Visit)), // checked by its schema
  post("/pay", ({ sandbox, body }) => sandbox.pay(body as Payment)), // checked by its schema
  get("/deliveries", ({ sandbox }) => sandbox.deliveries),
  post("/deliveries/clear", ({ sandbox }) => sandbox.clearDeliveries()),
  post("/deliveries/:deliveryId/redeliver", ({ sandbox, params }) =>
    sandbox.redeliver(params.deliveryId ?? ""),
  ),
  post("/receiver", ({ sandbox, body }) => setReceiver(sandbox, checked(receiverBody, body).url)),
  post("/dashboard/:action", ({ sandbox, params, body }) => actIn(sandbox, params.action ?? "", body)),
];

const find = createRouter(routes);

/** Whether a path is the sandbox's own, `/_sandbox/…`, and no part of the API. */
export function isSideDoor(path: string): boolean {
  return path === prefix || path.startsWith(`${prefix}/`);
}

/** Answers what is beside the API: the hand on knobs, faults, clock and dashboard. Mistakes are HTTP 400 with the reason. */
export function answerSideDoor(sandbox: Sandbox, request: WireRequest): WireAnswer {
  const path = request.path.slice(prefix.length).replace(/\/$/, "");
  const match = find(request.method, path);
  if (match === undefined) return jsonAnswer(404, { error: "not a part of the side-door", routes: listed() });
  try {
    const body: unknown = request.text === "" ? {} : JSON.parse(request.text);
    const result = match.route.handler({ sandbox, params: match.params, body });
    return jsonAnswer(200, result ?? { done: true });
  } catch (error) {
    return jsonAnswer(400, mistake(error));
  }
}

/** With the place inside the body; with the code where the API would have answered one. */
function mistake(error: unknown): Readonly<Record<string, unknown>> {
  if (error instanceof ApiError) return { error: error.message, apiCode: error.code };
  return { error: error instanceof Error ? error.message : String(error) };
}

function listed(): readonly string[] {
  return routes.map((route) => `${route.method} ${prefix}${route.path}`);
}

function setClock(sandbox: Sandbox, change: z.output<typeof clockBody>): { now: string } {
  if (change.run) sandbox.clock.run();
  if (change.freezeAt !== undefined) sandbox.clock.freeze(new Date(change.freezeAt).getTime());
  if (change.advanceMs !== undefined) sandbox.clock.advance(change.advanceMs);
  return { now: new Date(sandbox.clock.nowMs()).toISOString() };
}

/** From here on this machine only: other hosts are for whoever starts the sandbox to allow. */
function setReceiver(sandbox: Sandbox, url: string | null): { receiver: string | null } {
  const origin = url === null ? undefined : receiverOrigin(url);
  if (origin !== undefined && !isLoopback(new URL(origin))) {
    throw new Error(
      `\`${origin}\` is not on this machine: start the sandbox with \`--deliver-to ${origin}\``,
    );
  }
  sandbox.sendWebhooks({ receiver: origin });
  return { receiver: sandbox.webhookReceiver ?? null };
}

function actIn(sandbox: Sandbox, name: string, body: unknown): unknown {
  findAction(name);
  // The name was found in the same table, and the action checks its own arguments.
  const act = sandbox.dashboard[name as keyof Sandbox["dashboard"]] as (args: unknown) => unknown;
  return act(body);
}
