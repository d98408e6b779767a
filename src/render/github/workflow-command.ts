import { safeText } from "../terminal-text.js";

/** Longer ones are of no use to a reader, and GitHub cuts them. */
const LONGEST_TITLE = 200;
const LONGEST_MESSAGE = 4_000;

/**
 * `::error file=…,line=…,title=…::message`, on one line. Nothing in a property or a message can end it or begin
 * another command: control characters are shown, and what GitHub would read is encoded.
 */
export function workflowCommand(
  name: "error" | "warning" | "notice",
  properties: Readonly<Record<string, string | number | undefined>>,
  lines: readonly string[],
): string {
  const written = Object.entries(properties)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => `${key}=${encodeProperty(cut(safeText(String(value)), LONGEST_TITLE))}`);
  const message = cut(lines.map(safeText).join("\n"), LONGEST_MESSAGE);
  return `::${name}${written.length === 0 ? "" : ` ${written.join(",")}`}::${encodeData(message)}`;
}

function cut(text: string, most: number): string {
  return text.length <= most ? text : `${text.slice(0, most).replace(/[\ud800-\udbff]$/, "")}…`;
}

function encodeData(text: string): string {
  return text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}

function encodeProperty(text: string): string {
  return encodeData(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
}
