import { z } from "zod";
import { action, changedRow, existingRow } from "./dashboard-rows.js";
import { completeItem } from "./line-items.js";
import { type StoredLineItem, storedLineItem, storedLink } from "./state/state.js";
import type { World } from "./world.js";

const linkId = z.string();
const idOnly = z.strictObject({ linkId });

/** Line items as people write them; ids and productData follow from the catalogue. */
const lineItem = storedLineItem.partial().required({ productId: true });
const editable = storedLink.extend({ lineItems: z.array(lineItem) });

const withStatus = (status: "active" | "disabled" | "archived") =>
  action(idOnly, (world, args) =>
    changedRow(world, "paymentLinks", { id: args.linkId, changes: { status } }),
  );

/** What the dashboard can do with payment links; archiving is possible nowhere else. */
export const linkActions = {
  createLink: action(
    editable.omit({ linkId: true, versionCode: true }).partial().required({ lineItems: true }).strict(),
    (world, args) => {
      const nowMs = world.clock.nowMs();
      const link = storedLink.parse({
        linkType: "fixed",
        linkName: "Made in the dashboard",
        accountId: "acc_sandbox_main",
        settlementToken: "polygon::usdc",
        feeModel: 1,
        createdAtMs: nowMs,
        updatedAtMs: nowMs,
        ...args,
        lineItems: args.lineItems.map((item) => sellItem(world, item)),
        linkId: world.newId("lnk", 32),
        versionCode: world.newId("ver", 16),
      });
      world.store.put("paymentLinks", link);
      return link;
    },
  ),
  editLink: action(
    editable.partial().required({ linkId: true }).strict(),
    (world, { linkId: id, lineItems, ...changes }) =>
      changedRow(world, "paymentLinks", {
        id,
        changes: {
          versionCode: world.newId("ver", 16),
          ...changes,
          ...(lineItems === undefined ? {} : { lineItems: lineItems.map((item) => sellItem(world, item)) }),
        },
      }),
  ),
  disableLink: withStatus("disabled"),
  enableLink: withStatus("active"),
  archiveLink: withStatus("archived"),
  /** As though it had never been: for what happens to an id that nobody knows any more. */
  eraseLink: action(idOnly, (world, args) => {
    world.store.erase("paymentLinks", existingRow(world, "paymentLinks", args.linkId).linkId);
  }),
};

/** A product that is sold counts as used, for ever. */
function sellItem(world: World, item: z.output<typeof lineItem>): StoredLineItem {
  const product = existingRow(world, "products", item.productId);
  if (!product.used) world.store.put("products", { ...product, used: true });
  return completeItem(world, item, product);
}
