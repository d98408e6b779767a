// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the configuration language has `${name}` itself
import fc from "fast-check";

/** Texts that people write every day: the fast reader must take each of them. */
export const everyday: readonly string[] = [
  "version: 1\nproject: acme\n",
  "a: b",
  "---\na: b\n",
  "# head\n\na:\n  b: c # tail\n  # deeper\n\n    # deeper still\n  d: e\n# end\n",
  "a:\nb: # nothing\nc: ~\nd: null\ne:   \nf: true\ng: False\nh: 0\ni: 1000000\n",
  "a:\n- b\n- c: d\n  e: f\ng:\n  - h\n  -   i: j\n      k: l\n",
  "a: [b, c d, $9.99, 12, {e: f}, []]\nb: {}\nc: {d: [x], e: 'f',}\n",
  "a: [b,\n  c,\n\n  d]\nb:\n  - { c: d,\n      e: f }\n",
  "a: \"it is \\\"x\\\"\\n\\u00e9\"\nb: 'it''s'\n\"c d\": e\n'f': g\n",
  "a: |\n  one\n   two\n\n  three # four\n\nb: >-\n    five\n    six\n\n\n    seven\nc: |-\n  eight\n",
  "a: polygon::usdc\nb: https://acme.example/x?y=1#z\nc: ${site}/a.png\nd: a - b, c [d] {e}\ne: 9.99 USD\n",
  `${JSON.stringify({ a: [1, "b\n\u00e9", null, true, { c: {} }], "d e": "f" }, null, 2)}\n`,
  JSON.stringify({ a: { b: ["c"] } }),
  "a: ключ \u00a0 \u0085 \u2028 😀\n",
];

/** Texts that are rarer or wrong: it must leave them to the package. */
export const leftAlone: readonly string[] = [
  "",
  "a",
  "- a\n",
  "a: b\n c: d\n",
  "a: b\n  c\n",
  "a: b: c\n",
  "a: 'b\n  c'\n",
  "a: &x b\nc: *x\n",
  "a: !!str b\n",
  "%YAML 1.1\n---\na: no\n",
  "a: b\n---\nc: d\n",
  "a: b\n...\n",
  "a: 1\na: 2\n",
  "<<: {a: b}\n",
  "__proto__: a\n",
  "1: a\ntrue: b\n",
  "a: 1.5\n",
  "a: 012\n",
  "a: 0x1f\n",
  "a: 1e3\n",
  "a: .inf\n",
  "a: -1\n",
  "a:\tb\n",
  "a: b\r\n",
  "a: |+\n  b\n\n",
  "a: |2\n   b\n",
  "a: >\n  b\n   c\n",
  "a: [b, c\n",
  "a: [b,\nc]\n",
  "a: {b}\n",
  "a: [b: c]\n",
  "a: {b:c}\n",
  "? a\n: b\n",
  "a : b\n",
  "- a: b\n  - c\n",
  'a: "\\x41"\n',
  'a: "b" c\n',
  "a:b\n",
  "{ a: [b,\n... c] }\n",
  '"${x}": a\n',
];

const key = fc.constantFrom("a", "b-c", "d_e", "f.g", "x1", '"q r"', "'s'", "1st", "null2");
const plain = fc.constantFrom(
  "text",
  "two words",
  "$9.99",
  "12",
  "0",
  "true",
  "null",
  "~",
  "1 Month",
  "a#b",
  "x:y",
  "9.99 USD",
  "2024-01-01",
  "é😀",
  "https://acme.example/a?b=c",
  "a - b",
  "(x)",
  "1.5",
  "-3",
  "yes",
);
const quoted = fc.constantFrom(
  '""',
  "''",
  '"a, b: c # d"',
  "'it''s'",
  '"x\\n\\t\\"y\\""',
  '"\\ud83d\\ude00"',
  '"half \\ud83d"',
  '"[a]"',
);
const comment = fc.constantFrom("", "", "", " # why", "   ", "  # [x]");
const between = fc.constantFrom("", "", "", "\n", "# note\n", "   # deeper\n", "        # far\n", "\n\n");

const flow = fc.letrec<{ value: string; list: string; map: string }>((tie) => ({
  value: fc.oneof({ maxDepth: 3, depthIdentifier: "flow" }, plain, quoted, tie("list"), tie("map")),
  list: fc.array(tie("value"), { maxLength: 3 }).map((items) => `[${items.join(", ")}]`),
  map: fc
    .uniqueArray(fc.tuple(key, tie("value")), { maxLength: 3, selector: ([name]) => name })
    .map((pairs) => `{ ${pairs.map(([name, value]) => `${name}: ${value}`).join(", ")} }`),
}));

const textBlock = fc
  .tuple(
    fc.constantFrom("|", "|-", ">", ">-"),
    fc.array(fc.constantFrom("one", "two # three", "", "four: five", "  deeper"), {
      minLength: 1,
      maxLength: 5,
    }),
  )
  .map(([style, lines]) => ({ style, lines }));

/** Lines of a block map whose keys stand at `indent`. */
function blockLines(indent: number, depth: number): fc.Arbitrary<string> {
  const pad = " ".repeat(indent);
  const inline = fc.oneof(plain, quoted, flow.value).map((value) => ` ${value}`);
  const block = textBlock.map(
    ({ style, lines }) =>
      ` ${style}\n${lines.map((line) => (line === "" ? "" : `${pad}    ${line}`)).join("\n")}`,
  );
  const list = fc
    .array(fc.oneof(inline, nestedItem(indent + 2)), { minLength: 1, maxLength: 3 })
    .map((items) => `\n${items.map((item) => `${pad}  -${item}`).join("\n")}`);
  const nested = depth > 2 ? inline : blockLines(indent + 2, depth + 1).map((lines) => `\n${lines}`);
  const value = fc.oneof(inline, inline, inline, block, list, nested, fc.constant(""));
  return fc
    .uniqueArray(fc.tuple(key, value, comment, between), {
      minLength: 1,
      maxLength: 4,
      selector: ([name]) => name,
    })
    .map((pairs) =>
      pairs
        .map(([name, text, tail, gap]) => `${gap}${pad}${name}:${text}${text.includes("\n") ? "" : tail}`)
        .join("\n"),
    );
}

function nestedItem(indent: number): fc.Arbitrary<string> {
  const pad = " ".repeat(indent + 2);
  return fc
    .uniqueArray(fc.tuple(key, fc.oneof(plain, quoted, flow.value)), {
      minLength: 1,
      maxLength: 3,
      selector: ([name]) => name,
    })
    .map((pairs) => ` ${pairs.map(([name, value]) => `${name}: ${value}`).join(`\n${pad}`)}`);
}

/** Whole files as people write them, mostly. */
export const written: fc.Arbitrary<string> = fc
  .tuple(fc.constantFrom("", "---\n", "# head\n"), blockLines(0, 0), fc.constantFrom("", "\n", "\n\n# end\n"))
  .map((parts) => parts.join(""));

const scraps = [
  ..." \n:-#\"'[]{},|>&*!%@`?~\\$=.",
  ...[
    "  ",
    ": ",
    ":\n",
    "- ",
    " #",
    "\n ",
    "\n  ",
    "\n    ",
    "---\n",
    "...\n",
    "|\n",
    ">-\n",
    "<<: ",
    "1.5",
    "''",
  ],
  ...[
    "null",
    "0x1f",
    "-1",
    "\t",
    "\r\n",
    "\u00a0",
    "\u0085",
    "\u2028",
    "\ufeff",
    "😀",
    "__proto__: ",
    "\\u12",
    "\\n",
  ],
];

/** The same, and then somebody leant on the keyboard. */
export const mistyped: fc.Arbitrary<string> = fc
  .tuple(
    fc.oneof(written, fc.constantFrom(...everyday, ...leftAlone)),
    fc.array(fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.constantFrom(...scraps), fc.nat(3)), {
      minLength: 1,
      maxLength: 3,
    }),
  )
  .map(([text, edits]) =>
    edits.reduce((rest, [where, scrap, drop]) => {
      const at = Math.floor(where * rest.length);
      return rest.slice(0, at) + scrap + rest.slice(at + drop);
    }, text),
  );
