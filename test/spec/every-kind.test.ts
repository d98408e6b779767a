import { describe, expect, test } from "vitest";
import { diff } from "../../src/engine/diff.js";
import type { FieldType } from "../../src/engine/kind.js";
import { apply, plan } from "../../src/index.js";
import { resourceKinds } from "../../src/resources/registry.js";
import type { Kind } from "../../src/state/address.js";
import type { FieldValue, FieldValues } from "../../src/state/value.js";
import { link, product, shop } from "../cli/shop.js";
import { openShop } from "../commands/shop-scene.js";
import { values } from "../engine/builders.js";
import { type KindTrial, kindLaws } from "./kind-laws.js";

interface Sample {
  readonly entry: object;
  readonly changed: KindTrial["changed"];
}

const title = "On trial";
const webhook = {
  webhookName: title,
  webhookUrl: "https://api.acme.example/hooks",
  subscribedEvents: ["session.paid"],
};
const page = { ...link("beans", "$24"), linkName: title };

/** One entry of each kind. A new kind does not compile without one. */
const samples: { readonly [K in Kind]: Sample } = {
  product: {
    entry: product(title),
    changed: { field: "commonPrices", entry: product(title, { commonPrices: ["$10"] }) },
  },
  paymentLink: {
    entry: page,
    changed: { field: "lineItems", entry: { ...page, ...pricedAt("$25") } },
  },
  webhook: {
    entry: webhook,
    changed: { field: "subscribedEvents", entry: { ...webhook, subscribedEvents: ["session.completed"] } },
  },
};

function pricedAt(unitPrice: string) {
  return { lineItems: [{ product: "beans", quantity: 1, unitPrice }] };
}

describe.each(resourceKinds.map(({ definition }) => definition))(
  "an entry of the kind $kind",
  (definition) => {
    const { kind, configKey } = definition;
    const trial: KindTrial = {
      kind,
      configKey,
      around: shop(),
      ...samples[kind],
      title,
      library: { plan, apply },
      open: async () => {
        const { cwd, sandbox } = openShop();
        return { cwd, fetch: sandbox.fetch };
      },
    };

    test.each(Object.entries(kindLaws))("%s", async (_law, holds) => {
      await holds(trial);
    });

    // Depth: test/engine/diff.
    test.each(definition.fields.map((rule) => ({ rule, field: rule.name })))(
      "whose $field changed is reported in exactly that field, whoever changed it",
      ({ rule }) => {
        const before = values[kind]();
        const after: FieldValues = { ...before, [rule.name]: otherThan(rule.type, before[rule.name]) };
        const hosted = rule.type.is === "image" ? { [rule.name]: null } : undefined;
        for (const [cause, sides] of [
          ["config", { wanted: after, live: before }],
          ["drift", { wanted: before, live: after }],
        ] as const) {
          const found = diff({ definition, base: before, ...sides, hosted, ignoreChanges: [] });
          expect(new Set(found.map(({ field }) => field))).toEqual(new Set([rule.name]));
          expect(new Set(found.map((one) => one.cause))).toEqual(new Set([cause]));
        }
      },
    );
  },
);

/** Another value of the type. */
function otherThan(type: FieldType, value: FieldValue | undefined): FieldValue {
  switch (type.is) {
    case "flag":
      return value !== true;
    case "integer":
    case "money":
      return Number(value ?? 0) + 1;
    case "choice":
      return type.choices.find((choice) => choice !== value) ?? null;
    case "list":
      return [...((value ?? []) as readonly FieldValue[]), 7];
    case "set":
      return ["another", ...((value ?? []) as readonly string[])].sort();
    case "items":
      return [Object.fromEntries(type.fields.map(({ name, type: part }) => [name, otherThan(part, "x")]))];
    default:
      return `${value ?? ""}x`;
  }
}
