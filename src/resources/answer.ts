/**
 * Tolerant reading of API answers. Fact F9: absent, `""` and `null` mean unset. Fact F10: numbers may come as strings.
 */
import type { ListPage } from "../engine/kind.js";
import type { LiveObject } from "../state/live.js";
import { type FieldValue, isList } from "../state/value.js";

export type Answer = { readonly [key: string]: unknown };

/** The answer as a map, or `undefined` where it is none. */
export function asMap(data: unknown): Answer | undefined {
  return typeof data === "object" && data !== null && !Array.isArray(data) ? (data as Answer) : undefined;
}

/** A text that says something; `undefined` otherwise. */
export function asText(data: unknown): string | undefined {
  return typeof data === "string" && data !== "" ? data : undefined;
}

/** A safe integer, also from a numeric string; `undefined` otherwise. */
export function asInteger(data: unknown): number | undefined {
  const number = typeof data === "string" && /^-?\d+$/.test(data) ? Number(data) : data;
  return typeof number === "number" && Number.isSafeInteger(number) ? number : undefined;
}

/** Canonical text field: `null` where unset. */
export function textValue(data: unknown): FieldValue {
  return asText(data) ?? null;
}

/** Canonical flag: the API writes 0 and 1. */
export function flagValue(data: unknown): FieldValue {
  return data === true || asInteger(data) === 1;
}

/** Canonical list: `null` where it is empty, absent or none. */
export function listValue(data: unknown, item: (part: unknown) => FieldValue): FieldValue {
  return Array.isArray(data) && data.length > 0 ? data.map(item) : null;
}

/** A page of a list, all of it or none: `listed` is what stands under its key. Fact F9: an empty one may be `null`. */
export function listPage(
  listed: unknown,
  name: "product" | "link" | "webhook",
  { total, decode }: { total: number | undefined; decode: (data: unknown) => LiveObject | undefined },
): ListPage {
  const list: unknown = listed === null ? [] : listed;
  if (!Array.isArray(list)) return { ok: false, why: `the answer has no list \`${name}s\`` };
  const objects: LiveObject[] = [];
  for (const data of list) {
    const object = decode(data);
    if (object === undefined) return { ok: false, why: `a ${name} in the list has no \`${name}Id\`` };
    objects.push(object);
  }
  return { ok: true, total, objects };
}

/** A number that should be an integer; what isn't stays visible as the text that it was. */
export function integerValue(data: unknown): FieldValue {
  return asInteger(data) ?? (data === undefined || data === null || data === "" ? null : spell(data));
}

/** What stands where a text or a number should, as one. Not `String`: JSON can hold what that throws at. */
export function spell(data: unknown): string {
  if (Array.isArray(data)) return "a list";
  return typeof data === "object" && data !== null ? "an object" : String(data);
}

/** The values that are set: what a request body carries. */
export function setFields(body: { readonly [key: string]: FieldValue | undefined }): {
  readonly [key: string]: FieldValue;
} {
  return Object.fromEntries(
    Object.entries(body).filter((entry): entry is [string, FieldValue] => {
      const value = entry[1];
      return value !== null && value !== undefined && !(isList(value) && value.length === 0);
    }),
  );
}
