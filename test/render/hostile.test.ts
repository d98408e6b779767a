import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  type Look,
  renderApply,
  renderDiagnostics,
  renderDrift,
  renderPlan,
  renderProgress,
} from "../../src/render/index.js";
import { textWidth } from "../../src/render/text-width.js";
import { change, diagnostic, field, fullPlan, partialApply, plan } from "./builders.js";
import { hostile, poison } from "./strangers.js";

const looks: fc.Arbitrary<Look> = fc.record({
  colour: fc.boolean(),
  unicode: fc.boolean(),
  width: fc.integer({ min: 40, max: 130 }),
});

// biome-ignore lint/suspicious/noControlCharactersInRegex: our own SGR sequences
const ownColours = /\u001b\[(?:\d+;)*\d+m/g;

function expectHarmless(output: string, look: Look): void {
  const plain = look.colour ? output.replace(ownColours, "") : output;
  const harmful = plain.split("\n").filter((line) => traps.some((trap) => trap.test(line)));
  expect(harmful).toEqual([]);
}

/** Orders to a runner, characters that move or hide others, and space that nobody sees. */
const traps = [
  /^\s*::/,
  /##(\[|vso\[)/i,
  /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u200b-\u200f\u202a-\u202e\u2066-\u2069\u061c\u{e0000}-\u{e007f}]/u,
  /\s$/,
];

const outputs: readonly (readonly [
  name: string,
  render: (texts: readonly string[], look: Look) => string,
])[] = [
  ["plan", (texts, look) => renderPlan(poison(fullPlan, texts), look)],
  ["quiet plan", (texts, look) => renderPlan(poison(fullPlan, texts), look, { quiet: true })],
  ["apply", (texts, look) => renderApply(poison(partialApply, texts), look)],
  ["drift", (texts, look) => renderDrift(poison(fullPlan, texts), look, { unmanagedCounts: true })],
  [
    "diagnostics",
    (texts, look) => {
      const source = { file: "f", line: 3, column: 7, endColumn: 12, lineText: "some text" };
      const one = diagnostic({ detail: "d", remedy: "r", source, related: [{ label: "l", source }] });
      return renderDiagnostics([poison(one, texts)], look);
    },
  ],
  [
    "progress",
    (texts, look) => {
      const [action] = partialApply.failed;
      return action === undefined
        ? ""
        : renderProgress({ is: "failed", action: poison(action, texts) }, look);
    },
  ],
];

describe("strangers' texts", () => {
  it.each(outputs)("do nothing in the %s but stand there", (_name, render) => {
    fc.assert(
      fc.property(fc.array(hostile, { minLength: 1, maxLength: 12 }), looks, (texts, look) => {
        expectHarmless(render(texts, look), look);
      }),
      { numRuns: 60 },
    );
  });

  it("cannot borrow the mark of a word diff to give a runner an order", () => {
    const fields = [
      field({
        path: "description",
        type: "text",
        before: "##one two three four five six seven",
        after: "##uno two three four five six seven",
      }),
    ];
    const output = renderPlan(plan({ changes: [change({ fields })] }), {
      colour: false,
      unicode: true,
      width: 100,
    });
    expect(output).toContain("\\u{23}#[");
    expectHarmless(output, { colour: false, unicode: true, width: 100 });
  });

  it("do not make a plan wider than the page, but for commands to copy", () => {
    fc.assert(
      fc.property(fc.array(hostile, { minLength: 1, maxLength: 12 }), looks, (texts, look) => {
        const output = renderPlan(poison(fullPlan, texts), { ...look, colour: false });
        const wide = output.split("\n").filter((line) => textWidth(line) > look.width);
        const isToCopy = (line: string) =>
          /^\s+(--allow|policy\.allow:|gstable-sync) |^\S? *hash /.test(line);
        expect(wide.filter((line) => !isToCopy(line))).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });

  it("give the same bytes for the same plan", () => {
    const look = { colour: false, unicode: true, width: 80 };
    const reversed = {
      ...fullPlan,
      changes: fullPlan.changes.toReversed(),
      unmanaged: fullPlan.unmanaged.toReversed(),
      guards: fullPlan.guards.toReversed(),
      drift: fullPlan.drift.toReversed(),
    };
    expect(renderPlan(reversed, look)).toBe(renderPlan(fullPlan, look));
  });
});
