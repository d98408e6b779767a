import { nearest } from "../../config/index.js";
import { type Diagnostic, failure, type Result, success } from "../../diagnostics/index.js";
import { appliedLinkOf } from "../../engine/verify/applied-link.js";
import { type Address, addressOf, parseAddress } from "../../state/address.js";
import type { Desired } from "../../state/desired.js";
import type { Lockfile } from "../../state/lockfile.js";
import type { Sights } from "./look-as-payers.js";

/**
 * Which pages to look at: those named (`paymentLink.NAME`, or `NAME` alone), else of every link that is declared or
 * recorded; a retired one has to be closed. GS7011 for a name that nobody has, GS2305 for what has no page.
 */
export function chooseSights(
  names: readonly string[],
  { desired, lockfile }: { desired: Desired; lockfile: Lockfile },
): Result<Sights> {
  const isLink = (address: string): address is Address => address.startsWith("paymentLink.");
  const known = [...new Set([...desired.entries.keys(), ...lockfile.entries.keys()])].filter(isLink).sort();
  const chosen = names.length === 0 ? known : [...new Set(names.map(linkAddress))];
  const problems = chosen.flatMap((address) => checkName(address, known));
  if (problems.length > 0) return failure(...problems);
  const addresses = chosen.filter(isLink);
  return success({
    links: addresses.flatMap((address) => {
      const entry = lockfile.entries.get(address);
      return entry === undefined ? [] : [appliedLinkOf(address, entry, lockfile)];
    }),
    notApplied: addresses.filter((address) => !lockfile.entries.has(address)),
  });
}

/** `NAME` alone is a payment link here: only they have a page. */
export function linkAddress(text: string): string {
  return text.includes(".") ? text : addressOf("paymentLink", text);
}

function checkName(address: string, known: readonly string[]): readonly Diagnostic[] {
  if (known.includes(address)) return [];
  const kind = parseAddress(address)?.kind;
  if (kind !== undefined && kind !== "paymentLink") {
    return [
      {
        code: "GS2305",
        severity: "error",
        summary: `\`${address}\` has no public page: only payment links have one`,
        remedy: "Name a payment link: paymentLink.NAME.",
      },
    ];
  }
  const close = nearest(address, known);
  return [
    {
      code: "GS7011",
      severity: "error",
      summary: `There is no \`${address}\``,
      ...(close === undefined
        ? { remedy: "See what there is:", command: ["state list"] }
        : { remedy: `Did you mean \`${close}\`?` }),
    },
  ];
}
