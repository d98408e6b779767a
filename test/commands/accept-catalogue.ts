// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the configuration language has `${name}` itself
import fc from "fast-check";

/** How an entry is written: the same content in several habits. */
export type Habit = "block" | "flow" | "quoted";

export interface CatalogueProduct {
  readonly habit: Habit;
  readonly description: boolean;
  readonly prices: readonly number[];
  readonly attributes: number;
}

export interface CatalogueLink {
  readonly habit: Habit;
  readonly items: readonly { readonly product: number; readonly cents: number }[];
  readonly thanks: boolean;
}

export interface Catalogue {
  readonly products: readonly CatalogueProduct[];
  readonly links: readonly CatalogueLink[];
  readonly included: boolean;
  readonly environment: boolean;
}

const habit = fc.constantFrom<Habit>("block", "flow", "quoted");
const cents = fc.integer({ min: 1, max: 999_999 });

/** A small shop; what is drawn as an index is taken modulo. */
export const catalogues: fc.Arbitrary<Catalogue> = fc.record({
  products: fc.array(
    fc.record({
      habit,
      description: fc.boolean(),
      prices: fc.uniqueArray(cents, { minLength: 1, maxLength: 4 }),
      attributes: fc.integer({ min: 0, max: 3 }),
    }),
    { minLength: 2, maxLength: 3 },
  ),
  links: fc.array(
    fc.record({
      habit,
      items: fc.array(fc.record({ product: fc.nat(), cents }), { minLength: 1, maxLength: 3 }),
      thanks: fc.boolean(),
    }),
    { minLength: 1, maxLength: 2 },
  ),
  included: fc.boolean(),
  environment: fc.boolean(),
});

const dollars = (amount: number): string => `$${(amount / 100).toFixed(2)}`;

/** The files of a catalogue. Comments with `keep` stand at what no drift removes. */
export function writeCatalogue({
  products,
  links,
  included,
  environment,
}: Catalogue): Record<string, string> {
  let number = 0;
  const keep = (): string => `# keep ${++number}`;
  const productText = products.map((one, index) => productLines(one, index, keep)).join("");
  const linkText = links
    .map((one, index) => linkLines(one, { index, products: products.length, keep }))
    .join("");
  const entries = `${keep()}\npaymentLinks:\n${linkText}`;
  const root = [
    `version: 1 ${keep()}`,
    "project: acme",
    "accounts: { treasury: { id: acc_01 } }",
    ...(included ? ["include: [links.yaml]"] : []),
    ...(environment ? ["environments:", `  eu: ${keep()}`, "  us: {}"] : []),
    `products:\n${productText}${included ? "" : entries}`,
  ].join("\n");
  return included ? { "gstable.config.yaml": root, "links.yaml": entries } : { "gstable.config.yaml": root };
}

function productLines(product: CatalogueProduct, index: number, keep: () => string): string {
  const { habit: how, description, prices, attributes } = product;
  const list = Array.from({ length: attributes }, (_, at) => ({ name: `A${at}`, value: `v${at}` }));
  if (how === "flow") {
    const more = [
      ...(description ? ["description: Some text"] : []),
      ...(list.length > 0 ? [`attributes: [${list.map(flowItem).join(", ")}]`] : []),
    ];
    const fields = [`name: Product ${index}`, `commonPrices: [${prices.map(dollars).join(", ")}]`, ...more];
    return `  p${index}: { ${fields.join(", ")} } ${keep()}\n`;
  }
  const quote = how === "quoted" ? '"' : "";
  return [
    `  ${keep()}`,
    `  p${index}: ${keep()}`,
    `    name: ${quote}Product ${index}${quote} ${keep()}`,
    ...(description ? ["    description: Some text # own"] : []),
    `    commonPrices: ${keep()}`,
    ...prices.map((price) => `      - ${quote}${dollars(price)}${quote} # own`),
    ...(list.length > 0 ? ["    attributes:"] : []),
    ...list.map(({ name, value }) => `    - name: ${name} # own\n      value: ${value}`),
    "",
    "",
  ].join("\n");
}

const flowItem = ({ name, value }: { name: string; value: string }) => `{ name: ${name}, value: ${value} }`;

function linkLines(
  link: CatalogueLink,
  { index, products, keep }: { index: number; products: number; keep: () => string },
): string {
  const items = link.items.map(({ product, cents: amount }) => ({
    product: `p${product % products}`,
    amount,
  }));
  const head = [
    "linkType: fixed",
    `linkName: Link ${index}`,
    "account: treasury",
    "settlementToken: polygon::usdc",
    "feeModel: payer",
  ];
  const thanks = link.thanks ? ["customSuccessText: Thank you"] : [];
  if (link.habit === "flow") {
    const flow = items.map(
      ({ product, amount }) => `{ product: ${product}, quantity: 1, unitPrice: ${dollars(amount)} }`,
    );
    return `  l${index}: { ${[...head, `lineItems: [${flow.join(", ")}]`, ...thanks].join(", ")} } ${keep()}\n`;
  }
  return [
    `  l${index}:`,
    ...head.map((line) => `    ${line} ${keep()}`),
    `    lineItems: ${keep()}`,
    ...items.map(({ product, amount }) =>
      link.habit === "quoted"
        ? `      - { product: "${product}", quantity: 1, unitPrice: "${dollars(amount)}" } # own`
        : `      - product: ${product} # own\n        quantity: 1 # own\n        unitPrice: ${dollars(amount)} # own`,
    ),
    ...thanks.map((line) => `    ${line} # own`),
    "",
    "",
  ].join("\n");
}

/** Something that somebody does in the dashboard. */
export type Deed =
  | { readonly is: "text"; readonly on: number; readonly text: string | null }
  | { readonly is: "title"; readonly on: number; readonly text: string }
  | { readonly is: "prices"; readonly on: number; readonly cents: readonly number[] }
  | {
      readonly is: "attributes";
      readonly on: number;
      readonly list: readonly { name: string; value: string }[];
    }
  | {
      readonly is: "items";
      readonly on: number;
      readonly list: CatalogueLink["items"];
      readonly quantity: number;
    }
  | { readonly is: "reorder"; readonly on: number }
  | { readonly is: "thanks"; readonly on: number; readonly text: string | null }
  | { readonly is: "close" | "fee" | "email"; readonly on: number };

const nasty = fc.constantFrom(
  "$5 off",
  "${site}",
  "$${x}",
  "yes",
  "null",
  "1e3",
  "0x10",
  "a: b",
  "a #b",
  "- x",
  "it's",
  '"q"',
  " out ",
  "a, b]}",
  "one\ntwo",
  "one\n\n two\n",
  "tab\there",
  "\u202e",
  "\u00a0x",
  "é\u0301",
  "👩‍👩‍👧",
  "*a",
  "&a",
  "!t",
  "%x",
  "@",
  "`",
  "|",
  ">",
);
const text = fc
  .oneof(nasty, fc.string({ unit: "binary", minLength: 1, maxLength: 40 }), fc.lorem({ maxCount: 4 }))
  .filter((one) => one.trim() !== "");

/** What may happen outside to a catalogue. */
export const deeds: fc.Arbitrary<readonly Deed[]> = fc.array(
  fc.oneof(
    fc.record({ is: fc.constant("text" as const), on: fc.nat(), text: fc.option(text) }),
    fc.record({ is: fc.constant("title" as const), on: fc.nat(), text }),
    fc.record({
      is: fc.constant("prices" as const),
      on: fc.nat(),
      cents: fc.array(cents, { minLength: 1, maxLength: 5 }),
    }),
    fc.record({
      is: fc.constant("attributes" as const),
      on: fc.nat(),
      list: fc.array(fc.record({ name: fc.oneof(fc.constantFrom("A0", "A1", "A2"), text), value: text }), {
        maxLength: 4,
      }),
    }),
    fc.record({
      is: fc.constant("items" as const),
      on: fc.nat(),
      list: fc.array(fc.record({ product: fc.nat(), cents }), { minLength: 1, maxLength: 4 }),
      quantity: fc.integer({ min: 1, max: 9 }),
    }),
    fc.record({ is: fc.constant("thanks" as const), on: fc.nat(), text: fc.option(text) }),
    fc.record({ is: fc.constantFrom("reorder" as const), on: fc.nat() }),
    fc.record({ is: fc.constantFrom("close" as const, "fee" as const, "email" as const), on: fc.nat() }),
  ),
  { minLength: 1, maxLength: 6 },
);
