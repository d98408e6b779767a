import type { ApiPort } from "../../api/index.js";
import { type Diagnostic, sayFailure } from "../../diagnostics/index.js";
import { signingKeyIn } from "../../resources/webhook/signing-key.js";
import type { Outcome } from "../../state/call.js";
import { type CommandContext, exitCodes, isStop, type Stop } from "../context.js";
import { keyNotKept, type WebhookKeys } from "../webhook-keys.js";
import { type NamedWebhook, type SeenWebhook, seeUntil, seeWebhook } from "./find-webhook.js";
import { doubtful, refused, type WebhookOutcome } from "./outcome.js";

/**
 * Has GStable make a new signing key, with one request, and keeps it. Fact F38: the old key is invalid at once. Whether
 * a lost answer rotated tells the key that the webhook shows: it was read before.
 */
export async function rotateKey(
  webhook: NamedWebhook,
  { api, keys, context }: { api: ApiPort; keys: WebhookKeys; context: CommandContext },
): Promise<WebhookOutcome | Stop> {
  const before = await seeWebhook(webhook, api);
  if (isStop(before)) return before;
  const outcome = await api.run({ method: "webhook.refreshKey", args: [webhook.id] });
  const { status } = before;
  if (outcome.kind === "refused") {
    const diagnostics = [refused(outcome)];
    return { outcome: "refused", exitCode: exitCodes.error, status, keyKept: false, diagnostics };
  }
  const answered = outcome.kind === "done" ? signingKeyIn(outcome.data) : undefined;
  const isNew = ({ key }: SeenWebhook) => key !== undefined && key !== before.key;
  const after = answered === undefined ? await seeUntil(webhook, isNew, { api, context }) : undefined;
  const key = answered ?? after?.key;
  return keep(webhook, { outcome, before, key, status: after?.status ?? status, keys });
}

interface Rotated {
  readonly outcome: Exclude<Outcome, { kind: "refused" }>;
  readonly before: SeenWebhook;
  /** Unset: GStable shows none. */
  readonly key: string | undefined;
  readonly status: string;
  readonly keys: WebhookKeys;
}

function keep(webhook: NamedWebhook, rotated: Rotated): WebhookOutcome {
  const { outcome, before, key, status, keys } = rotated;
  const { address } = webhook;
  // A key that is shown for the first time may be the old one: then only GStable's word says that it is new.
  const isCertain =
    key !== undefined && key !== before.key && (before.key !== undefined || outcome.kind === "done");
  const isOld = key !== undefined && key === before.key;
  const said: Diagnostic[] = isCertain ? [] : [doubtOf(address, rotated)];
  let keyKept = false;
  if (key !== undefined && !(isOld && outcome.kind === "done")) {
    try {
      keys.put(address, key);
      keyKept = true;
    } catch (error) {
      said.push(keyNotKept(address, error, keys));
    }
  }
  const isDone = isCertain || outcome.kind === "done";
  const exitCode = said.length === 0 ? exitCodes.done : exitCodes.partial;
  return { outcome: isDone ? "done" : "unknown", exitCode, status, keyKept, diagnostics: said };
}

function doubtOf(address: string, { outcome, before, key }: Rotated): Diagnostic {
  if (outcome.kind === "done") {
    return {
      code: "GS2502",
      severity: "error",
      summary: `\`${address}\` has a new signing key, but GStable ${key === undefined ? "shows none" : "still shows the old one"}`,
      detail: "The old key is invalid, and the new one is not in the file.",
      remedy: "Read it in the dashboard, or rotate once more.",
    };
  }
  const why = sayFailure(outcome);
  const summary = `Nobody knows whether \`${address}\` has a new signing key: ${why}`;
  if (key === undefined) return doubtful(summary, "GStable shows none. Read it in the dashboard.");
  return key === before.key
    ? doubtful(
        summary,
        "The webhook still shows the old key, which is in the file; a request that is carried out late would change it.",
      )
    : doubtful(summary, "The file has the key that the webhook shows now.");
}
