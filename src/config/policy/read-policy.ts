import { type Allowance, defaultPolicy, type Policy } from "../../state/policy.js";
import { readMoney } from "../normalise/read-money.js";
import { type ConfigNode, type MapNode, valueAt } from "../parse/node.js";
import { sourceOf } from "../parse/source-file.js";
import type { Report } from "../report.js";
import { checkKeys } from "../shape/check-shape.js";
import { policyShape } from "../shape/shapes.js";
import { expectList, expectText } from "../structure/expect.js";
import type { Scope } from "../variables/interpolate.js";
import { interpolate } from "../variables/interpolate.js";
import { usesVariable } from "../variables/scope.js";
import { parseLastingAllowance } from "./parse-allowance.js";

interface PolicyOptions {
  readonly scope: Scope;
  /** A policy in a file of its own is for other reviewers: no variable of the root file reaches it. */
  readonly isFile: boolean;
  readonly report: Report;
}

/** The guards' thresholds and exceptions; what is not written has its default. */
export async function readPolicy(
  written: MapNode | undefined,
  { scope, isFile, report }: PolicyOptions,
): Promise<Policy> {
  if (written === undefined) return defaultPolicy;
  if (isFile) forbidVariables(written, report);
  const filled = isFile ? written : interpolate(written, scope, report);
  const map = filled.kind === "map" ? filled : written;
  await checkKeys(map, policyShape, report);
  const hosts = readHosts(valueAt(map, "allowedHosts"), report);
  return {
    maxPriceChangeBp:
      readPercent(valueAt(map, "maxPriceChange"), "maxPriceChange", report) ?? defaultPolicy.maxPriceChangeBp,
    maxRetireBp: readPercent(valueAt(map, "maxRetire"), "maxRetire", report) ?? defaultPolicy.maxRetireBp,
    priceRangeMicroUsd: readRange(valueAt(map, "priceRange"), report) ?? defaultPolicy.priceRangeMicroUsd,
    ...(hosts !== undefined && { allowedHosts: hosts }),
    allow: readAllow(valueAt(map, "allow"), report),
  };
}

function forbidVariables(node: ConfigNode, report: Report): void {
  if (node.kind === "map") for (const { value } of node.entries.values()) forbidVariables(value, report);
  if (node.kind === "list") for (const item of node.items) forbidVariables(item, report);
  if (!usesVariable(node)) return;
  report.add(
    {
      code: "GS1605",
      summary: "A policy file cannot use variables",
      detail: "They are defined in the root file, which other people may change.",
      remedy: "Write the value out.",
    },
    node,
  );
}

/** `12.5%` as 1250. */
function readPercent(node: ConfigNode | undefined, name: string, report: Report): number | undefined {
  if (node === undefined) return undefined;
  const raw = node.kind === "scalar" ? node.raw.trim() : "";
  const parts = /^(\d{1,6})(?:\.(\d{1,2}))?%$/.exec(raw);
  const share = parts === null ? -1 : Number(parts[1]) * 100 + Number((parts[2] ?? "").padEnd(2, "0"));
  if (share >= 0 && !(name === "maxRetire" && share > 10_000)) return share;
  report.add(
    {
      code: "GS1218",
      summary: `\`${name}\` must be a percentage`,
      detail: name === "maxRetire" ? "From `0%` to `100%`, at most two decimals." : "At most two decimals.",
      remedy: /^\d+(\.\d{1,2})?$/.test(raw) ? `Write \`${raw}%\`.` : "Write e.g. `50%`.",
    },
    node,
  );
  return undefined;
}

function readRange(node: ConfigNode | undefined, report: Report): Policy["priceRangeMicroUsd"] | undefined {
  if (node === undefined) return undefined;
  const items = node.kind === "list" ? node.items.filter((item) => item.kind === "scalar") : [];
  const plain = items.filter(({ value }) => typeof value === "string" || typeof value === "number");
  if (node.kind !== "list" || plain.length !== 2 || node.items.length !== 2) {
    report.add(
      {
        code: "GS1705",
        summary: "`priceRange` must be two amounts",
        remedy: "Write e.g. `[$0.01, $1000]`.",
      },
      node,
    );
    return undefined;
  }
  const [min, max] = plain.map((item) => readMoney(item, report));
  if (min === undefined || max === undefined) return undefined;
  if (min <= max) return [min, max];
  report.add(
    {
      code: "GS1705",
      summary: "`priceRange` ends before it begins",
      remedy: "Write the smaller amount first.",
    },
    node,
  );
  return undefined;
}

function readHosts(node: ConfigNode | undefined, report: Report): readonly string[] | undefined {
  const list = expectList(node, "allowedHosts", report);
  return list?.items.flatMap((item) => {
    const text = expectText(item, "a host", report);
    if (text === undefined) return [];
    const host = text.value.toLowerCase();
    if (/^(\*\.)?([a-z0-9_-]+\.)+[a-z][a-z0-9-]*$/.test(host)) return [host];
    report.add(
      {
        code: "GS1706",
        summary: `\`${text.value}\` is not a host`,
        detail: "A host is a name without scheme, port and path; `*.` in front means all names below it.",
        remedy: 'Write e.g. `acme.example` or `"*.acme.example"`.',
      },
      item,
    );
    return [];
  });
}

function readAllow(node: ConfigNode | undefined, report: Report): readonly Allowance[] {
  const list = expectList(node, "allow", report);
  return (list?.items ?? []).flatMap((item) => {
    const text = expectText(item, "an allowance", report);
    if (text === undefined) return [];
    const allowance = parseLastingAllowance(text.value, sourceOf(item));
    if (!("code" in allowance)) return [allowance];
    report.add(allowance, item);
    return [];
  });
}
