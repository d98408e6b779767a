// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the configuration language has `${name}` itself
import { describe, expect, it } from "vitest";
import { loadConfig } from "../../src/config/index.js";
import { cpuTimeMs } from "../setup/cpu-time.js";
import {
  brief,
  desiredOf,
  linkText,
  load,
  marked,
  memoryFiles,
  problemsOf,
  productText,
  ROOT,
  shop,
  validate,
  webhookText,
} from "./memory-files.js";

const head = "version: 1\nproject: acme\n";
const plan = "{ name: Plan, commonPrices: [$1] }";

async function expectProblems(text: string, codes: readonly string[], options = {}): Promise<void> {
  const { text: clean, expected } = marked(text, codes);
  expect(await problemsOf(clean, options)).toEqual(expected);
}

describe("variables", () => {
  it("keep their type when they are the whole value, and their spelling inside a text", async () => {
    const text = shop({
      head: 'variables: { open: false, price: $5, n: 3, v: 1.10, site: https://acme.example, path: "${site}/a" }',
      product: productText({
        commonPrices: '["${price}"]',
        description: '"v${v} ${n} $${n} $n $ {n}"',
        imageUrl: "${path}.png",
      }),
      link: linkText({
        enabled: "${open}",
        lineItems: '[{ product: plan, quantity: "${n}", unitPrice: "${price}" }]',
      }),
    });
    const { entries } = await desiredOf(text);
    expect(entries.get("product.plan")?.values).toMatchObject({
      commonPrices: [5_000_000],
      description: "v1.10 3 ${n} $n $ {n}",
      imageUrl: "https://acme.example/a.png",
    });
    expect(entries.get("paymentLink.monthly")).toMatchObject({
      open: false,
      values: { lineItems: [{ quantity: 3 }] },
    });
  });

  it("are found wherever a text refers to one, however its letters are written", async () => {
    const product = productText({ name: '"\\x24{env:TITLE}"', description: '"\\u0024\\u007benv:TITLE}"' });
    const text = shop({ product });
    expect(text).not.toContain("${");
    const { entries } = await desiredOf(text, { variables: { GSTABLE_VAR_TITLE: "Big" } });
    expect(entries.get("product.plan")?.values).toMatchObject({ name: "Big", description: "Big" });
  });

  it("only GSTABLE_VAR_ is ever read from the environment", async () => {
    const text = shop({ product: productText({ name: "${env:TITLE}" }) });
    const variables = { GSTABLE_VAR_TITLE: "Big", TITLE: "secret" };
    expect((await desiredOf(text, { variables })).entries.get("product.plan")?.values.name).toBe("Big");
    const { diagnostics } = await load(text, { variables: { TITLE: "secret", GSTABLE_API_KEY: "sk" } });
    expect(diagnostics).toMatchObject([{ code: "GS1604", source: { line: 7, column: 11, endColumn: 23 } }]);
    expect(await problemsOf(shop({ product: productText({ name: "${env:__proto__}" }) }))).toEqual([
      "GS1604 7:11",
    ]);
  });

  it.each([
    ["name: A «${sit} b\ncommonPrices: [$1]", ["GS1603"]],
    ["name: «${toString}\ncommonPrices: [$1]", ["GS1603"]],
    ["name: A «${site", ["GS1608"]],
    ['name: "«${}"', ["GS1608"]],
    ['name: "«${a b}"', ["GS1608"]],
    ['name: "«${env:}"', ["GS1608"]],
    ['name: "«${site}${nope}"', []],
    ["name: $site ${site}", []],
  ])("%s", async (product, codes) => {
    const more = product.includes("commonPrices") ? "" : "\ncommonPrices: [$1]";
    const text = shop({ head: "variables: { site: x }", product: product + more });
    if (!product.includes("nope")) await expectProblems(text, codes);
    else expect(await problemsOf(text.replace("«", ""))).toEqual(["GS1603 7:19"]);
  });

  it("an unknown one is told the nearest", async () => {
    const { diagnostics } = await load(
      shop({ head: "variables: { site: x }", product: productText({ name: "${sit}" }) }),
    );
    expect(diagnostics[0]?.remedy).toContain("`site`");
  });

  it("a value that came through one points at both places", async () => {
    const text = shop({
      head: "variables: { price: 9.99 }",
      product: productText({ commonPrices: '["${price}"]' }),
    });
    expect((await load(text)).diagnostics).toMatchObject([
      {
        code: "GS1203",
        source: { line: 8, column: 20 },
        related: [{ label: "the variable `price`", source: { line: 4, column: 21 } }],
      },
    ]);
  });

  it.each([
    ['variables: { a: «"${b}", b: "${a}" }', "GS1606"],
    ['variables: { a: «"x${a}" }', "GS1606"],
    ["variables: { a: «[1] }", "GS1607"],
    ["variables: { a: «null }", "GS1607"],
    ["variables: { «a.b: 1 }", "GS1607"],
    ['variables: { a: "«${b}" }', "GS1603"],
    ["variables: «7", "GS1104"],
  ])("%s", async (variables, code) => {
    await expectProblems(shop({ head: variables }), [code]);
  });

  it("a variable bomb is refused", async () => {
    const lines = Array.from(
      { length: 40 },
      (_, index) => `  v${index + 1}: "${`\${v${index}}`.repeat(10)}"`,
    );
    const start = cpuTimeMs();
    const problems = await problemsOf(`${head}variables:\n  v0: xxxxxxxxxx\n${lines.join("\n")}\n`);
    expect(problems.length).toBeGreaterThan(0);
    expect(cpuTimeMs() - start).toBeLessThan(1000);
  });

  it("a chain of thousands does not exhaust the stack", async () => {
    const lines = Array.from({ length: 20_000 }, (_, index) => `  v${index}: "\${v${index + 1}}"`);
    const problems = await problemsOf(`${head}variables:\n${lines.join("\n")}\n  v20000: x\n`);
    expect(problems[0]).toMatch(/^GS1613/);
  });
});

describe("defaults and overrides", () => {
  const text = `${head}accounts: { treasury: { id: acc_1 }, other: { id: acc_2 } }
defaults:
  paymentLinks: { account: treasury, settlementToken: polygon::usdc, feeModel: payer, customSuccessText: Hi, lifecycle: { protect: true } }
products:
  plan: ${plan}
  extra: ${plan}
paymentLinks:
  one: { linkType: fixed, linkName: One, lineItems: [{ product: plan, quantity: 1, unitPrice: $1 }], customSuccessText: ~, lifecycle: { onRemove: forget } }
  two: { linkType: fixed, linkName: Two, feeModel: merchant, lineItems: [{ product: extra, quantity: 1, unitPrice: $1 }] }
environments:
  eu:
    overrides:
      accounts: { treasury: { id: acc_eu } }
      products: { extra: ~ }
      paymentLinks:
        one: { linkName: Eins, lifecycle: { protect: false }, lineItems: [{ product: plan, quantity: 2, unitPrice: $2 }] }
        two: null
        three: { linkType: custom, linkName: Drei, lineItems: [{ product: plan, quantity: 1 }] }
  us: { apiKeyEnv: GSTABLE_API_KEY_US }
`;

  it("merge in this order: maps key by key, lists replace, null unsets", async () => {
    const us = await desiredOf(text, { environment: "us" });
    expect(us).toMatchObject({
      environment: "us",
      lockfile: "gstable.lock.us.json",
      otherLockfiles: ["gstable.lock.eu.json"],
      apiKeyEnv: "GSTABLE_API_KEY_US",
      apiKeyEnvNamed: true,
    });
    expect(us.entries.get("paymentLink.one")).toMatchObject({
      values: { customSuccessText: null, feeModel: "payer" },
      lifecycle: { protect: true, onRemove: "forget" },
    });
    expect(us.entries.get("paymentLink.two")?.values).toMatchObject({
      customSuccessText: "Hi",
      feeModel: "merchant",
    });
    const eu = await desiredOf(text, { environment: "eu" });
    expect([...eu.entries.keys()]).toEqual(["paymentLink.one", "paymentLink.three", "product.plan"]);
    expect(eu.accounts.get("treasury")?.id).toBe("acc_eu");
    expect(eu.apiKeyEnv).toBe("GSTABLE_API_KEY");
    expect(eu.entries.get("paymentLink.one")).toMatchObject({
      values: { linkName: "Eins", lineItems: [{ quantity: 2, unitPrice: 2_000_000 }] },
      lifecycle: { protect: false, onRemove: "forget" },
    });
    expect(eu.entries.get("paymentLink.one")?.placeOf().line).toBe(10);
    expect(eu.entries.get("paymentLink.one")?.placeOf("linkName").line).toBe(18);
    expect(eu.entries.get("paymentLink.one")?.placeOf("account").line).toBe(5);
  });

  it("validate looks at all environments and counts each entry once", async () => {
    expect(await validate(text)).toMatchObject({
      diagnostics: [],
      summary: { entries: { product: 2, paymentLink: 3, webhook: 0 }, environments: ["eu", "us"] },
    });
    const broken = await validate(
      text.replace("linkName: Eins", "linkName: 1").replace("feeModel: merchant", "feeModel: x"),
    );
    expect(broken.diagnostics).toMatchObject([
      { code: "GS1209", source: { line: 11 }, detail: "In the environment `us`." },
      { code: "GS1201", source: { line: 18 }, detail: expect.stringContaining("`eu`") },
    ]);
  });

  it("a wrong default is one problem that shows the entries it is for", async () => {
    const { diagnostics } = await load(text.replace("feeModel: payer", "feeModel: both"), {
      environment: "us",
    });
    expect(diagnostics).toMatchObject([
      {
        code: "GS1209",
        source: { line: 5 },
        related: [{ label: "for `paymentLink.one`", source: { line: 10, column: 3 } }],
      },
    ]);
  });

  it("a wrong override shows the entry", async () => {
    const { diagnostics } = await load(text.replace("linkName: Eins", "linkName: [x]"), {
      environment: "eu",
    });
    expect(diagnostics).toMatchObject([
      { code: "GS1104", source: { line: 18 }, related: [{ source: { line: 10 } }] },
    ]);
  });

  it("a required field that is unset is shown where it is unset", async () => {
    const { diagnostics } = await load(text.replace("linkName: Eins", "linkName: ~"), { environment: "eu" });
    expect(diagnostics).toMatchObject([
      { code: "GS1103", source: { line: 18, column: 16 }, related: [{ source: { line: 10 } }] },
    ]);
  });

  it.each([
    ["two: null", "two: {}", ["GS1303"], ""],
    ["two: null", "tow: null", ["GS1303", "GS1612"], "two"],
    ["product: plan, quantity: 2", "product: pln, quantity: 2", ["GS1302"], "plan"],
    ["accounts: { treasury: { id: acc_eu } }", "accounts: { treasury: ~ }", ["GS1303"], ""],
    ["accounts: { treasury: { id: acc_eu } }", "accounts: { tresury: ~ }", ["GS1612"], "treasury"],
    ["two: null", "tow: { linkName: Zwei }", ["GS1612", "GS1103"], "two"],
    ["feeModel: payer, custom", "feemodel: payer, custom", ["GS1102", "GS1103"], "feeModel"],
    ["  paymentLinks: { account", "  paymentLink: { account", ["GS1102"], "paymentLinks"],
  ])("%s -> %s", async (from, to, codes, suggestion) => {
    expect(text).toContain(from);
    const { diagnostics } = await load(text.replace(from, to), { environment: "eu" });
    const found = diagnostics.map((diagnostic) => diagnostic.code);
    for (const code of codes) expect(found).toContain(code);
    expect(JSON.stringify(diagnostics)).toContain(suggestion);
  });
});

describe("environments", () => {
  const two = (eu: string, us = "{}", more = "") => `${head}${more}environments:\n  eu: ${eu}\n  us: ${us}\n`;

  it.each([
    [two("{}"), undefined, "GS1601 3:1"],
    [two("{}"), "ue", "GS1602 3:1"],
    [head, "eu", "GS1602"],
    [`${head}environments: {}\n`, undefined, "GS1602 3:15"],
    [`${head}environments:\n  # eu: {}\n`, undefined, "GS1602 3:1"],
    [`${head}environments: ~\n`, undefined, "GS1602 3:1"],
    [two("{ lockfile: gstable.lock.us.json }"), "eu", "GS1611 5:3"],
    [two("{ lockfile: a/../x.json }", "{ lockfile: ./X.json }"), "eu", "GS1611 5:19"],
    [two("{ lockfile: ../x.json }"), "eu", "GS1005 4:19"],
    [two("{ lockfile: /x.json }"), "eu", "GS1005 4:19"],
    [two('{ lockfile: "${x}" }'), "eu", "GS1605 4:19"],
    [two("{ apiKeyEnv: AWS_SECRET_ACCESS_KEY }"), "eu", "GS1610 4:20"],
    [two("{ apiKeyEnv: GSTABLE_API_KEY eu }"), "eu", "GS1610 4:20"],
    [two("{ overides: {} }"), "eu", "GS1102 4:9"],
    [two("{ overrides: { policy: {} } }"), "eu", "GS1102 4:22"],
    [two("{ overrides: { defaults: {} } }"), "eu", "GS1102 4:22"],
    [two("[]"), "eu", "GS1104 4:7"],
    [two("{}", "{}", "lockfile: a.json\n"), "eu", "GS1611 3:1"],
    [`${head}lockfile: ../x.json\n`, undefined, "GS1005 3:11"],
    [`${head}environments: { EU: {} }\n`, "EU", "GS1107 3:17"],
  ])("%s", async (text, environment, problem) => {
    const found = await problemsOf(text, environment === undefined ? {} : { environment });
    expect(found).toContain(problem);
  });

  it("an unknown environment is told the nearest and the list", async () => {
    const [diagnostic] = (await load(two("{}"), { environment: "ue" })).diagnostics;
    expect(diagnostic?.detail).toContain("`eu`, `us`");
    expect(diagnostic?.remedy).toContain("`eu`");
  });

  it("variables of the environment win; the lockfile and key can be named", async () => {
    const text = `${head}variables: { n: A }\nproducts: { p: { name: "\${n}", commonPrices: [$1] } }
environments: { eu: { variables: { n: B }, lockfile: ./locks/eu.json, apiKeyEnv: GSTABLE_API_KEY_EU }, us: }\n`;
    const eu = await desiredOf(text, { environment: "eu" });
    expect(eu).toMatchObject({
      lockfile: "locks/eu.json",
      apiKeyEnv: "GSTABLE_API_KEY_EU",
      apiKeyEnvNamed: true,
    });
    expect(eu.entries.get("product.p")?.values.name).toBe("B");
    expect((await desiredOf(text, { environment: "us" })).entries.get("product.p")?.values.name).toBe("A");
  });
});

describe("what multiplies", () => {
  it("is refused before it takes long", async () => {
    const products = Array.from({ length: 3000 }, (_, index) => `  p${index}: { name: x }`).join("\n");
    const prices = Array(1000).fill("$1").join(", ");
    const defaults = `${head}defaults: { products: { commonPrices: [${prices}] } }\nproducts:\n${products}\n`;
    const environments = Array.from({ length: 101 }, (_, index) => `  e${index}:`).join("\n");
    const start = cpuTimeMs();
    expect(await problemsOf(defaults)).toContain("GS1613 3:13");
    expect(await problemsOf(`${head}environments:\n${environments}\n`)).toEqual(["GS1613 4:3"]);
    expect(cpuTimeMs() - start).toBeLessThan(3000);
  });

  it("a message quotes no more than can be read", async () => {
    const { diagnostics } = await load(
      shop({ product: productText({ commonPrices: `["$${"1,".repeat(50_000)}"]` }) }),
    );
    expect(JSON.stringify(diagnostics).length).toBeLessThan(5000);
  });
});

describe("include", () => {
  const root = `${head}include: [catalog/*.yaml]\nproducts: { plan: ${plan} }\n`;

  it.each([
    [{ "catalog/a.yaml": `products: { plan: ${plan} }\n` }, "GS1108 catalog/a.yaml:1:13"],
    [{ "catalog/a.yaml": `accounts: { a: { id: x } }\n` }, "GS1110 catalog/a.yaml:1:1"],
    [{ "catalog/a.yaml": `prodcts: {}\n` }, "GS1102 catalog/a.yaml:1:1"],
    [{ "catalog/a.yaml": "" }, "GS1006 catalog/a.yaml:1:1"],
    [{ "catalog/a.yaml": "a: [" }, "GS1007 catalog/a.yaml:1:5"],
    [{ "other/a.yaml": "" }, "GS1609 3:11"],
  ])("%s", async (files, problem) => {
    const result = await load(root, { files });
    expect(result.diagnostics.map(brief)).toEqual([problem]);
    if (problem.startsWith("GS1108"))
      expect(result.diagnostics[0]?.related).toMatchObject([{ source: { file: ROOT, line: 4 } }]);
  });

  it.each([
    ["../shared/*.yaml", "GS1005"],
    ["/etc/*.yaml", "GS1005"],
    ["a/../../*.yaml", "GS1005"],
    ["C:/x.yaml", "GS1005"],
    ['"${dir}/*.yaml"', "GS1605"],
    ["7", "GS1201"],
    ["notes.txt", "GS1015"],
  ])("a pattern %s", async (pattern, code) => {
    await expectProblems(`${head}include: [«${pattern}]\n`, [code], { files: { "notes.txt": "x" } });
  });

  it("what links lead out of the directory is reported", async () => {
    const files = {
      ...memoryFiles({ [ROOT]: root }),
      glob: async () => ({ ok: true, paths: [], outside: ["catalog/x.yaml"] }) as const,
    };
    const result = await loadConfig({ path: ROOT, files, variables: {} });
    expect(result.diagnostics.map(brief)).toEqual(["GS1005 3:11"]);
  });

  it("a file is read once, the root never as an included one, also from another directory", async () => {
    const text = `${head}include: ["*.yaml", a.yaml, ./a.yaml, b.json]\n`;
    const files = {
      "conf/a.yaml": `products: { a: ${plan} }\n`,
      "conf/b.json": '{"products": {"b": {"name": "B", "commonPrices": ["$1"]}}}',
    };
    const { entries } = await desiredOf(text, { path: "conf/gstable.config.yaml", files });
    expect([...entries.values()].map(({ address, placeOf }) => `${address} ${placeOf().file}`)).toEqual([
      "product.a conf/a.yaml",
      "product.b conf/b.json",
    ]);
  });

  it("references into a file that cannot be read are not reported as well", async () => {
    const text = shop({
      head: "include: [x.yaml]",
      link: linkText({ lineItems: "[{ product: other, quantity: 1, unitPrice: $1 }]" }),
    });
    expect(await problemsOf(text, { files: { "x.yaml": "products: {" } })).toEqual(["GS1007 x.yaml:1:12"]);
  });
});

describe("every problem at once", () => {
  it("in all files, sorted, each with its line", async () => {
    const text = shop({
      head: "include: [a.yaml, missing.yaml]",
      product: productText({ commonPrices: "[10]", imageUrl: "http://x.example", nme: "x" }),
      link: linkText({ feeModel: undefined, enabled: "yes" }),
      webhook: webhookText({ webhookUrl: undefined }),
      tail: "imports: [{ to: paymentLink.monthly, id: 7 }]\npolicy: { maxRetire: 20 }",
    });
    const { diagnostics } = await load(text, { files: { "a.yaml": "webhooks: { b: { webhookName: 1 } }" } });
    expect(diagnostics.map((diagnostic) => diagnostic.code)).toEqual([
      "GS1103",
      "GS1103",
      "GS1201",
      "GS1609",
      "GS1203",
      "GS1212",
      "GS1102",
      "GS1103",
      "GS1202",
      "GS1103",
      "GS1201",
      "GS1218",
    ]);
    expect(
      diagnostics.every(({ source }) => source?.lineText !== undefined && source.endColumn !== undefined),
    ).toBe(true);
  });
});
