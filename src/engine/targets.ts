import type { Diagnostic } from "../diagnostics/index.js";
import { type Address, addressOf } from "../state/address.js";
import type { Decision } from "./decision.js";
import { references } from "./kind.js";

interface Selection {
  readonly decisions: readonly Decision[];
  readonly partial: boolean;
  readonly diagnostics: readonly Diagnostic[];
}

/** `--target`: the entries named, with what they refer to, and nothing that leaves the configuration. */
export function selectTargets(
  decisions: readonly Decision[],
  { targets }: { readonly targets: readonly Address[] },
): Selection {
  if (targets.length === 0) return { decisions, partial: false, diagnostics: [] };
  const byAddress = new Map(decisions.map((decision) => [decision.pair.address, decision]));
  const chosen = new Set<Address>();
  const add = (address: Address): void => {
    const desired = byAddress.get(address)?.pair.desired;
    if (desired === undefined || chosen.has(address)) return;
    chosen.add(address);
    const definition = byAddress.get(address)?.pair.definition;
    if (definition === undefined) return;
    for (const { to, target } of references(definition, desired.values)) {
      if (to === "product") add(addressOf("product", target));
    }
  };
  for (const address of targets) add(address);
  const unknown = targets.filter((address) => byAddress.get(address)?.pair.desired === undefined);
  return {
    decisions: decisions.filter(({ pair }) => chosen.has(pair.address)),
    partial: true,
    diagnostics: [partialPlan(targets), ...unknown.map(unknownTarget)],
  };
}

function partialPlan(targets: readonly Address[]): Diagnostic {
  return {
    code: "GS2207",
    severity: "note",
    summary: `This plan is partial: ${targets.join(", ")}, and what ${targets.length === 1 ? "it refers" : "they refer"} to`,
    detail: "Nothing is retired, and nothing is said about all other entries.",
  };
}

function unknownTarget(address: Address): Diagnostic {
  return {
    code: "GS2208",
    severity: "error",
    summary: `--target names \`${address}\`, which the configuration doesn't have`,
    remedy: "Write an address of the configuration, such as product.NAME.",
  };
}
