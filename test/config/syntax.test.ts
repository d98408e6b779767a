// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the configuration language has `${name}` itself
import { describe, expect, it } from "vitest";
import { loadConfig } from "../../src/config/index.js";
import { cpuTimeMs } from "../setup/cpu-time.js";
import {
  brief,
  desiredOf,
  load,
  marked,
  memoryFiles,
  problemsOf,
  productText,
  ROOT,
  shop,
} from "./memory-files.js";

const head = "version: 1\nproject: acme\n";

async function expectProblems(text: string, codes: readonly string[]): Promise<void> {
  const { text: clean, expected } = marked(text, codes);
  expect(await problemsOf(clean)).toEqual(expected);
}

describe("texts that are no configuration", () => {
  it.each([
    ["nothing", "«", "GS1006"],
    ["only a comment", "«# later\n", "GS1006"],
    ["an empty document", "---\n...\n", "GS1006"],
    ["a list", "«- version: 1\n", "GS1104"],
    ["a text", "«hello\n", "GS1104"],
    ["two documents", `${head}«---\nproject: b\n`, "GS1008"],
    ["a second empty document", `${head}«---\n`, "GS1008"],
    ["a NUL", `${head}# «\0\n`, "GS1003"],
    ["an escape character", `${head}# «\u{1b}[31m\n`, "GS1003"],
    ["a tab as indentation", `${head}products:\n«\tplan: {}\n`, "GS1007"],
    ["an unclosed quote", `${head}client: "«\n`, "GS1007"],
  ])("%s", async (name, text, code) => {
    const { text: clean, expected } = marked(text, [code]);
    const [first] = await problemsOf(clean);
    if (name === "an empty document" || name === "an unclosed quote") expect(first).toContain(code);
    else expect(first).toBe(expected[0]);
  });

  it.each(["missing", "directory", "unreadable", "notText", "tooBig", "outside"] as const)(
    "a root file that is %s is a problem without a place",
    async (why) => {
      const files = { ...memoryFiles({}), read: async () => ({ ok: false, why, message: "so" }) as const };
      const result = await loadConfig({ path: ROOT, files, variables: {} });
      expect(result.ok).toBe(false);
      expect(result.diagnostics).toHaveLength(1);
      expect(result.diagnostics[0]).toMatchObject({
        code: expect.stringMatching(/^GS100[1-5]$/),
        detail: "so",
      });
      expect(result.diagnostics[0]?.source).toBeUndefined();
    },
  );

  it("a text of more than eight million characters is not read", async () => {
    expect(await problemsOf(`${head}#${"x".repeat(8 * 1024 * 1024)}\n`)).toEqual(["GS1004 1:1"]);
  });

  it.each([
    ["directory", "GS1002"],
    ["unreadable", "GS1002"],
    ["tooBig", "GS1004"],
    ["outside", "GS1005"],
  ] as const)("an included file that is %s is shown where it is named", async (why, code) => {
    const texts = memoryFiles({ [ROOT]: `${head}include: [a.yaml]\n`, "a.yaml": "" });
    const files = {
      ...texts,
      read: async (path: string) =>
        path === ROOT ? texts.read(path) : ({ ok: false, why, message: "" } as const),
    };
    expect((await loadConfig({ path: ROOT, files, variables: {} })).diagnostics.map(brief)).toEqual([
      `${code} 3:11`,
    ]);
  });

  it("a variable without quotes inside braces says to quote it", async () => {
    const { diagnostics } = await load(`${head}accounts: { a: { id: \${x} } }\n`);
    expect(diagnostics[0]?.code).toBe("GS1007");
    expect(diagnostics[0]?.remedy).toContain('"${name}"');
  });
});

describe("keys", () => {
  it("a key twice is one problem with both places", async () => {
    const text = shop({ product: "name: Plan\ncommonPrices: [$9.99]\nname: Other" });
    const { diagnostics } = await load(text);
    expect(diagnostics).toMatchObject([
      { code: "GS1101", source: { line: 9, column: 5 }, related: [{ source: { line: 7, column: 5 } }] },
    ]);
  });

  it.each([
    ["«verson: 1\n", "GS1102"],
    ["products: { plan: { name: Plan, commonPrices: [$1], «descripton: x } }\n", "GS1102"],
    [
      "products: { plan: { name: Plan, commonPrices: [$1], attributes: [{ name: a, value: b, «unit: c }] } }\n",
      "GS1102",
    ],
    ["products: { plan: { name: Plan, commonPrices: [$1], «constructor: x } }\n", "GS1102"],
    ["products: { plan: { name: Plan, commonPrices: [$1], «toString: x } }\n", "GS1102"],
    ["«__proto__: { version: 1 }\n", "GS1106"],
    ["products: { «__proto__: { name: Plan, commonPrices: [$1] } }\n", "GS1106"],
    ["x-defaults: &d { name: Plan }\n", "GS1102"],
    ["products: { plan: { «<<: { name: Plan }, name: Plan, commonPrices: [$1] } }\n", "GS1105"],
    ["products: { plan: { «<<: { name: Plan, commonPrices: [$1] }, description: All } }\n", "GS1105"],
    [
      "defaults: { products: { commonPrices: [$1] } }\nproducts: { plan: { «<<: { name: Plan } } }\n",
      "GS1105",
    ],
    ['products: { plan: { name: «"Half \\ud83d", commonPrices: [$1] } }\n', "GS1016"],
    ['products: { plan: { name: Plan, «"\\udc00": 1, commonPrices: [$1] } }\n', "GS1016"],
    ["products: { «2024: { name: Plan, commonPrices: [$1] } }\n", "GS1014"],
    ["products: { «true: { name: Plan, commonPrices: [$1] } }\n", "GS1014"],
    ["products: { ? «[a] : { name: Plan, commonPrices: [$1] } }\n", "GS1014"],
    ["products: { «~: { name: Plan, commonPrices: [$1] } }\n", "GS1014"],
    ['products: { «"${x}": { name: Plan, commonPrices: [$1] } }\n', "GS1605"],
    ["products: { «Plan: { name: Plan, commonPrices: [$1] } }\n", "GS1107"],
    ["products: { «a.b: { name: Plan, commonPrices: [$1] } }\n", "GS1107"],
    [`products: { «${"a".repeat(101)}: { name: Plan, commonPrices: [$1] } }\n`, "GS1107"],
    ["products: { «plan: }\n", "GS1111"],
    ["products: { plan: «7 }\n", "GS1104"],
    ["products: «[plan]\n", "GS1104"],
    ["imports: «{ a: b }\n", "GS1104"],
    ["products: { plan: { name: «!!str Plan, commonPrices: [$1] } }\n", "GS1013"],
    ["products: { plan: { name: «!!js/function 'x', commonPrices: [$1] } }\n", "GS1013"],
  ])("%s", async (text, code) => {
    const { text: clean, expected } = marked(head + text, [code]);
    const problems = await problemsOf(clean);
    expect(problems[0]).toBe(text.includes("«") ? expected[0] : `${code} 3:1`);
    if (!text.includes("? [a]")) expect(problems).toHaveLength(1);
  });

  it("an unknown key is told the nearest one", async () => {
    const { diagnostics } = await load(shop({ product: productText({ descripton: "x" }) }));
    expect(diagnostics[0]?.remedy).toContain("`description`");
  });

  it("`constructor` and `2024` in quotes are names like others", async () => {
    const products = '"2024": { name: A, commonPrices: [$1] }, constructor: { name: B, commonPrices: [$1] }';
    const { entries } = await desiredOf(`${head}products: { ${products} }\n`);
    expect([...entries.keys()]).toEqual(["product.2024", "product.constructor"]);
  });

  it("texts that only look like anchors, tags and merges are texts", async () => {
    const product =
      "name: '<<'\ncommonPrices: [$1]\ndescription: |\n  *not an alias\n  !not a tag\n  &nor this";
    const { entries } = await desiredOf(shop({ product }));
    expect(entries.get("product.plan")?.values.description).toBe("*not an alias\n!not a tag\n&nor this\n");
  });
});

describe("version and project", () => {
  it.each([
    ["«project: acme\n", "GS1103"],
    ["version: «2\nproject: acme\n", "GS1109"],
    ['version: «"1"\nproject: acme\n', "GS1109"],
    ["version: «1.0\nproject: acme\n", "GS1109"],
    ["«version: 1\n", "GS1103"],
    ["version: 1\nproject: «Acme Store\n", "GS1107"],
    ["version: 1\nproject: «7\n", "GS1201"],
    ["version: 1\nproject: «${x}\n", "GS1605"],
    ["version: 1\nproject: acme\nclient: «sdk\n", "GS1209"],
  ])("%s", async (text, code) => {
    await expectProblems(text, [code]);
  });
});

describe("anchors and aliases", () => {
  it("repeat a value within the file", async () => {
    const text = `${head}products:
  a: { name: A, commonPrices: &prices [$1, $2], attributes: &none [] }
  b: { name: B, commonPrices: *prices, attributes: *none }
`;
    expect((await desiredOf(text)).entries.get("product.b")?.values.commonPrices).toEqual([
      1_000_000, 2_000_000,
    ]);
  });

  it("a problem behind an alias shows the anchor and the entry", async () => {
    const text = `${head}products:
  a: { name: A, commonPrices: &prices [$1] }
  b: { name: *prices, commonPrices: *prices }
`;
    expect((await load(text)).diagnostics).toMatchObject([
      { code: "GS1104", source: { line: 4, column: 39 }, related: [{ source: { line: 5, column: 3 } }] },
    ]);
  });

  it.each([
    ["a: &a { self: «*a }\n", "GS1012"],
    ["a: &a [[«*a]]\n", "GS1012"],
    ["a: «*nowhere\n", "GS1011"],
    ["policy: { allowedHosts: [«*.acme.example] }\n", "GS1011"],
  ])("%s", async (text, code) => {
    const { text: clean, expected } = marked(head + text, [code]);
    expect(await problemsOf(clean)).toContain(expected[0]);
  });

  it.each([
    ["name: «*nowhere\n    commonPrices: [$1]", "GS1011"],
    ["name: A\n    commonPrices: «*nowhere", "GS1011"],
    ["name: A\n    commonPrices: [«*nowhere ]", "GS1011"],
    ["name: A\n    commonPrices: [$1]\n    attributes: &a [«*a ]", "GS1012"],
    ["name: A\n    commonPrices: [$1]\n    lifecycle: { protect: «*nowhere }", "GS1011"],
  ])("an alias that leads nowhere is one problem, and nothing is missing: %j", async (text, code) => {
    const { text: clean, expected } = marked(`${head}products:\n  a:\n    ${text}\n`, [code]);
    expect(await problemsOf(clean)).toEqual(expected);
  });

  it.each(["«*nowhere", '"«${nowhere}"'])("a price that leads nowhere is not missing: %s", async (price) => {
    const { text, expected } = marked(
      `${head}accounts: { t: { id: acc_1 } }
products: { a: { name: A, commonPrices: [$1] } }
paymentLinks:
  l:
    linkType: fixed
    linkName: L
    account: t
    settlementToken: polygon::usdc
    feeModel: payer
    lineItems:
      - product: a
        quantity: 1
        unitPrice: ${price}
`,
      [price.includes("*") ? "GS1011" : "GS1603"],
    );
    expect(await problemsOf(text)).toEqual(expected);
  });

  it("a bomb is refused at once", async () => {
    const levels = Array.from(
      { length: 30 },
      (_, index) => `l${index + 1}: &l${index + 1} [${Array(9).fill(`*l${index}`).join(", ")}]`,
    );
    const start = cpuTimeMs();
    const problems = await problemsOf(`${head}l0: &l0 [x]\n${levels.join("\n")}\n`);
    expect(problems.some((problem) => problem.startsWith("GS1010"))).toBe(true);
    expect(cpuTimeMs() - start).toBeLessThan(1000);
  });

  it("thousands of aliases are refused", async () => {
    const problems = await problemsOf(`${head}a: &a 1\nb: [${Array(1001).fill("*a").join(", ")}]\n`);
    expect(problems).toEqual([expect.stringMatching(/^GS1010/)]);
  });
});

describe("depth", () => {
  it.each([
    ["[", 5000],
    ["{a: ", 5000],
    ["- ", 5000],
    ["? ", 3000],
    ["[", 101],
  ])("%s %i times is refused, twice in one process", async (open, times) => {
    for (const more of [0, 200]) {
      const problems = await problemsOf(`${head}x: ${open === "- " ? "\n" : ""}${open.repeat(times + more)}`);
      expect(problems).toEqual([expect.stringMatching(/^GS1009/)]);
    }
  });
});

describe("a file of many keys", () => {
  it("50,000 in one map are read in linear time", async () => {
    const keys = Array.from({ length: 50_000 }, (_, index) => `  k${index}: v`).join("\n");
    const start = cpuTimeMs();
    const result = await load(`${head}variables:\n${keys}\n`);
    expect(result.ok).toBe(true);
    expect(cpuTimeMs() - start).toBeLessThan(3000);
  });

  it("10,000 links load fast, also when each has a problem", async () => {
    const links = Array.from(
      { length: 10_000 },
      (_, index) =>
        `  l${index}: { linkName: L${index}, linkType: fixed, account: treasury, lineItems: [{ product: plan, quantity: 1, unitPrice: $${index + 1} }] }`,
    ).join("\n");
    const text = `${head}accounts: { treasury: { id: acc_1 } }
defaults: { paymentLinks: { settlementToken: polygon::usdc, feeModel: payer } }
products: { plan: { name: Plan, commonPrices: [$1] } }
paymentLinks:
${links}
`;
    const start = cpuTimeMs();
    expect((await desiredOf(text)).entries.size).toBe(10_001);
    const good = cpuTimeMs();
    const { diagnostics } = await load(text.replaceAll("product: plan", "product: plam"));
    expect(diagnostics).toHaveLength(10_000);
    expect(cpuTimeMs() - good).toBeLessThan(6000);
    expect(good - start).toBeLessThan(5000);
  });

  it("one long line costs no more than many short ones", async () => {
    const products = Object.fromEntries(
      Array.from({ length: 5000 }, (_, index) => [`p${index}`, { name: index, commonPrices: ["$1"] }]),
    );
    const start = cpuTimeMs();
    const { diagnostics } = await load(JSON.stringify({ version: 1, project: "acme", products }), {
      path: "gstable.config.json",
    });
    expect(diagnostics).toHaveLength(5000);
    expect(diagnostics.map(brief)[4999]).toMatch(/^GS1201 gstable.config.json:1:\d{6}$/);
    expect(diagnostics[4999]?.source?.lineText).toBeUndefined();
    expect(cpuTimeMs() - start).toBeLessThan(4000);
  });
});
