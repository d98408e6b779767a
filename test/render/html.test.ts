import { createHash } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { renderHtml } from "../../src/render/forms.js";
import { style, styleHash } from "../../src/render/html/style.js";
import { change, fullPlan, partialApply, plan } from "./builders.js";
import { poisonedSubjects } from "./poisoned-subjects.js";
import { hostile, markup } from "./strangers.js";

const subjects = poisonedSubjects({ sandbox: true });

/** Every tag that a report is made of, with the only attributes that it may have. */
const ourTag =
  /<!doctype html>|<\/?(?:html|head|body|main|section|article|header|footer|title|style|h[1-3]|p|ul|li|dl|dt|dd|div|span|b|code|pre|bdi|del|ins|table|thead|tbody|tr|th|td|br|svg|rect)(?: lang="en")?(?: class="[a-z -]*")?(?: id="change-\d+")?(?: data-of="[A-Za-z ]+")?(?: (?:viewBox|preserveAspectRatio|aria-hidden|width|height|rx)="[\w ]+")*>|<a href="#change-\d+">|<\/a>|<meta (?:charset|http-equiv|name)="[\w-]+"(?: content="[^"<>]*")?>/g;

function expectHarmless(text: string): void {
  const [, body = ""] = text.split("</style>");
  expect(body.replace(ourTag, "")).not.toMatch(/[<>]/);
  expect(text.split("</style>")).toHaveLength(2);
  expect(text).not.toMatch(/[\p{Cs}\u202a-\u202e\u2066-\u2069\u200b-\u200f]/u);
}

describe("the HTML report", () => {
  it.each(subjects)("has no markup but its own, whatever strangers write: %s", (_name, make) => {
    fc.assert(
      fc.property(fc.array(hostile, { minLength: 1, maxLength: 12 }), (texts) => {
        expectHarmless(renderHtml(make(texts)));
      }),
      { numRuns: 40 },
    );
    for (const text of markup) expectHarmless(renderHtml(make([text])));
  });

  it("would notice markup that is not its own", () => {
    const page = renderHtml({ is: "plan", document: fullPlan });
    for (const more of ["<script>", "<img src=x>", '<p onclick="x">', '<a href="https://x.example">']) {
      expect(() => expectHarmless(page.replace("<main>", `<main>${more}`))).toThrow();
    }
  });

  it("allows its own style by hash, and nothing else at all", () => {
    const hash = createHash("sha256").update(style).digest("base64");
    expect(styleHash, "the style changed: write this into style.ts").toBe(`sha256-${hash}`);
    const page = renderHtml({ is: "plan", document: fullPlan });
    expect(page).toContain(`<style>${style}</style>`);
    expect(page).toContain(
      `http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'"`,
    );
    expect(page.indexOf("Content-Security-Policy")).toBeLessThan(page.indexOf("<style>"));
    expect(page).not.toMatch(/\sstyle="|\ssrc=|url\(|@import/);
  });

  it("begins with what it comes to", () => {
    const says = (document: typeof fullPlan) =>
      /<div class="verdict (\w+)"><b>([^<]*)/.exec(renderHtml({ is: "plan", document }))?.slice(1);
    expect(says(fullPlan)).toEqual(["danger", "2 guards to approve, 6 changes"]);
    expect(says(plan({ changes: [change({ risks: ["price"] })] }))).toEqual(["warn", "1 change"]);
    expect(says(plan({ changes: [change({})] }))).toEqual(["good", "1 change"]);
    const price = change({ risks: ["price"] });
    const moves = (changes: ReturnType<typeof change>[]) =>
      renderHtml({ is: "plan", document: plan({ changes }) });
    expect(moves([price])).toContain("It moves money: prices");
    expect(moves([price, change({ number: 2 })])).toContain("1 of them moves money: prices");
    expect(moves([price, { ...price, number: 2 }])).toContain("All of them move money: prices");
    // A page that closes, or one that is there for good, is nothing to wave through.
    for (const risk of ["visibility", "irreversible"] as const)
      expect(says(plan({ changes: [change({ risks: [risk] })] }))).toEqual(["warn", "1 change"]);
    expect(says(plan({}))).toEqual(["good", "No changes"]);
    expect(renderHtml({ is: "plan", document: plan({ complete: false }) })).toContain("<b>Incomplete</b>");
    expect(renderHtml({ is: "apply", document: partialApply })).toContain("<b>Not all is done</b>");
  });

  it("folds a long list of what nobody declared, and leaves nothing out of it", () => {
    const unmanaged = (many: number) =>
      Array.from({ length: many }, (_, index) => ({
        ...{ kind: "product", id: `prd_${index}_`, name: "Old", url: null, open: false },
      }));
    const page = (many: number) => renderHtml({ is: "plan", document: plan({ unmanaged: unmanaged(many) }) });
    expect(page(20)).not.toContain("<details>");
    const [shown = "", folded = ""] = page(412).split("<details><summary>and 392 more</summary>");
    expect(shown.match(/prd_\d+_/g)).toHaveLength(20);
    expect(folded.match(/prd_\d+_/g)).toHaveLength(392);
  });

  it("puts guards before buyers, and money before the rest", () => {
    const page = renderHtml({ is: "plan", document: fullPlan });
    const order = [
      "Needs approval",
      "What buyers will see",
      "Money and routing",
      "What payers can reach",
      "The rest",
    ];
    const places = order.map((title) => page.indexOf(`<h2>${title}</h2>`));
    expect(places).toEqual(places.toSorted((a, b) => a - b));
    expect(places[0]).toBeGreaterThan(0);
  });

  it("draws how far a price moves, in proportion", () => {
    const page = renderHtml({ is: "plan", document: fullPlan });
    expect([...page.matchAll(/<rect width="(\d+)"/g)].map(([, width]) => Number(width))).toEqual([91, 1000]);
  });

  it("hides keys", () => {
    const document = plan({ changes: [change({ name: "sk_live_0123456789abcdef" })] });
    expect(renderHtml({ is: "plan", document })).not.toContain("0123456789abcdef");
  });
});
