import { readUrl } from "../../state/read-url.js";

/**
 * A URL, and behind it the host that browsers go to where its letters are not the network's own: with a Cyrillic `а`,
 * `аcme.example` is another host than the one that it looks like.
 */
export function shownUrl(url: string): string {
  const hostname = readUrl(url)?.hostname ?? "";
  const isOther = /(^|\.)xn--/.test(hostname) && !url.toLowerCase().includes(hostname);
  return isOther ? `${url} (${hostname})` : url;
}
