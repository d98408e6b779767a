import { describe, expect, it } from "vitest";
import { apply } from "../../src/commands/apply.js";
import { plan } from "../../src/commands/plan.js";
import type { PlanDocument } from "../../src/state/plan-document.js";
import { shop } from "../cli/shop.js";
import { openShop } from "./shop-scene.js";
import { shopContext } from "./waiting-context.js";

const config = "gstable.config.yaml";

describe("what a run tells while it works", () => {
  it("is also that a create was refused, and why, when it is: not first in the report", async () => {
    const scene = openShop(shop());
    const { context, lines } = shopContext(scene);
    const refusal = { status: 200, code: 100301 };
    scene.sandbox.addFault({
      match: { path: "/product/create", body: "Mug", times: 0 },
      do: { kind: "failBefore", with: refusal },
    });
    expect((await apply({ config, autoApprove: true }, context)).exitCode).toBe(5);
    const told = lines.filter((line) => line.includes("product.mug"));
    expect(told).toEqual([
      expect.stringMatching(/^#\d+ \+ create product\.mug …$/),
      expect.stringMatching(/^#\d+ \+ create product\.mug … failed \(refused\): \S/),
    ]);
  });
});

describe("a plan after a create whose outcome nobody knows", () => {
  it("tells it from a first one", async () => {
    const scene = openShop(shop());
    const { context } = shopContext(scene);
    const create = { path: "/payment/link/create", times: 0 };
    scene.sandbox.addFault({ match: create, do: { kind: "failBefore", with: { status: 502, html: true } } });
    expect((await apply({ config, autoApprove: true }, context)).exitCode).toBe(5);
    const { document } = await plan({ config }, context);
    // A command's document is what its schema says.
    const { changes } = document as PlanDocument;
    expect(changes.map(({ actions }) => actions)).toEqual([["create"], ["create"]]);
    for (const { notes } of changes) expect(notes?.join()).toContain("never learned what came of it");
  });
});
