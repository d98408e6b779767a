import { nameOf } from "../state/address.js";
import { formatUsd } from "../state/money.js";
import { type FieldValue, isList, isMap } from "../state/value.js";
import type { ResolvedAccounts } from "./accounts.js";
import type { FieldType } from "./kind.js";
import type { Pair } from "./pair/pairing.js";

/** Turns canonical values into what people read: references by name, money as decimal dollars. */
export interface Names {
  show(type: FieldType, value: FieldValue | undefined): FieldValue;
  /** The address of a managed product's id; anything else stays as it is. */
  addressOfProduct(id: string): string;
}

/** The names of this run: ids become names where the configuration or the lockfile has one for them. */
export function collectNames(pairs: readonly Pair[], accounts: ResolvedAccounts): Names {
  const accountNames = new Map([...accounts].reverse().map(([name, { id }]) => [id, name]));
  const addresses = new Map(
    pairs.flatMap(({ address, live, lock, definition }) => {
      const id = live?.id ?? lock?.id;
      return id === undefined || definition.kind !== "product" ? [] : [[id, address] as const];
    }),
  );
  const nameOfReference = (to: "account" | "product", target: string): string => {
    if (to === "account") return accountNames.get(target) ?? target;
    const address = addresses.get(target) ?? target;
    return address.startsWith("product.") ? nameOf(address as `product.${string}`) : address;
  };
  const show = (type: FieldType, value: FieldValue | undefined): FieldValue => {
    if (value === undefined || value === null) return null;
    switch (type.is) {
      case "money":
        return typeof value === "number" ? formatUsd(value) : value;
      case "reference":
        return typeof value === "string" ? nameOfReference(type.to, value) : value;
      case "list":
        return isList(value) ? value.map((part) => show(type.of, part)) : value;
      case "items":
        return isList(value) ? value.map((item) => showItem(type, item, show)) : showItem(type, value, show);
      default:
        return value;
    }
  };
  return { show, addressOfProduct: (id) => addresses.get(id) ?? id };
}

function showItem(type: FieldType & { is: "items" }, item: FieldValue, show: Names["show"]): FieldValue {
  if (!isMap(item)) return item;
  return Object.fromEntries(
    type.fields
      .map((field) => [field.name, show(field.type, item[field.name])] as const)
      .filter(([, value]) => value !== null),
  );
}
