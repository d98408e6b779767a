import { messageOf } from "../codes.js";
import {
  ConnectionEnded,
  envelope,
  htmlAnswer,
  jsonAnswer,
  type WireAnswer,
  type WireRequest,
} from "../wire.js";
import type { FaultAction } from "./fault.js";

/** What a fault can reach of the exchange that it strikes. */
export interface Exchange {
  readonly request: WireRequest;
  /** Resolves after that long; rejects when the sandbox is closed meanwhile. */
  wait(ms: number): Promise<void>;
  /** Reads of this exchange see the tables as before that many commits. */
  readStale(commits: number): void;
  /** Creates a copy of an object, as somebody else would. */
  insertCopy(table: "products" | "paymentLinks"): void;
  actInDashboard(action: string, args: Readonly<Record<string, unknown>>): void;
}

type Next = () => Promise<WireAnswer>;

/** Carries the request out with the fault around it. */
export async function strike(fault: FaultAction, exchange: Exchange, next: Next): Promise<WireAnswer> {
  switch (fault.kind) {
    case "delay": {
      const answer = await next();
      await exchange.wait(fault.ms);
      return answer;
    }
    case "late":
      await exchange.wait(fault.ms);
      return next();
    case "refuse":
      throw new ConnectionEnded(fault.cause);
    case "loseAnswer":
      await next();
      throw new ConnectionEnded(fault.cause);
    case "tooMany":
      return tooMany(fault);
    case "failBefore":
      return reply(fault.with);
    case "failAfter":
      await next();
      return reply(fault.with);
    case "hang":
      if (fault.carriedOut) await next();
      return new Promise(() => {});
    case "doubled":
      await next();
      return next();
    case "stale":
      exchange.readStale(fault.writes);
      return next();
    case "pageShift":
      exchange.insertCopy(
        fault.table ?? (exchange.request.path.includes("/product/") ? "products" : "paymentLinks"),
      );
      return next();
    case "dashboard":
      return aroundDashboard(fault, exchange, next);
    case "successFalse":
      if (fault.carriedOut) await next();
      return envelope(200, { code: 0, message: "success", data: { success: false } });
    case "truncate":
    case "html200":
    case "stringCode":
    case "noData":
    case "wrongTotal":
      return garbled(fault, await next());
  }
}

type Garbling = Extract<
  FaultAction,
  { kind: "truncate" | "html200" | "stringCode" | "noData" | "wrongTotal" }
>;

function garbled(fault: Garbling, answer: WireAnswer): WireAnswer {
  switch (fault.kind) {
    case "truncate":
      return { ...answer, text: answer.text.slice(0, Math.floor(answer.text.length / 2)) };
    case "html200":
      return htmlAnswer(200, "Welcome");
    case "stringCode":
      return edited(answer, (body) => ({ ...body, code: String(body.code) }));
    case "noData":
      return edited(answer, ({ data: _, ...rest }) => rest);
    case "wrongTotal":
      return edited(answer, (body) => ({
        ...body,
        data: { ...body.data, total: Number(body.data?.total) + fault.by },
      }));
  }
}

interface Envelope {
  readonly code: unknown;
  readonly data?: { readonly total?: unknown } | null;
}

function edited(answer: WireAnswer, edit: (body: Envelope) => unknown): WireAnswer {
  if (answer.code === null) return answer;
  // The sandbox's own envelope, written a moment ago.
  return jsonAnswer(answer.status, edit(JSON.parse(answer.text) as Envelope));
}

function tooMany(fault: Extract<FaultAction, { kind: "tooMany" }>): WireAnswer {
  const answer = envelope(fault.status, { code: 900101, message: messageOf(900101), data: null });
  if (fault.retryAfter === undefined) return answer;
  return { ...answer, headers: { ...answer.headers, "retry-after": String(fault.retryAfter) } };
}

function reply(how: Extract<FaultAction, { kind: "failBefore" }>["with"]): WireAnswer {
  if ("html" in how) return htmlAnswer(how.status, "Scripted failure");
  const message = how.code === 0 ? "success" : messageOf(how.code);
  return envelope(how.status, { code: how.code, message, data: null });
}

async function aroundDashboard(
  fault: Extract<FaultAction, { kind: "dashboard" }>,
  exchange: Exchange,
  next: Next,
): Promise<WireAnswer> {
  if (fault.when === "before") exchange.actInDashboard(fault.action, fault.args);
  const answer = await next();
  if (fault.when === "after") exchange.actInDashboard(fault.action, fault.args);
  return answer;
}
