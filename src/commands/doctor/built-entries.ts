import type { Dashboard } from "../../sandbox/index.js";
import type { Address, Kind } from "../../state/address.js";
import type { Desired, DesiredEntry } from "../../state/desired.js";
import type { FieldValue, FieldValues } from "../../state/value.js";
import { isList, isMap } from "../../state/value.js";
import type { Stage } from "./stage.js";

/** An entry of the configuration as it was built: what a situation is made with. */
export interface BuiltEntry {
  readonly entry: DesiredEntry;
  readonly address: Address;
  readonly id: string;
  /** What was applied, references as ids. */
  readonly applied: FieldValues;
}

/** Pages first: they are what takes money. */
const preference: Readonly<Record<Kind, number>> = {
  paymentLink: 0,
  webhook: 1,
  product: 2,
};

/** The first entry of the configuration that fits, pages before webhooks before products. */
export function findBuiltEntry(stage: Stage, fits: (entry: DesiredEntry) => boolean): BuiltEntry | undefined {
  return findBuiltEntries(stage, fits)[0];
}

/** All that fit and were applied, in that order. */
export function findBuiltEntries(
  { desired, lockfile }: Stage,
  fits: (entry: DesiredEntry) => boolean,
): readonly BuiltEntry[] {
  return [...desired.entries.values()]
    .filter(fits)
    .toSorted((a, b) => preference[a.kind] - preference[b.kind])
    .flatMap((entry) => {
      const lock = lockfile.entries.get(entry.address);
      return lock === undefined ? [] : [{ entry, address: entry.address, id: lock.id, applied: lock.values }];
    });
}

/** The configuration with one entry written otherwise. */
export function rewrite(desired: Desired, entry: DesiredEntry): Desired {
  return { ...desired, entries: new Map(desired.entries).set(entry.address, entry) };
}

/** The entry with other values. */
export function withValues(entry: DesiredEntry, values: FieldValues): DesiredEntry {
  return { ...entry, values: { ...entry.values, ...values } };
}

/** Whether the field is the configuration's to say, and not handed to the dashboard. */
export function isOurs({ lifecycle }: DesiredEntry, field: string): boolean {
  return !lifecycle.ignoreChanges.includes(field);
}

/** An item of a link that has a price. */
export type PricedItem = {
  readonly product: string;
  readonly quantity: number;
  readonly unitPrice: number;
};

/** The items of a link where each has a price; otherwise none. */
export function pricedItems(lineItems: FieldValue | undefined): readonly PricedItem[] {
  const items = (isList(lineItems) ? lineItems : []).map(asPriced);
  return items.every((item) => item !== undefined) ? items : [];
}

function asPriced(item: FieldValue): PricedItem | undefined {
  if (!isMap(item)) return undefined;
  const { product, quantity, unitPrice } = item;
  if (typeof product !== "string" || typeof quantity !== "number") return undefined;
  return typeof unitPrice === "number" && unitPrice > 0 ? { product, quantity, unitPrice } : undefined;
}

/** Closes an object as somebody in the dashboard would. */
export function closeOutside({ entry: { kind }, id }: BuiltEntry, dashboard: Dashboard): void {
  if (kind === "paymentLink") dashboard.disableLink({ linkId: id });
  else if (kind === "webhook") dashboard.disableWebhook({ webhookId: id });
  else if (kind === "product") dashboard.archiveProduct({ productId: id });
  else kind satisfies never;
}

/** Makes an object vanish. */
export function eraseOutside({ entry: { kind }, id }: BuiltEntry, dashboard: Dashboard): void {
  if (kind === "paymentLink") dashboard.eraseLink({ linkId: id });
  else if (kind === "webhook") dashboard.removeWebhook({ webhookId: id });
  else if (kind === "product") dashboard.eraseProduct({ productId: id });
  else kind satisfies never;
}
