import type { Shown } from "./value.js";

/** A value on one line of plain text, not yet escaped. */
export function plainValue(shown: Shown, times = "×"): string {
  switch (shown.is) {
    case "unset":
      return "(unset)";
    case "text":
      return `"${shown.text}"`;
    case "url":
    case "plain":
    case "money":
      return shown.text;
    case "list":
      return shown.parts.length === 0
        ? "(empty)"
        : shown.parts.map((part) => plainValue(part, times)).join(", ");
    case "lineItem":
      return `${shown.product} ${times} ${shown.quantity}${
        shown.unitPrice === undefined ? "" : ` at ${plainValue(shown.unitPrice, times)}`
      }`;
    case "record":
      return shown.parts.map(({ name, value }) => `${name}: ${plainValue(value, times)}`).join(", ");
  }
}
