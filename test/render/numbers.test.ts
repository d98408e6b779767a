import { Ajv } from "ajv";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import planSchema from "../../plan.schema.json" with { type: "json" };
import { COMMENT_BYTES, renderAnnotations, renderHtml, renderMarkdown } from "../../src/render/forms.js";
import { renderJson, renderPlan } from "../../src/render/index.js";
import { type ChangeAction, changeActions } from "../../src/state/action.js";
import type { PlanDocument } from "../../src/state/plan-document.js";
import { change, field, fullPlan, plan, terminal } from "./builders.js";

const risks = ["routing", "exit", "price", "visibility", "irreversible", "cosmetic"] as const;

/** Plans of every size and danger, numbered as the engine numbers them. */
const plans: fc.Arbitrary<PlanDocument> = fc
  .array(
    fc.record({
      kind: fc.constantFrom("product", "paymentLink", "webhook"),
      actions: fc.subarray<ChangeAction>([...changeActions], { minLength: 1, maxLength: 3 }),
      risks: fc.subarray([...risks], { minLength: 1 }),
      fields: fc.integer({ min: 0, max: 3 }),
    }),
    { maxLength: 40 },
  )
  .map((parts) =>
    plan({
      changes: parts.map((part, index) =>
        change({
          number: index + 1,
          address: `${part.kind}.entry-${index}`,
          kind: part.kind,
          actions: part.actions,
          risks: part.risks,
          fields: Array.from({ length: part.fields }, (_, at) => field({ path: `field${at}` })),
        }),
      ),
    }),
  );

type Numbered = readonly (readonly [number: string, address: string])[];

const inOrder = (found: Numbered): string[] =>
  found.map(([number, address]) => `${number} ${address}`).sort();
const found = (text: string, pattern: RegExp): Numbered =>
  [...text.matchAll(pattern)].map(([, number = "", address = ""]) => [number, address]);

const forms: Readonly<Record<string, (document: PlanDocument) => Numbered>> = {
  json: (document) =>
    (JSON.parse(renderJson(document)) as PlanDocument).changes.map(({ number, address }) => [
      String(number),
      address,
    ]),
  text: (document) =>
    found(renderPlan(document, { ...terminal, width: 300 }), /^[! ] #(\d+) .*? {2}(\w+\.entry-\d+) {2}"/gm),
  quiet: (document) =>
    found(
      renderPlan(document, { ...terminal, width: 300 }, { quiet: true }),
      /^[! ] #(\d+) .*? {2}(\w+\.entry-\d+) {2}"/gm,
    ),
  markdown: (document) =>
    found(
      renderMarkdown({ is: "plan", document }),
      /<summary><code>#(\d+)<\/code> <b>.*?<\/b> <code>(\w+\.entry-\d+)<\/code>/g,
    ),
  html: (document) =>
    found(renderHtml({ is: "plan", document }), /id="change-(\d+)">\n.*?<bdi>(\w+\.entry-\d+)<\/bdi>/g),
};

describe("the same plan in five forms", () => {
  it("has the same numbers for the same operations", () => {
    fc.assert(
      fc.property(plans, (document) => {
        const wanted = inOrder(document.changes.map(({ number, address }) => [String(number), address]));
        for (const [name, read] of Object.entries(forms))
          expect(inOrder(read(document)), name).toEqual(wanted);
      }),
      { numRuns: 60 },
    );
  });

  it("also where a comment is cut and annotations are counted", () => {
    const changes = Array.from({ length: 500 }, (_, index) =>
      change({
        number: index + 1,
        address: `product.entry-${index}`,
        fields: [field({ after: "x".repeat(400) })],
      }),
    );
    const document = plan({ changes });
    const wanted = inOrder(changes.map(({ number, address }) => [String(number), address]));
    const comment = renderMarkdown({ is: "plan", document }, { limitBytes: COMMENT_BYTES });
    const short = found(comment, /`#(\d+)` \w+ `(product\.entry-\d+)`/g);
    const annotations = renderAnnotations({ is: "plan", document }, { locate: (file) => file });
    const noticed = found(annotations, /title=#(\d+) \w+ (product\.entry-\d+)/g);
    expect(short.length).toBeGreaterThan(100);
    expect(noticed).toHaveLength(10);
    expect(wanted).toEqual(expect.arrayContaining(inOrder([...short, ...noticed])));
  });

  it("is what the shipped schema says, and a document without a hash is not", () => {
    const check = new Ajv({ strict: false }).compile(planSchema);
    fc.assert(fc.property(plans, (document) => check(JSON.parse(renderJson(document)))));
    expect(check(JSON.parse(renderJson(fullPlan)))).toBe(true);
    const { hash: _, ...without } = fullPlan;
    expect(check(without)).toBe(false);
    expect(check({ ...fullPlan, buyers: [{ number: 1 }] })).toBe(false);
  });
});
