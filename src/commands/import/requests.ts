import { type Diagnostic, failure, type Result, success } from "../../diagnostics/index.js";
import type { Takeover } from "../../engine/import.js";
import { parseAddress } from "../../state/address.js";

/** `ADDRESS=ID` words of the command line. Every problem at once (GS7015). */
export function parseRequests(words: readonly string[]): Result<readonly Takeover[]> {
  const requests: Takeover[] = [];
  const problems: Diagnostic[] = [];
  for (const word of words) {
    const equals = word.indexOf("=");
    const address = parseAddress(equals < 0 ? word : word.slice(0, equals));
    const id = equals < 0 ? "" : word.slice(equals + 1).trim();
    const twin = requests.find((one) => one.to === address?.address || one.id === id);
    if (address === undefined) problems.push({ ...notAnAddress(word), ...example });
    else if (id === "") problems.push({ ...withoutId(word), ...example });
    else if (twin !== undefined) problems.push(twice(word, twin));
    else requests.push({ to: address.address, id });
  }
  return problems.length > 0 ? failure(...problems) : success(requests);
}

const example: Pick<Diagnostic, "remedy" | "command"> = {
  remedy: "Write ADDRESS=ID, for example:",
  command: ["import", "paymentLink.premium=lnk_1234"],
};

function notAnAddress(word: string): Diagnostic {
  return {
    code: "GS7015",
    severity: "error",
    summary: `\`${word}\` names no entry to import into`,
    detail:
      "An address is `product.`, `paymentLink.` or `webhook.` and a name of a-z, 0-9, `-` and `_`, at most 100 characters.",
  };
}

function withoutId(word: string): Diagnostic {
  return {
    code: "GS7015",
    severity: "error",
    summary: `\`${word}\` has no id`,
    detail: "The dashboard and `gstable-sync plan` (unmanaged objects) show ids.",
  };
}

function twice(word: string, first: Takeover): Diagnostic {
  return {
    code: "GS7015",
    severity: "error",
    summary: `\`${word}\` comes after \`${first.to}=${first.id}\``,
    detail: "One object is one entry, and one entry is one object.",
    remedy: "Keep one of the two.",
  };
}
