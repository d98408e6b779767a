/** One HTTP request, whichever way it came in. */
export interface WireRequest {
  readonly method: string;
  readonly host: string;
  /** Path without query. */
  readonly path: string;
  readonly authorization: string | undefined;
  readonly text: string;
}

/** One HTTP answer, before it is put on a socket or into a Response. */
export interface WireAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
  /** The business code inside, for the log; null where there is none. */
  readonly code: number | string | null;
}

/** Instead of an answer: the connection ends. */
export class ConnectionEnded extends Error {
  constructor(
    /** As Node names it: ECONNREFUSED, ECONNRESET … */
    readonly causeCode: string,
  ) {
    super(`the connection ended: ${causeCode}`);
    this.name = "ConnectionEnded";
  }
}

/** A body as JSON, its business code noted for the log. */
export function jsonAnswer(status: number, body: unknown): WireAnswer {
  const code = codeIn(body);
  return {
    status,
    headers: { "content-type": "application/json; charset=utf-8" },
    text: JSON.stringify(body),
    code,
  };
}

/** A page, as servers and proxies answer that are not the API. */
export function htmlAnswer(status: number, title: string): WireAnswer {
  const text = `<!DOCTYPE html>\n<html><head><title>${status} ${title}</title></head><body><h1>${status} ${title}</h1></body></html>\n`;
  return { status, headers: { "content-type": "text/html; charset=utf-8" }, text, code: null };
}

/** The envelope that every API answer comes in. */
export function envelope(status: number, body: { code: number; message: string; data: unknown }): WireAnswer {
  return jsonAnswer(status, body);
}

function codeIn(body: unknown): number | string | null {
  if (typeof body !== "object" || body === null || !("code" in body)) return null;
  return typeof body.code === "number" || typeof body.code === "string" ? body.code : null;
}
