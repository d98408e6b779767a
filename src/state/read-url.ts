/**
 * The URL that a text is; `undefined` for what is none. Not `URL.canParse`: in Node 20 it says no to a host with an `ü`
 * once it has been called some thousand times.
 */
export function readUrl(text: string): URL | undefined {
  try {
    return new URL(text);
  } catch {
    return undefined;
  }
}
