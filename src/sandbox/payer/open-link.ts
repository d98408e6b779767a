import { ApiError } from "../codes.js";
import type { StoredLink } from "../state/state.js";
import type { ReadView } from "../state/tables.js";
import type { World } from "../world.js";

/** A link that payers can use; otherwise the code that says why not. */
export function openLink(world: World, view: ReadView, linkId: string): StoredLink {
  const link = view.get("paymentLinks", linkId);
  if (link === undefined) throw new ApiError(100101);
  if (link.status === "archived") throw new ApiError(100102);
  if (link.status === "disabled") throw new ApiError(100103);
  if (world.knobs.archivedProductInLink === "closedToPayers") {
    const sellsArchived = link.lineItems.some(
      (item) => view.get("products", item.productId)?.status !== "active",
    );
    if (sellsArchived) throw new ApiError(100304);
  }
  return link;
}
