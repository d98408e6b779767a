// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the configuration language has `${name}` itself
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseAllowance } from "../../src/config/index.js";
import { type Diagnostic, diagnosticCodes, type Source } from "../../src/diagnostics/index.js";
import { cpuTimeMs } from "../setup/cpu-time.js";
import { linkText, load, productText, shop, validate, webhookText } from "./memory-files.js";

const valid = shop({
  head: "variables: { site: https://acme.example, n: 3 }\ndefaults: { paymentLinks: &d { feeModel: payer } }",
  product: productText({
    imageUrl: "${site}/a.png",
    attributes: '[{ name: a, value: "1" }]',
    description: "|\n  x",
  }),
  link: linkText({ lifecycle: "{ protect: true, ignoreChanges: [linkName] }", successUrl: '"${site}/x"' }),
  webhook: webhookText(),
  tail: `imports: [{ to: product.plan, id: prd_1 }]
moved: [{ from: product.old, to: product.plan }]
policy: { maxRetire: 5%, priceRange: [$1, $2], allow: [price:paymentLink.monthly=1] }
environments: { eu: { variables: { n: 4 }, overrides: { products: { plan: { name: X } } } }, us: ~ }`,
});

const bits = [
  ..."{}[]:,-?*&!|>'\"%@`#~\n\t $<=.0",
  "null",
  "true",
  "yes",
  "${site}",
  "${",
  "$${",
  "<<: ",
  "__proto__: ",
  "*d",
  "&d ",
  "!!js ",
  "- ",
  ": ",
  "? ",
  "---\n",
  "%YAML 1.1\n",
  "0x1",
  "1e999",
  ".nan",
  "constructor",
  "\u0000",
  "\u202e",
  "\ud800",
  "\ufeff",
  "\r\n",
  "😀",
  "9".repeat(400),
];

/** A valid text with pieces removed, doubled or replaced. */
const mutated = fc
  .array(
    fc.record({
      at: fc.nat(valid.length),
      remove: fc.nat(12),
      insert: fc.oneof(fc.constantFrom(...bits), fc.constant(""), fc.string({ maxLength: 5 })),
    }),
    { minLength: 1, maxLength: 6 },
  )
  .map((edits) => {
    let text = valid;
    for (const { at, remove, insert } of edits) text = text.slice(0, at) + insert + text.slice(at + remove);
    return text;
  });

/** JSON of the right keys with any values: what survives the syntax. */
const keys = [
  "version",
  "project",
  "include",
  "client",
  "lockfile",
  "apiKeyEnv",
  "variables",
  "accounts",
  "defaults",
  "products",
  "paymentLinks",
  "webhooks",
  "imports",
  "moved",
  "policy",
  "environments",
  "overrides",
  "plan",
  "eu",
  "name",
  "commonPrices",
  "lineItems",
  "product",
  "quantity",
  "unitPrice",
  "account",
  "lifecycle",
  "ignoreChanges",
  "onRemove",
  "subscribedEvents",
  "allow",
  "priceRange",
  "id",
  "to",
  "from",
  "address",
  "archived",
  "enabled",
  "attributes",
  "imageUrl",
  "webhookUrl",
  "constructor",
  "__proto__",
  "toString",
];
const { tree } = fc.letrec<{ tree: unknown }>((tie) => ({
  tree: fc.oneof(
    { maxDepth: 6, depthSize: "small" },
    fc.constantFrom(
      "$9.99",
      "fixed",
      "plan",
      "product.plan",
      "${x}",
      "50%",
      "a.yaml",
      "",
      1,
      0,
      -1,
      10_000,
      9.99,
      1e300,
      true,
      null,
    ),
    fc.dictionary(fc.constantFrom(...keys), tie("tree"), { maxKeys: 8 }),
    fc.array(tie("tree"), { maxLength: 4 }),
  ),
}));

async function check(text: string): Promise<void> {
  const start = cpuTimeMs();
  for (const environment of [undefined, "eu"]) {
    const options = environment === undefined ? {} : { environment };
    const result = await load(text, options);
    if (!result.ok) expect(result.diagnostics.some(({ severity }) => severity === "error")).toBe(true);
    expect(result.diagnostics.filter(isAstray)).toEqual([]);
  }
  await validate(text);
  expect(cpuTimeMs() - start).toBeLessThan(2000);
}

/** Of no known code, or at a place that there is not. */
function isAstray({ code, source, related = [] }: Diagnostic): boolean {
  const places = [source, ...related.map((part) => part.source)].filter((place) => place !== undefined);
  const isPlace = ({ line, column, endColumn, lineText }: Source) =>
    line > 0 &&
    column > 0 &&
    (endColumn ?? 0) > column &&
    column <= (lineText?.length ?? Number.MAX_SAFE_INTEGER) + 1;
  return !(code in diagnosticCodes) || !places.every(isPlace);
}

describe("hostile input", () => {
  it("the text that is mutated is valid", async () => {
    expect((await validate(valid)).diagnostics).toEqual([]);
  });

  it("mutated configurations give a result", async () => {
    await fc.assert(fc.asyncProperty(mutated, check), { numRuns: 500 });
  });

  it("random texts give a result", async () => {
    const text = fc.oneof(
      fc.string({ unit: "binary", maxLength: 200 }),
      fc.array(fc.constantFrom(...bits)).map((parts) => parts.join("")),
    );
    await fc.assert(fc.asyncProperty(text, check), { numRuns: 500 });
  });

  it("random values behind the right keys give a result", async () => {
    await fc.assert(
      fc.asyncProperty(fc.dictionary(fc.constantFrom(...keys), tree), async (value) => {
        await check(JSON.stringify({ version: 1, project: "acme", ...value }));
      }),
      { numRuns: 500 },
    );
  });

  it("random allowances give a result", () => {
    fc.assert(fc.property(fc.string(), (text) => typeof parseAllowance(text).ok === "boolean"));
  });
});
