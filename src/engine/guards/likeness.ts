import { type FieldValue, type FieldValues, sameValue } from "../../state/value.js";
import { diff } from "../diff.js";
import { fieldRule, type KindDefinition } from "../kind.js";

/**
 * Whether two objects share what should tell them apart (a name, a URL), however it is spelled.
 * An object that doesn't show it may share it.
 */
export function sameName(definition: KindDefinition, wanted: FieldValues, other: FieldValues): boolean {
  const { name, type } = fieldRule(definition, definition.distinctField);
  if (!Object.hasOwn(other, name)) return true;
  const [a, b] = [wanted[name] ?? null, other[name] ?? null];
  return a !== null && sameValue(plain(a, type.is === "url"), plain(b, type.is === "url"));
}

/** Case and spaces make no other product to a payer; URLs are compared as clients read them. */
function plain(value: FieldValue, isUrl: boolean): FieldValue {
  if (typeof value !== "string") return value;
  if (isUrl && URL.canParse(value)) return new URL(value).href;
  return value.normalize("NFKC").trim().replace(/\s+/g, " ").toLowerCase();
}

/** Whether two sets of values say the same, pictures aside (GStable hosts those elsewhere). */
export function sameContent(definition: KindDefinition, wanted: FieldValues, other: FieldValues): boolean {
  const sides = { definition, wanted, live: other };
  return diff({ ...sides, base: undefined, hosted: undefined, ignoreChanges: [] }).length === 0;
}
