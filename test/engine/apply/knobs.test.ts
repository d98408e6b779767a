import { describe, expect, test } from "vitest";
import type { Knobs } from "../../../src/sandbox/index.js";
import { knobsSchema } from "../../../src/sandbox/knobs.js";
import { item, link, product, usd, wants, webhook } from "../builders.js";
import { leftToDo, Shop } from "./drive.js";

const catalogue = wants([
  product("plan", {
    description: "Everything",
    imageUrl: "https://acme.example/plan.png",
    commonPrices: [usd(99), usd(10)],
    attributes: [
      { name: "Duration", value: "1 Month" },
      { name: "Seats", value: "5" },
      { name: "Area", value: "EU" },
    ],
  }),
  product("gift", { name: "Gift" }),
  product("old", { name: "Old", imageUrl: "https://acme.example/old.png" }, { open: false }),
  link("monthly", {
    lineItems: [item("plan", 2), item("gift", 1, usd(1)), item("plan", 1, usd(7))],
    successUrl: "https://acme.example/thanks",
    customSuccessText: "Welcome!",
  }),
  link("donation", { linkName: "Donation", linkType: "custom", lineItems: [item("gift", 1, null)] }),
  link("soon", { linkName: "Soon", customDisabledText: "Back soon." }, { open: false }),
  webhook("ledger", { subscribedEvents: ["session.completed", "session.paid"] }),
]);

/** The same catalogue with everything touched that an update can touch; nothing is cleared. */
const edited = wants([
  product("plan", {
    description: "Everything, every month",
    imageUrl: "https://acme.example/plan.png",
    commonPrices: [usd(99), usd(10), usd(1)],
    attributes: [
      { name: "Seats", value: "6" },
      { name: "Duration", value: "1 Month" },
    ],
  }),
  product("gift", { name: "Gift", description: "For you" }),
  product("old", { name: "Old", imageUrl: "https://acme.example/old.png" }),
  link("monthly", {
    linkName: "Monthly",
    lineItems: [item("plan", 2, usd(11)), item("gift", 1, usd(1))],
    successUrl: "https://acme.example/thanks",
    customSuccessText: "Welcome!",
  }),
  link(
    "donation",
    { linkName: "Donations", linkType: "custom", lineItems: [item("gift", 1, null)] },
    { open: false },
  ),
  link("soon", { linkName: "Sooner", customDisabledText: "Back soon." }),
  webhook("ledger", { subscribedEvents: ["session.paid"], webhookDescription: "Books" }),
]);

const choices = Object.entries(knobsSchema.shape).flatMap(([name, schema]) => {
  const values = valuesOf(schema.unwrap());
  return values.map((value) => ({ name, value, knobs: { [name]: value } as Partial<Knobs> }));
});

function valuesOf(schema: unknown): readonly unknown[] {
  const { type, options, values } = schema as {
    type: string;
    options?: readonly unknown[];
    values?: Set<unknown>;
  };
  if (type === "enum") return options ?? [];
  if (type === "boolean") return [true, false];
  if (type === "literal") return [...(values ?? [])];
  if (type === "union") return [400201, 400203];
  return [];
}

const numbers: readonly { readonly name: string; readonly value: unknown; readonly knobs: Partial<Knobs> }[] =
  [
    { name: "readLag", value: 1, knobs: { readLag: 1 } },
    { name: "readLag", value: 3, knobs: { readLag: 3 } },
    { name: "maxPageSize", value: 2, knobs: { maxPageSize: 2 } },
    {
      name: "maxPageSize and oversizedPage",
      value: "50, refused",
      knobs: { maxPageSize: 50, oversizedPage: "refused" },
    },
    { name: "byIdsMax", value: 50, knobs: { byIdsMax: 50 } },
    {
      name: "listOmits",
      value: "texts",
      knobs: { listOmits: ["successUrl", "customSuccessText", "lineItems"] },
    },
    { name: "undocumentedTextLimit", value: 200, knobs: { undocumentedTextLimit: 200 } },
    { name: "mountedPrefixes", value: "/api/v1", knobs: { mountedPrefixes: ["/api/v1"] } },
    {
      name: "all hidden",
      value: "archived",
      knobs: { byIdsArchived: "dropped", listsArchivedProducts: false },
    },
    {
      name: "all refused",
      value: "archived",
      knobs: { byIdsArchived: "refused", listsArchivedProducts: false },
    },
  ];

/** What cannot be reached under some knobs, by nature: the actions that fail, run by run. */
const honest: Readonly<
  Record<string, { readonly [run in "first" | "second" | "last"]?: readonly string[] }>
> = {
  // The picture's failure is an answer to the whole create, and nobody knows that it made nothing.
  "image=failBefore": {
    first: ["product.old create unknown 900301", "product.plan create unknown 900301"],
  },
  "webhookUrlCheck=unreachable": { first: ["webhook.ledger create unknown 299003"] },
  "updateUsedProduct=refused": {
    second: ["product.gift update refused 100305", "product.plan update refused 100305"],
  },
  // Opened first, it would be live with its old text: the contract prefers to stop.
  "updateDisabledLink=refused": { second: ["paymentLink.soon update refused 100103"] },
  "archiveUsedProduct=refused": {
    last: ["product.gift archive refused 100305", "product.plan archive refused 100305"],
  },
};

describe("a catalogue under every behaviour that the facts leave open", () => {
  test.each([...choices, ...numbers])(
    "$name = $value: applied, edited, and left alone",
    async ({ name, value, knobs }) => {
      const { first = [], second = [], last = [] } = honest[`${name}=${value}`] ?? {};
      const shop = new Shop();
      shop.sandbox.setKnobs(knobs);
      expect(failures(await shop.apply(catalogue))).toEqual(first);
      if (first.length > 0) return;
      expect((await shop.apply(catalogue)).writes).toEqual([]);
      expect(leftToDo((await shop.plan(catalogue)).plan)).toEqual({ work: [], catchUps: [] });
      expect(failures(await shop.apply(edited))).toEqual(second);
      if (second.length > 0) return;
      expect((await shop.apply(edited)).writes).toEqual([]);
      expect(leftToDo((await shop.plan(edited)).plan)).toEqual({ work: [], catchUps: [] });
      expect(failures(await shop.apply(wants([])))).toEqual(last);
      if (last.length > 0) return;
      expect((await shop.apply(wants([]))).writes).toEqual([]);
      expect(shop.sandbox.snapshot().paymentLinks.filter(({ status }) => status === "active")).toEqual([]);
    },
  );
});

function failures({ plan, result }: Awaited<ReturnType<Shop["apply"]>>): readonly string[] {
  if (plan.failed) return plan.document.diagnostics.map(({ code }) => code);
  return (result?.failed ?? []).map(
    ({ address, action, error }) => `${address} ${action} ${error.outcome} ${error.code}`,
  );
}
