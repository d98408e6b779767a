import { checked } from "../input/checked.js";
import type { WireRequest } from "../wire.js";
import { type ArmedFault, type Fault, type FaultAction, faultSchema } from "./fault.js";

/** The scripted faults and how often each has been met. */
export interface FaultScript {
  readonly faults: readonly ArmedFault[];
  add(fault: Fault): void;
  clear(): void;
  /** Counts the request, and answers what strikes it, first scripted first. */
  striking(request: WireRequest): readonly FaultAction[];
}

/** An empty script. */
export function createFaultScript(): FaultScript {
  let armed: {
    readonly fault: ArmedFault;
    readonly matches: (request: WireRequest) => boolean;
    seen: number;
  }[] = [];
  return {
    get faults() {
      return armed.map(({ fault }) => fault);
    },
    add: (fault) => {
      const parsed = checked(faultSchema, fault);
      armed.push({ fault: parsed, matches: matcherOf(parsed), seen: 0 });
    },
    clear: () => {
      armed = [];
    },
    striking: (request) =>
      armed.flatMap((one) => {
        if (!one.matches(request)) return [];
        one.seen += 1;
        const { nth, times } = one.fault.match;
        const isDue = one.seen >= nth && (times === 0 || one.seen < nth + times);
        return isDue ? [one.fault.do] : [];
      }),
  };
}

function matcherOf({ match }: ArmedFault): (request: WireRequest) => boolean {
  const pathMatches = pathMatcher(match.path);
  return (request) =>
    (match.method === undefined || match.method === request.method) &&
    (match.body === undefined || request.text.includes(match.body)) &&
    pathMatches(request.path);
}

function pathMatcher(wanted: string | undefined): (path: string) => boolean {
  if (wanted === undefined) return () => true;
  const pattern = /^\/(.+)\/(i?)$/.exec(wanted);
  if (pattern === null) return (path) => path.includes(wanted);
  const expression = new RegExp(pattern[1] ?? "", pattern[2]);
  return (path) => expression.test(path);
}
