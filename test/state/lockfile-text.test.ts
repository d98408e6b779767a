import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { findSyntaxError } from "../../src/state/json-syntax.js";
import { emptyLockfile, type Intent, type Lockfile } from "../../src/state/lockfile.js";
import { decodeLockfile, encodeLockfile } from "../../src/state/lockfile-text.js";
import { lockEntry } from "../engine/builders.js";
import { anyLockfile } from "./arbitraries.js";

const owner = { project: "acme", environment: null, origin: "https://api.gstable.example" };
const lockfile: Lockfile = {
  ...emptyLockfile(owner),
  entries: new Map([
    ["product.plan", lockEntry("product", "prd_1")],
    ["paymentLink.a", lockEntry("paymentLink", "lnk_1", { versionCode: "ver_1", retired: true })],
  ]),
};
const text = encodeLockfile(lockfile);

/** With something else where a name stands. */
const withName = (value: string) => text.replace(/"name": "[^"]*"/, `"name": ${value}`);

const decode = (bytes: string) => decodeLockfile(bytes, "gstable.lock.json");
/** What is wrong, as codes and places. */
async function problemsOf(bytes: string): Promise<readonly string[]> {
  const result = await decode(bytes);
  return result.ok
    ? []
    : result.diagnostics.map(({ code, source }) => `${code} ${source?.line}:${source?.column}`);
}

describe("a lockfile", () => {
  test("may begin with a byte order mark", async () => {
    expect(await decode(`\uFEFF${text}`)).toEqual(await decode(text));
    expect(await problemsOf(`\uFEFF${text.slice(0, 40)}`)).toEqual(await problemsOf(text.slice(0, 40)));
  });

  test.each(["entries", "intents", "accounts"])(
    "loses no `__proto__` among its %s without a word",
    async (map) => {
      const bytes = JSON.stringify({ ...JSON.parse(text), [map]: "HERE" }).replace(
        '"HERE"',
        '{"__proto__":{}}',
      );
      expect(await problemsOf(bytes)).toEqual([expect.stringMatching(/^GS3004 1:\d+$/)]);
    },
  );

  test("with a key that nobody knows is damaged at its place", async () => {
    expect(await problemsOf(text.replace('  "project"', '  "surprise": 1,\n  "project"'))).toEqual([
      "GS3004 3:3",
    ]);
  });
  test("decodes to what was encoded", async () => {
    await fc.assert(
      fc.asyncProperty(anyLockfile, async (some) => {
        const result = await decode(encodeLockfile(some));
        expect(result.ok && result.value).toEqual({
          ...some,
          entries: sorted(some.entries),
          intents: sorted(some.intents),
        });
      }),
    );
  });

  test("has the same bytes for the same state, however it came about", async () => {
    await fc.assert(
      fc.asyncProperty(anyLockfile, async (some) => {
        const bytes = encodeLockfile(some);
        const entries = new Map([...some.entries].reverse());
        const accounts = new Map([...some.accounts].reverse());
        expect(encodeLockfile({ ...some, entries, accounts })).toBe(bytes);
        const again = await decode(bytes);
        expect(again.ok && encodeLockfile(again.value)).toBe(bytes);
      }),
    );
  });

  test("is sorted, with one block an entry and a final newline", () => {
    expect(text.match(/^ {4}"[^"]+": \{$/gm)).toEqual(['    "paymentLink.a": {', '    "product.plan": {']);
    expect(text).toMatch(/\n}\n$/);
  });

  test("cut off at any byte is an error, never less than what was written", async () => {
    for (let bytes = 0; bytes < text.length - 1; bytes += 1) {
      expect((await problemsOf(text.slice(0, bytes))).length).toBeGreaterThan(0);
    }
    expect(await decode(text.slice(0, -1))).toEqual(await decode(text));
  });

  test.each([
    ["<<<<<<< HEAD", "GS3002 4:1"],
    ["=======", "GS3002 4:1"],
    [">>>>>>> theirs", "GS3002 4:1"],
    ["||||||| base", "GS3002 4:1"],
  ])("with the conflict marker %s is refused at its place", async (marker, problem) => {
    const lines = text.split("\n");
    expect(await problemsOf([...lines.slice(0, 3), marker, ...lines.slice(3)].join("\n"))).toEqual([problem]);
    expect(await problemsOf([...lines.slice(0, 3), marker, ...lines.slice(3)].join("\r\n"))).toEqual([
      problem,
    ]);
  });

  test.each([
    ["a newer version", text.replace('"lockfileVersion": 1', '"lockfileVersion": 2'), "GS3003 2:3"],
    ["no version", text.replace('"lockfileVersion": 1,', ""), "GS3004 1:1"],
    ["a version that is none", text.replace('"lockfileVersion": 1', '"lockfileVersion": "1"'), "GS3004 2:3"],
    ["nothing in it", "", "GS3001 1:1"],
    ["only space in it", " \n", "GS3001 1:1"],
    ["a list", "[]", "GS3004 1:1"],
    ["null", "null", "GS3004 1:1"],
    ["an unknown key", text.replace('"origin"', '"colour": 1,\n  "origin"'), "GS3004 1:1"],
    ["an entry without its id", text.replace('"id": "prd_1",', ""), "GS3004 25:5"],
    ["an empty id", text.replace("prd_1", ""), "GS3004 25:5"],
    ["an address that is none", text.replace("product.plan", "product.Plan"), "GS3004 33:5"],
    ["a number beyond all numbers", withName("1e999"), "GS3004 25:5"],
    ["half a Micro-USD", withName("0.5"), "GS3004 25:5"],
    ["an amount that no number holds exactly", withName("9007199254740993"), "GS3004 25:5"],
    ["a list in a list without end", withName("[".repeat(9000) + "]".repeat(9000)), "GS3004 25:5"],
    ["a map in a map without end", withName(`${'{"a":'.repeat(9000)}1${"}".repeat(9000)}`), "GS3004 25:5"],
  ])("with %s is refused", async (_what, bytes, problem) => {
    expect((await problemsOf(bytes)).map((one) => one.split(" ")[0])).toEqual([problem.split(" ")[0]]);
  });

  test.each([
    ["half a file", `${text.slice(0, text.indexOf('"linkName"')).trimEnd()}¦`],
    ["half a text at its end", `${text.slice(0, text.indexOf('"linkName"') + 5)}¦`],
    ["half a word at its end", `${text.slice(0, text.indexOf("false"))}fal¦`],
    ["a comma too many", text.replace('"origin"', '¦, "origin"')],
    ["a comma too few", text.replace(/,(\s+)"origin"/, '$1¦"origin"')],
    ["a comma behind the last", text.replace(/\n}\n$/, ",\n¦}\n")],
    ["a key without its colon", text.replace('"origin": ', '"origin" ¦')],
    ["a comment", text.replace('"origin"', '¦// why\n  "origin"')],
    ["a comment in front", `¦// why\n${text}`],
    ["a text over two lines", text.replace('"origin"', '¦"ori\ngin"')],
    ["a word that means nothing", text.replace("null", "¦none")],
    ["a key that is no text", text.replace('"origin"', "¦5")],
    ["a bracket of the other kind", text.replace(/\n}\n$/, "\n¦]\n")],
    ["more behind its end", `${text}¦{}`],
  ])("with %s is refused where it stops being JSON", async (_what, marked) => {
    const before = marked.slice(0, marked.indexOf("¦")).split("\n");
    const place = `GS3001 ${before.length}:${(before.at(-1) ?? "").length + 1}`;
    expect(await problemsOf(marked.replace("¦", ""))).toEqual([place]);
  });

  test("stops being JSON somewhere exactly where JSON.parse refuses it", () => {
    const parts = fc.constantFrom(
      ...'{}[],:"\\ \n\t1-.e0aun',
      "true",
      "null",
      '"a"',
      '"\\u00e9"',
      '{"a":',
      "[1,",
    );
    fc.assert(
      fc.property(fc.array(parts, { maxLength: 12 }), (some) => {
        const bytes = some.join("");
        const isJson = () => JSON.parse(bytes) !== undefined;
        if (findSyntaxError(bytes) < bytes.trimEnd().length) expect(isJson).toThrow();
      }),
      { numRuns: 3000 },
    );
    fc.assert(
      fc.property(fc.json(), (json) => {
        expect(findSyntaxError(json)).toBe(json.trimEnd().length);
      }),
    );
  });

  test("with one id under two addresses names both places", async () => {
    const result = await decode(text.replace("prd_1", "lnk_1"));
    expect(result.ok ? [] : result.diagnostics).toMatchObject([
      { code: "GS3006", related: [{ label: "also here" }] },
    ]);
    const [first] = result.ok ? [] : result.diagnostics;
    const lines = text.split("\n");
    const lineOf = (address: string) => lines.findIndex((line) => line.includes(`"${address}"`)) + 1;
    expect(first?.source?.line).toBe(lineOf("product.plan"));
    expect(first?.related?.[0]?.source?.line).toBe(lineOf("paymentLink.a"));
  });

  describe("with an entry that is there twice", () => {
    const second = JSON.stringify(lockEntry("product", "prd_2"));
    const doubled = text.replace(
      '    "product.plan": {',
      `    "product.plan": ${second},\n    "product.plan": {`,
    );

    test("is refused at the second one, whatever its layout", async () => {
      expect((await problemsOf(doubled)).map((one) => one.split(" ")[0])).toEqual(["GS3005"]);
      expect((await problemsOf(doubled.replaceAll(/\n */g, "\n"))).map((one) => one.split(" ")[0])).toEqual([
        "GS3005",
      ]);
      expect((await problemsOf(doubled.replaceAll(/\n */g, ""))).map((one) => one.split(" ")[0])).toEqual([
        "GS3005",
      ]);
      expect((await problemsOf(doubled.replaceAll("    ", "\t"))).map((one) => one.split(" ")[0])).toEqual([
        "GS3005",
      ]);
    });

    test("is refused when the second one is written with escapes", async () => {
      const escaped = text.replace(
        '    "product.plan": {',
        `    "product.\\u0070lan": ${second},\n    "product.plan": {`,
      );
      expect((await problemsOf(escaped)).map((one) => one.split(" ")[0])).toEqual(["GS3005"]);
    });

    test("is refused when a whole section is", async () => {
      const merged = text.replace('  "entries": {', '  "entries": {},\n  "entries": {');
      expect((await problemsOf(merged)).map((one) => one.split(" ")[0])).toEqual(["GS3005"]);
    });

    test("is not confused with an interrupted create of the same name, or with texts that look like it", async () => {
      const { values, lifecycle } = lockEntry("product", "prd_1");
      const intent: Intent = {
        kind: "product",
        values: { ...values, name: '"product.plan": {' },
        knownIds: [],
        lifecycle,
      };
      const both = encodeLockfile({ ...lockfile, intents: new Map([["product.plan", intent]]) });
      expect(await problemsOf(both)).toEqual([]);
    });
  });

  test("takes no prototype from anybody", async () => {
    const bytes = text
      .replace('"accounts": {}', '"accounts": { "__proto__": { "id": "acc_1", "address": "0x1" } }')
      .replace('"name": "Plan"', '"__proto__": { "polluted": true }, "name": "Plan"');
    const result = await decode(bytes);
    const product = result.ok ? result.value.entries.get("product.plan") : undefined;
    expect(Reflect.get(product?.values ?? {}, "polluted")).toBeUndefined();
    expect(result.ok && result.value.accounts.has("id")).toBe(false);
    expect(Reflect.get({}, "polluted")).toBeUndefined();
  });
});

function sorted<K extends string, V>(map: ReadonlyMap<K, V>): ReadonlyMap<K, V> {
  return new Map([...map].sort(([a], [b]) => (a < b ? -1 : 1)));
}
