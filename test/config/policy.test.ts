// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the configuration language has `${name}` itself
import { describe, expect, it } from "vitest";
import { parseAllowance } from "../../src/config/index.js";
import { defaultPolicy } from "../../src/state/policy.js";
import { brief, desiredOf, load, marked, problemsOf } from "./memory-files.js";

const head = "version: 1\nproject: acme\n";

describe("the policy", () => {
  it.each([
    ["", { maxPriceChangeBp: 5000, maxRetireBp: 2000, priceRangeMicroUsd: [10_000, 100_000_000_000] }],
    ["maxPriceChange: 12.5%", { maxPriceChangeBp: 1250 }],
    ['maxPriceChange: "0%", maxRetire: 100%', { maxPriceChangeBp: 0, maxRetireBp: 10_000 }],
    ["maxPriceChange: 33.33%", { maxPriceChangeBp: 3333 }],
    ["priceRange: [$5, 6000000]", { priceRangeMicroUsd: [5_000_000, 6_000_000] }],
    ['allowedHosts: [Acme.example, "*.acme.example"]', { allowedHosts: ["acme.example", "*.acme.example"] }],
    ["allowedHosts: []", { allowedHosts: [] }],
    [
      "allow: [protect:paymentLink.gone=disable]",
      { allow: [{ guard: "protect", address: "paymentLink.gone", value: "disable" }] },
    ],
    [
      "allow: [routing:account.treasury=ver_2, retire:config=3]",
      { allow: [{ address: "account.treasury" }, { address: "config" }] },
    ],
  ])("{ %s }", async (policy, expected) => {
    expect((await desiredOf(`${head}policy: { ${policy} }\n`)).policy).toMatchObject(expected);
  });

  it("has defaults, and knows where an allowance was written", async () => {
    expect((await desiredOf(head)).policy).toEqual(defaultPolicy);
    const { policy } = await desiredOf(`${head}policy:\n  allow:\n    - price:paymentLink.a=12.99\n`);
    expect(policy.allow).toMatchObject([
      {
        guard: "price",
        address: "paymentLink.a",
        value: "12.99",
        origin: "policy",
        source: { line: 5, column: 7 },
      },
    ]);
  });

  it.each([
    ["{ maxPriceChange: «50 }", "GS1218"],
    ["{ maxPriceChange: «0.5 }", "GS1218"],
    ["{ maxPriceChange: «-5% }", "GS1218"],
    ["{ maxPriceChange: «12.345% }", "GS1218"],
    ["{ maxPriceChange: «[50%] }", "GS1218"],
    ["{ maxRetire: «101% }", "GS1218"],
    ["{ «maxPrice: 5% }", "GS1102"],
    ["{ priceRange: «$5 }", "GS1705"],
    ["{ priceRange: «[$5] }", "GS1705"],
    ["{ priceRange: «[$5, $4] }", "GS1705"],
    ["{ priceRange: [«5, $4] }", "GS1203"],
    ["{ priceRange: «[$5, ~] }", "GS1705"],
    ["{ allowedHosts: «acme.example }", "GS1104"],
    ["{ allowedHosts: [«https://acme.example] }", "GS1706"],
    ["{ allowedHosts: [«acme.example:443] }", "GS1706"],
    ['{ allowedHosts: [«"*"] }', "GS1706"],
    ['{ allowedHosts: [«"a.*.example"] }', "GS1706"],
    ["{ allowedHosts: [«7] }", "GS1201"],
    ["{ allow: [«price:paymentLink.a] }", "GS1704"],
    ["{ allow: [«price:paymentLink.a=] }", "GS1704"],
    ["{ allow: [«price] }", "GS1701"],
    ["{ allow: [«prize:paymentLink.a=1] }", "GS1702"],
    ["{ allow: [«price:paymentLink=1] }", "GS1703"],
    ["{ allow: [«price:config=1] }", "GS1703"],
    ["{ allow: [«retire:paymentLink.a=1] }", "GS1703"],
    ["{ allow: [«price:account.a=1] }", "GS1703"],
    ['{ allow: [«"*:*=1"] }', "GS1702"],
    ["«[]", "GS1104"],
    ["«7", "GS1104"],
    ["«../policy.yaml", "GS1005"],
    ["«/policy.yaml", "GS1005"],
    ["«${x}.yaml", "GS1605"],
    ["«gstable.policy.yaml", "GS1001"],
  ])("policy: %s", async (policy, code) => {
    const { text, expected } = marked(`${head}policy: ${policy}\n`, [code]);
    expect(await problemsOf(text)).toEqual(expected);
  });

  it("may be a file of its own, which no variable of the root file reaches", async () => {
    const root = `${head}variables: { x: 99% }\npolicy: gstable.policy.yaml\n`;
    const files = (text: string) => ({ files: { "gstable.policy.yaml": text } });
    expect((await desiredOf(root, files("maxRetire: 5%\n"))).policy.maxRetireBp).toBe(500);
    const problems = await load(root, files('maxRetire: "${x}"\npolicy: {}\n'));
    expect(problems.diagnostics.map(brief)).toEqual([
      "GS1218 gstable.policy.yaml:1:12",
      "GS1605 gstable.policy.yaml:1:12",
      "GS1102 gstable.policy.yaml:2:1",
    ]);
    expect(
      (await desiredOf(`${head}variables: { x: 9% }\npolicy: { maxRetire: "\${x}" }\n`)).policy.maxRetireBp,
    ).toBe(900);
  });
});

describe("--allow", () => {
  it.each([
    ["price:paymentLink.a", { guard: "price", address: "paymentLink.a", origin: "flag" }],
    [
      "price:paymentLink.a=12.99",
      { guard: "price", address: "paymentLink.a", value: "12.99", origin: "flag" },
    ],
    ["exit:webhook.a=https://a.example/?b=c", { guard: "exit", value: "https://a.example/?b=c" }],
    ["routing:account.treasury", { guard: "routing", address: "account.treasury" }],
    ["shrink:config", { guard: "shrink", address: "config" }],
  ])("%s", (text, expected) => {
    expect(parseAllowance(text)).toMatchObject({ ok: true, value: expected });
  });

  it.each([
    ["", "GS1701"],
    ["price", "GS1701"],
    ["all:config", "GS1702"],
    ["constructor:config", "GS1702"],
    ["price:", "GS1701"],
    ["price:*", "GS1703"],
    ["price:product", "GS1703"],
    ["duplicate:account.a", "GS1703"],
  ])("%s is refused", (text, code) => {
    expect(parseAllowance(text)).toMatchObject({ ok: false, diagnostics: [{ code }] });
  });
});
