import type { PayerApi } from "../../api/index.js";
import type { ApplyResult } from "../../engine/apply/run.js";
import type { Verification } from "../../state/verify-document.js";
import type { CommandContext, NetworkOptions, Stop } from "../context.js";
import type { Scene } from "../scene.js";
import { openOwnLockfile } from "../state-files/own-lockfile.js";
import { chooseSights } from "./choose.js";
import { lookAsPayers } from "./look-as-payers.js";
import { connectPayers, payerBaseUrlsOf } from "./payers.js";

/** The payers' host that belongs to the account that is applied to; a wrong address of it is told before any write. */
export function payersOf(
  { connection }: Scene,
  options: NetworkOptions,
  context: CommandContext,
): PayerApi | Stop {
  const urls = { ...payerBaseUrlsOf(options, context), baseUrl: connection.target.baseUrl };
  return connectPayers({ urls, fetch: connection.fetch ?? context.fetch }, options, context);
}

/** Looks at the pages that an apply has changed; nothing where it was interrupted, or its lockfile is not whole. */
export async function verifyChanges(
  { project }: Scene,
  { result, payers, context }: { result: ApplyResult; payers: PayerApi; context: CommandContext },
): Promise<Verification | undefined> {
  if (context.signal.aborted) return undefined;
  const opened = await openOwnLockfile(project, { origin: undefined, cwd: context.cwd });
  if (!opened.ok) return undefined;
  const { lockfile } = opened.value;
  const recorded = new Set<string>(lockfile.entries.keys());
  const changed = [...new Set(result.done.map(({ address }) => address))].filter(
    (address) => address.startsWith("paymentLink.") && recorded.has(address),
  );
  const none = { links: [], notApplied: [] };
  const sights =
    changed.length === 0 ? undefined : chooseSights(changed, { desired: project.desired, lockfile });
  return lookAsPayers(sights?.ok === true ? sights.value : none, payers, context);
}
