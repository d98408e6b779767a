import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { layOut } from "../../src/render/text/layout.js";
import type { Row, Span } from "../../src/render/text/row.js";

const span: fc.Arbitrary<Span> = fc.record(
  {
    // What the layout treats in its own way is in there often.
    text: fc.string({ unit: fc.constantFrom(..."ab  :#[~é\n"), maxLength: 24 }),
    tone: fc.constantFrom("strong", "danger"),
    whole: fc.boolean(),
  },
  { requiredKeys: ["text"] },
);

describe("a row", () => {
  it("that stands on its line as it is looks as if each of its characters had been looked at", () => {
    const rows = fc.record({ indent: fc.nat(60), hang: fc.nat(4), spans: fc.array(span, { maxLength: 4 }) });
    const looks = fc.record({
      colour: fc.boolean(),
      unicode: fc.constant(true),
      width: fc.integer({ min: 40, max: 100 }),
    });
    let plain = 0;
    fc.assert(
      fc.property(rows, looks, (row: Row, look) => {
        const text = layOut([row], look);
        if (text.trim() !== "" && !text.trimEnd().includes("\n")) plain += 1;
        // With a right edge, if an empty one, it is taken apart, and ends in an empty line where there is no room for it.
        const looked = layOut([{ ...row, right: [] }], look);
        expect(looked.replace(/\n+$/, "\n")).toBe(text.replace(/\n+$/, "\n"));
      }),
      { numRuns: 2000 },
    );
    expect(plain).toBeGreaterThan(200);
  });
});
