import { redactDeep, safeJsonText } from "./terminal-text.js";

/** JSON for machines that a person can open: two spaces, a final newline; invisible characters as `\uXXXX`, without loss. */
export function renderJson(document: unknown): string {
  return `${safeJsonText(JSON.stringify(redactDeep(document), null, 2))}\n`;
}
