/**
 * A URL, and behind it the host that browsers go to where its letters are not the network's own: with a Cyrillic `а`,
 * `аcme.example` is another host than the one that it looks like.
 */
export function shownUrl(url: string): string {
  if (!URL.canParse(url)) return url;
  const { hostname } = new URL(url);
  const isOther = /(^|\.)xn--/.test(hostname) && !url.toLowerCase().includes(hostname);
  return isOther ? `${url} (${hostname})` : url;
}
