import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { canonicalJson, type FieldValue, sameSpelling, sameValue } from "../../src/state/value.js";
import { anyText, anyValue } from "./arbitraries.js";

const reversed = (value: FieldValue): FieldValue =>
  typeof value !== "object" || value === null
    ? value
    : Array.isArray(value)
      ? value.map(reversed)
      : Object.fromEntries(
          Object.entries(value)
            .reverse()
            .map(([key, part]) => [key, reversed(part)]),
        );

describe("canonical values", () => {
  test("are the same exactly when their canonical JSON is", () => {
    fc.assert(
      fc.property(anyValue, anyValue, (a, b) => {
        expect(sameValue(a, b)).toBe(canonicalJson(a) === canonicalJson(b));
      }),
    );
  });

  test("do not depend on the order in which their keys were written", () => {
    fc.assert(
      fc.property(anyValue, (value) => {
        expect(sameValue(value, reversed(value))).toBe(true);
        expect(canonicalJson(reversed(value))).toBe(canonicalJson(value));
      }),
    );
  });

  test.each([
    [
      [1, 2],
      [2, 1],
    ],
    [null, ""],
    [null, []],
    [0, "0"],
    [false, null],
    [[], {}],
    [{ a: null }, {}],
    [{ toString: 1 }, { valueOf: 1 }],
  ] as readonly (readonly [FieldValue, FieldValue])[])("%j is not %j", (a, b) => {
    expect([sameValue(a, b), sameValue(b, a)]).toEqual([false, false]);
  });

  test("an unknown value is the same as no known one", () => {
    fc.assert(fc.property(anyValue, (value) => void expect(sameValue(undefined, value)).toBe(false)));
  });
});

describe("spelling", () => {
  test("leaves outer space and Unicode normalisation aside", () => {
    fc.assert(
      fc.property(anyText, (text) => {
        expect(sameSpelling(` \n${text.normalize("NFD")}\t`, text)).toBe(true);
      }),
    );
  });

  test.each([
    ["a b", "a  b"],
    ["A", "a"],
    ["ﬁ", "fi"],
    ["a\u200bb", "ab"],
  ])("but %j is not %j", (a, b) => {
    expect(sameSpelling(a, b)).toBe(false);
  });
});
