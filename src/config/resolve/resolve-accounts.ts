import type { DesiredAccount } from "../../state/desired.js";
import { mergeMaps } from "../merge.js";
import { createGuesser } from "../nearest.js";
import { emptyMap, isUnset, type MapNode, type Pair, valueAt } from "../parse/node.js";
import { sourceOf } from "../parse/source-file.js";
import { type Report, reportFor } from "../report.js";
import { checkShape } from "../shape/check-shape.js";
import { accountShape } from "../shape/shapes.js";
import { checkName } from "../structure/collect-entries.js";
import { expectMap } from "../structure/expect.js";
import type { Scope } from "../variables/interpolate.js";
import { interpolate } from "../variables/interpolate.js";
import { reportOverrideOfNothing } from "./resolve-entries.js";

/** Fact F42: at most twenty per merchant. */
const MAX_ACCOUNTS = 20;
const ZERO_ADDRESS = /^0x0{40}$/;

export interface ResolvedAccounts {
  readonly accounts: ReadonlyMap<string, DesiredAccount>;
  /** Written, even if faulty or left out: a reference to it is no typing error. */
  readonly written: ReadonlySet<string>;
  readonly leftOut: ReadonlySet<string>;
}

interface Layers {
  readonly root: MapNode;
  readonly overrides: MapNode | undefined;
  readonly scope: Scope;
  readonly report: Report;
}

/** The accounts of one environment. */
export async function resolveAccounts({ root, overrides, scope, report }: Layers): Promise<ResolvedAccounts> {
  const base = expectMap(valueAt(root, "accounts"), "accounts", report)?.entries ?? new Map<string, Pair>();
  const over = expectMap(valueAt(overrides, "accounts"), "overrides.accounts", report)?.entries;
  const accounts = new Map<string, DesiredAccount>();
  const leftOut = new Set<string>();
  const written = new Set([...base.keys(), ...(over?.keys() ?? [])]);
  const places = new Map<string, Pair>();
  const guess = createGuesser();
  for (const name of written) {
    const [lower, upper] = [base.get(name), over?.get(name)];
    const pair = lower ?? upper;
    if (pair === undefined) continue;
    if (upper !== undefined && isUnset(upper.value)) {
      leftOut.add(name);
      if (lower === undefined) reportOverrideOfNothing(name, upper, { known: base.keys(), guess, report });
      continue;
    }
    checkName(name, pair, report);
    const node = mergeAccount(name, [lower, upper], report);
    if (node === undefined) continue;
    const owner = { label: `account.${name}`, key: pair, body: pair.value };
    const own = reportFor(report, owner);
    const filled = interpolate(node, scope, own);
    accounts.set(name, await readAccount(name, filled.kind === "map" ? filled : node, { pair, report: own }));
    places.set(name, pair);
  }
  checkRepeats(accounts, places, report);
  checkCount([...places.values()], report);
  return { accounts, written, leftOut };
}

function mergeAccount(
  name: string,
  layers: readonly (Pair | undefined)[],
  report: Report,
): MapNode | undefined {
  const [lower, upper] = layers.map((pair) =>
    pair === undefined || isUnset(pair.value) ? undefined : expectMap(pair.value, `accounts.${name}`, report),
  );
  if (upper !== undefined) return mergeMaps(lower, upper);
  const empty = layers[0];
  if (lower === undefined && empty !== undefined && isUnset(empty.value)) {
    return emptyMap(empty);
  }
  return lower;
}

async function readAccount(
  name: string,
  node: MapNode,
  { pair, report }: { pair: Pair; report: Report },
): Promise<DesiredAccount> {
  const failed = await checkShape(node, accountShape, { report, owner: pair });
  const id = failed.has("id") ? undefined : readText(valueAt(node, "id"));
  const address = failed.has("address") ? undefined : readAddress(valueAt(node, "address"), report);
  const isFaulty = [...node.entries.values()].some(({ value }) => value.kind === "scalar" && value.faulty);
  if (failed.size === 0 && id === undefined && valueAt(node, "address") === undefined && !isFaulty) {
    report.add(
      {
        code: "GS1504",
        summary: `The account \`${name}\` has neither \`id\` nor \`address\``,
        remedy: 'Write `id: acc_…`, or `address: "0x…"`, or both.',
      },
      pair,
    );
  }
  return {
    name,
    ...(id !== undefined && { id }),
    ...(address !== undefined && { address }),
    source: sourceOf(pair),
  };
}

function readText(node: Pair["value"] | undefined): string | undefined {
  const text = node?.kind === "scalar" ? String(node.value).trim() : "";
  return text === "" ? undefined : text;
}

function readAddress(node: Pair["value"] | undefined, report: Report): string | undefined {
  if (node?.kind !== "scalar") return undefined;
  const text = String(node.value);
  if (/^0x[0-9a-f]{40}$/i.test(text) && !ZERO_ADDRESS.test(text)) return text.toLowerCase();
  report.add(addressProblem(text), node);
  return undefined;
}

function addressProblem(text: string) {
  return ZERO_ADDRESS.test(text)
    ? ({
        code: "GS1210",
        summary: "The address is all zeros",
        detail: "Nobody holds its key: money sent there is lost.",
        remedy: "Copy the account's address from the dashboard.",
      } as const)
    : ({
        code: "GS1210",
        summary: `\`${text}\` is not an address`,
        detail: `An address is 0x and 40 hexadecimal digits; this has ${text.replace(/^0x/i, "").length} characters after the 0x.`,
        remedy: "Copy it from the dashboard, in quotes.",
      } as const);
}

function checkRepeats(
  accounts: ReadonlyMap<string, DesiredAccount>,
  places: ReadonlyMap<string, Pair>,
  report: Report,
): void {
  for (const part of ["id", "address"] as const) {
    const seen = new Map<string, string>();
    for (const [name, account] of accounts) {
      const value = account[part];
      if (value === undefined) continue;
      const first = seen.get(value);
      const [pair, other] = [places.get(name), places.get(first ?? "")];
      if (first === undefined || pair === undefined || other === undefined) {
        seen.set(value, name);
        continue;
      }
      report.add(
        {
          code: "GS1503",
          summary: `\`${name}\` and \`${first}\` have the same ${part}`,
          detail: "A link that moves from one name to the other would seem to change its route.",
          remedy: "Keep one of the two names.",
        },
        pair,
        [{ label: `\`${first}\``, span: other }],
      );
    }
  }
}

function checkCount(pairs: readonly Pair[], report: Report): void {
  for (const pair of pairs.slice(MAX_ACCOUNTS)) {
    report.add(
      {
        code: "GS1402",
        summary: `More than ${MAX_ACCOUNTS} accounts`,
        detail: `A merchant has at most ${MAX_ACCOUNTS}.`,
        remedy: "Remove those that are not used.",
      },
      pair,
    );
  }
}
