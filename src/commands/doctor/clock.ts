import { type Finding, fine, skipped, warned } from "./check.js";

/** When a server said what time it is, and when that was here. Milliseconds since 1970. */
export type Sightings = readonly {
  readonly serverMs: number;
  readonly sentMs: number;
  readonly cameMs: number;
}[];

/** A clock that is off by less never matters: nothing is signed, and locks wait two minutes. */
const TOLERANCE_MS = 30_000;
/** An HTTP date has whole seconds. */
const HALF_A_SECOND_MS = 500;

/** A `fetch` that notes the `Date` of each answer. */
export function watchClock(inner: typeof fetch): {
  readonly fetch: typeof fetch;
  readonly sightings: Sightings;
} {
  const sightings: { serverMs: number; sentMs: number; cameMs: number }[] = [];
  return {
    sightings,
    fetch: async (input, init) => {
      const sentMs = Date.now();
      const response = await inner(input, init);
      const serverMs = Date.parse(response.headers.get("date") ?? "");
      if (!Number.isNaN(serverMs)) sightings.push({ serverMs, sentMs, cameMs: Date.now() });
      return response;
    },
  };
}

/** Compares this machine's clock with the server's, by the quickest answer. */
export function checkClock(sightings: Sightings): Finding {
  const [best] = sightings.toSorted((a, b) => a.cameMs - a.sentMs - (b.cameMs - b.sentMs));
  if (best === undefined) return skipped("clock", "No answer of a server says what time it is");
  const offMs = (best.sentMs + best.cameMs) / 2 - (best.serverMs + HALF_A_SECOND_MS);
  const off = Math.round(Math.abs(offMs) / 1000);
  if (Math.abs(offMs) <= TOLERANCE_MS)
    return fine("clock", off <= 1 ? "Agrees with the server's" : `${off} s off`);
  return warned("clock", `${off} s ${offMs > 0 ? "ahead of" : "behind"} the server's`, {
    detail: "Certificates may be refused, and times in logs and locks mislead.",
    remedy: "Have the machine's clock set from the network (NTP).",
  });
}
