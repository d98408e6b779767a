import type { LiveObject } from "../state/live.js";
import {
  canonicalJson,
  type FieldValue,
  type FieldValues,
  isList,
  isMap,
  plainText,
  sameValue,
} from "../state/value.js";
import { diffTwoWay } from "./diff.js";
import type { FieldRule, KindDefinition } from "./kind.js";

/**
 * Whether a live object is what the YAML wants: every field the same, except pictures (hosted elsewhere) and
 * whether it is open. What the live object does not carry is not compared.
 */
export function equals(
  definition: KindDefinition,
  sides: { wanted: FieldValues; live: LiveObject },
): boolean {
  const isCarried = ({ name }: FieldRule) => name in sides.live.values;
  const isSame = ({ name, unset }: FieldRule) =>
    sameValue(sides.wanted[name] ?? unset, sides.live.values[name] ?? unset);
  if (definition.fields.every((rule) => !isCarried(rule) || isSame(rule))) return true;
  const fields = definition.fields.filter(isCarried);
  const carried = (values: FieldValues): FieldValues =>
    Object.fromEntries(Object.entries(values).filter(([field]) => Object.hasOwn(sides.live.values, field)));
  return sameContent({ ...definition, fields }, carried(sides.wanted), sides.live.values);
}

/** Whether two sets of values say the same in every field, pictures aside (GStable hosts those elsewhere). */
export function sameContent(definition: KindDefinition, wanted: FieldValues, other: FieldValues): boolean {
  return diffTwoWay(definition, { wanted, live: other }).length === 0;
}

/** A text that is the same for all values that `equals` cannot tell apart: without pictures, order and spelling. */
export function likenessOf(definition: KindDefinition, values: FieldValues): string {
  const compared = definition.fields.filter(({ type }) => type.is !== "image");
  return canonicalJson(compared.map(({ name, unset }) => plainly(values[name] ?? unset)));
}

function plainly(value: FieldValue): FieldValue {
  if (typeof value === "string") return plainText(value);
  if (isList(value)) return value.map(plainly).sort((a, b) => (canonicalJson(a) < canonicalJson(b) ? -1 : 1));
  if (!isMap(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, plainly(part)]));
}

/** Titles are looked up in the spelling that counts: the API may trim and normalise them. */
export function titleKey(title: unknown): unknown {
  return typeof title === "string" ? plainText(title) : title;
}
