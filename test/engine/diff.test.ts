import { describe, expect, test } from "vitest";
import { type DiffInput, diff } from "../../src/engine/diff.js";
import type { KindDefinition } from "../../src/engine/kind.js";
import { kinds } from "../../src/resources/registry.js";
import type { Kind } from "../../src/state/address.js";
import type { FieldValue } from "../../src/state/value.js";
import { item, usd, type Values, values } from "./builders.js";

const definitionOf = (kind: Kind): KindDefinition => {
  const definition = kinds.get(kind);
  if (definition === undefined) throw new Error(kind);
  return definition;
};

interface Sides extends Partial<Pick<DiffInput, "hosted" | "ignoreChanges">> {
  readonly base?: Values | undefined;
  readonly wanted: Values;
  readonly live: Values;
}

/** The differences of one entry, as `path: before -> after (cause)`; what a case is not about is the same everywhere. */
function told(kind: Kind, { base, wanted, live, hosted, ignoreChanges = [] }: Sides): readonly string[] {
  const found = diff({
    definition: definitionOf(kind),
    wanted: values[kind](wanted),
    live: values[kind](live),
    base: base === undefined ? undefined : values[kind](base),
    hosted,
    ignoreChanges,
  });
  const show = (value: FieldValue) => JSON.stringify(value);
  return found.map(
    (one) =>
      `${one.path}: ${show(one.before)} -> ${show(one.after)} (${one.cause}${one.ignored ? ", ignored" : ""})`,
  );
}

describe("three ways", () => {
  test.each([
    // base, wanted, live, cause
    ["a", "a", "a", undefined],
    ["a", "b", "a", "config"],
    ["a", "a", "b", "drift"],
    ["a", "b", "c", "conflict"],
    ["a", "b", "b", undefined],
    ["a", null, "a", "config"],
    ["a", "a", null, "drift"],
    ["a", null, null, undefined],
    [null, "a", null, "config"],
    [null, null, "a", "drift"],
    [null, "a", "b", "conflict"],
    [null, null, null, undefined],
    ["a", null, "b", "conflict"],
    ["a", "b", null, "conflict"],
    [undefined, "a", "b", "unknown"],
    [undefined, "a", null, "unknown"],
    [undefined, null, "a", "unknown"],
    [undefined, "a", "a", undefined],
  ])("base %j, wanted %j, live %j: %s", (base, wanted, live, cause) => {
    const sides = {
      base: base === undefined ? undefined : { successUrl: base },
      wanted: { successUrl: wanted },
      live: { successUrl: live },
    };
    const line = `successUrl: ${JSON.stringify(live)} -> ${JSON.stringify(wanted)} (${cause})`;
    expect(told("paymentLink", sides)).toEqual(cause === undefined ? [] : [line]);
  });

  test("an ignored field is told where it moved outside, and left alone where only the YAML moved", () => {
    const sides = (base: string, wanted: string, live: string): Sides => ({
      base: { customSuccessText: base },
      wanted: { customSuccessText: wanted },
      live: { customSuccessText: live },
      ignoreChanges: ["customSuccessText"],
    });
    expect(told("paymentLink", sides("a", "b", "a"))).toEqual([]);
    expect(told("paymentLink", sides("a", "a", "b"))).toEqual([
      'customSuccessText: "b" -> "a" (drift, ignored)',
    ]);
    expect(told("paymentLink", sides("a", "b", "c"))).toEqual([
      'customSuccessText: "c" -> "b" (conflict, ignored)',
    ]);
  });

  test("outer space and Unicode form are no difference in a text; in a URL they are", () => {
    const one = { linkName: " Cafe\u0301", successUrl: "https://a.example/" };
    expect(told("paymentLink", { base: one, wanted: one, live: { ...one, linkName: "Caf\u00e9" } })).toEqual(
      [],
    );
    expect(
      told("paymentLink", { base: one, wanted: one, live: { ...one, successUrl: "https://a.example/ " } }),
    ).toHaveLength(1);
  });
});

describe("line items", () => {
  const items = (...parts: readonly FieldValue[]) => ({ lineItems: parts });
  const told3 = (base: Values, wanted: Values, live: Values) => told("paymentLink", { base, wanted, live });
  const [a, b] = [item("a"), item("b")];

  test("are matched by product: a dearer one is one field", () => {
    const before = items(a, b);
    expect(told3(before, items(a, item("b", 1, usd(12))), before)).toEqual([
      "lineItems[1].unitPrice: 10000000 -> 12000000 (config)",
    ]);
  });

  test("a product that repeats is matched n-th with n-th", () => {
    const before = items(a, item("a", 2), b);
    expect(told3(before, items(a, item("a", 3), b), before)).toEqual([
      "lineItems[1].quantity: 2 -> 3 (config)",
    ]);
    expect(told3(before, items(a, b), before)).toEqual([
      'lineItems[1]: {"product":"a","quantity":2,"unitPrice":10000000} -> null (config)',
    ]);
  });

  test("another order from the API alone is no change where a product repeats, either", () => {
    const [dear, cheap] = [item("a", 1, usd(15)), item("a", 3, usd(1))];
    const [yaml, shown] = [items(dear, b, cheap), items(cheap, b, dear)];
    expect(told3(yaml, yaml, shown)).toEqual([]);
    expect(told("paymentLink", { base: undefined, wanted: yaml, live: shown })).toEqual([]);
    expect(told3(yaml, items(dear, b, item("a", 3, usd(2))), shown)).toEqual([
      "lineItems[2].unitPrice: 1000000 -> 2000000 (config)",
    ]);
    expect(told3(yaml, items(dear, b), shown)).toEqual([
      'lineItems[0]: {"product":"a","quantity":3,"unitPrice":1000000} -> null (config)',
    ]);
    expect(told3(yaml, shown, yaml)).toHaveLength(4);
    const attributes = (...texts: readonly string[]) => ({
      attributes: texts.map((value) => ({ name: "Size", value })),
    });
    const [sizes, turned] = [attributes("S", "M", "L"), attributes("L", "S", " M")];
    expect(told("product", { base: sizes, wanted: sizes, live: turned })).toEqual([]);
  });

  test("one that is new or gone is one field, with nothing on the other side", () => {
    expect(told3(items(a), items(a, b), items(a))).toEqual([
      'lineItems[1]: null -> {"product":"b","quantity":1,"unitPrice":10000000} (config)',
    ]);
    expect(told3(items(a, b), items(a, b), items(b))).toEqual([
      'lineItems[0]: null -> {"product":"a","quantity":1,"unitPrice":10000000} (drift)',
    ]);
    expect(told3(items(a), items(a), items(a, b))).toEqual([
      'lineItems[1]: {"product":"b","quantity":1,"unitPrice":10000000} -> null (drift)',
    ]);
  });

  test("in another order in the YAML are a change; in another order from the API alone they are none", () => {
    expect(told3(items(a, b), items(b, a), items(a, b))).toEqual([
      'lineItems: ["a","b"] -> ["b","a"] (config)',
    ]);
    expect(told3(items(a, b), items(a, b), items(b, a))).toEqual([]);
    expect(told("paymentLink", { base: undefined, wanted: items(a, b), live: items(b, a) })).toEqual([]);
  });

  test("another order in the YAML is told beside what else it changes", () => {
    const before = items(a, b);
    const order = 'lineItems: ["a","b"] -> ["b","a"] (config)';
    expect(told3(before, items(item("b", 1, usd(12)), a), before)).toEqual([
      "lineItems[0].unitPrice: 10000000 -> 12000000 (config)",
      order,
    ]);
    const c = item("c");
    expect(told3(before, items(b, c, a), before)).toEqual([
      'lineItems[1]: null -> {"product":"c","quantity":1,"unitPrice":10000000} (config)',
      order,
    ]);
    expect(told3(items(a, b, c), items(b, a), items(a, b, c))).toEqual([
      'lineItems[2]: {"product":"c","quantity":1,"unitPrice":10000000} -> null (config)',
      order,
    ]);
    expect(told3(before, items(c, a, b), before)).toHaveLength(1);
    expect(told3(before, items(a, b), items(b, item("a", 2)))).toEqual([
      "lineItems[0].quantity: 2 -> 1 (drift)",
    ]);
  });
});

describe("lists and sets", () => {
  test("prices in another order are a change when the YAML did it, and only then", () => {
    const prices = (...commonPrices: readonly number[]) => ({ commonPrices });
    expect(told("product", { base: prices(1, 2), wanted: prices(2, 1), live: prices(1, 2) })).toHaveLength(1);
    expect(told("product", { base: prices(1, 2), wanted: prices(1, 2), live: prices(2, 1) })).toEqual([]);
    expect(told("product", { base: prices(1, 2), wanted: prices(1, 2), live: prices(1, 2, 2) })).toHaveLength(
      1,
    );
  });

  test("attributes are matched by name", () => {
    const attributes = (...pairs: readonly (readonly [string, string])[]) => ({
      attributes: pairs.map(([name, value]) => ({ name, value })),
    });
    const before = attributes(["Seats", "5"], ["Area", "EU"]);
    expect(
      told("product", { base: before, wanted: attributes(["Seats", "6"], ["Area", "EU"]), live: before }),
    ).toEqual(['attributes[0].value: "5" -> "6" (config)']);
    expect(
      told("product", { base: before, wanted: attributes(["Area", "EU"], ["Seats", "5"]), live: before }),
    ).toHaveLength(1);
    expect(
      told("product", { base: before, wanted: before, live: attributes(["Area", "EU"], ["Seats", "5"]) }),
    ).toEqual([]);
  });
});

describe("pictures", () => {
  const pictures = (
    base: string | null,
    wanted: string | null,
    live: string | null,
    hosted?: string | null,
  ) =>
    told("product", {
      base: { imageUrl: base },
      wanted: { imageUrl: wanted },
      live: { imageUrl: live },
      hosted: hosted === undefined ? undefined : { imageUrl: hosted },
    });

  test.each([
    ["its hosted URL is no change", ["src", "src", "h", "h"], undefined],
    ["another source is a change", ["src", "new", "h", "h"], "config"],
    ["another hosted URL is drift", ["src", "src", "x", "h"], "drift"],
    ["both are a conflict", ["src", "new", "x", "h"], "conflict"],
    ["one that was lost stays so, until its URL changes", ["src", "src", null, null], undefined],
    ["one that is lost later is drift", ["src", "src", null, "h"], "drift"],
    ["not observed yet, it is taken as it is", ["src", "src", "h", undefined], undefined],
    ["taken out of the YAML, it is a change", ["src", null, "h", "h"], "config"],
    ["added outside, it is drift", [null, null, "x", null], "drift"],
    ["stored under its own URL, it is the same", ["src", "src", "src", "h"], undefined],
  ] as const)("%s", (_what, [base, wanted, live, hosted], cause) => {
    expect(pictures(base, wanted, live, hosted).map((line) => /\((.*)\)/.exec(line)?.[1])).toEqual(
      cause === undefined ? [] : [cause],
    );
  });

  test("with nothing recorded the live one is taken for the YAML's", () => {
    expect(
      told("product", { base: undefined, wanted: { imageUrl: "src" }, live: { imageUrl: "h" } }),
    ).toEqual([]);
  });
});
