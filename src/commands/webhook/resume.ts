import type { ApiPort } from "../../api/index.js";
import { sayFailure } from "../../diagnostics/index.js";
import { type CommandContext, exitCodes, isStop, type Stop, stop } from "../context.js";
import { type NamedWebhook, seeUntil, seeWebhook } from "./find-webhook.js";
import { doubtful, refused, type WebhookOutcome } from "./outcome.js";

/** Revives a webhook that GStable paused. One that is active needs nothing; one that somebody closed is left closed. */
export async function resumeWebhook(
  webhook: NamedWebhook,
  { api, context }: { api: ApiPort; context: CommandContext },
): Promise<WebhookOutcome | Stop> {
  const before = await seeWebhook(webhook, api);
  if (isStop(before)) return before;
  const { address, id } = webhook;
  const about = { keyKept: false, diagnostics: [] };
  if (before.status === "active") {
    return { ...about, outcome: "notSent", exitCode: exitCodes.done, status: before.status };
  }
  if (before.status !== "paused") return stop(exitCodes.refused, [notPaused(address, before.status)]);
  const outcome = await api.run({ method: "webhook.enable", args: [id] });
  if (outcome.kind === "refused") {
    const failed = { outcome: "refused", exitCode: exitCodes.error, status: before.status } as const;
    return { ...about, ...failed, diagnostics: [refused(outcome)] };
  }
  const after = await seeUntil(webhook, ({ status }) => status === "active", { api, context });
  const status = after?.status ?? before.status;
  if (after?.status === "active") return { ...about, outcome: "done", exitCode: exitCodes.done, status };
  const said = outcome.kind === "done" ? "GStable took it for done" : sayFailure(outcome);
  const seen = after === undefined ? "it cannot be read" : `it still shows as \`${after.status}\``;
  const doubt = doubtful(
    `Nobody knows whether \`${address}\` was revived: ${said}, but ${seen}`,
    "Reviving it again does no harm: run the same command.",
  );
  return { ...about, outcome: "unknown", exitCode: exitCodes.partial, status, diagnostics: [doubt] };
}

function notPaused(address: string, status: string) {
  return {
    code: "GS2508",
    severity: "error",
    summary: `\`${address}\` is not paused: it is \`${status}\``,
    detail: "Somebody closed it, and only the configuration opens it again. Nothing was sent.",
    remedy: "Write `enabled: true`, and apply.",
  } as const;
}
