// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the configuration language has `${name}` itself
import { describe, expect, it } from "vitest";
import type { ConfigEdit } from "../../../src/config/emit/index.js";
import { edit, editText } from "./edit.js";

const head = "version: 1\nproject: acme\naccounts: { treasury: { id: acc_01 }, other: { id: acc_02 } }\n";
const rest =
  "paymentLinks: { monthly: { linkType: fixed, linkName: Monthly, account: treasury, settlementToken: polygon::usdc, feeModel: payer, lineItems: [{ product: plan, quantity: 1, unitPrice: $9.99 }] } }\n";
const usd = (dollars: number): number => Math.round(dollars * 1_000_000);

type Case = readonly [title: string, before: string, edits: readonly ConfigEdit[], after: string];

const block = (body: string): string => `products:\n  plan:\n${body.replace(/^(?=.)/gm, "    ")}\n`;
const name = (value: string): ConfigEdit => edit("product.plan.name", value);
const description = (value: string | null): ConfigEdit => edit("product.plan.description", value);

const values: readonly Case[] = [
  [
    "a plain value, its comment stays",
    block("name: Plan # what payers read\ncommonPrices: [$1]"),
    [name("Big Plan")],
    block("name: Big Plan # what payers read\ncommonPrices: [$1]"),
  ],
  [
    "quotes stay quotes",
    block('name: \'Plan\' # c\ncommonPrices: ["$1", "$2"]'),
    [name("It's"), edit("product.plan.commonPrices", [usd(1), usd(3)])],
    block("name: 'It''s' # c\ncommonPrices: [\"$1\", \"$3\"]"),
  ],
  [
    "quoted only where YAML needs it",
    block("name: Plan\ncommonPrices: [$1]"),
    [name("yes")],
    block('name: "yes"\ncommonPrices: [$1]'),
  ],
  [
    "a number-like text",
    block("name: Plan\ncommonPrices: [$1]"),
    [name("1e3")],
    block('name: "1e3"\ncommonPrices: [$1]'),
  ],
  [
    "a text that begins with $",
    block("name: Plan\ncommonPrices: [$1]"),
    [name("$5 off")],
    block('name: "$5 off"\ncommonPrices: [$1]'),
  ],
  [
    "a variable's look-alike",
    block("name: Plan\ncommonPrices: [$1]"),
    [name("${site} $${x}")],
    block('name: "$${site} $$${x}"\ncommonPrices: [$1]'),
  ],
  [
    "a colon, a hash, spaces",
    block("name: Plan\ncommonPrices: [$1]"),
    [name(" a: b #c ")],
    block('name: " a: b #c "\ncommonPrices: [$1]'),
  ],
  [
    "what nobody sees is written as an escape",
    block("name: Plan\ncommonPrices: [$1]"),
    [name("a\u202eb\u00a0c")],
    block('name: "a\\u202eb\\u00a0c"\ncommonPrices: [$1]'),
  ],
  [
    "several lines",
    block("name: Plan # n\ncommonPrices: [$1]"),
    [name("one\n\ntwo")],
    block("name: |- # n\n  one\n\n  two\ncommonPrices: [$1]"),
  ],
  [
    "a block text becomes another one",
    block("name: Plan\ndescription: | # d\n  old\n  text\n\ncommonPrices: [$1]"),
    [description("new\ntext\n")],
    block("name: Plan\ndescription: | # d\n  new\n  text\n\ncommonPrices: [$1]"),
  ],
  [
    "a block text becomes one line",
    block("name: Plan\ndescription: >- # d\n  old\n  text\n\n# next\ncommonPrices: [$1]"),
    [description("new")],
    block("name: Plan\ndescription: new # d\n\n# next\ncommonPrices: [$1]"),
  ],
  [
    "a text over several plain lines",
    block("name: Plan\ndescription: one\n  two\n  three # c\ncommonPrices: [$1]"),
    [description("new")],
    block("name: Plan\ndescription: new # c\ncommonPrices: [$1]"),
  ],
  [
    "a missing key goes to the end of the entry",
    `${block("name: Plan\ncommonPrices: [$1] # p")}\n# links\n`,
    [description("More")],
    `${block("name: Plan\ncommonPrices: [$1] # p\ndescription: More")}\n# links\n`,
  ],
  [
    "into braces",
    "products: { plan: {name: Plan, commonPrices: [$1]} }\n",
    [description("a, b")],
    'products: { plan: {name: Plan, commonPrices: [$1], description: "a, b"} }\n',
  ],
  [
    "into braces over several lines",
    "products: {\n  plan: {\n    name: Plan,\n    commonPrices: [$1], # prices\n  } }\n",
    [description("d")],
    "products: {\n  plan: {\n    name: Plan,\n    commonPrices: [$1], # prices\n    description: d,\n  } }\n",
  ],
  [
    "a key goes with its own comment",
    block("name: Plan\n# about it\ndescription: Old # own\ncommonPrices: [$1]"),
    [description(null)],
    block("name: Plan\n# about it\ncommonPrices: [$1]"),
  ],
  [
    "the last key goes, another comes",
    block("name: Plan\ncommonPrices: [$1]\ndescription: Old # own"),
    [description(null), edit("product.plan.imageUrl", "https://acme.example/a.png")],
    block("name: Plan\ncommonPrices: [$1]\nimageUrl: https://acme.example/a.png"),
  ],
  [
    "a key goes out of braces",
    "products: { plan: { name: Plan, description: x, commonPrices: [$1] } }\n",
    [description(null)],
    "products: { plan: { name: Plan, commonPrices: [$1] } }\n",
  ],
  [
    "the last one goes out of braces",
    "products: { plan: { name: Plan, commonPrices: [$1], description: x } }\n",
    [description(null)],
    "products: { plan: { name: Plan, commonPrices: [$1] } }\n",
  ],
  [
    "nothing behind the key",
    block("name: Plan\ndescription: # d\ncommonPrices: [$1]"),
    [description("x")],
    block("name: Plan\ndescription: x # d\ncommonPrices: [$1]"),
  ],
  [
    "several fields of several entries",
    `${block("name: Plan\ncommonPrices: [$1]")}  other: { name: Other, commonPrices: [$2] }\n`,
    [name("A"), edit("product.other.name", "B"), edit("product.other.archived", true)],
    `${block("name: A\ncommonPrices: [$1]")}  other: { name: B, commonPrices: [$2], archived: true }\n`,
  ],
];

const lists: readonly Case[] = [
  [
    "only the price that changed",
    block("name: Plan\ncommonPrices:\n  - $1 # one\n  - $2 # two"),
    [edit("product.plan.commonPrices", [usd(1), usd(12.99)])],
    block("name: Plan\ncommonPrices:\n  - $1 # one\n  - $12.99 # two"),
  ],
  [
    "prices come and go",
    block("name: Plan\ncommonPrices:\n- $1 # one\n- $2 # two\n- $3"),
    [edit("product.plan.commonPrices", [usd(2), usd(3), usd(0.5)])],
    block("name: Plan\ncommonPrices:\n- $2 # two\n- $3\n- $0.50"),
  ],
  [
    "amounts that stay keep their spelling",
    block('name: Plan\ncommonPrices: [9000000, "$1,250", 5.00 USD, $2]'),
    [edit("product.plan.commonPrices", [usd(9), usd(1250), usd(5), usd(3)])],
    block('name: Plan\ncommonPrices: [9000000, "$1,250", 5.00 USD, $3]'),
  ],
  [
    "in brackets",
    block("name: Plan\ncommonPrices: [$1, $2, $3]"),
    [edit("product.plan.commonPrices", [usd(1), usd(3), usd(1250)])],
    block("name: Plan\ncommonPrices: [$1, $3, $1250]"),
  ],
  [
    "one part of one item",
    block(
      "name: Plan\ncommonPrices: [$1]\nattributes:\n  - name: Size # s\n    value: Big # v\n  - { name: Colour, value: red } # c",
    ),
    [
      edit("product.plan.attributes", [
        { name: "Size", value: "Small" },
        { name: "Colour", value: "red" },
      ]),
    ],
    block(
      "name: Plan\ncommonPrices: [$1]\nattributes:\n  - name: Size # s\n    value: Small # v\n  - { name: Colour, value: red } # c",
    ),
  ],
  [
    "items come and go",
    block(
      "name: Plan\ncommonPrices: [$1]\nattributes:\n  # first\n  - name: Size\n    value: Big\n  # second\n  - name: Colour\n    value: red",
    ),
    [
      edit("product.plan.attributes", [
        { name: "Weight", value: "1 kg" },
        { name: "Colour", value: "red" },
        { name: "Age", value: "3" },
      ]),
    ],
    block(
      'name: Plan\ncommonPrices: [$1]\nattributes:\n  # first\n  - name: Weight\n    value: 1 kg\n  # second\n  - name: Colour\n    value: red\n  - name: Age\n    value: "3"',
    ),
  ],
  [
    "a new list",
    block("name: Plan\ncommonPrices: [$1]"),
    [edit("product.plan.attributes", [{ name: "Size", value: "Big" }])],
    block("name: Plan\ncommonPrices: [$1]\nattributes: [{ name: Size, value: Big }]"),
  ],
  [
    "a list goes",
    block("name: Plan\nattributes:\n  - name: Size\n    value: Big\ncommonPrices: [$1]"),
    [edit("product.plan.attributes", null)],
    block("name: Plan\ncommonPrices: [$1]"),
  ],
];

const layers: readonly Case[] = [
  [
    "a value of the defaults is written into the entry",
    `defaults: { products: { description: All } }\n${block("name: Plan\ncommonPrices: [$1]")}`,
    [description("Own")],
    `defaults: { products: { description: All } }\n${block("name: Plan\ncommonPrices: [$1]\ndescription: Own")}`,
  ],
  [
    "null where the defaults would supply it",
    `defaults: { products: { description: All } }\n${block("name: Plan\ncommonPrices: [$1]")}`,
    [description(null)],
    `defaults: { products: { description: All } }\n${block("name: Plan\ncommonPrices: [$1]\ndescription: null")}`,
  ],
  [
    "a variable is left to the others",
    `variables: { who: Plan }\n${block('name: "${who}"\ncommonPrices: [$1]')}`,
    [name("Other")],
    `variables: { who: Plan }\n${block('name: "Other"\ncommonPrices: [$1]')}`,
  ],
  [
    "an alias is replaced, not the anchor",
    `${block("name: &n Plan\ndescription: *n # same\ncommonPrices: [$1]")}`,
    [description("Other")],
    block("name: &n Plan\ndescription: Other # same\ncommonPrices: [$1]"),
  ],
  [
    "an entry behind an alias is written out",
    `products:\n  plan: &p\n    name: Plan\n    commonPrices: [$1]\n  other: *p # c\n`,
    [edit("product.other.name", "Other")],
    `products:\n  plan: &p\n    name: Plan\n    commonPrices: [$1]\n  other: { name: Other, commonPrices: [$1] } # c\n`,
  ],
];

describe("an edit changes", () => {
  it.each([...values, ...lists, ...layers])("%s", async (_title, before, edits, after) => {
    const result = await editText(head + before + rest, edits);
    expect(result.refused).toEqual([]);
    expect(result.text).toBe(head + after + rest);
  });

  it.each([...values, ...lists, ...layers])("with Windows' line ends: %s", async (_title, before, edits) => {
    const crlf = (text: string): string => text.replaceAll("\n", "\r\n");
    const result = await editText(crlf(head + before + rest), edits);
    expect(result.refused).toEqual([]);
    expect(result.text.replaceAll("\r\n", "")).not.toContain("\n");
  });
});
