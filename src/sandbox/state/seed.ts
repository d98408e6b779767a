import type { World } from "../world.js";
import { type SandboxSeed, sandboxSeed } from "./state.js";
import { tableNames } from "./tables.js";

/** Puts objects beside or over what is there, as though they had been there from the start. A product that a link of the state sells counts as used. */
export function seedState(world: World, seed: SandboxSeed): void {
  const state = sandboxSeed.parse(seed);
  world.store.refresh();
  for (const table of tableNames) {
    for (const row of state[table] ?? []) world.store.put(table, row);
  }
  const sold = new Set(
    world.store.rows("paymentLinks").flatMap((link) => link.lineItems.map((item) => item.productId)),
  );
  for (const product of world.store.rows("products")) {
    if (sold.has(product.productId) && !product.used) world.store.put("products", { ...product, used: true });
  }
  world.commitAsInitial();
}
