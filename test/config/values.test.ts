// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the configuration language has `${name}` itself
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { checkUrl } from "../../src/config/normalise/check-url.js";
import {
  desiredOf,
  linkText,
  load,
  marked,
  problemsOf,
  productText,
  shop,
  webhookText,
} from "./memory-files.js";

async function expectProblems(text: string, codes: readonly string[]): Promise<void> {
  const { text: clean, expected } = marked(text, codes);
  expect(await problemsOf(clean)).toEqual(expected);
}

describe("money", () => {
  it.each([
    ["$9.99", 9_990_000],
    ["$ 9.99", 9_990_000],
    ["9.99 USD", 9_990_000],
    ['"$1,250"', 1_250_000_000],
    ["'$1,250,000.5'", 1_250_000_500_000],
    ["$0.000001", 1],
    ["$0.07", 70_000],
    ["$19.90", 19_900_000],
    ["10000", 10_000],
    ["9990000", 9_990_000],
    ["9007199254740991", Number.MAX_SAFE_INTEGER],
    ['"$9007199254.740991"', Number.MAX_SAFE_INTEGER],
  ])("%s is exact", async (written, micro) => {
    const desired = await desiredOf(shop({ product: productText({ commonPrices: `[${written}]` }) }));
    expect(desired.entries.get("product.plan")?.values.commonPrices).toEqual([micro]);
  });

  it.each([
    ["10", "GS1203", "$10", "$0.00001"],
    ["9999", "GS1203", "$9999", "$0.009999"],
    ["0", "GS1203", "$0", "$0.00"],
    ["9.99", "GS1203", "$9.99", "9990000"],
    ["1.10", "GS1203", "$1.10", "1100000"],
    [".5", "GS1203", "$0.5", "500000"],
    ['".5"', "GS1203", "$0.5", "500000"],
    ['"9.99"', "GS1203", "$9.99", "9990000"],
    ['"10"', "GS1203", "$10", "$0.00001"],
    ['"1,250"', "GS1203", "$1250", ""],
    ["9.9999999", "GS1205", "", ""],
    ["$9.9999999", "GS1205", "", ""],
    ["-9.99", "GS1206", "", ""],
    ["-5", "GS1206", "", ""],
    ["$-5", "GS1206", "", ""],
    ["-$5", "GS1206", "", ""],
    ["1e6", "GS1204", "", ""],
    ["0x989680", "GS1204", "", ""],
    ["0o7777777", "GS1204", "", ""],
    ["010000", "GS1204", "", ""],
    ["+10000", "GS1204", "", ""],
    ["10000.", "GS1204", "", ""],
    ["'$1,25'", "GS1204", "", ""],
    ["'$1,2500'", "GS1204", "", ""],
    ["$010", "GS1204", "", ""],
    ["$1e3", "GS1204", "", ""],
    ["$9.", "GS1204", "", ""],
    ["$", "GS1204", "", ""],
    ["9.99 EUR", "GS1204", "", ""],
    ["€9.99", "GS1204", "", ""],
    ["free", "GS1204", "", ""],
    ["9007199254740992", "GS1207", "", ""],
    ["$9007199254.740992", "GS1207", "", ""],
    ["99999999999999999999999999", "GS1207", "", ""],
    [".inf", "GS1104", "", ""],
    [".nan", "GS1104", "", ""],
    ["true", "GS1104", "", ""],
    ["[1]", "GS1104", "", ""],
  ])("%s is refused with %s", async (written, code, dollars, micro) => {
    const { text, expected } = marked(shop({ product: `name: Plan\ncommonPrices: [«${written}]` }), [code]);
    const { diagnostics } = await load(text);
    expect(diagnostics.map(({ code, source }) => `${code} ${source?.line}:${source?.column}`)).toEqual(
      expected,
    );
    expect(diagnostics[0]?.remedy ?? "").toContain(dollars);
    expect(diagnostics[0]?.remedy ?? "").toContain(micro);
  });
});

describe("what YAML reads otherwise than it looks", () => {
  it.each([
    ["enabled", "yes", "GS1202"],
    ["enabled", "off", "GS1202"],
    ["enabled", '"true"', "GS1202"],
    ["payerEmailRequired", "1", "GS1202"],
    ["linkName", "007", "GS1201"],
    ["linkName", "true", "GS1201"],
    ["linkName", "1.10", "GS1201"],
    ["account", "0x1111111111111111111111111111111111111111", "GS1201"],
    ["linkName", "[a]", "GS1104"],
    ["lineItems", "plan", "GS1104"],
    ["lineItems", "[plan]", "GS1104"],
    ["feeModel", "1", "GS1209"],
    ["feeModel", "payers", "GS1209"],
    ["linkType", "Fixed", "GS1209"],
    ["lifecycle", "[protect]", "GS1104"],
    ["lifecycle", "{ protect: yes }", "GS1202"],
  ])("%s: %s", async (field, written, code) => {
    const { diagnostics } = await load(shop({ link: linkText({ [field]: written }) }));
    expect(diagnostics.map((diagnostic) => diagnostic.code)).toEqual([code]);
    expect(diagnostics[0]?.source?.lineText).toContain(`${field}: ${written}`);
  });

  it.each(["010", "1.0", "1e0", "0x1", "0o1", "1.5", "-1", '"1"', "one", "true", "9007199254740993", "0"])(
    "a quantity of %s",
    async (written) => {
      const lineItems = `[{ product: plan, quantity: «${written}, unitPrice: $1 }]`;
      await expectProblems(shop({ link: linkText({ lineItems }) }), ["GS1208"]);
    },
  );

  it.each([
    ["0x2222222222222222222222222222222222222222", "GS1201"],
    ['"0x22222222222222222222222222222222222222"', "GS1210"],
    ['"2222222222222222222222222222222222222222"', "GS1210"],
    ['"0xg222222222222222222222222222222222222222"', "GS1210"],
    ['"0x0000000000000000000000000000000000000000"', "GS1210"],
  ])("an account address %s", async (written, code) => {
    await expectProblems(
      `version: 1\nproject: acme\naccounts: { a: { id: acc_1, address: «${written} } }\n`,
      [code],
    );
  });

  it("an address in capitals is the same address", async () => {
    const text =
      'version: 1\nproject: acme\naccounts: { a: { address: "0xABCDEFabcdefABCDEFabcdefABCDEFabcdefABCD" } }\n';
    expect((await desiredOf(text)).accounts.get("a")?.address).toBe(
      "0xabcdefabcdefabcdefabcdefabcdefabcdefabcd",
    );
  });

  it("null, ~ and nothing mean not written; so do empty texts and lists", async () => {
    const product = productText({ description: "", imageUrl: "~", attributes: "null", archived: "" });
    const link = linkText({ successUrl: '""', payerEmailRequired: "~", customSuccessText: "' '" });
    const { entries } = await desiredOf(shop({ product, link }));
    expect(entries.get("product.plan")?.values).toMatchObject({
      description: null,
      imageUrl: null,
      attributes: null,
    });
    expect(entries.get("product.plan")?.open).toBe(true);
    expect(entries.get("paymentLink.monthly")?.values).toMatchObject({
      successUrl: null,
      payerEmailRequired: false,
      customSuccessText: null,
      customDisabledText: null,
    });
  });

  it("%YAML 1.1 changes nothing", async () => {
    const text = `%YAML 1.1\n---\n${shop({ link: linkText({ linkName: "no" }) })}`;
    expect((await desiredOf(text)).entries.get("paymentLink.monthly")?.values.linkName).toBe("no");
  });

  it("a byte order mark and CRLF are no part of the text", async () => {
    const text = `\u{feff}${shop({ link: linkText({ feeModel: "«none" }) })}`.replaceAll("\n", "\r\n");
    const { diagnostics } = await load(text.replace("«", ""));
    expect(diagnostics).toMatchObject([
      { code: "GS1209", source: { column: 15, endColumn: 19, lineText: "    feeModel: none" } },
    ]);
    expect((await load("\u{feff}verion: 1\nversion: 1\nproject: a\n")).diagnostics).toMatchObject([
      { source: { line: 1, column: 1, lineText: "verion: 1" } },
    ]);
  });
});

describe("URLs", () => {
  it.each([
    ["https://acme.example/thanks?a=b#c", undefined],
    ["https://ACME.example:8443/{SESSION}", undefined],
    ["https://xn--mnchen-3ya.example", undefined],
    ["http://acme.example", "GS1212"],
    ["ftp://acme.example", "GS1212"],
    ["acme.example/x", "GS1212"],
    ["//acme.example/x", "GS1212"],
    ["https:acme.example", "GS1212"],
    ["https:\\\\acme.example", "GS1212"],
    ["https://", "GS1212"],
    ["'https://acme.example/a b'", "GS1212"],
    ['"https://acme.example/\\u200b"', "GS1212"],
    ['"https://acme.example/\\u202e"', "GS1212"],
    ['"https://acme.example/\\n"', "GS1212"],
    ["'javascript:alert(1)'", "GS1212"],
    ["https://acme.example:99999/", "GS1212"],
    ["https://user:secret@acme.example", "GS1213"],
    ["https://@acme.example", "GS1213"],
    ["https://acme.example@evil.example", "GS1213"],
    ["https://127.0.0.1/", "GS1214"],
    ["https://8.8.8.8/", "GS1214"],
    ["https://2130706433/", "GS1214"],
    ["https://0x7f.1/", "GS1214"],
    ["https://017700000001/", "GS1214"],
    ["'https://[::1]/'", "GS1214"],
    ["https://localhost/", "GS1214"],
    ["https://localhost./", "GS1214"],
    ["https://shop/", "GS1214"],
    ["https://shop.local/", "GS1214"],
    ["https://api.internal/", "GS1214"],
    ["https://a.LOCALHOST/", "GS1214"],
    ["'https://acme.example/$${x}'", "GS1212"],
  ])("%s", async (written, code) => {
    const link = linkText({ successUrl: `«${written}` });
    await expectProblems(shop({ link }), code === undefined ? [] : [code]);
  });

  it("are judged alike where they are plainly right and where they are looked at part by part", () => {
    const label = fc.string({ unit: fc.constantFrom(..."ab0-x_nZ"), minLength: 1, maxLength: 6 });
    const end = fc.constantFrom("example", "com", "local", "internal", "home.arpa", "a", "c0m", "7", "onion");
    const rest = fc.oneof(
      fc.constant(""),
      fc
        .webUrl({ withQueryParameters: true, withFragments: true })
        .map((url) => new URL(url).pathname + new URL(url).search),
      fc.string({ maxLength: 8 }).map((text) => `/${text}`),
    );
    let right = 0;
    fc.assert(
      fc.property(fc.array(label, { maxLength: 3 }), end, rest, (labels, last, path) => {
        const after = `${[...labels, last].join(".")}${path}`;
        const problem = checkUrl(`https://${after}`);
        if (problem === undefined) right += 1;
        // A scheme in capitals is right as well, and has all of it looked at.
        expect(checkUrl(`HTTPS://${after}`)?.code).toBe(problem?.code);
      }),
      { numRuns: 2000 },
    );
    expect(right).toBeGreaterThan(200);
  });

  it("the same holds for pictures and webhooks", async () => {
    const text = shop({
      product: productText({ imageUrl: "«http://acme.example/a.png" }),
      webhook: webhookText({ webhookUrl: "«https://10.0.0.1/hook" }),
    });
    await expectProblems(text, ["GS1212", "GS1214"]);
  });
});

describe("tokens and events", () => {
  it.each([
    ["polygon::usdc", undefined, ""],
    ["solana::usdc", "GS1216", ""],
    ["arbitrum::usdc", "GS1216", "arbitrumone::usdc"],
    ["Polygon::USDC", "GS1215", "polygon::usdc"],
    ["polygon:usdc", "GS1215", "polygon::usdc"],
    ["usdc", "GS1215", ""],
  ])("%s", async (token, code, suggestion) => {
    const result = await load(shop({ link: linkText({ settlementToken: token }) }));
    expect(result.diagnostics.map((diagnostic) => diagnostic.code)).toEqual(code === undefined ? [] : [code]);
    expect(result.ok).toBe(code !== "GS1215");
    expect(result.diagnostics[0]?.remedy ?? "").toContain(suggestion);
  });

  it("an unknown event is a warning at its place; a repeated one an error with both", async () => {
    const result = await load(shop({ webhook: webhookText({ subscribedEvents: "[session.payed]" }) }));
    expect(result).toMatchObject({
      ok: true,
      diagnostics: [{ code: "GS1217", severity: "warning", source: { column: 24 } }],
    });
    expect(result.diagnostics[0]?.remedy).toContain("session.paid");
    const twice = await load(
      shop({ webhook: webhookText({ subscribedEvents: "[session.paid, session.paid]" }) }),
    );
    expect(twice.diagnostics).toMatchObject([
      { code: "GS1211", source: { column: 38 }, related: [{ source: { column: 24 } }] },
    ]);
  });
});
