import { describe, expect, it } from "vitest";
import { brief, linkText, load, productText, shop, validate, webhookText } from "./memory-files.js";

const indent = (text: string) => text.replace(/^(?=.)/gm, "    ");
/** A second link (and more) below the first one. */
const links = (...texts: readonly string[]) =>
  texts.map((text, index) => `  other-${index}:\n${indent(text)}`).join("\n");
const selling = (price: string, fields: Readonly<Record<string, string>> = {}) =>
  linkText({
    linkName: `Sells for ${price.length}`,
    lineItems: `[{ product: plan, quantity: 1, unitPrice: ${price} }]`,
    ...fields,
  });

/** Codes and lines of what is said; nothing here may be an error. */
async function warningsOf(text: string): Promise<readonly string[]> {
  const result = await load(text);
  expect(result.ok ? [] : result.diagnostics).toEqual([]);
  return result.diagnostics.map(({ code, severity }) => `${code} ${severity}`);
}

describe("one product at several prices", () => {
  it("is a warning where the product does not name one of them, with the other place", async () => {
    const { diagnostics } = await load(shop({ tail: links(selling("$12.99")) }));
    expect(diagnostics).toMatchObject([
      {
        code: "GS1510",
        severity: "warning",
        summary: "`product.plan` costs $12.99 here and $9.99 in `paymentLink.monthly`",
        source: { line: 23, column: 58 },
        related: [{ source: { line: 16, column: 58 } }],
      },
    ]);
  });

  it.each([
    [
      "both are common prices",
      shop({ product: productText({ commonPrices: "[$9.99, $99]" }), tail: links(selling("$99")) }),
    ],
    ["one of the links is closed", shop({ tail: links(selling("$12.99", { enabled: "false" })) })],
    [
      "one of the links sells more at a time",
      shop({
        tail: links(
          linkText({ linkName: "Ten", lineItems: "[{ product: plan, quantity: 10, unitPrice: $8 }]" }),
        ),
      }),
    ],
    [
      "one of the links is a bundle",
      shop({
        tail: links(
          linkText({
            linkName: "Both",
            lineItems:
              "[{ product: plan, quantity: 1, unitPrice: $8 }, { product: plan, quantity: 1, unitPrice: $1 }]",
          }),
        ),
      }),
    ],
    [
      "there is one price, which is none of the common ones",
      shop({ product: productText({ commonPrices: "[$1]" }) }),
    ],
    [
      "one of the links lets the payer name it",
      shop({
        tail: links(
          linkText({ linkType: "custom", linkName: "Any", lineItems: "[{ product: plan, quantity: 1 }]" }),
        ),
      }),
    ],
  ])("is fine where %s", async (_, text) => {
    expect(await warningsOf(text)).toEqual([]);
  });
});

describe("two open links", () => {
  it("that are the same in everything are a warning at the second one", async () => {
    const { diagnostics } = await load(shop({ tail: links(linkText()) }));
    expect(diagnostics.map(brief)).toEqual(["GS1511 17:3"]);
    expect(diagnostics[0]?.related).toMatchObject([{ source: { line: 10 } }]);
  });

  it.each([{ linkName: "Spring" }, { successUrl: "https://acme.example/spring" }, { enabled: "false" }])(
    "are fine with %o",
    async (fields) => {
      expect(await warningsOf(shop({ tail: links(linkText(fields)) }))).toEqual([]);
    },
  );
});

describe("a price named in a text", () => {
  it.each([
    ["linkName", shop({ link: linkText({ linkName: "Monthly, $12.99" }) }), "GS1512 12:15"],
    ["linkName", shop({ link: linkText({ linkName: "Monthly for 12.99 USD" }) }), "GS1512 12:15"],
    ["linkName", shop({ link: linkText({ linkName: '"US$ 1,250 a year"' }) }), "GS1512 12:15"],
    [
      "description",
      shop({ product: productText({ description: '"All of it: $8.99 per month"' }) }),
      "GS1512 9:18",
    ],
  ])("of %s that nobody is charged is a warning", async (_, text, place) => {
    const { ok, diagnostics } = await load(text);
    expect([ok, ...diagnostics.map(brief)]).toEqual([true, place]);
    expect(diagnostics[0]?.detail).toContain("$9.99");
  });

  it.each([
    ["the unit price", "Monthly $9.99"],
    ["the same amount otherwise written", "Monthly 9.990 USD"],
    ["one of several that is right", "Monthly $9.99 (yearly $99)"],
    ["an amount that is saved", "Save $20 a year"],
    ["an amount that it is worth", "Voucher worth $50"],
    ["an amount of a thousand", "For shops with $10k"],
    ["another dollar", "Monthly A$15"],
    ["a range", "Plans $5 - $50"],
    ["no amount at all", "Plan no. 12.99"],
    ["a threshold", "Orders over $100"],
  ])("is fine with %s", async (_, linkName) => {
    expect(await warningsOf(shop({ link: linkText({ linkName: `"${linkName}"` }) }))).toEqual([]);
  });

  it("may be that of the total, and of a common price", async () => {
    const lineItems = "[{ product: plan, quantity: 3, unitPrice: $9.99 }]";
    expect(await warningsOf(shop({ link: linkText({ linkName: "Three for $29.97", lineItems }) }))).toEqual(
      [],
    );
    const product = productText({ commonPrices: "[$9.99, $99]", description: "$99 a year" });
    expect(await warningsOf(shop({ product }))).toEqual([]);
  });

  it("is not looked at where nothing is charged", async () => {
    const link = linkText({
      linkType: "custom",
      linkName: "Give $5",
      lineItems: "[{ product: plan, quantity: 1 }]",
    });
    expect(
      await warningsOf(shop({ link, product: productText({ description: "'From the heart: $5'" }) })),
    ).toEqual([]);
    expect(await warningsOf(shop({ link: linkText({ linkName: "Now $5", enabled: "false" }) }))).toEqual([]);
  });
});

describe("the site that payers are sent to", () => {
  const to = (url: string, name: string) => linkText({ linkName: name, successUrl: url });
  const three = [1, 2, 3].map((number) => to(`https://www.acme.example/thanks/${number}`, `L${number}`));

  it("is a warning where one link alone leads elsewhere", async () => {
    const { diagnostics } = await load(
      shop({ link: to("https://acmee.example/", "One"), tail: links(...three) }),
    );
    expect(diagnostics.map(brief)).toEqual(["GS1513 17:17"]);
    expect(diagnostics[0]?.summary).toContain("acmee.example");
  });

  it.each([
    [
      "another name of the same site",
      shop({ link: to("https://shop.acme.example/", "One"), tail: links(...three) }),
    ],
    [
      "two links that lead elsewhere",
      shop({
        link: to("https://b.example2/", "One"),
        tail: links(...three, to("https://c.example2/", "Two")),
      }),
    ],
    ["few links", shop({ link: to("https://b.example2/", "One"), tail: links(...three.slice(1)) })],
    [
      "hosts that the policy lists",
      shop({
        head: "policy: { allowedHosts: ['*.acme.example', b.example2] }",
        link: to("https://b.example2/", "One"),
        tail: links(...three),
      }),
    ],
  ])("is fine with %s", async (_, text) => {
    expect(await warningsOf(text)).toEqual([]);
  });
});

describe("webhooks", () => {
  const hears = (events: string, fields: Readonly<Record<string, string>> = {}) =>
    webhookText({ subscribedEvents: events, ...fields });

  it("that hear of no payment are a warning while links are open", async () => {
    expect(await warningsOf(shop({ webhook: hears("[product.updated]") }))).toEqual(["GS1514 warning"]);
    const other = `  second:\n${indent(hears("[session.paid]", { webhookUrl: "https://b.acme.example/", enabled: "false" }))}`;
    expect(await warningsOf(shop({ webhook: hears("[session.created]"), tail: other }))).toEqual([
      "GS1514 warning",
    ]);
  });

  it.each([
    ["one of them does", shop({ webhook: hears("[product.updated, session.completed]") })],
    ["no link is open", shop({ webhook: hears("[product.updated]"), link: linkText({ enabled: "false" }) })],
    ["there is none", shop()],
    ["none is enabled", shop({ webhook: hears("[product.updated]", { enabled: "false" }) })],
  ])("are fine where %s", async (_, text) => {
    expect(await warningsOf(text)).toEqual([]);
  });
});

describe("an ignored warning", () => {
  const renamed = (comment: string) => shop({ link: linkText({ linkName: `"Now $5"${comment}` }) });
  const above = (...comments: readonly string[]) => {
    const lines = shop({ link: linkText({ linkName: '"Now $5"' }) }).split("\n");
    lines.splice(11, 0, ...comments);
    return lines.join("\n");
  };

  it.each([
    ["behind its line", renamed(" # gstable-sync-ignore GS1512: five euros")],
    ["on the line above", above("    # gstable-sync-ignore GS1512: five euros")],
    ["above other comments", above("# gstable-sync-ignore GS1512: five euros", "", "# another one")],
    ["among several codes", renamed(" # gstable-sync-ignore GS1510, GS1512: five euros")],
  ])("by a comment %s is counted, with its reason", async (_, text) => {
    const { ok, diagnostics } = await load(text);
    expect(ok).toBe(true);
    expect(diagnostics).toMatchObject([
      { code: "GS1522", severity: "note", summary: "1 warning is ignored by comments" },
    ]);
    expect(diagnostics[0]?.detail).toMatch(/^GS1512 at gstable\.config\.yaml:\d+: five euros$/);
  });

  it.each([
    ["has no reason", " # gstable-sync-ignore GS1512", "GS1520"],
    ["has an empty reason", " # gstable-sync-ignore GS1512:  ", "GS1520"],
    ["has no code", " # gstable-sync-ignore: because", "GS1520"],
    ["names what is no warning of the configuration", " # gstable-sync-ignore GS4001: because", "GS1520"],
    ["names something else", " # gstable-sync-ignore price: because", "GS1520"],
  ])("is refused when the comment %s", async (_, comment, code) => {
    const { ok, diagnostics } = await load(renamed(comment));
    expect(ok).toBe(false);
    expect(diagnostics.map(brief)).toEqual(["GS1512 12:15", `${code} 12:24`]);
  });

  it.each([
    ["another warning", renamed(" # gstable-sync-ignore GS1511: because"), ["GS1512 12:15", "GS1521 12:24"]],
    [
      "another line",
      `${shop({ link: linkText({ linkName: '"Now $5"' }) })}# gstable-sync-ignore GS1512: because\n`,
      ["GS1512 12:15", "GS1521 18:1"],
    ],
  ])("stays when the comment is about %s, which is a warning too", async (_, text, found) => {
    const { ok, diagnostics } = await load(text);
    expect([ok, ...diagnostics.map(brief)]).toEqual([true, ...found]);
  });

  it("is never an error", async () => {
    const text = shop({ product: "name: Plan\ncommonPrices: [.5] # gstable-sync-ignore GS1203: because" });
    const { ok, diagnostics } = await load(text);
    expect(ok).toBe(false);
    expect(diagnostics.map(({ code, severity }) => `${code} ${severity}`)).toEqual([
      "GS1203 error",
      "GS1520 error",
    ]);
  });

  it.each([
    ['"Monthly # gstable-sync-ignore GS1512: because"'],
    ["|\n      Monthly\n      # gstable-sync-ignore GS1512: because"],
    ["Monthly# gstable-sync-ignore GS1512"],
  ])("takes a comment, not a text that looks like one: %s", async (linkName) => {
    expect(await warningsOf(shop({ link: linkText({ linkName }) }))).toEqual([]);
  });

  it("may be one of a single environment: the others do not miss it", async () => {
    const text = `${shop()}environments:
  eu:
    overrides: { paymentLinks: { monthly: { linkName: "Now $5" } } } # gstable-sync-ignore GS1512: five euros
  us: {}
`;
    for (const environment of ["eu", "us"]) {
      const { diagnostics } = await load(text, { environment });
      expect(diagnostics.map(({ code }) => code)).toEqual(environment === "eu" ? ["GS1522"] : []);
    }
    expect((await validate(text)).diagnostics.map(({ code }) => code)).toEqual(["GS1522"]);
  });

  it("is found in included files, at their lines", async () => {
    const files = {
      "more.yaml": `paymentLinks:\n  extra:\n${indent(linkText({ linkName: '"Now $5" # gstable-sync-ignore GS1512: five euros' }))}\n`,
    };
    const { diagnostics } = await load(shop({ head: "include: [more.yaml]" }), { files });
    expect(diagnostics[0]?.detail).toBe("GS1512 at more.yaml:4: five euros");
  });

  it("costs nothing in ten thousand entries", async () => {
    const many = Array.from(
      { length: 10_000 },
      (_, index) =>
        `  l${index}: { linkType: fixed, linkName: "L${index} $5", account: treasury, settlementToken: polygon::usdc, feeModel: payer, successUrl: "https://acme.example/${index}", lineItems: [{ product: plan, quantity: 1, unitPrice: $${index + 1} }] } # gstable-sync-ignore GS1510, GS1512: many`,
    ).join("\n");
    const { diagnostics } = await load(shop({ tail: many }));
    expect(diagnostics.map(({ code }) => code)).toEqual(["GS1522"]);
    expect(diagnostics[0]?.summary).toMatch(/^19\d\d\d warnings are ignored/);
  });
});
