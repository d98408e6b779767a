import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readEveryday } from "../../src/config/parse/everyday/read-everyday.js";
import type { ConfigNode } from "../../src/config/parse/node.js";
import { parseYaml } from "../../src/config/parse/parse-yaml.js";
import { createSourceFile, type Span } from "../../src/config/parse/source-file.js";
import { createCollector } from "../../src/config/report.js";
import { everyday, leftAlone, mistyped, written } from "./everyday-texts.js";

/** A tree as plain data: values, spellings and every place. */
function plainTree(node: ConfigNode): unknown {
  const place = ({ start, end }: Span) => [start, end];
  switch (node.kind) {
    case "scalar":
      return { value: node.value, raw: node.raw, place: place(node) };
    case "list":
      return { items: node.items.map(plainTree), place: place(node) };
    case "map":
      return {
        entries: [...node.entries].map(([name, pair]) => [name, place(pair), plainTree(pair.value)]),
        place: place(node),
      };
    default:
      return node satisfies never;
  }
}

function readBoth(text: string) {
  const file = createSourceFile("a.yaml", text);
  const report = createCollector();
  const fast = readEveryday(file);
  const slow = parseYaml(file, report);
  return {
    fast: fast && plainTree(fast),
    slow: slow && plainTree(slow),
    reported: report.diagnostics().map(({ code, summary }) => `${code} ${summary}`),
  };
}

/** What the fast reader takes it reads as the package does, and the package has nothing to say of it. */
function expectAgreement(text: string): boolean {
  const { fast, slow, reported } = readBoth(text);
  if (fast === undefined) return false;
  expect(reported).toEqual([]);
  expect(fast).toEqual(slow);
  return true;
}

describe("the reader of everyday YAML", () => {
  it.each(everyday)("reads as the package does: %j", (text) => {
    expect(expectAgreement(text)).toBe(true);
  });

  it.each(leftAlone)("leaves to the package: %j", (text) => {
    expect(readEveryday(createSourceFile("a.yaml", text))).toBeUndefined();
  });

  it("agrees with the package on whatever it takes, and takes most of what people write", () => {
    let taken = 0;
    fc.assert(
      fc.property(written, (text) => {
        taken += expectAgreement(text) ? 1 : 0;
      }),
      { numRuns: 600 },
    );
    expect(taken).toBeGreaterThan(150);
  });

  it("agrees with the package on whatever it takes of mistyped files", () => {
    fc.assert(
      fc.property(mistyped, (text) => {
        expectAgreement(text);
      }),
      { numRuns: 1500 },
    );
  });

  it("reads nesting that would be refused no deeper than the package does", () => {
    const deep = `a: ${"[".repeat(200)}${"]".repeat(200)}\n`;
    const blocks = Array.from({ length: 80 }, (_, depth) => `${" ".repeat(depth)}a:`).join("\n");
    expect(readEveryday(createSourceFile("a.yaml", deep))).toBeUndefined();
    expect(readEveryday(createSourceFile("a.yaml", blocks))).toBeUndefined();
  });
});
