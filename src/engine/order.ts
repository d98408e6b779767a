import { type Address, addressOf } from "../state/address.js";
import type { Decision } from "./decision.js";
import { risksOf } from "./describe.js";
import { references, risks } from "./kind.js";
import type { Names } from "./names.js";

/** Dangerous things first, then by address: the same plan is always told in the same order. */
export function sortByDanger(decisions: readonly Decision[]): readonly Decision[] {
  const danger = (decision: Decision) => risks.indexOf(risksOf(decision)[0] ?? "cosmetic");
  return [...decisions].sort((a, b) => danger(a) - danger(b) || (a.pair.address < b.pair.address ? -1 : 1));
}

/**
 * What must be done before each change. It follows from references: products before the links that need them;
 * links closed, or moved off, before the products that they sell are archived. Sorted by address.
 */
export function findDependencies(
  decisions: readonly Decision[],
  names: Names,
): ReadonlyMap<Address, readonly Address[]> {
  const changes = new Map(
    decisions.filter(({ actions }) => actions.length > 0).map((one) => [one.pair.address, one]),
  );
  const found = new Map<Address, Set<Address>>([...changes.keys()].map((address) => [address, new Set()]));
  const endsSale = (address: Address) =>
    changes.get(address)?.actions.some((action) => action === "archive" || action === "remove") ?? false;
  for (const { pair } of changes.values()) {
    const { definition, desired, live } = pair;
    for (const { to, target } of references(definition, desired?.values ?? {})) {
      if (to !== "product") continue;
      const needed = addressOf("product", target);
      // A closed link may sell a product that this plan archives: it is written while the product is active.
      if (!endsSale(needed)) found.get(pair.address)?.add(needed);
      else if (changes.get(needed)?.pair.live !== undefined) found.get(needed)?.add(pair.address);
    }
    for (const { to, target } of references(definition, live?.values ?? {})) {
      const sold = names.addressOfProduct(target) as Address;
      if (to === "product" && endsSale(sold)) found.get(sold)?.add(pair.address);
    }
  }
  return new Map([...found].map(([address, needed]) => [address, [...needed].sort()]));
}
