import { type ApiPort, realClock } from "../../api/index.js";
import type { Diagnostic } from "../../diagnostics/index.js";
import { PATIENCE_MS } from "../../engine/apply/patience.js";
import { signingKeyIn } from "../../resources/webhook/signing-key.js";
import { decodeWebhook } from "../../resources/webhook/wire.js";
import { type Address, addressOf, parseAddress } from "../../state/address.js";
import type { Desired } from "../../state/desired.js";
import type { Lockfile } from "../../state/lockfile.js";
import { type CommandContext, exitCodes, type Stop, stop } from "../context.js";

/** A webhook of ours by its name. */
export interface NamedWebhook {
  readonly address: Address;
  readonly id: string;
}

/** A webhook as GStable showed it a moment ago. */
export interface SeenWebhook {
  readonly status: string;
  readonly key: string | undefined;
}

/** A declared webhook that was applied, by `webhook.NAME` or `NAME`. Exit 1 for any other. */
export function findWebhook(
  name: string,
  { desired, lockfile }: { desired: Desired; lockfile: Lockfile },
): NamedWebhook | Stop {
  const text = name.includes(".") ? name : addressOf("webhook", name);
  const parsed = parseAddress(text);
  const problem = (why: string) => stop(exitCodes.error, [noWebhook(text, why)]);
  if (parsed?.kind !== "webhook") return problem("is no webhook");
  const entry = lockfile.entries.get(parsed.address);
  if (!desired.entries.has(parsed.address)) {
    return problem(entry === undefined ? "is not declared" : "is not declared any more");
  }
  if (entry === undefined) return problem("was never applied");
  if (entry.retired === true) return problem("is retired");
  return { address: parsed.address, id: entry.id };
}

/** Reads a webhook. Exit 1 where it cannot be read: nothing was sent. */
export async function seeWebhook({ address, id }: NamedWebhook, api: ApiPort): Promise<SeenWebhook | Stop> {
  const outcome = await api.run({ method: "webhook.detail", args: [id] });
  const live = outcome.kind === "done" ? decodeWebhook(outcome.data) : undefined;
  if (outcome.kind === "done" && live?.id === id)
    return { status: live.status, key: signingKeyIn(outcome.data) };
  const why = outcome.kind === "done" ? "the answer is not about it" : outcome.message;
  return stop(exitCodes.error, [noWebhook(address, `(${id}) cannot be read: ${why}`)]);
}

/** Looks until a look satisfies, or patience ends: reads may lag behind writes. The last look that saw anything. */
export async function seeUntil(
  webhook: NamedWebhook,
  satisfies: (seen: SeenWebhook) => boolean,
  { api, context }: { api: ApiPort; context: CommandContext },
): Promise<SeenWebhook | undefined> {
  const clock = context.clock ?? realClock;
  let last: SeenWebhook | undefined;
  for (const waitMs of PATIENCE_MS) {
    if (waitMs > 0) await clock.sleep(waitMs, context.signal);
    const seen = await seeWebhook(webhook, api);
    if (!("stop" in seen)) last = seen;
    if ((last !== undefined && satisfies(last)) || context.signal.aborted) break;
  }
  return last;
}

function noWebhook(address: string, why: string): Diagnostic {
  return {
    code: "GS2505",
    severity: "error",
    summary: `\`${address}\` ${why}`,
    detail: "Nothing was sent.",
    remedy: "See what is recorded:",
    command: ["state list"],
  };
}
