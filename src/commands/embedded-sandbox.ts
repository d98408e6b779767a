import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Diagnostic } from "../diagnostics/index.js";
import type { Desired } from "../state/desired.js";
import { exitCodes, type Stop, stop } from "./context.js";
import { type Project, sandboxDirectory } from "./project.js";

/** A host that cannot exist: the embedded sandbox never opens a socket. */
export const SANDBOX_BASE_URL = "https://sandbox.invalid/api/v1";

/** A local GStable in this process. */
export interface EmbeddedSandbox {
  readonly fetch: typeof fetch;
  /** Whether it has a product, a payment link or a webhook of this id. */
  readonly has: (id: string) => boolean;
  close(): Promise<void>;
}

/** Opens it with a state of its own below the project's directory. */
export async function embedSandbox(project: Project): Promise<EmbeddedSandbox | Stop> {
  const { createSandbox } = await import("../sandbox/index.js");
  const directory = sandboxDirectory(project.directory);
  try {
    await mkdir(directory, { recursive: true });
    // Nothing in it belongs into git.
    await writeFile(join(directory, ".gitignore"), "*\n");
    const stateFile = join(directory, "sandbox.json");
    const sandbox = createSandbox({ stateFile, accounts: accountsOf(project) });
    const has = (id: string): boolean => {
      const { products, paymentLinks, webhooks } = sandbox.snapshot();
      return (
        products.some(({ productId }) => productId === id) ||
        paymentLinks.some(({ linkId }) => linkId === id) ||
        webhooks.some(({ webhookId }) => webhookId === id)
      );
    };
    return { fetch: sandbox.fetch, has, close: () => sandbox.close() };
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

/**
 * `imports` take over objects of the real account. Those that the sandbox does not have are left out, so that their
 * entries are rehearsed as new ones.
 */
export function leaveOutImports(
  desired: Desired,
  { rehearses }: { readonly rehearses?: (id: string) => boolean },
): { readonly desired: Desired; readonly diagnostics: readonly Diagnostic[] } {
  const left = rehearses === undefined ? [] : desired.imports.filter(({ id }) => !rehearses(id));
  if (left.length === 0) return { desired, diagnostics: [] };
  const names = left.map(({ to, id }) => `\`${to}\` (${id})`).join(", ");
  const note: Diagnostic = {
    code: "GS7022",
    severity: "note",
    summary: "The rehearsal is not the whole configuration",
    detail: `Of \`imports\` the sandbox does not have ${names}: taken over in the real account, rehearsed as new here.`,
  };
  return {
    desired: { ...desired, imports: desired.imports.filter((one) => !left.includes(one)) },
    diagnostics: [note],
  };
}
