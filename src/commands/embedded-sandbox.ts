import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Diagnostic } from "../diagnostics/index.js";
import { exitCodes, type Stop, stop } from "./context.js";
import { type Project, sandboxDirectory } from "./project.js";

/** A host that cannot exist: the embedded sandbox never opens a socket. */
export const SANDBOX_BASE_URL = "https://sandbox.invalid/api/v1";

/** A local GStable in this process, with a state of its own below the project's directory. */
export async function embedSandbox(
  project: Project,
): Promise<{ readonly fetch: typeof fetch; close(): Promise<void> } | Stop> {
  const { createSandbox } = await import("../sandbox/index.js");
  const directory = sandboxDirectory(project.directory);
  try {
    await mkdir(directory, { recursive: true });
    // Nothing in it belongs into git.
    await writeFile(join(directory, ".gitignore"), "*\n");
    return createSandbox({ stateFile: join(directory, "sandbox.json"), accounts: accountsOf(project) });
  } catch (error) {
    return stop(exitCodes.error, [noSandbox(error)]);
  }
}

/** Every account that the configuration names, so that a production configuration can be rehearsed as it is. */
export function accountsOf({ desired }: Pick<Project, "desired">): {
  accountId: string;
  accountName: string;
  accountAddress?: string;
  settlementCurrencies: string[];
}[] {
  const tokens = new Map<string, Set<string>>();
  for (const { values } of desired.entries.values()) {
    if (typeof values.account !== "string" || typeof values.settlementToken !== "string") continue;
    tokens.set(values.account, (tokens.get(values.account) ?? new Set()).add(values.settlementToken));
  }
  return [...desired.accounts.values()].map(({ name, id, address }) => ({
    accountId: id ?? `acc_sandbox_${name}`,
    accountName: name,
    ...(address === undefined ? {} : { accountAddress: address }),
    settlementCurrencies: [...(tokens.get(name) ?? ["polygon::usdc"])].sort(),
  }));
}

function noSandbox(error: unknown): Diagnostic {
  return {
    code: "GS7004",
    severity: "error",
    summary: "The sandbox cannot be opened",
    detail: error instanceof Error ? error.message : String(error),
    remedy: "Remove .gstable/sandbox.json to begin anew; nothing real is in it.",
  };
}
