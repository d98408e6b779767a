import type { ApiPort } from "../../api/index.js";
import type { Diagnostic } from "../../diagnostics/index.js";
import { provider } from "../../resources/provider.js";
import type { Lockfile } from "../../state/lockfile.js";
import { exitCodes, type Stop, stop } from "../context.js";

/**
 * The receiving account right before a session pays into it: the address behind an id can be changed in the dashboard.
 * Exit 4 where it is not as recorded, 1 where it cannot be read.
 */
export async function checkAccount(
  accountId: string,
  { lockfile, api }: { lockfile: Lockfile; api: ApiPort },
): Promise<{ readonly address: string } | Stop> {
  const outcome = await api.run({ method: "account.detail", args: [accountId] });
  const live = outcome.kind === "done" ? provider.accounts.decode([outcome.data])?.[0] : undefined;
  if (live?.id !== accountId) {
    const why = outcome.kind === "done" ? "the answer is not about it" : outcome.message;
    return stop(exitCodes.error, [unlike(`The receiving account ${accountId} cannot be read: ${why}`)]);
  }
  const recorded = [...lockfile.accounts.values()].find(({ id }) => id === accountId);
  const address = recorded?.address.toLowerCase() ?? live.address;
  if (live.address !== address) {
    const moved = `pays out to ${live.address}, and to ${address} when the link was applied`;
    return stop(exitCodes.refused, [unlike(`The receiving account ${accountId} ${moved}`)]);
  }
  if (recorded?.version !== undefined && live.version !== undefined && live.version !== recorded.version) {
    return stop(exitCodes.refused, [unlike(`The receiving account ${accountId} was made anew since`)]);
  }
  if (live.status !== "normal") {
    return stop(exitCodes.refused, [unlike(`The receiving account ${accountId} is \`${live.status}\``)]);
  }
  return { address };
}

function unlike(summary: string): Diagnostic {
  return {
    code: "GS2403",
    severity: "error",
    summary,
    detail: "No session was opened.",
    remedy: "See what changed outside:",
    command: ["drift"],
  };
}
