import { z } from "zod";
import { action, changedRow, existingRow } from "./dashboard-rows.js";
import { storedProduct } from "./state/state.js";

const productId = z.string();
const idOnly = z.strictObject({ productId });

const withStatus = (status: "active" | "archived" | "removed") =>
  action(idOnly, (world, args) => changedRow(world, "products", { id: args.productId, changes: { status } }));

/** What the dashboard can do with products. Images are stored as given: the dashboard uploads them itself. */
export const productActions = {
  createProduct: action(storedProduct.omit({ productId: true }).partial().strict(), (world, args) => {
    const product = storedProduct.parse({
      name: "Made in the dashboard",
      commonPrices: [1_000_000],
      createdAtMs: world.clock.nowMs(),
      ...args,
      productId: world.newId("prd", 24),
    });
    world.store.put("products", product);
    return product;
  }),
  editProduct: action(
    storedProduct.partial().required({ productId: true }).strict(),
    (world, { productId: id, ...changes }) => changedRow(world, "products", { id, changes }),
  ),
  archiveProduct: withStatus("archived"),
  unarchiveProduct: withStatus("active"),
  removeProduct: withStatus("removed"),
  /** As though it had never been: for what happens to an id that nobody knows any more. */
  eraseProduct: action(idOnly, (world, args) => {
    world.store.erase("products", existingRow(world, "products", args.productId).productId);
  }),
};
