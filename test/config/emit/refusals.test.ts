import { describe, expect, it } from "vitest";
import { shop, webhookText } from "../memory-files.js";
import { edit, editText } from "./edit.js";

const products = (body: string): string => `version: 1\nproject: acme\nproducts:\n${body}`;

describe("an edit is refused rather than made wrongly", () => {
  it("when the value carries an anchor that others use", async () => {
    const text = products(
      "  a: { name: &n One, commonPrices: [$1] }\n  b: { name: *n, commonPrices: [$1] }\n",
    );
    const result = await editText(text, [edit("product.a.name", "Two")]);
    expect(result.text).toBe(text);
    expect(result.refused).toMatchObject([
      {
        edit: { address: "product.a", field: "name" },
        diagnostic: { code: "GS2120", remedy: expect.stringContaining("products: { a: { name: Two } }") },
      },
    ]);
  });

  it("when comments inside the value would be lost", async () => {
    const text = products(
      "  a:\n    name: One\n    commonPrices: [$1]\n    attributes:\n    - { name: A, value: a } # first\n    - { name: B, value: b } # second\n",
    );
    const swapped = [
      { name: "B", value: "b" },
      { name: "A", value: "a" },
    ];
    const result = await editText(text, [edit("product.a.attributes", swapped)]);
    expect(result.text).toBe(text);
    expect(result.refused).toHaveLength(1);
  });

  it("when the language does not take the value, and the others are made", async () => {
    const text = shop({ webhook: webhookText() });
    const result = await editText(text, [
      edit("webhook.ledger.webhookUrl", "http://10.0.0.1/"),
      edit("product.plan.commonPrices", [1, 2, 3, 4, 5, 6]),
      edit("webhook.ledger.webhookName", "Books"),
      edit("webhook.ledger.subscribedEvents", ["session.completed", "session.paid"]),
    ]);
    expect(result.refused.map(({ edit: { field } }) => field)).toEqual(["webhookUrl", "commonPrices"]);
    expect(result.text).toBe(
      text
        .replace("webhookName: Ledger", "webhookName: Books")
        .replace("[session.paid]", "[session.paid, session.completed]"),
    );
  });
});

describe("edits that are only possible together", () => {
  it("are made together: two webhooks change their URLs with each other", async () => {
    const text = `version: 1
project: acme
webhooks:
  a: { webhookName: A, webhookUrl: "https://acme.example/a", subscribedEvents: [session.paid] }
  b: { webhookName: B, webhookUrl: "https://acme.example/b", subscribedEvents: [session.paid] } # b
`;
    const result = await editText(text, [
      edit("webhook.a.webhookUrl", "https://acme.example/b"),
      edit("webhook.b.webhookUrl", "https://acme.example/a"),
      edit("webhook.b.webhookName", ""),
    ]);
    expect(result.refused.map(({ edit: { field } }) => field)).toEqual(["webhookName"]);
    expect(result.text).toContain(
      'webhookUrl: "https://acme.example/a", subscribedEvents: [session.paid] } # b',
    );
  });
});

describe("compact and unusual texts", () => {
  it.each([
    [
      '{"version":1,"project":"acme","products":{"a":{"name":"One","commonPrices":["$1"]}}}',
      '{"version":1,"project":"acme","products":{"a":{"name":"Two","commonPrices":["$1"], "description":"d"}}}',
    ],
    [
      "version: 1\nproject: acme\nproducts: {a: {name: One, commonPrices: [$1]}}",
      "version: 1\nproject: acme\nproducts: {a: {name: Two, commonPrices: [$1], description: d}}",
    ],
    [
      "version: 1\nproject: acme\nproducts:\n  a:\n    name: One\n    commonPrices: [$1]",
      "version: 1\nproject: acme\nproducts:\n  a:\n    name: Two\n    commonPrices: [$1]\n    description: d",
    ],
    [
      "---\nversion: 1\nproject: acme\nproducts:\n    a:\n        ? name\n        : One\n        commonPrices: [$1] #\n...\n",
      "---\nversion: 1\nproject: acme\nproducts:\n    a:\n        ? name\n        : Two\n        commonPrices: [$1] #\n        description: d\n...\n",
    ],
  ])("%j", async (before, after) => {
    const result = await editText(before, [
      edit("product.a.name", "Two"),
      edit("product.a.description", "d"),
    ]);
    expect(result.refused).toEqual([]);
    expect(result.text).toBe(after);
  });
});
