import { failure, type Result, type Source, success } from "../../diagnostics/index.js";
import { entryNamePattern, parseAddress } from "../../state/address.js";
import { type Allowance, type GuardId, guardIds } from "../../state/policy.js";
import { suggest } from "../nearest.js";
import type { Problem } from "../report.js";

/** The guards that look at everything; their address is `config`. */
const wholeGuards: readonly GuardId[] = ["retire", "shrink"];

/**
 * `ID:ADDRESS` as given to `--allow`; a copied `=VALUE` behind it is kept. Only the form is checked: whether
 * the address is known is for the engine to say, which sees the lockfile.
 */
export function parseAllowance(text: string): Result<Allowance> {
  const reading = readAllowance(text);
  if ("code" in reading) return failure({ severity: "error", ...reading });
  return success({ ...reading, origin: "flag" });
}

/** An allowance of the policy, which lasts and therefore names the value that it lets through. */
export function parseLastingAllowance(text: string, source: Source): Allowance | Problem {
  const reading = readAllowance(text);
  if ("code" in reading) return reading;
  if (reading.value !== undefined && reading.value !== "") return { ...reading, origin: "policy", source };
  return {
    code: "GS1704",
    summary: `\`${text}\` has no value`,
    detail: "Without one it would switch the guard off for this address for good.",
    remedy: `Add the value as the plan prints it: \`${reading.guard}:${reading.address}=…\`; for one run use \`--allow\`.`,
  };
}

function readAllowance(text: string): Pick<Allowance, "guard" | "address" | "value"> | Problem {
  const parts = /^\s*([^:=\s]+):([^=]+)(?:=(.*))?$/s.exec(text);
  if (parts === null) {
    return {
      code: "GS1701",
      summary: `\`${text}\` is not an allowance`,
      remedy: "Write `ID:ADDRESS`, e.g. `price:paymentLink.premium-monthly`.",
    };
  }
  const [, id = "", address = "", value] = parts;
  const guard = guardIds.find((candidate) => candidate === id);
  if (guard === undefined) {
    return {
      code: "GS1702",
      summary: `There is no guard \`${id}\``,
      remedy: suggest(id, guardIds) ?? `The guards are ${guardIds.join(", ")}.`,
    };
  }
  const trimmed = address.trim();
  if (!isAddressFor(guard, trimmed)) return badAddress(guard, trimmed);
  return { guard, address: trimmed, ...(value !== undefined && { value: value.trim() }) };
}

function isAddressFor(guard: GuardId, address: string): boolean {
  if (wholeGuards.includes(guard)) return address === "config";
  if (parseAddress(address) !== undefined) return true;
  return guard === "routing" && /^account\./.test(address) && entryNamePattern.test(address.slice(8));
}

function badAddress(guard: GuardId, address: string): Problem {
  const example = wholeGuards.includes(guard)
    ? `${guard}:config`
    : `${guard}:paymentLink.NAME${guard === "routing" ? "` or `routing:account.NAME" : ""}`;
  return {
    code: "GS1703",
    summary: `\`${address}\` is not an address for the guard \`${guard}\``,
    remedy: `Write \`${example}\`.`,
  };
}
