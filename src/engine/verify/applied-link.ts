import type { Address } from "../../state/address.js";
import type { PaymentRoute } from "../../state/live.js";
import type { LockEntry, Lockfile } from "../../state/lockfile.js";
import type { ChainToken } from "../../state/payer-page.js";
import { isList, isMap } from "../../state/value.js";

/** A payment link as it was last applied: what its public page has to show. */
export interface AppliedLink {
  readonly address: Address;
  readonly id: string;
  readonly url: string | undefined;
  readonly open: boolean;
  /** Unset where `ignoreChanges` hands it to the dashboard: whatever stands there is as it should be. */
  readonly linkName: string | undefined;
  readonly linkType: string | undefined;
  readonly items: readonly AppliedItem[];
  readonly settlementToken: string | undefined;
  readonly feeModel: string | undefined;
  readonly versionCode: string | undefined;
}

export interface AppliedItem {
  /** The product's title as last applied; unset where the lockfile does not know the product. */
  readonly productName: string | undefined;
  readonly quantity: number;
  /** `null`: the payer decides. */
  readonly unitPriceMicroUsd: number | null;
}

/** What pages are compared with beside the lockfile. */
export interface Surroundings {
  /** `undefined`: the public capabilities could not be read. */
  readonly capabilities:
    | {
        readonly tokens: readonly ChainToken[];
        readonly routes: ReadonlyMap<string, readonly PaymentRoute[]>;
      }
    | undefined;
  /** What a payer's program has to sign, by path. */
  readonly requirement: ReadonlyMap<string, string>;
}

/** A link of the lockfile. A retired one is wanted closed, and nothing else is asked of it. */
export function appliedLinkOf(address: Address, entry: LockEntry, lockfile: Lockfile): AppliedLink {
  const { values, lifecycle } = entry;
  const text = (name: string) => (typeof values[name] === "string" ? String(values[name]) : undefined);
  const names = new Map(
    [...lockfile.entries].map(([, { id, values: product }]) => [id, product.name] as const),
  );
  const items = (isList(values.lineItems) ? values.lineItems : []).filter(isMap);
  return {
    address,
    id: entry.id,
    url: entry.linkUrl,
    open: entry.open && entry.retired !== true,
    linkName: lifecycle.ignoreChanges.includes("linkName") ? undefined : text("linkName"),
    linkType: text("linkType"),
    items: items.map((item) => {
      const name = names.get(String(item.product));
      return {
        productName: typeof name === "string" ? name : undefined,
        quantity: typeof item.quantity === "number" ? item.quantity : 1,
        unitPriceMicroUsd: typeof item.unitPrice === "number" ? item.unitPrice : null,
      };
    }),
    settlementToken: text("settlementToken"),
    feeModel: text("feeModel"),
    versionCode: entry.versionCode,
  };
}

/** What a payer is charged, exactly; `null`: the payer decides. */
export function totalOf({ items }: Pick<AppliedLink, "items">): bigint | null {
  return items.reduce<bigint | null>(
    (sum, { quantity, unitPriceMicroUsd: price }) =>
      sum === null || price === null ? null : sum + BigInt(quantity) * BigInt(price),
    0n,
  );
}
