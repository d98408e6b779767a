import { groupBy } from "../../state/group-by.js";
import { formatDollars } from "../../state/money.js";
import { readUrl } from "../../state/read-url.js";
import { isList, isMap } from "../../state/value.js";
import type { OddEntry, RuleCatalogue } from "../resource-kind.js";
import { namedAmounts } from "./named-amounts.js";

/** One item of an open link that has a price. */
interface Sale {
  readonly link: OddEntry;
  readonly index: number;
  readonly product: string;
  readonly unitPrice: number;
  readonly quantity: number;
}

/**
 * A product at several prices, one of which the product does not name: most likely one was forgotten. In a bundle, or
 * more at a time, a product may well cost less: compared are links that sell it alone, and as many of it.
 */
export function checkPricesOfProducts({ entries }: RuleCatalogue): void {
  const products = productsByName(entries);
  const alone = openLinks(entries).filter(
    ({ values: { lineItems } }) => isList(lineItems) && lineItems.length === 1,
  );
  for (const sales of groupBy(
    alone.flatMap(salesOf),
    ({ product, quantity }) => `${quantity} ${product}`,
  ).values()) {
    const prices = new Map<number, Sale>();
    for (const sale of sales) if (!prices.has(sale.unitPrice)) prices.set(sale.unitPrice, sale);
    const product = products.get(sales[0]?.product ?? "");
    if (prices.size < 2 || product === undefined || !isList(product.values.commonPrices)) continue;
    const common = new Set(product.values.commonPrices);
    const [first, second] = [...prices.values()];
    for (const sale of sales) {
      const other = sale.unitPrice === first?.unitPrice ? second : first;
      if (other !== undefined && !common.has(sale.unitPrice)) reportPrice(sale, other);
    }
  }
}

function reportPrice({ link, index, product, unitPrice }: Sale, other: Sale): void {
  link.report(
    `lineItems[${index}].unitPrice`,
    {
      code: "GS1510",
      severity: "warning",
      summary: `\`product.${product}\` costs ${formatDollars(unitPrice)} here and ${formatDollars(other.unitPrice)} in \`${other.link.address}\``,
      detail: `Both links are open, and ${formatDollars(unitPrice)} is none of the product's \`commonPrices\`.`,
      remedy: `Use one price, or list ${formatDollars(unitPrice)} among the \`commonPrices\`.`,
    },
    { label: "the other price", entry: other.link, path: `lineItems[${other.index}].unitPrice` },
  );
}

/** Two open links that are the same in everything: one of them is a copy that somebody forgot to change. */
export function checkEqualLinks({ entries }: RuleCatalogue): void {
  const seen = new Map<string, OddEntry>();
  for (const link of namesakes(openLinks(entries))) {
    const key = JSON.stringify(link.values);
    const first = seen.get(key);
    if (first === undefined) seen.set(key, link);
    else {
      link.report(
        "",
        {
          code: "GS1511",
          severity: "warning",
          summary: `\`${link.address}\` is the same as \`${first.address}\``,
          detail:
            "Both are open, with the same name, items, prices and account: payments could not be told apart.",
          remedy: "Give one another `linkName`, or remove it.",
        },
        { label: "the first one", entry: first, path: "" },
      );
    }
  }
}

/** Those that share their name with another one: only they can be equal. */
function namesakes(links: readonly OddEntry[]): readonly OddEntry[] {
  const counts = new Map<unknown, number>();
  for (const { values } of links) counts.set(values.linkName, (counts.get(values.linkName) ?? 0) + 1);
  return links.filter(({ values }) => counts.get(values.linkName) !== 1);
}

/** A link that names one price and charges another, and a product whose description does. */
export function checkNamedPrices({ entries }: RuleCatalogue): void {
  const links = openLinks(entries);
  for (const link of links) {
    if (!namesAmount(link, "linkName")) continue;
    const sales = salesOf(link);
    const charged = new Set(sales.flatMap(({ unitPrice, quantity }) => [unitPrice, unitPrice * quantity]));
    charged.add(sales.reduce((sum, { unitPrice, quantity }) => sum + unitPrice * quantity, 0));
    if (sales.length > 0) reportNamedPrice(link, "linkName", charged);
  }
  const products = productsByName(entries);
  const named = ["name", "description"];
  if (![...products.values()].some((product) => named.some((field) => namesAmount(product, field)))) return;
  for (const sales of groupBy(links.flatMap(salesOf), ({ product }) => product).values()) {
    const product = products.get(sales[0]?.product ?? "");
    if (product === undefined || !isList(product.values.commonPrices)) continue;
    const charged = new Set([
      ...sales.flatMap(({ unitPrice, quantity }) => [unitPrice, unitPrice * quantity]),
      ...product.values.commonPrices.filter((price) => typeof price === "number"),
    ]);
    for (const field of named) reportNamedPrice(product, field, charged);
  }
}

function amountsIn(entry: OddEntry, field: string): readonly number[] {
  const text = entry.values[field];
  return typeof text === "string" ? namedAmounts(text) : [];
}

function namesAmount(entry: OddEntry, field: string): boolean {
  return amountsIn(entry, field).length > 0;
}

function reportNamedPrice(entry: OddEntry, field: string, charged: ReadonlySet<number>): void {
  const named = amountsIn(entry, field);
  const [amount] = named;
  if (amount === undefined || named.some((one) => charged.has(one))) return;
  const prices = [...charged].sort((a, b) => a - b).map(formatDollars);
  const shown = prices.length > 5 ? `${prices.slice(0, 5).join(", ")} …` : prices.join(", ");
  entry.report(field, {
    code: "GS1512",
    severity: "warning",
    summary: `\`${field}\` names ${formatDollars(amount)}, which nobody is charged`,
    detail: `Charged: ${shown}. Payers read the one and pay the other.`,
    remedy: "Correct the text or the price.",
  });
}

/** With this many links on one site, a single one that leads elsewhere stands out. */
const MIN_LINKS_OF_ONE_SITE = 3;

/** All links but one lead to one site: the one may be mistyped, or somebody else's. */
export function checkSites({ entries, hostsAreListed }: RuleCatalogue): void {
  if (hostsAreListed) return;
  const leading = openLinks(entries).flatMap((link) => {
    const { successUrl } = link.values;
    const url = typeof successUrl === "string" ? readUrl(successUrl) : undefined;
    return url === undefined ? [] : [{ link, site: siteOf(url) }];
  });
  const sites = groupBy(leading, ({ site }) => site);
  const [few, many] = [...sites].sort(([, a], [, b]) => a.length - b.length);
  if (sites.size !== 2 || few === undefined || many === undefined) return;
  const [odd, ...others] = few[1];
  if (odd === undefined || others.length > 0 || many[1].length < MIN_LINKS_OF_ONE_SITE) return;
  odd.link.report("successUrl", {
    code: "GS1513",
    severity: "warning",
    summary: `Only \`${odd.link.address}\` sends payers to \`${few[0]}\``,
    detail: `The other ${many[1].length} links with a \`successUrl\` lead to \`${many[0]}\`.`,
    remedy: "Check the spelling. Where both are yours, list them in `policy.allowedHosts`.",
  });
}

/** The end of the host name: `shop.acme.example` and `acme.example` are one site. */
function siteOf({ hostname }: URL): string {
  return hostname.split(".").slice(-2).join(".");
}

function openLinks(entries: RuleCatalogue["entries"]): readonly OddEntry[] {
  return (entries.get("paymentLink") ?? []).filter((link) => link.open);
}

function productsByName(entries: RuleCatalogue["entries"]): ReadonlyMap<string, OddEntry> {
  return new Map(
    (entries.get("product") ?? []).map((product) => [product.address.slice("product.".length), product]),
  );
}

function salesOf(link: OddEntry): readonly Sale[] {
  const items = link.values.lineItems;
  if (!isList(items)) return [];
  return items.flatMap((item, index) => {
    if (!isMap(item)) return [];
    const { product, unitPrice, quantity } = item;
    return typeof product === "string" && typeof unitPrice === "number" && typeof quantity === "number"
      ? [{ link, index, product, unitPrice, quantity }]
      : [];
  });
}
