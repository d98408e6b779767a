// A catalogue of any size, half products, half payment links, written the way people write one.
const account = "acc_sandbox_main";

/**
 * The configuration as YAML and as JSON. `changed`: so many entries have another text than without it.
 * @param {number} objects
 * @param {number} changed
 */
export function catalogue(objects, changed = 0) {
  const each = objects / 2;
  const products = Array.from({ length: each }, (_, index) => product(index, index < Math.ceil(changed / 2)));
  const links = Array.from({ length: each }, (_, index) => link(index, index < Math.floor(changed / 2)));
  return { yaml: yamlOf(products, links), json: jsonOf(products, links) };
}

/** @param {number} index @param {boolean} isChanged */
function product(index, isChanged) {
  return {
    key: `item-${index}`,
    value: {
      name: `Item ${index}`,
      description: `Everything that item ${index} needs${isChanged ? ", and more" : ""}.`,
      commonPrices: [`$${(index % 90) + 5}.99`, `$${(index % 90) + 50}`],
      attributes: [
        { name: "Duration", value: "1 Month" },
        { name: "Seats", value: `Up to ${(index % 7) + 1}` },
      ],
    },
  };
}

/** @param {number} index @param {boolean} isChanged */
function link(index, isChanged) {
  return {
    key: `item-${index}-monthly`,
    value: {
      linkType: "fixed",
      linkName: `Item ${index}, monthly`,
      account: "treasury",
      settlementToken: "polygon::usdc",
      feeModel: "payer",
      lineItems: [{ product: `item-${index}`, quantity: 1, unitPrice: `$${(index % 90) + 5}.99` }],
      payerEmailRequired: index % 2 === 0,
      successUrl: `https://acme.example/thanks/${index}`,
      customSuccessText: `Welcome to item ${index}${isChanged ? ", and thank you" : ""}!`,
    },
  };
}

/** @typedef {ReturnType<typeof product> | ReturnType<typeof link>} Entry */

/** @param {Entry[]} products @param {Entry[]} links */
function jsonOf(products, links) {
  return `${JSON.stringify({
    version: 1,
    project: "bench",
    accounts: { treasury: { id: account } },
    products: Object.fromEntries(products.map(({ key, value }) => [key, value])),
    paymentLinks: Object.fromEntries(links.map(({ key, value }) => [key, value])),
  })}\n`;
}

/** @param {Entry[]} products @param {Entry[]} links */
function yamlOf(products, links) {
  return [
    "# Written by npm run bench",
    "version: 1",
    "project: bench",
    "",
    "accounts:",
    `  treasury: { id: ${account} }`,
    "",
    "products:",
    ...products.flatMap(entryLines),
    "",
    "paymentLinks:",
    ...links.flatMap(entryLines),
    "",
  ].join("\n");
}

/** @param {Entry} entry */
function entryLines({ key, value }) {
  return [`  ${key}:`, ...Object.entries(value).flatMap(([name, part]) => fieldLines(name, part))];
}

/** @param {string} name @param {unknown} value */
function fieldLines(name, value) {
  if (!Array.isArray(value)) return [`    ${name}: ${scalar(value)}`];
  if (typeof value[0] !== "object") return [`    ${name}: [${value.map(scalar).join(", ")}]`];
  return [`    ${name}:`, ...value.map((item) => `      - { ${pairs(item)} }`)];
}

/** @param {object} item */
function pairs(item) {
  return Object.entries(item)
    .map(([name, value]) => `${name}: ${scalar(value)}`)
    .join(", ");
}

/** Quotes only where a person would have to. @param {unknown} value */
function scalar(value) {
  return typeof value === "string" && /[,#]|: /.test(value) ? JSON.stringify(value) : String(value);
}
