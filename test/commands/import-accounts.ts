// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the configuration language has `${name}` itself
import fc from "fast-check";
import type { SandboxSeed } from "../../src/sandbox/index.js";
import { item, link, product, webhook } from "./import-scene.js";

/** Texts that YAML, a shell, a terminal or the configuration language could take for something else. */
const nasty = fc.constantFrom(
  ...["$5 off", "${site}", "$${x}", "$", "yes", "null", "~", "1e3", "0x10", "007", "a: b", "a #b", "- x"],
  ...["it's", '"q"', " out ", "a, b]}", "one\ntwo", "one\n\n two\n", "tab\there", "\u202e", "\u00a0x"],
  ...[
    "é\u0301",
    "👩‍👩‍👧",
    "高级会员",
    "*a",
    "&a",
    "!t",
    "%x",
    "@",
    "`",
    "|",
    ">",
    "{}",
    "[]",
    "<<",
    "__proto__",
  ],
  ...[
    "constructor",
    "\u001b[31mred",
    "---",
    "...",
    "?",
    ":",
    "a:",
    "   ",
    "",
    "\ud800",
    "\u0000",
    "= 1",
    "`id`",
  ],
);
const text = fc.oneof(
  nasty,
  fc.string({ unit: "binary", minLength: 1, maxLength: 30 }),
  fc.lorem({ maxCount: 3 }),
);
const maybe = (value: fc.Arbitrary<string>) => fc.option(value, { nil: undefined });
const url = fc.constantFrom(
  ...["https://acme.example/a", "https://acme.example/?q=1#x", "http://acme.example", "https://10.0.0.1/"],
  ...[
    "https://localhost/x",
    "javascript:alert(1)",
    "https://u:p@acme.example/",
    "",
    "https://acme.example/${x}",
  ],
);
const micro = fc.oneof(
  fc.integer({ min: 0, max: 2_000_000_000 }),
  fc.constantFrom(
    0,
    1,
    9_999,
    10_000,
    9_990_000,
    -1,
    0.5,
    Number.MAX_SAFE_INTEGER,
    Number.MAX_SAFE_INTEGER + 1,
  ),
);

const products = fc.array(
  fc.record({
    name: text,
    description: maybe(text),
    imageUrl: maybe(url),
    status: fc.constantFrom("active" as const, "archived" as const, "removed" as const),
    commonPrices: fc.array(micro, { maxLength: 6 }),
    attributes: fc.option(fc.array(fc.record({ name: text, value: text }), { maxLength: 11 }), {
      nil: undefined,
    }),
  }),
  { minLength: 1, maxLength: 4 },
);

const items = fc.array(
  fc.record({
    product: fc.nat(),
    quantity: fc.constantFrom(1, 2, 0, 1.5),
    unitPrice: fc.option(micro, { nil: undefined }),
    itemType: fc.constantFrom("product", "product", "user_priced", "subscription"),
  }),
  { minLength: 0, maxLength: 3 },
);

const links = fc.array(
  fc.record({
    linkType: fc.constantFrom("fixed" as const, "custom" as const),
    linkName: text,
    accountId: fc.constantFrom("acc_01", "acc_02", "acc_gone"),
    settlementToken: fc.constantFrom("polygon::usdc", "polygon::usdc", "new::token", "Not a token"),
    feeModel: fc.constantFrom(1 as const, 2 as const),
    status: fc.constantFrom("active" as const, "active" as const, "disabled" as const, "archived" as const),
    payerEmailRequired: fc.constantFrom(0, 1, undefined),
    successUrl: maybe(url),
    customSuccessText: maybe(text),
    customDisabledText: maybe(text),
    items,
  }),
  { maxLength: 4 },
);

const webhooks = fc.array(
  fc.record({
    webhookName: text,
    webhookUrl: url,
    webhookDescription: maybe(text),
    subscribedEvents: fc.array(fc.constantFrom("session.paid", "session.completed", "brand.new", ""), {
      maxLength: 3,
    }),
    status: fc.constantFrom("active", "inactive", "paused", "resting"),
  }),
  { maxLength: 3 },
);

export interface LiveAccountPlan {
  readonly seed: SandboxSeed;
  /** What the API says of each object, by its id: also what no sandbox would take for a seed. */
  readonly words: ReadonlyMap<string, object>;
  /** Objects that a list shows. */
  readonly shown: readonly string[];
  readonly split: boolean;
  readonly environment: boolean;
}

/** Accounts in every state that the API can hold, and in some that it should not. */
export const liveAccounts: fc.Arbitrary<LiveAccountPlan> = fc
  .record({
    products,
    links,
    webhooks,
    later: fc.array(fc.constantFrom("linkType", "status", "feeModel"), { maxLength: 2 }),
    split: fc.boolean(),
    environment: fc.boolean(),
  })
  .map((drawn) => {
    const later = drawn.later.map(
      (field) => ({ [field]: field === "feeModel" ? 3 : "later" }) as Record<string, unknown>,
    );
    const words = new Map<string, object>([
      ...drawn.products.map(({ status: _, ...one }, at) => [`prd_${at}`, one] as const),
      ...drawn.links.map(({ items: sold, status: _, ...one }, at) => {
        const parts = sold.map(({ product: index, ...part }) =>
          item(`prd_${index % drawn.products.length}`, part),
        );
        return [`lnk_${at}`, { ...one, lineItems: { items: parts }, ...later[at] }] as const;
      }),
      ...drawn.webhooks.map((one, at) => [`wkid_${at}`, one] as const),
    ]);
    const seed = {
      products: drawn.products.map(({ status }, at) => product(`prd_${at}`, { status })),
      paymentLinks: drawn.links.map(({ status }, at) => link(`lnk_${at}`, "prd_0", { status })),
      webhooks: drawn.webhooks.map((_, at) => webhook(`wkid_${at}`)),
    };
    return {
      seed,
      words,
      shown: [...words.keys()].filter(
        (id) => !drawn.products.some(({ status }, at) => status === "removed" && id === `prd_${at}`),
      ),
      split: drawn.split && !drawn.environment,
      environment: drawn.environment,
    };
  });
