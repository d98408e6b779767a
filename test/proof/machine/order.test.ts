import { describe, expect, test } from "vitest";
import type { Instruction } from "../../../src/engine/apply/step.js";
import { Shop } from "../../engine/apply/drive.js";
import { item, link, product, usd, wants } from "../../engine/builders.js";

/** Everything that a run asks for, one after the other, in words; `lost`: the first answer of this method is. */
async function storyOf(shop: Shop, lost?: string): Promise<readonly string[]> {
  const steps: string[] = [];
  let isLost = false;
  await shop.apply(wants([product("plan"), link("a")]), {
    pick: () => 0,
    fate: (instruction) => {
      steps.push(inWords(instruction));
      if (isLost || instruction.do !== "send" || instruction.call.method !== lost) return "plain";
      isLost = true;
      return "lostBefore";
    },
  });
  return steps;
}

function inWords(instruction: Instruction): string {
  switch (instruction.do) {
    case "save":
      return instruction.records
        .map((one) => `${one.type}${"address" in one ? ` ${one.address}` : ""}`)
        .join();
    case "send":
      return `send ${instruction.call.method}`;
    case "look":
      return `look ${instruction.calls.map(({ method }) => method).join()}`;
    case "wait":
      return "wait";
    case "keep":
      return `keep ${instruction.address}`;
  }
}

describe("around a create", () => {
  test("the intent is on disk right before it is sent, and the id right after its answer", async () => {
    const steps = await storyOf(new Shop());
    const from = steps.indexOf("send paymentLink.create");
    expect(steps.slice(from - 1, from + 2)).toEqual([
      "intent paymentLink.a",
      "send paymentLink.create",
      "entry paymentLink.a",
    ]);
  });

  test("without an answer the lists are read, waited for, and read again before it is sent again", async () => {
    const steps = await storyOf(new Shop(), "paymentLink.create");
    const from = steps.indexOf("send paymentLink.create");
    expect(steps.slice(from, from + 6)).toEqual([
      "send paymentLink.create",
      "look paymentLink.list",
      "wait",
      "look paymentLink.list",
      "send paymentLink.create",
      "entry paymentLink.a",
    ]);
  });
});

test("an update without an answer is looked for, waited for, and looked for again before it is sent again", async () => {
  const shop = new Shop();
  await shop.apply(wants([product("plan"), link("a", { linkName: "Before" })]));
  const steps = await storyOf(shop, "paymentLink.update");
  const from = steps.indexOf("send paymentLink.update");
  expect(steps.slice(from, from + 6)).toEqual([
    "send paymentLink.update",
    "look paymentLink.detail",
    "wait",
    "look paymentLink.detail",
    "send paymentLink.update",
    "entry paymentLink.a",
  ]);
});

test("what a crash left open is closed before a price is changed", async () => {
  const shop = new Shop({ parallelism: 1 });
  const closed = link("closed", { linkName: "Soon" }, { open: false });
  await shop.apply(wants([product("plan"), link("a")]));
  await shop.apply(wants([product("plan"), link("a"), closed]), {
    pick: () => 0,
    fate: (one) => (one.do === "send" && one.call.method === "paymentLink.disable" ? "crashBefore" : "plain"),
  });
  const dearer = link("a", { lineItems: [item("plan", 1, usd(99))] });
  const { writes } = await shop.apply(wants([product("plan"), dearer, closed]));
  expect(writes.map(({ method }) => method)).toEqual(["paymentLink.disable", "paymentLink.update"]);
});
