import type { PlanField } from "../../state/plan-document.js";
import { dollars, readAmount } from "./money.js";
import { shownUrl } from "./shown-url.js";

type Json = PlanField["before"];

/** A value as every format shows it: what it is, and its text, not yet escaped for the medium. */
export type Shown =
  | { readonly is: "unset" }
  | { readonly is: "text" | "url" | "plain" | "money"; readonly text: string }
  | { readonly is: "list"; readonly parts: readonly Shown[] }
  /** A line item: what, how many, at which price (none where the payer chooses it). */
  | {
      readonly is: "lineItem";
      readonly product: string;
      readonly quantity: string;
      readonly unitPrice?: Shown;
    }
  | { readonly is: "record"; readonly parts: readonly { readonly name: string; readonly value: Shown }[] };

/** Reads a value of the plan by its field's type and its own shape. */
export function showValue(value: Json, type: string): Shown {
  if (value === null) return { is: "unset" };
  if (Array.isArray(value))
    return { is: "list", parts: value.map((part) => showValue(part, partType(type))) };
  if (typeof value === "object") return showRecord(value);
  if (typeof value !== "string") return { is: "plain", text: String(value) };
  if (isMoney(value, type)) return { is: "money", text: dollars(value) };
  if (type === "url" || type === "image") return { is: "url", text: shownUrl(value) };
  return { is: type === "text" || type === "list" ? "text" : "plain", text: value };
}

/** Two values that a reader could not tell apart although they differ: another Unicode form of the same letters. */
export function looksTheSame(before: Json, after: Json): boolean {
  return (
    typeof before === "string" &&
    typeof after === "string" &&
    before !== after &&
    before.normalize("NFKC") === after.normalize("NFKC")
  );
}

function partType(type: string): string {
  return type === "item" ? "text" : type;
}

/** The parts of a list have no type of their own in the plan; amounts are told by their form. */
function isMoney(value: string, type: string): boolean {
  return (type === "money" || type === "list") && readAmount(value) !== undefined;
}

function showRecord(record: { readonly [name: string]: Json }): Shown {
  const { product, quantity, unitPrice, name, value } = record;
  if (typeof product === "string" && quantity !== undefined) {
    const price =
      unitPrice === undefined || unitPrice === null ? {} : { unitPrice: showValue(unitPrice, "money") };
    return { is: "lineItem", product, quantity: String(quantity), ...price };
  }
  if (typeof name === "string" && typeof value === "string") {
    return { is: "record", parts: [{ name, value: { is: "plain", text: value } }] };
  }
  const parts = Object.entries(record).map(([key, part]) => ({ name: key, value: showValue(part, "text") }));
  return { is: "record", parts };
}
