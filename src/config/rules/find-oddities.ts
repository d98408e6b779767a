import { resourceKinds } from "../../resources/registry.js";
import type { RuleCatalogue, RuleEntry } from "../../resources/resource-kind.js";
import type { Kind } from "../../state/address.js";
import type { ResolvedEntries } from "../resolve/resolve-entries.js";

/** Runs the rules of all kinds that look across kinds. Each goes through the entries once. */
export function findOddities(
  { entries }: ResolvedEntries,
  { hostsAreListed }: Pick<RuleCatalogue, "hostsAreListed">,
): void {
  const ofKind = new Map<Kind, RuleEntry[]>(resourceKinds.map(({ definition }) => [definition.kind, []]));
  for (const { resource, rule } of entries.values()) ofKind.get(resource.definition.kind)?.push(rule);
  for (const { rules } of resourceKinds) {
    for (const check of rules.across ?? []) check({ entries: ofKind, hostsAreListed });
  }
}
