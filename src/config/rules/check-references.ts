import type { FieldRule } from "../../engine/kind.js";
import { createGuesser } from "../nearest.js";
import { type ConfigNode, followPath, type MapNode, valueAt } from "../parse/node.js";
import type { Problem, Report } from "../report.js";
import type { CheckedEntry } from "../resolve/checked-entry.js";
import type { ResolvedAccounts } from "../resolve/resolve-accounts.js";
import type { ResolvedEntries } from "../resolve/resolve-entries.js";

interface Known {
  readonly resolved: ResolvedEntries;
  readonly accounts: ResolvedAccounts;
  /** `in the environment eu`, for messages. */
  readonly environment: string | null;
  readonly report: Report;
}

/** Every reference names something that is there; an open link sells nothing that is archived. */
export function checkReferences(known: Known): void {
  const guess = createGuesser();
  for (const entry of known.resolved.entries.values()) {
    visitReferences(entry.resource.definition.fields, entry.node, (to, node) => {
      // Another kind of value has been reported as such.
      if (node.kind !== "scalar" || typeof node.value !== "string" || node.value.trim() === "") return;
      const name = node.value;
      const product = to === "product" ? known.resolved.entries.get(`product.${name}`) : undefined;
      if (product !== undefined) {
        checkOpen(product, { entry, node });
        return;
      }
      const problem =
        to === "account" ? checkAccount(name, known, guess) : missingProduct(name, known, guess);
      if (problem !== undefined) entry.report.add(problem, node);
    });
  }
}

type Guess = ReturnType<typeof createGuesser>;

function checkAccount(name: string, { accounts, environment }: Known, guess: Guess): Problem | undefined {
  if (accounts.leftOut.has(name)) return leftOut(`account \`${name}\``, environment);
  if (accounts.written.has(name)) return undefined;
  const best = guess(name, accounts.written);
  return {
    code: "GS1301",
    summary: `There is no account \`${name}\``,
    remedy: best === undefined ? "Add it under `accounts`, with its `id`." : `Did you mean \`${best}\`?`,
  };
}

function missingProduct(name: string, { resolved, environment }: Known, guess: Guess): Problem {
  if (resolved.leftOut.has(`product.${name}`)) return leftOut(`product \`${name}\``, environment);
  const best = guess(name, productNames(resolved));
  return {
    code: "GS1302",
    summary: `There is no product \`${name}\``,
    remedy: best === undefined ? "Add it under `products`." : `Did you mean \`${best}\`?`,
  };
}

function* productNames({ entries }: ResolvedEntries): Generator<string> {
  for (const entry of entries.values()) if (entry.resource.definition.kind === "product") yield entry.name;
}

function leftOut(what: string, environment: string | null): Problem {
  return {
    code: "GS1303",
    summary: `The ${what} is left out of the environment \`${environment ?? ""}\``,
    remedy: "Leave this entry out as well, or keep what it refers to.",
  };
}

function checkOpen(product: CheckedEntry, { entry, node }: { entry: CheckedEntry; node: ConfigNode }): void {
  if (!entry.open || product.open) return;
  const state = followPath(product.node, [product.resource.definition.openClose.field]);
  entry.report.add(
    {
      code: "GS1501",
      summary: `\`${entry.address}\` is enabled and sells \`${product.address}\`, which is archived`,
      detail: "Its page could not take money.",
      remedy: "Set `enabled: false` on the link, or `archived: false` on the product.",
    },
    node,
    [{ label: "archived here", span: state.exact ? state.node : product.owner.key }],
  );
}

type Visit = (to: "account" | "product", node: ConfigNode) => void;

/** Every value that names another entry, in the order of the fields. */
function visitReferences(fields: readonly FieldRule[], map: MapNode, visit: Visit): void {
  for (const { name, type } of fields) {
    if (type.is !== "reference" && type.is !== "items") continue;
    const node = valueAt(map, name);
    if (node === undefined) continue;
    if (type.is === "reference") visit(type.to, node);
    else if (node.kind === "list") {
      for (const item of node.items) if (item.kind === "map") visitReferences(type.fields, item, visit);
    }
  }
}
