import type { NameOf } from "../engine/accept.js";
import type { Work } from "../engine/work.js";
import { type Address, addressOf, nameOf } from "../state/address.js";
import type { Desired } from "../state/desired.js";
import type { PlanDocument } from "../state/plan-document.js";
import type { Planned } from "./planning.js";

/** The configuration's names for live ids, and the ids behind the names. */
export interface References {
  readonly nameOf: NameOf;
  idOf(to: "account" | "product", name: string): string;
}

/** Only what the configuration has now has a name: a retired product could not be referred to. */
export function collectReferences({ plan, opened }: Planned, desired: Desired): References {
  const moved = new Map(desired.moved.map(({ from, to }) => [from, to]));
  const locked = [...opened.lockfile.entries].map(
    ([address, { id }]) => [moved.get(address) ?? address, id] as const,
  );
  const seen = plan.work.flatMap(({ address, decision }) => liveId(address, decision));
  const products = new Map(
    [...locked, ...seen].filter(
      ([address]) => address.startsWith("product.") && desired.entries.has(address),
    ),
  );
  const accounts = accountIds(plan.document.target.accounts);
  const names = {
    account: new Map([...accounts].map(([name, id]) => [id, name])),
    product: new Map([...products].map(([address, id]) => [id, nameOf(address)])),
  };
  return {
    nameOf: (to, id) => names[to].get(id),
    idOf: (to, name) =>
      (to === "account" ? accounts.get(name) : products.get(addressOf("product", name))) ?? `${to}.${name}`,
  };
}

function liveId(address: Address, { pair }: Work["decision"]): (readonly [Address, string])[] {
  return pair.live === undefined ? [] : [[address, pair.live.id]];
}

function accountIds(accounts: PlanDocument["target"]["accounts"]): ReadonlyMap<string, string> {
  return new Map(accounts.map(({ name, id }) => [name, id]));
}
