// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the configuration language has `${name}` itself
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv, type ErrorObject } from "ajv";
import { globSync } from "tinyglobby";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { emptyConfig, starterConfig } from "../../src/commands/init/templates/config.js";
import { configJsonSchema } from "../../src/config/index.js";
import { blocksOf, findPages, root } from "../docs/markdown.js";
import { linkText, productText, shop, validate, webhookText } from "./memory-files.js";

const ajv = new Ajv({ allErrors: true, strict: true, allowUnionTypes: true });
const check = ajv.compile(await configJsonSchema());

/** What an editor would underline. */
function underlined(text: string): readonly ErrorObject[] {
  check(parse(text, { version: "1.2", schema: "core" }));
  return check.errors ?? [];
}

const written = [
  ...globSync(["examples/**/gstable.config.yaml", "gstable.config.yaml"], { cwd: root }).map(
    (path) => [path, readFileSync(join(root, path), "utf8")] as const,
  ),
  ...findPages().flatMap((page) =>
    blocksOf(page, "yaml")
      .filter((block) => block.startsWith("version: 1"))
      .map((block, index) => [`${page.path}, number ${index + 1}`, block] as const),
  ),
  ["the starter", starterConfig("acme")] as const,
  ["the starter that an import fills", emptyConfig("acme")] as const,
];

/** Right for both: what an editor sees in one place may come from another one. */
const right = {
  "a whole shop": shop({ webhook: webhookText() }),
  "money in every way": shop({
    product: productText({ commonPrices: '[$9.99, 9990000, 9.99 USD, "$1,250"]' }),
  }),
  "a default for what is required": shop({
    head: "defaults: { paymentLinks: { linkType: fixed } }",
    link: linkText({ linkType: undefined }),
  }),
  "variables anywhere": shop({
    head: "variables: { on: false, site: https://acme.example, one: 1 }",
    link: linkText({
      enabled: "${on}",
      successUrl: "${site}/thanks",
      lineItems: '[{ product: plan, quantity: "${one}", unitPrice: $9.99 }]',
    }),
  }),
  "null unsets": shop({ link: linkText({ successUrl: "null", enabled: "null" }) }),
  "an empty part": shop({ tail: "webhooks: {}\nimports: []" }),
  environments: shop({
    tail: "environments: { eu: , us: { overrides: { products: { plan: { archived: true } }, paymentLinks: { monthly: null } } } }",
  }),
  "the policy": shop({
    tail: "policy: { maxPriceChange: 10%, priceRange: [$1, $2], allowedHosts: [acme.example] }",
  }),
};

/** Wrong for both: whoever types it sees it before anything is run. */
const wrong = {
  "no version": "project: acme\n",
  "another version": "version: 2\nproject: acme\n",
  "no project": "version: 1\n",
  "a project that is no name": 'version: 1\nproject: "Acme Store"\n',
  "an unknown key": shop({ tail: "produkts: {}" }),
  "an unknown field": shop({ product: productText({ colour: "red" }) }),
  "an unknown part of an item": shop({
    link: linkText({ lineItems: "[{ product: plan, quantity: 1, prise: $1 }]" }),
  }),
  "a name with a capital": shop({ tail: "webhooks: { Ledger: {} }" }),
  "an account that is no name": "version: 1\nproject: acme\naccounts: { My Account: { id: acc_01 } }\n",
  "an environment that is no name": "version: 1\nproject: acme\nenvironments: { EU: {} }\n",
  "another linkType": shop({ link: linkText({ linkType: "fixd" }) }),
  "another feeModel": shop({ link: linkText({ feeModel: "2" }) }),
  "a flag in words": shop({ link: linkText({ enabled: "yes" }) }),
  "a number for a text": shop({ product: productText({ name: "12" }) }),
  "a list for a text": shop({ product: productText({ name: "[Plan]" }) }),
  "a text for a list": shop({ product: productText({ commonPrices: "$9.99" }) }),
  "a quantity of zero": shop({
    link: linkText({ lineItems: "[{ product: plan, quantity: 0, unitPrice: $1 }]" }),
  }),
  "half a thing": shop({
    link: linkText({ lineItems: "[{ product: plan, quantity: 1.5, unitPrice: $1 }]" }),
  }),
  "an item without a product": shop({ link: linkText({ lineItems: "[{ quantity: 1, unitPrice: $1 }]" }) }),
  "too many prices": shop({ product: productText({ commonPrices: "[$1, $2, $3, $4, $5, $6]" }) }),
  "a name beyond the limit": shop({ product: productText({ name: "x".repeat(101) }) }),
  "another onRemove": shop({ link: linkText({ lifecycle: "{ onRemove: remove }" }) }),
  "an import without an id": shop({ tail: "imports: [{ to: product.plan }]" }),
  "a move without an end": shop({ tail: "moved: [{ from: product.old }]" }),
  "a range of one": shop({ tail: "policy: { priceRange: [$1] }" }),
  "an unknown threshold": shop({ tail: "policy: { maxPrice: 10% }" }),
};

const hasErrors = async (text: string): Promise<boolean> =>
  (await validate(text)).diagnostics.some(({ severity }) => severity === "error");

describe("schema.json", () => {
  it.each(written)("finds nothing wrong with %s", (_title, text) => {
    expect(underlined(text)).toEqual([]);
  });

  it.each(Object.entries(right))("and the program take: %s", async (_title, text) => {
    expect(underlined(text)).toEqual([]);
    expect(await hasErrors(text)).toBe(false);
  });

  it.each(Object.entries(wrong))("and the program refuse: %s", async (_title, text) => {
    expect(underlined(text).length).toBeGreaterThan(0);
    expect(await hasErrors(text)).toBe(true);
  });

  it("describes every field and shows an example of each, which it takes itself", async () => {
    const fields = fieldsOf(await configJsonSchema());
    expect(fields.length).toBeGreaterThan(60);
    const bare = fields.filter(
      ({ field }) => typeof field.description !== "string" && field.$ref === undefined,
    );
    expect(bare.map(({ path }) => path)).toEqual([]);
    expect(fields.filter((one) => !showsItself(one.field)).map(({ path }) => path)).toEqual([]);
    const { definitions } = (await configJsonSchema()) as { definitions: object };
    for (const { path, field } of fields) {
      const examples = Array.isArray(field.examples) ? field.examples : [];
      const takes = ajv.compile({ ...field, definitions });
      for (const example of examples) expect([path, example, takes(example)]).toEqual([path, example, true]);
    }
  });
});

type Json = { readonly [key: string]: unknown };
const isJson = (value: unknown): value is Json =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** Every field of the schema with its path. */
function fieldsOf(schema: unknown, path = ""): readonly { readonly path: string; readonly field: Json }[] {
  if (!isJson(schema)) return [];
  const own = isJson(schema.properties) ? Object.entries(schema.properties) : [];
  return [
    ...own.flatMap(([name, field]) =>
      isJson(field) ? [{ path: `${path}.${name}`, field }, ...fieldsOf(field, `${path}.${name}`)] : [],
    ),
    ...Object.entries(isJson(schema.definitions) ? schema.definitions : {}).flatMap(([name, part]) =>
      fieldsOf(part, name),
    ),
    ...fieldsOf(schema.items, `${path}[]`),
    ...(Array.isArray(schema.anyOf) ? schema.anyOf.flatMap((part) => fieldsOf(part, path)) : []),
  ];
}

/** Whether somebody who looks at it knows what to write: by an example, or because it lists what is possible. */
function showsItself(field: Json): boolean {
  const listed = [
    "examples",
    "default",
    "enum",
    "const",
    "$ref",
    "allOf",
    "properties",
    "additionalProperties",
  ];
  const parts = Array.isArray(field.anyOf) ? field.anyOf.filter(isJson) : [];
  return (
    listed.some((key) => key in field) || parts.some((part) => "enum" in part || part.type === "boolean")
  );
}
