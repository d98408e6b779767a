import type { ApiPort } from "../../api/index.js";
import type { Diagnostic } from "../../diagnostics/index.js";
import type { ApplyResult } from "../../engine/apply/run.js";
import type { Address } from "../../state/address.js";
import type { Lockfile } from "../../state/lockfile.js";
import { type CommandContext, isStop } from "../context.js";
import { keyNotKept, type WebhookKeys } from "../webhook-keys.js";
import { seeWebhook } from "./find-webhook.js";

/**
 * Puts the keys of recorded webhooks into the file that it lacks, from what GStable shows of them: of those that were
 * taken over, whose create was not answered, or that are older than the file. What cannot be had is told.
 */
export async function completeKeys(
  keys: WebhookKeys,
  {
    lockfile,
    result,
    api,
    context,
  }: { lockfile: Lockfile; result: ApplyResult; api: ApiPort; context: CommandContext },
): Promise<readonly Diagnostic[]> {
  const isNew = (address: Address) =>
    result.done.some((one) => one.address === address && ["create", "adopt"].includes(one.action));
  const lacking = [...lockfile.entries].filter(
    ([address, { retired }]) =>
      address.startsWith("webhook.") &&
      retired !== true &&
      // A key that is there from before belongs to the object that this name had before.
      (!keys.has(address) || (isNew(address) && !keys.wasPut(address))),
  );
  const said: Diagnostic[] = [];
  for (const [address, { id }] of lacking) {
    if (context.signal.aborted) break;
    const seen = await seeWebhook({ address, id }, api);
    if (isStop(seen) || seen.key === undefined) {
      said.push(noKey(address));
      continue;
    }
    try {
      keys.put(address, seen.key);
    } catch (error) {
      said.push(keyNotKept(address, error, keys));
    }
  }
  return said;
}

function noKey(address: Address): Diagnostic {
  return {
    code: "GS2502",
    severity: "error",
    summary: `GStable shows no signing key of \`${address}\`: it is not in the file`,
    remedy: "Run the same command again, or read the key in the dashboard.",
  };
}
