import { isWrite } from "./routes/api.js";
import type { WireAnswer, WireRequest } from "./wire.js";

/** One request to the API, as it was asked and answered. Never a key, of the API or of a webhook. */
export interface LoggedRequest {
  readonly method: string;
  readonly path: string;
  /** The parsed JSON body; undefined without one, the text where it is no JSON. */
  readonly body: unknown;
  /** HTTP status of the answer; 0 while there is none, or when the connection ended without one. */
  readonly status: number;
  /** Business code of the answer; null where there is none. */
  readonly code: number | string | null;
  readonly write: boolean;
  /** How often the API carried it out: 0 when it was refused before, 2 when a script doubled it. */
  readonly executions: number;
}

export interface LogEntry {
  carriedOut(): void;
  answered(answer: WireAnswer): void;
}

export interface RequestLog {
  readonly requests: readonly LoggedRequest[];
  open(request: WireRequest): LogEntry;
  clear(): void;
}

// A served sandbox may run for weeks.
const mostRequests = 50_000;

/** An empty log; the oldest requests are dropped when there are too many. */
export function createRequestLog(): RequestLog {
  const requests: { -readonly [K in keyof LoggedRequest]: LoggedRequest[K] }[] = [];
  return {
    requests,
    open: (request) => {
      if (requests.length >= mostRequests) requests.splice(0, mostRequests / 10);
      const entry = {
        method: request.method,
        path: request.path,
        body: withoutSecrets(parsed(request.text)),
        status: 0,
        code: null as number | string | null,
        write: isWrite(request.method, request.path),
        executions: 0,
      };
      requests.push(entry);
      return {
        carriedOut: () => {
          entry.executions += 1;
        },
        answered: ({ status, code }) => {
          entry.status = status;
          entry.code = code;
        },
      };
    },
    clear: () => {
      requests.length = 0;
    },
  };
}

function parsed(text: string): unknown {
  if (text === "") return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

const secretNames = new Set(["key", "apiKey", "authorization", "signature", "clientCode"]);
const secretTexts = /\b(?:sk|rk|wkk)_[A-Za-z0-9_-]+/g;

function withoutSecrets(value: unknown): unknown {
  if (typeof value === "string") return value.replaceAll(secretTexts, "(secret)");
  if (Array.isArray(value)) return value.map(withoutSecrets);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [
      name,
      secretNames.has(name) ? "(secret)" : withoutSecrets(inner),
    ]),
  );
}
