import { describe, expect, it } from "vitest";
import { renderHtml, renderMarkdown } from "../../src/render/forms.js";
import { type Look, renderDrift, renderPlan } from "../../src/render/index.js";
import { ascii, change, field, fullPlan, plan, terminal } from "./builders.js";

const looks: readonly (readonly [name: string, look: Look])[] = [
  ["80", terminal],
  ["80-ascii", ascii],
  ["80-colour", { ...terminal, colour: true }],
  ["120", { ...terminal, width: 120 }],
  ["40-ascii", { ...ascii, width: 40 }],
];

const render = (parts: Parameters<typeof plan>[0]) => renderPlan(plan(parts), terminal);

describe("the text plan", () => {
  it.each(looks)("is readable at %s", async (name, look) => {
    await expect(renderPlan(fullPlan, look)).toMatchFileSnapshot(`golden/plan-${name}.txt`);
  });

  it("says the same with and without colour", () => {
    // biome-ignore lint/suspicious/noControlCharactersInRegex: our own SGR sequences
    const uncoloured = renderPlan(fullPlan, { ...terminal, colour: true }).replace(/\u001b\[[\d;]*m/g, "");
    expect(uncoloured).toBe(renderPlan(fullPlan, terminal));
  });

  it("needs nothing but ASCII for its own words and signs", () => {
    expect(renderPlan(fullPlan, ascii)).toMatch(/^[\n\x20-\x7e]*$/);
  });

  it("is one calm sentence when there is nothing to do", () => {
    expect(render({}).split("\n").at(-2)).toBe(
      "No changes. The live account is as configured (41 unchanged, 0 unmanaged).",
    );
  });

  it("is not calm about what it could not see", () => {
    const text = render({ complete: false });
    expect(text).toContain("INCOMPLETE");
    expect(text).not.toContain("No changes.");
  });

  it("marks a rehearsal and a part", () => {
    const text = render({ partial: true, target: { ...fullPlan.target, sandbox: true } });
    expect(text).toMatch(/^ SANDBOX /m);
    expect(text).toMatch(/^PARTIAL /m);
  });

  it("puts guards first, then money, then what payers reach, then the rest", () => {
    const text = renderPlan(fullPlan, terminal);
    const places = ["! Needs approval", "Money and routing", "What payers can reach", "The rest", "Plan: 6"];
    const found = places.map((words) => text.indexOf(words));
    expect(found).toEqual(found.toSorted((a, b) => a - b));
    expect(found[0]).toBeGreaterThan(0);
  });

  it("prints what allows a guard on a line of its own", () => {
    const text = renderPlan(fullPlan, terminal);
    expect(text).toMatch(/^ +--allow price:paymentLink\.premium-monthly$/m);
    expect(text).toMatch(/^ +policy\.allow: price:paymentLink\.premium-monthly=99\.90$/m);
  });

  it("puts the gravest field first in what moved outside as well, in any form", () => {
    const fields = [
      field({ path: "linkName" }),
      field({ path: "lineItems[0].unitPrice", risk: "price" }),
      field({ path: "successUrl", risk: "exit" }),
    ];
    const document = plan({
      drift: [{ address: "paymentLink.x", kind: "paymentLink", id: "lnk_1", name: "X", fields }],
    });
    for (const text of [
      renderDrift(document, terminal, { unmanagedCounts: false }),
      renderMarkdown({ is: "drift", document, unmanagedCounts: false }),
      renderHtml({ is: "drift", document, unmanagedCounts: false }),
    ]) {
      const found = ["successUrl", "lineItems[0].unitPrice", "linkName"].map((path) => text.indexOf(path));
      expect(found).toEqual(found.toSorted((a, b) => a - b));
    }
  });

  it("keeps a large number apart from what follows", () => {
    const text = render({ changes: [change({ number: 200, actions: ["disable"] })] });
    expect(text).toMatch(/^ {2}#200 \S close \(disable\)/m);
    expect(text).not.toMatch(/#200[^ ]/);
  });

  it("says beforehand what cannot be undone, in any form", () => {
    const made = (number: number) =>
      change({ number, address: `paymentLink.l${number}`, actions: ["create"], risks: ["irreversible"] });
    const removed = change({ address: "product.p", actions: ["remove"], risks: ["irreversible"] });
    const forms = (changes: ReturnType<typeof change>[]) => {
      const document = plan({ changes });
      return [
        renderPlan(document, terminal),
        renderMarkdown({ is: "plan", document }),
        renderHtml({ is: "plan", document }),
      ];
    };
    for (const text of forms([made(1)]))
      expect(text).toContain("Cannot be undone: 1 new page, which can be closed, never deleted.");
    for (const text of forms([made(1), made(2), removed]))
      expect(text.replace(/\n */g, " ")).toContain(
        "2 new pages, which can be closed, never deleted; 1 removal.",
      );
    for (const text of forms([change({})])) expect(text).not.toContain("Cannot be undone");
  });

  it("names a field once that moved outside in two ways, in any form", () => {
    const [gone, come] = [
      field({ path: "attributes[0]", after: null }),
      field({ path: "attributes[0]", before: null }),
    ];
    const drifted = {
      ...{ address: "product.ebook", kind: "product", id: "prd_2", name: "E-book" },
      fields: [gone, come],
    };
    const document = plan({
      changes: [change({ address: "product.ebook", fields: [gone, come] })],
      drift: [drifted],
    });
    for (const text of [
      renderPlan(document, terminal),
      renderMarkdown({ is: "plan", document }),
      renderHtml({ is: "plan", document }),
    ]) {
      const [, list = ""] = text.split("changed again by this plan");
      expect(list.match(/attributes\[0\]/g)).toHaveLength(1);
    }
  });

  it("names the next command with its environment and the hash, or the file", () => {
    const one = plan({ environment: "eu", changes: [change({})] });
    expect(renderPlan(one, terminal)).toMatch(
      /^ {2}gstable-sync apply --env eu --plan-hash sha256-5f0c91aa$/m,
    );
    expect(renderPlan(one, terminal, { planFile: "my plan.json", flags: ["-c", "shop.yaml"] })).toMatch(
      /^ {2}gstable-sync apply --env eu -c shop\.yaml --plan 'my plan\.json'$/m,
    );
  });

  it("cuts from the harmless end when it is to be quiet", async () => {
    await expect(renderPlan(fullPlan, terminal, { quiet: true })).toMatchFileSnapshot(
      "golden/plan-quiet.txt",
    );
  });

  it("keeps a link's lost URL in sight", () => {
    const text = render({
      changes: [
        change({
          actions: ["create"],
          url: { before: "https://pay.gstable.example/lnk_gone", after: null, kept: false },
        }),
      ],
    });
    expect(text).toContain("URL lost https://pay.gstable.example/lnk_gone");
    expect(text).toContain("new URL, known after apply");
  });

  it("does not call a URL kept that leads nowhere, in any form", () => {
    const before = "https://pay.gstable.example/lnk_gone";
    const document = plan({
      changes: [change({ actions: ["forget"], fields: [], url: { before, after: null, kept: false } })],
    });
    const html = renderHtml({ is: "plan", document });
    for (const text of [
      renderPlan(document, terminal),
      renderMarkdown({ is: "plan", document }),
      html.split("</style>")[1] ?? "",
    ]) {
      expect(text).toContain("URL leads nowhere already");
      expect(text).not.toMatch(/URL kept|new URL/i);
    }
  });

  it("shows all of a long value", () => {
    const url = `https://acme.example/${"a/b-c_".repeat(60)}`;
    const text = render({
      changes: [change({ fields: [field({ type: "url", before: null, after: url })] })],
    });
    expect(text.replace(/\s/g, "")).toContain(url);
  });

  it("tells apart what looks the same", () => {
    const same = field({ before: "Café", after: "Cafe\u0301" });
    expect(render({ changes: [change({ fields: [same] })] })).toContain("other Unicode form");
  });
});

describe("a field", () => {
  it.each([
    ["money", field({ type: "money", before: "9.99", after: "12.99" }), "$9.99 → $12.99  +30.0%"],
    [
      "a large price",
      field({ type: "money", before: "1250.00", after: "0.00" }),
      "$1,250.00 → $0.00  to zero",
    ],
    ["a text that is new", field({ before: null, after: "Hello" }), '(unset) → "Hello"'],
    ["a text that goes", field({ before: "Hello", after: null }), '"Hello" → (unset)'],
    ["a flag", field({ type: "flag", before: false, after: true }), "false → true"],
    ["a number", field({ type: "integer", before: 1, after: 20 }), "1 → 20"],
    [
      "a token",
      field({ type: "token", before: "polygon::usdc", after: "base::usdc" }),
      "polygon::usdc → base::usdc",
    ],
    ["prices", field({ type: "list", before: ["9.99"], after: ["9.99", "99.00"] }), "$9.99 → $9.99, $99.00"],
    ["a set", field({ type: "set", before: ["a", "b"], after: ["b", "c"] }), "+ c  - a  (1 as before)"],
    [
      "a new item",
      field({ type: "item", before: null, after: { product: "ebook", quantity: 2, unitPrice: "4.50" } }),
      "+ ebook × 2 at $4.50",
    ],
    [
      "an item without a price",
      field({ type: "item", before: { product: "tip", quantity: 1 }, after: null }),
      "- tip × 1",
    ],
    ["an attribute", field({ type: "item", before: null, after: { name: "Size", value: "L" } }), "+ Size: L"],
  ])("shows %s", (_what, one, shown) => {
    const line = render({ changes: [change({ fields: [one] })] })
      .split("\n")
      .find((text) => text.startsWith("        linkName"));
    expect(line).toBe(`        linkName  ${shown}`);
  });
});
