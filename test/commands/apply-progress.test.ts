import { describe, expect, it } from "vitest";
import { apply } from "../../src/commands/apply.js";
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
