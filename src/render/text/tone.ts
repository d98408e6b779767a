/** What a piece of text is, not how it looks; without colour the words say the same. */
export type Tone =
  | "strong"
  | "muted"
  | "danger"
  | "warning"
  | "good"
  | "change"
  | "info"
  | "removed"
  | "added"
  | "sandbox";

const codes: Record<Tone, string> = {
  strong: "1",
  muted: "2",
  danger: "1;31",
  warning: "33",
  good: "32",
  change: "33",
  info: "36",
  removed: "31",
  added: "32",
  sandbox: "1;30;43",
};

/** Wraps a text in the SGR sequences of its tone. */
export function paint(text: string, tone: Tone | undefined): string {
  return tone === undefined ? text : `\u001b[${codes[tone]}m${text}\u001b[0m`;
}
