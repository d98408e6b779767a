import { readUrl } from "../../state/read-url.js";
import { type FieldValue, type FieldValues, sameValue } from "../../state/value.js";
import { fieldRule, type KindDefinition } from "../kind.js";

/**
 * What should tell an object from all others of its kind (a name, a URL), however it is spelled.
 * `undefined`: the object doesn't show it.
 */
export function identityOf(definition: KindDefinition, values: FieldValues): FieldValue | undefined {
  const { name, type } = fieldRule(definition, definition.distinctField);
  return Object.hasOwn(values, name) ? plain(values[name] ?? null, type.is === "url") : undefined;
}

/** Whether another object may share an identity: it does, or it doesn't show its own. */
export function mayShare(identity: FieldValue | undefined, other: FieldValue | undefined): boolean {
  return identity !== null && (other === undefined || sameValue(identity, other));
}

/** Case and spaces make no other product to a payer; URLs are compared as clients read them. */
function plain(value: FieldValue, isUrl: boolean): FieldValue {
  if (typeof value !== "string") return value;
  const url = isUrl ? readUrl(value) : undefined;
  if (url !== undefined) return url.href;
  return value.normalize("NFKC").trim().replace(/\s+/g, " ").toLowerCase();
}
