/** Anybody's text inside of a message, in backticks: one of its own would end the quotation, and speak for us after it. */
export function quoted(text: string): string {
  return `\`${text.replaceAll("`", "\\u{60}")}\``;
}
