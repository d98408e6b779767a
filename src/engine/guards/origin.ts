import { readUrl } from "../../state/read-url.js";
import type { FieldValue } from "../../state/value.js";

/** Where a URL leads: scheme, host and port together, and the host alone. As browsers read it (WHATWG). */
export interface Origin {
  readonly origin: string;
  readonly host: string;
}

/** The origin of a web address; `undefined` for everything else, also for schemes that have none. */
export function readOrigin(url: FieldValue): Origin | undefined {
  const read = typeof url === "string" ? readUrl(url) : undefined;
  if (read === undefined) return undefined;
  const { protocol, origin, hostname } = read;
  return protocol === "https:" || protocol === "http:" ? { origin, host: hostname } : undefined;
}

/** `acme.example` is that host alone; `*.acme.example` is all below it, without itself. */
export function isAllowedHost(host: string, allowed: readonly string[]): boolean {
  return allowed.some((pattern) => {
    const below = pattern.startsWith("*.");
    const listed = readHost(below ? pattern.slice(2) : pattern);
    if (listed === undefined) return false;
    return below ? host.endsWith(`.${listed}`) : host === listed;
  });
}

/** Hosts in other scripts are listed as people write them and compared as the network knows them. */
function readHost(text: string): string | undefined {
  if (text === "" || /[/:@?#\\\s*]/.test(text)) return undefined;
  return readOrigin(`https://${text}`)?.host;
}
