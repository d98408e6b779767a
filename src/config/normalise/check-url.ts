// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the configuration language has `${name}` itself
import { readUrl } from "../../state/read-url.js";
import type { Problem } from "../report.js";

/** Names that lead nowhere, or elsewhere, outside one network (RFC 6761, RFC 8375 and common use). */
const localSuffixes =
  /\.(local|localhost|localdomain|internal|intranet|lan|home|corp|private|invalid|onion|home\.arpa)$/;

/**
 * What nearly every URL looks like, and nothing that a browser reads otherwise than it is written: a host name in small
 * letters, without a port, that ends in letters, and a path of ordinary characters.
 */
const everyday =
  /^https:\/\/(?!(?:[^/]*\.)?xn--)((?:[a-z0-9-]+\.)+[a-z]{2,63})(?:[/?#][\w\-.~!$&'()*+,;=:@%/?#]*)?$/;

/** Why a URL cannot be used by payers and by GStable's servers; `undefined` when nothing speaks against it. */
export function checkUrl(text: string): Problem | undefined {
  const host = everyday.exec(text)?.[1];
  if (host !== undefined) return checkHost(host);
  if (text.includes("${")) return leftover(text);
  if (/[\s\p{Cc}\p{Cf}\p{Zl}\p{Zp}\\]/u.test(text)) {
    return notUsable(text, "There is a space, a backslash or an invisible character in it.");
  }
  if (/^http:\/\//i.test(text)) {
    return notUsable(text, "It is not encrypted.", `Write \`https://${text.slice(7)}\`.`);
  }
  const url = readUrl(text);
  if (!/^https:\/\/[^/?#]/i.test(text) || url === undefined) {
    return notUsable(text, "A complete https URL is needed.");
  }
  const authority = /^https:\/\/([^/?#]*)/i.exec(text)?.[1] ?? "";
  if (authority.includes("@")) {
    return {
      code: "GS1213",
      summary: "The URL carries a user name or a password",
      detail: "It would be stored in git and at GStable for everybody to read.",
      remedy: "Remove everything between `https://` and the `@`, `@` included.",
    };
  }
  return checkHost(url.hostname);
}

function checkHost(hostname: string): Problem | undefined {
  const host = hostname.toLowerCase().replace(/\.$/, "");
  // The URL parser has already turned 2130706433, 0x7f.1 and 017700000001 into 127.0.0.1.
  if (host.startsWith("[") || /^\d+(\.\d+){3}$/.test(host)) {
    return noPublicHost(`\`${host}\` is an IP address`);
  }
  if (!host.includes(".") || localSuffixes.test(host)) {
    return noPublicHost(`\`${host}\` is a local name`);
  }
  if (!/^[a-z0-9_-]+(\.[a-z0-9_-]+)+$/.test(host)) return noPublicHost(`\`${host}\` is not a host name`);
  return undefined;
}

function noPublicHost(summary: string): Problem {
  return {
    code: "GS1214",
    summary,
    detail: "Payers and GStable's servers would reach something else there, or nothing.",
    remedy: "Use a public host name such as `acme.example`.",
  };
}

function notUsable(text: string, detail: string, remedy = "Write it as `https://host/path`."): Problem {
  return { code: "GS1212", summary: `\`${text}\` is not a usable URL`, detail, remedy };
}

function leftover(text: string): Problem {
  return notUsable(
    text,
    "There is a `${` left in it, which no variable replaces.",
    "Write `${name}` for a variable.",
  );
}
