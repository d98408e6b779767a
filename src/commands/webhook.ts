import type { Diagnostic } from "../diagnostics/index.js";
import { renderWebhook, safeText, toPlanDiagnostic } from "../render/index.js";
import type { WebhookDocument } from "../state/webhook-document.js";
import {
  type CommandContext,
  type CommandResult,
  exitCodes,
  isStop,
  type NetworkOptions,
  type Stop,
  stop,
} from "./context.js";
import { writeCommands } from "./flags.js";
import { type FailureDocument, interruptible, rehearsed } from "./result.js";
import { inLockedScene, type Setting } from "./scene.js";
import { openOwnLockfile } from "./state-files/own-lockfile.js";
import { findWebhook, type NamedWebhook } from "./webhook/find-webhook.js";
import type { WebhookOutcome } from "./webhook/outcome.js";
import { resumeWebhook } from "./webhook/resume.js";
import { rotateKey } from "./webhook/rotate.js";
import { WebhookKeys } from "./webhook-keys.js";

export interface WebhookOptions extends NetworkOptions {
  /** Rotates without asking. */
  readonly yes?: boolean;
  /** Where the new signing key goes. */
  readonly webhookKeys?: string;
}

export interface WebhookAction {
  readonly do: "rotate" | "resume";
  /** `webhook.NAME` or `NAME`. */
  readonly name: string;
}

/** A new signing key for a webhook, or a paused one revived. Both for declared webhooks that were applied. */
export async function webhook(
  action: WebhookAction,
  options: WebhookOptions,
  context: CommandContext,
): Promise<CommandResult<WebhookDocument | FailureDocument>> {
  const result = await interruptible({ command: "webhook", options, context }, async () => {
    const keys = action.do === "rotate" ? await openKeys(action, options, context) : undefined;
    if (keys !== undefined && isStop(keys)) return keys;
    return inLockedScene("write", { options, context }, (scene) =>
      runLocked(action, { scene, keys, options, context }),
    );
  });
  return rehearsed(result, options);
}

interface WebhookSetting extends Setting<WebhookOptions> {
  /** Set for a rotation. */
  readonly keys: WebhookKeys | undefined;
}

async function runLocked(
  action: WebhookAction,
  setting: WebhookSetting,
): Promise<CommandResult<WebhookDocument> | Stop> {
  const { scene, keys, options, context } = setting;
  const { desired } = scene.project;
  const { api, mask } = scene.connection;
  const opened = await openOwnLockfile(scene.project, { origin: api.origin, cwd: context.cwd });
  if (!opened.ok) return stop(exitCodes.error, opened.diagnostics);
  const found = findWebhook(action.name, { desired, lockfile: opened.value.lockfile });
  if (isStop(found)) return found;
  if (keys === undefined) {
    const outcome = await resumeWebhook(found, { api, context });
    return isStop(outcome) ? mask(outcome) : report(action, found, outcome, setting);
  }
  const refusal = await confirm(found, options, context);
  if (refusal !== undefined) return refusal;
  // Nothing was sent yet: `interruptible` says so.
  if (context.signal.aborted) return stop(exitCodes.error, []);
  const outcome = await rotateKey(found, { api, keys, context });
  return isStop(outcome) ? mask(outcome) : report(action, found, outcome, setting);
}

/** Exit 1 before anything is sent where the new key would have nowhere to go. */
async function openKeys(
  { name }: WebhookAction,
  { webhookKeys }: WebhookOptions,
  { cwd }: CommandContext,
): Promise<WebhookKeys | Stop> {
  if (webhookKeys !== undefined) return WebhookKeys.open(webhookKeys, cwd);
  const diagnostic: Diagnostic = {
    code: "GS2503",
    severity: "error",
    summary: "There is nowhere for the new signing key to go",
    detail: "It goes into a file, and nowhere else; the old key is invalid at once. Nothing was sent.",
    remedy: "Name a file, outside git:",
    command: ["webhook rotate", name, "--webhook-keys", "webhook-keys.json"],
  };
  return stop(exitCodes.error, [diagnostic]);
}

/** Exit 4 where nobody said yes. */
async function confirm(
  { address, id }: NamedWebhook,
  { yes }: WebhookOptions,
  context: CommandContext,
): Promise<Stop | undefined> {
  if (yes === true) return undefined;
  const shown = `${address} (${id}) gets a new signing key. The old one is invalid at once: until the receiver has the new one, it refuses every event.`;
  // The id comes from the lockfile, and that from whoever writes into the repository.
  const answer = await context.ask?.('Rotate it? Only "yes" is taken for yes: ', safeText(shown));
  if (answer?.trim() === "yes") return undefined;
  const isAsked = context.ask !== undefined;
  const diagnostic: Diagnostic = {
    code: "GS2504",
    severity: "error",
    summary: isAsked ? "Declined: nothing was sent" : "The rotation is not confirmed: nothing was sent",
    ...(isAsked ? {} : { detail: "There is no terminal to ask on.", remedy: "Confirm it with --yes." }),
  };
  return stop(exitCodes.refused, [diagnostic]);
}

function report(
  { do: verb }: WebhookAction,
  { address, id }: NamedWebhook,
  { exitCode, status, ...outcome }: WebhookOutcome,
  { scene: { project, connection }, options, context }: WebhookSetting,
): CommandResult<WebhookDocument> {
  const { desired } = project;
  const document = connection.mask<WebhookDocument>({
    ...{ formatVersion: 1, command: "webhook" },
    // What an interrupted run has done is told all the same.
    exitCode: context.signal.aborted ? exitCodes.interrupted : exitCode,
    action: verb,
    project: desired.project,
    environment: desired.environment,
    sandbox: options.sandbox === true,
    ...{ address, id, status: status ?? null },
    outcome: outcome.outcome,
    keyKept: outcome.keyKept,
    diagnostics: writeCommands([...project.remarks(), ...outcome.diagnostics], options).map(toPlanDiagnostic),
  });
  return {
    exitCode: document.exitCode,
    document,
    wrote: outcome.outcome !== "notSent" && outcome.outcome !== "refused",
    stream: "stdout",
    render: (look) => renderWebhook(document, look),
  };
}
