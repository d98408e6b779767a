import { type Kind, nameOf } from "../../state/address.js";
import type { LockEntry, Lockfile } from "../../state/lockfile.js";
import { formatUsd } from "../../state/money.js";
import type { OutputCatalogue, OutputLink } from "../../state/output-document.js";
import { type FieldValue, isList, isMap } from "../../state/value.js";

/** The catalogue as last applied, sorted by name. Code that still names a retired entry should notice: it is not in it. */
export function collectOutput(lockfile: Lockfile, sandbox: boolean): OutputCatalogue {
  const { project, environment, accounts } = lockfile;
  return {
    ...{ formatVersion: 1, project, environment, sandbox },
    accounts: Object.fromEntries(
      [...accounts].sort(byKey).map(([name, { id, address }]) => [name, { id, address }]),
    ),
    products: entriesOf("product", lockfile, ({ id, open, values }) => ({
      id,
      state: open ? "active" : "archived",
      name: text(values.name),
      commonPrices: (isList(values.commonPrices) ? values.commonPrices : [])
        .filter((price) => typeof price === "number")
        .map(formatUsd),
    })),
    paymentLinks: entriesOf("paymentLink", lockfile, (entry) => linkOf(entry, lockfile)),
    webhooks: entriesOf("webhook", lockfile, ({ id, open, values }) => ({
      id,
      state: open ? "active" : "inactive",
      url: text(values.webhookUrl),
    })),
  };
}

function entriesOf<T>(
  kind: Kind,
  { entries }: Lockfile,
  describe: (entry: LockEntry) => T,
): { [name: string]: T } {
  const current = [...entries].filter(
    ([address, { retired }]) => address.startsWith(`${kind}.`) && retired !== true,
  );
  return Object.fromEntries(
    current.sort(byKey).map(([address, entry]) => [nameOf(address), describe(entry)]),
  );
}

function linkOf({ id, linkUrl, open, values }: LockEntry, { accounts, entries }: Lockfile): OutputLink {
  const accountId = text(values.account);
  const products = new Map([...entries].map(([address, { id: productId }]) => [productId, nameOf(address)]));
  const lineItems = (isList(values.lineItems) ? values.lineItems : []).filter(isMap).map((item) => {
    const price = typeof item.unitPrice === "number" ? item.unitPrice : null;
    const productId = text(item.product);
    return {
      product: products.get(productId) ?? null,
      productId,
      quantity: typeof item.quantity === "number" ? item.quantity : 1,
      unitPrice: price === null ? null : formatUsd(price),
      unitPriceMicroUsd: price,
    };
  });
  return {
    id,
    url: linkUrl ?? null,
    state: open ? "open" : "closed",
    linkName: text(values.linkName),
    linkType: text(values.linkType),
    account: [...accounts].find(([, account]) => account.id === accountId)?.[0] ?? null,
    accountId,
    settlementToken: text(values.settlementToken),
    feeModel: text(values.feeModel),
    total: totalOf(lineItems),
    lineItems,
  };
}

function totalOf(items: OutputLink["lineItems"]): string | null {
  const parts = items.map(({ quantity, unitPriceMicroUsd: price }) =>
    price === null ? null : BigInt(quantity) * BigInt(price),
  );
  const sum = parts.reduce<bigint | null>(
    (total, part) => (total === null || part === null ? null : total + part),
    0n,
  );
  return sum === null ? null : formatUsd(sum);
}

function text(value: FieldValue | undefined): string {
  return typeof value === "string" ? value : "";
}

function byKey([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number {
  return a < b ? -1 : 1;
}
