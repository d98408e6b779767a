import fc from "fast-check";
import MarkdownIt from "markdown-it";
import { describe, expect, it } from "vitest";
import { COMMENT_BYTES, renderMarkdown } from "../../src/render/forms.js";
import type { Subject } from "../../src/render/index.js";
import { codeSpan, marker, prose } from "../../src/render/markdown/escape.js";
import { change, field, fullPlan, guard, partialApply, plan } from "./builders.js";
import { poisonedSubjects } from "./poisoned-subjects.js";
import { hostile, markup } from "./strangers.js";

const reader = new MarkdownIt({ html: true, linkify: true });

/** All tokens, those inside of paragraphs too. */
function tokensOf(text: string) {
  return reader.parse(text, {}).flatMap((token) => [token, ...(token.children ?? [])]);
}

const ourHtml = /<\/?(details|summary|code|b)>|<details open>|<!-- gstable-sync \w*: [\w./%-]* -->/g;

function expectHarmless(text: string): void {
  const tokens = tokensOf(text);
  expect(tokens.filter(({ type }) => type === "link_open" || type === "image")).toEqual([]);
  expect(tokens.filter(isHarmful).map(({ content }) => content)).toEqual([]);
  expect(text.match(/^<details/gm)?.length).toBe(text.match(/^<\/details>$/gm)?.length);
  const lines = text.split("\n");
  expect(
    lines.filter((line) => line.startsWith("| ") && ![4, 5].includes(line.split("|").length - 1)),
  ).toEqual([]);
  expect(lines.filter((line) => /^\s*::|##\[/.test(line))).toEqual([]);
}

/** Whether a page would make something of a stranger's text. */
function isHarmful({ type, content }: { readonly type: string; readonly content: string }): boolean {
  if (type === "text" && !/^\[!(NOTE|WARNING|CAUTION)\]$/.test(content)) {
    return (
      /[@#$[\]<`]|:\/\/|www\.|:[\w+-]+:|[^\x20-\x7e×÷…·→]/.test(content) ||
      /\b[0-9a-f]{7,40}\b|\bGH-|\w+\/\w+|![0-9]/.test(content)
    );
  }
  if (!/^html_/.test(type)) return false;
  const rest = content.replace(/<code>[^<>]*<\/code>/g, "").replace(ourHtml, "");
  return /[<@#`[]|:\/\/|www\./.test(rest);
}

const subjects = poisonedSubjects({ sandbox: false });

describe("Markdown", () => {
  it.each([
    ["plan", { is: "plan", document: fullPlan }],
    ["apply", { is: "apply", document: partialApply }],
    ["drift", { is: "drift", document: fullPlan, unmanagedCounts: false }],
  ] as [string, Subject][])("is readable: %s", async (name, subject) => {
    await expect(renderMarkdown(subject, { isComment: true })).toMatchFileSnapshot(`golden/${name}.md`);
  });

  it.each(subjects)("makes nothing of strangers' texts: %s", (_name, make) => {
    fc.assert(
      fc.property(fc.array(hostile, { minLength: 1, maxLength: 12 }), (texts) => {
        expectHarmless(renderMarkdown(make(texts), { isComment: true }));
      }),
      { numRuns: 60 },
    );
  });

  it.each(markup)("makes nothing of %j as a name, an address, a value and a message", (text) => {
    for (const [, make] of subjects) expectHarmless(renderMarkdown(make([text]), { isComment: true }));
  });

  it("would notice a link, a mention and HTML", () => {
    for (const text of ["see www.evil.example", "hello @octocat", "<img src=x>", "[x](https://x.example)"]) {
      expect(() => expectHarmless(text)).toThrow();
    }
  });

  it.each([...markup, "a`b``c", "` x `"])("keeps the code span of %j whole", (text) => {
    const span = codeSpan(text);
    const inline = tokensOf(`x ${span} y`).filter(({ type }) => type === "code_inline");
    expect(inline).toHaveLength(1);
    expect(
      tokensOf(`x ${span} y`)
        .filter(({ type }) => type === "text")
        .map(({ content }) => content),
    ).toEqual(["x ", " y"]);
  });

  it("leaves sentences readable", () => {
    expect(prose("`House Blend` would cost $240.00 instead of $24.00 (exactly 10 times as much).").text).toBe(
      "`House Blend` would cost `$240.00` instead of `$24.00` (exactly 10 times as much).",
    );
  });

  it("hides keys", () => {
    const one = change({ name: "sk_live_0123456789abcdef" });
    expect(renderMarkdown({ is: "plan", document: plan({ changes: [one] }) })).not.toContain(
      "0123456789abcdef",
    );
  });
});

describe("the mark of a comment", () => {
  it("names command, project and environment", () => {
    expect(marker("plan", "acme-store", "eu")).toBe("<!-- gstable-sync plan: acme-store/eu -->");
    expect(marker("plan", "acme-store", null)).toBe("<!-- gstable-sync plan: acme-store -->");
  });

  it("cannot be ended by a name, and is another one for other names", () => {
    const names = ["a-->b", "a--!>b", "a/b", "--", "->", "a b", "\ud800"];
    const marks = names.map((name) => marker("plan", name, null));
    for (const mark of marks) expect(mark.slice(4, -3)).not.toMatch(/--|[<>]|-$/);
    expect(new Set([...marks, marker("plan", "a", "b")]).size).toBe(names.length + 1);
  });
});

describe("a comment that must be cut", () => {
  const many = (count: number, text = "x") =>
    plan({
      changes: Array.from({ length: count }, (_, index) => {
        const isPrice = index < 3;
        return change({
          number: index + 1,
          address: `paymentLink.page-${String(index).padStart(4, "0")}`,
          name: `Page ${index}`,
          risks: [isPrice ? "price" : "cosmetic"],
          fields: [
            isPrice
              ? field({
                  type: "money",
                  path: "lineItems[0].unitPrice",
                  before: "9.99",
                  after: "12.99",
                  risk: "price",
                })
              : field({ path: "customSuccessText", before: null, after: `${text} ${index}` }),
          ],
        });
      }),
      guards: [0, 1, 2].map((index) => guard({ address: `paymentLink.page-000${index}` })),
      unmanaged: Array.from({ length: 200 }, (_, index) => ({
        ...{ kind: "product", id: `prd_${index}`, name: "Old", url: null, open: false },
      })),
    });
  const comment = (document: ReturnType<typeof many>) =>
    renderMarkdown({ is: "plan", document }, { isComment: true, limitBytes: COMMENT_BYTES });

  it("fits with 500 changes of any script, keeps all counts and says what it left out", () => {
    for (const text of ["x".repeat(300), "日本語".repeat(100), "👋".repeat(150)]) {
      const cut = comment(many(500, text));
      expect(new TextEncoder().encode(cut).length).toBeLessThanOrEqual(COMMENT_BYTES);
      expect(cut.length).toBeLessThan(65_536);
      expect(cut).toMatch(/^<!-- gstable-sync plan: acme-store -->\n/);
      expect(cut).toContain("**Needs approval: 3 guards tripped (3 price).**");
      expect(cut).toContain("**500 changes**: **3 price** · 497 cosmetic");
      expect(cut).toMatch(/Cut to fit\..* Left out.*details of .*changes.*200 unmanaged objects altogether/);
      expectHarmless(cut);
    }
  });

  it("cuts between changes and from the harmless end: the dangerous ones are whole", () => {
    const cut = comment(many(500, "x".repeat(300)));
    for (const index of [0, 1, 2]) expect(cut).toContain(`<code>paymentLink.page-000${index}</code>`);
    expect(cut.match(/`\$9\.99` \| `\$12\.99`/g)).toHaveLength(3);
    const shown = [...cut.matchAll(/paymentLink\.page-(\d+)/g)].map(([, index]) => Number(index));
    const missing = Array.from({ length: 500 }, (_, index) => index).filter(
      (index) => !shown.includes(index),
    );
    expect(missing).toEqual(missing.length === 0 ? [] : range(Math.min(...missing), 500));
  });

  it("keeps the account, and a line of each page that closes, and leaves no headline alone", () => {
    const document = plan({
      changes: [
        ...Array.from({ length: 190 }, (_, index) =>
          change({
            number: index + 1,
            address: `paymentLink.dear-${index}`,
            risks: ["price"],
            fields: [field({ type: "money", before: "10.00", after: "12.00", risk: "price" })],
          }),
        ),
        ...Array.from({ length: 10 }, (_, index) =>
          change({
            ...{ number: 191 + index, address: `paymentLink.shut-${index}`, actions: ["disable"] },
            risks: ["visibility"],
            fields: [field({ path: "enabled", before: true, after: false, risk: "visibility" })],
          }),
        ),
        change({ number: 201, address: "product.renamed", risks: ["cosmetic"] }),
      ],
      unmanaged: many(0).unmanaged,
    });
    const cut = renderMarkdown({ is: "plan", document }, { isComment: true, limitBytes: 30_000 });
    expect(cut).toContain("pays out to `treasury`");
    for (let index = 0; index < 10; index += 1) expect(cut).toContain(`\`paymentLink.shut-${index}\``);
    expect(cut).not.toMatch(/^###.*\n\n###/m);
    expect(cut).toMatch(/^### The rest\n\n_Left out: 1\._$/m);
    expect(cut).toMatch(/^### Not in the configuration: 200 objects\n\n_Left out: 200\._$/m);
  });

  it("counts every guard, even where not all of them have room", () => {
    const guards = Array.from({ length: 3_000 }, (_, index) =>
      guard({ address: `paymentLink.page-${index}`, message: "It would cost more. ".repeat(20) }),
    );
    const cut = comment({ ...many(3), guards });
    expect(new TextEncoder().encode(cut).length).toBeLessThanOrEqual(COMMENT_BYTES);
    expect(cut).toContain("3000 guards tripped (3000 price)");
    expect(cut).toMatch(/Left out.*guards/);
  });

  it("is whole where it fits, and says nothing of cutting", () => {
    const whole = comment(many(20));
    expect(whole).not.toContain("Cut to fit");
    expect(whole).toBe(
      `<!-- gstable-sync plan: acme-store -->\n\n${renderMarkdown({ is: "plan", document: many(20) })}`,
    );
  });

  it("gives the same bytes for the same plan", () => {
    const document = many(500);
    expect(comment({ ...document, changes: document.changes.toReversed() })).toBe(comment(document));
  });
});

function range(from: number, to: number): number[] {
  return Array.from({ length: to - from }, (_, index) => from + index);
}
