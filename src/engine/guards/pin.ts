import { hashOf } from "../hash.js";

/** So many parts are written out in an allowance; more are counted and hashed. */
const SPELLED_OUT = 3;

/**
 * Names exactly these parts in an allowance: `a+b`, or `12-9f3c1a20be77`, how many and a hash of which. A bare
 * count would let the same number of other objects through one day.
 */
export function pin(parts: readonly string[]): string {
  const sorted = [...parts].sort();
  if (sorted.length <= SPELLED_OUT) return sorted.map(printable).join("+");
  return `${sorted.length}-${fingerprint(sorted)}`;
}

/** Twelve hex digits of the SHA-256 of a value's canonical JSON. */
export function fingerprint(value: unknown): string {
  return hashOf(value).slice("sha256-".length, "sha256-".length + 12);
}

/** Without spaces, separators and what cannot be seen, so that it can be copied into YAML and a shell. */
export function printable(text: string): string {
  return [...text].map((sign) => (plain.test(sign) ? sign : encode(sign))).join("");
}

const plain = /^[A-Za-z0-9._:/@-]$/;

function encode(sign: string): string {
  const bytes = new TextEncoder().encode(sign);
  return [...bytes].map((byte) => `%${byte.toString(16).toUpperCase().padStart(2, "0")}`).join("");
}
