import type { Call } from "../state/call.js";
import type { WireRequest } from "./answer.js";
import type { BaseUrls } from "./base-url.js";
import { routes } from "./routes.js";

/** A call as the request that gstable-js 0.1.0 makes of it. */
export function requestOf(call: Call, bases: BaseUrls): WireRequest {
  const { verb, host } = routes[call.method];
  const base = host === "public" ? bases.public : bases.merchant;
  return { verb, url: base + pathOf(call), body: bodyOf(call), keyed: host !== "public" };
}

/**
 * The first argument that cannot stand in the path, if any. An empty one, `.` or `..` would lead to another
 * endpoint: URLs fold dots away, and percent-encoding leaves them as they are.
 */
export function findUnsendableArgument(call: Call): string | undefined {
  const count = (routes[call.method].path.match(/:\w+/g) ?? []).length;
  return call.args
    .slice(0, count)
    .map(String)
    .find((text) => ["", ".", ".."].includes(text) || hasLoneSurrogate(text));
}

function pathOf(call: Call): string {
  let next = 0;
  return routes[call.method].path.replace(/:\w+/g, () => encodeURIComponent(String(call.args[next++])));
}

function bodyOf(call: Call): string | undefined {
  const { verb, field } = routes[call.method];
  if (verb === "GET") return undefined;
  return JSON.stringify(field === undefined ? call.args[0] : { [field]: call.args[0] });
}

/** `encodeURIComponent` throws on one. */
function hasLoneSurrogate(text: string): boolean {
  return /\p{Surrogate}/u.test(text);
}
