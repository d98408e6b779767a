import { quoted } from "../../diagnostics/index.js";
import type { Pair } from "../pair/pairing.js";

/** What people call the entry, in backticks: as it is live, as it is wanted, as it was recorded, or by its address. */
export function sayTitle({ address, definition, live, wanted, lock }: Pair): string {
  const { titleField } = definition;
  const title = live?.values[titleField] ?? wanted?.[titleField] ?? lock?.values[titleField];
  return quoted(typeof title === "string" && title !== "" ? title : address);
}
