import { quoted } from "../../diagnostics/index.js";
import type { FieldValue } from "../../state/value.js";
import { bodyOf } from "../body.js";
import type { Decision } from "../decision.js";
import type { Guard, Review } from "./guard.js";
import { isAllowedHost, type Origin, readOrigin } from "./origin.js";
import { printable } from "./pin.js";
import { asRewrite, isSeen, notSeen } from "./rewrite.js";
import { sayTitle } from "./title.js";

/**
 * Where payers and payment reports are sent: each URL that a body carries, also one that is sent back unchanged,
 * is held against the live one and against `allowedHosts`.
 */
export const exit: Guard = (review) =>
  review.decisions.flatMap((decision) => {
    const { pair } = decision;
    const body = bodyOf(decision);
    if (body === undefined) return [];
    const written = pair.definition.fields
      .filter(({ risk }) => risk === "exit")
      .map(({ name }) => ({ name, url: body[name] ?? null }));
    const reasons = written.flatMap((field) => judgeUrl(field, decision, review));
    if (reasons.length === 0) return [];
    const value = written
      .map(({ url }) => printable(readOrigin(url)?.origin ?? String(url ?? "none")))
      .join("+");
    return [{ address: pair.address, message: `${sayTitle(pair)}: ${reasons.join(" ")}`, value }];
  });

function judgeUrl(
  { name, url }: { name: string; url: FieldValue },
  decision: Decision,
  { policy: { allowedHosts } }: Review,
): string[] {
  if (url === null) return [];
  const origin = readOrigin(url);
  if (origin === undefined)
    return [`\`${name}\` would be ${quoted(String(url))}, which is no URL with a host.`];
  const unlisted =
    allowedHosts === undefined || isAllowedHost(origin.host, allowedHosts)
      ? []
      : [`\`${name}\` would have the host ${quoted(origin.host)}, which \`allowedHosts\` does not list.`];
  return [...leavesLive(name, { origin, decision, isListed: allowedHosts !== undefined }), ...unlisted];
}

/** A new URL where live has none sends people somewhere new as well, unless a list of hosts vouches for it. */
function leavesLive(
  name: string,
  { origin, decision, isListed }: { origin: Origin; decision: Decision; isListed: boolean },
): string[] {
  const rewrite = asRewrite(decision);
  if (rewrite === undefined) return [];
  if (!isSeen(rewrite.pair, "exit")) return [`\`${name}\` would be written. ${notSeen}`];
  const live = rewrite.live.values[name] ?? null;
  if (live === null) {
    return isListed ? [] : [`\`${name}\` would lead to ${quoted(origin.origin)}, where none is live.`];
  }
  const before = readOrigin(live);
  if (before?.origin === origin.origin) return [];
  return [
    `\`${name}\` would lead to ${quoted(origin.origin)} instead of ${quoted(before?.origin ?? String(live))}.`,
  ];
}
