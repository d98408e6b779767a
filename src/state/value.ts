/**
 * Values in canonical form, so that two of them mean the same exactly when they are equal:
 * money is an integer in Micro-USD, a reference is an id or a name, unset is `null`
 * (never `""`, `[]` or a missing key), sets are sorted.
 */
export type FieldValue =
  | string
  | number
  | boolean
  | null
  | readonly FieldValue[]
  | { readonly [name: string]: FieldValue };

/** The fields of one object by name. A field that is missing is not known; one that is unset is `null`. */
export type FieldValues = { readonly [field: string]: FieldValue };

/** Deeper than any field: what goes through a file of somebody else's must not exhaust the stack. */
const DEEPEST = 16;

/** Whether anything, such as a part of a file, has the form of a value. A number that is no safe integer is none. */
export function isFieldValue(data: unknown): data is FieldValue {
  return hasForm(data, DEEPEST);
}

function hasForm(data: unknown, room: number): boolean {
  if (typeof data === "number") return Number.isSafeInteger(data);
  if (typeof data !== "object") return typeof data === "string" || typeof data === "boolean";
  return data === null || (room > 0 && Object.values(data).every((part) => hasForm(part, room - 1)));
}

/** Whether two canonical values are the same; the order of keys does not matter, that of lists does. */
export function sameValue(a: FieldValue | undefined, b: FieldValue | undefined): boolean {
  if (a === b) return true;
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return false;
  if (isList(a) || isList(b)) {
    if (!isList(a) || !isList(b) || a.length !== b.length) return false;
    for (let index = 0; index < a.length; index += 1) if (!sameValue(a[index], b[index])) return false;
    return true;
  }
  const keys = Object.keys(a);
  if (keys.length !== Object.keys(b).length) return false;
  for (const key of keys) if (!Object.hasOwn(b, key) || !sameValue(a[key], b[key])) return false;
  return true;
}

type Parts = { readonly [key: string]: unknown };

/** Whether two values are the same once written as JSON: what is `undefined` is not there. */
export function sameJson(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return false;
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  if (Array.isArray(a) && Array.isArray(b) && a.length !== b.length) return false;
  const left = a as Parts; // lists have their indices for keys
  const right = b as Parts;
  for (const key of Object.keys(a)) if (!sameJson(left[key], right[key])) return false;
  return Object.keys(b).every((key) => right[key] === undefined || Object.hasOwn(a, key));
}

/**
 * Whether two texts differ at most in outer space or Unicode normalisation. Fact gap G12: an API may store either.
 */
export function sameSpelling(a: FieldValue | undefined, b: FieldValue | undefined): boolean {
  return sameValue(a, b) || (typeof a === "string" && typeof b === "string" && plainText(a) === plainText(b));
}

/** A text without outer space, in one normal form of Unicode. */
export function plainText(text: string): string {
  return text.trim().normalize("NFC");
}

/** Whether a value is a list (`Array.isArray` does not narrow a readonly one). */
export function isList(value: FieldValue | undefined): value is readonly FieldValue[] {
  return Array.isArray(value);
}

/** Whether a value is a map of named values. */
export function isMap(value: FieldValue | undefined): value is { readonly [name: string]: FieldValue } {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** JSON with sorted keys and no spaces: the same text for the same value, so that it can be hashed and compared. */
export function canonicalJson(value: unknown): string {
  if (typeof value !== "object" || value === null) return JSON.stringify(value) ?? "null";
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(",")}]`;
  const parts = value as Parts;
  const pairs = Object.keys(parts)
    .sort()
    .flatMap((key) =>
      parts[key] === undefined ? [] : [`${JSON.stringify(key)}:${canonicalJson(parts[key])}`],
    );
  return `{${pairs.join(",")}}`;
}
