import type { NewAccount } from "../../config/emit/index.js";
import { mapReferences } from "../../engine/kind.js";
import { nameOf } from "../../state/address.js";
import type { LiveAccount, Observed } from "../../state/live.js";
import type { FieldValues } from "../../state/value.js";
import type { Planned } from "../planning.js";
import { collectReferences, type References } from "../references.js";
import { cannot, type Reason } from "./candidate.js";
import { type Named, nameAccount } from "./name-entries.js";

/** An object's values as they are written, and the accounts that have to be named for it. */
export interface Referred {
  readonly values: FieldValues;
  readonly accounts: readonly NewAccount[];
}

/** The names by which imported objects refer to products and accounts: old ones, and new ones where there are none. */
export class Referrals {
  readonly #old: References;
  readonly #objects: ReadonlyMap<string, Named>;
  readonly #accounts = new Map<string, NewAccount>();
  readonly #accountNames: Set<string>;

  constructor(
    all: readonly Named[],
    private readonly parts: {
      readonly planned: Planned;
      readonly observed: Observed;
      readonly takenAccounts: ReadonlySet<string>;
    },
  ) {
    this.#old = collectReferences(parts.planned, parts.planned.input.desired);
    this.#objects = new Map(all.map((one) => [one.live.id, one]));
    this.#accountNames = new Set(parts.takenAccounts);
  }

  /** The values with names for ids; a reason where one has no name and gets none. */
  refer(one: Named, dropped: ReadonlyMap<string, Reason>): Referred | Reason {
    const accounts: NewAccount[] = [];
    let reason: Reason | undefined;
    const values = mapReferences(one.definition, one.live.values, (to, id) => {
      const old = this.#old.nameOf(to, id);
      if (old !== undefined) return old;
      if (to === "account") {
        const account = this.#account(id);
        if (account !== undefined) accounts.push(account);
        else
          reason ??= cannot(`it is paid to the account \`${id}\`, which the list of accounts does not have`);
        return account?.name ?? id;
      }
      const product = this.#objects.get(id);
      const why = this.#whyNoProduct(id, dropped);
      if (why !== undefined) reason ??= cannot(why);
      return product === undefined ? id : nameOf(product.to);
    });
    return reason ?? { values, accounts };
  }

  #whyNoProduct(id: string, dropped: ReadonlyMap<string, Reason>): string | undefined {
    const reason = dropped.get(id);
    if (reason !== undefined)
      return `it sells the product \`${id}\`, which cannot be imported: ${reason.why}`;
    if (this.#objects.has(id)) return undefined;
    const { opened, input } = this.parts.planned;
    const owner = [...opened.lockfile.entries].find(([, entry]) => entry.id === id)?.[0];
    if (owner !== undefined) {
      return `it sells the product \`${id}\`, which is \`${owner}\` and left the configuration; put that entry back first`;
    }
    return input.foreignIds.has(id)
      ? `it sells the product \`${id}\`, which another environment manages`
      : `it sells the product \`${id}\`, which is not imported or does not exist any more`;
  }

  #account(id: string): NewAccount | undefined {
    const known = this.#accounts.get(id);
    if (known !== undefined) return known;
    const live = this.parts.observed.accounts.find((one) => one.id === id);
    if (live === undefined) return undefined;
    const account = { id, name: nameAccount(live, this.#accountNames), ...this.#pin(live) };
    this.#accounts.set(id, account);
    return account;
  }

  /** Two names with one address are an error of the configuration: the second one goes by its id alone. */
  #pin({ address, id }: LiveAccount): { readonly address?: string } {
    const { observed, planned } = this.parts;
    const isShared =
      observed.accounts.some((one) => one.id !== id && one.address === address) ||
      [...planned.input.desired.accounts.values()].some((one) => one.address === address);
    const isAddress = /^0x[0-9a-f]{40}$/.test(address) && !/^0x0{40}$/.test(address);
    return isAddress && !isShared ? { address } : {};
  }
}
