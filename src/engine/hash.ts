import { createHash } from "node:crypto";
import { canonicalJson } from "../state/value.js";

/** SHA-256 over canonical JSON, written `sha256-` and 64 hex digits. */
export function hashOf(value: unknown): string {
  return `sha256-${createHash("sha256").update(canonicalJson(value)).digest("hex")}`;
}
