import { type Address, kindNames, parseAddress } from "../../state/address.js";
import type { DesiredImport, DesiredMove } from "../../state/desired.js";
import { createGuesser, nearest } from "../nearest.js";
import { type ConfigNode, type MapNode, valueAt } from "../parse/node.js";
import { type Span, sourceOf } from "../parse/source-file.js";
import type { Report } from "../report.js";
import { checkShape } from "../shape/check-shape.js";
import { importShape, moveShape, type Shape } from "../shape/shapes.js";
import { expectList } from "../structure/expect.js";
import type { Scope } from "../variables/interpolate.js";
import { interpolate } from "../variables/interpolate.js";
import type { ResolvedEntries } from "./resolve-entries.js";

interface Transfers {
  readonly imports: readonly ConfigNode[];
  readonly moved: readonly ConfigNode[];
  readonly overrides: MapNode | undefined;
  readonly resolved: ResolvedEntries;
  readonly scope: Scope;
  readonly report: Report;
}

/** `imports`: existing objects that entries take over. What is for an entry that is left out is left out too. */
export async function resolveImports(transfers: Transfers): Promise<readonly DesiredImport[]> {
  const { report, resolved } = transfers;
  const lookup = { report, resolved, guess: createGuesser() };
  const once = { to: onlyOnce("GS1507", report), id: onlyOnce("GS1507", report) };
  const found: DesiredImport[] = [];
  for (const map of await readItems("imports", importShape, transfers)) {
    const to = readDeclared(valueAt(map, "to"), lookup);
    const id = valueAt(map, "id");
    const text = id?.kind === "scalar" ? String(id.value).trim() : "";
    if (id !== undefined && text === "") {
      report.add(
        { code: "GS1103", summary: "`id` is empty", remedy: "Write the id of the live object." },
        id,
      );
      continue;
    }
    if (to === undefined || id === undefined) continue;
    const first = once.to(to.address, to.node, "is imported twice");
    const second = once.id(text, id, "is imported for two entries");
    if (first && second && !to.leftOut) found.push({ to: to.address, id: text, source: sourceOf(map) });
  }
  return found;
}

/**
 * `moved`: entries with a new name. An entry that was renamed several times has a move for each: every one of its old
 * names leads to the name that it has now, since a lockfile may know it by any of them.
 */
export async function resolveMoves(transfers: Transfers): Promise<readonly DesiredMove[]> {
  const { report, resolved } = transfers;
  const once = { from: onlyOnce("GS1508", report), to: onlyOnce("GS1508", report) };
  const items = await readItems("moved", moveShape, transfers);
  const moves = items.flatMap((map) => readMove(map, report));
  const next = new Map(moves.map(({ from, to }) => [from.address, to.address]));
  const lookup = { report, resolved, guess: createGuesser(), next };
  const found: DesiredMove[] = [];
  for (const { map, from, to } of moves) {
    const end = findEnd(to, lookup);
    if (end === undefined) continue;
    const problem = checkMove(from.address, to.address, resolved);
    if (problem !== undefined) {
      const still = resolved.entries.get(from.address)?.owner.key;
      const related = still === undefined ? [] : [{ label: `\`${from.address}\``, span: still }];
      report.add(problem, from.node, related);
      continue;
    }
    const first = once.from(from.address, from.node, "is moved twice");
    const second = once.to(to.address, to.node, "is the goal of two moves");
    if (first && second && !end.leftOut)
      found.push({ from: from.address, to: end.address, source: sourceOf(map) });
  }
  return found;
}

interface Named {
  readonly address: Address;
  readonly node: ConfigNode;
}

function readMove(map: MapNode, report: Report): { map: MapNode; from: Named; to: Named }[] {
  const [fromNode, toNode] = [valueAt(map, "from"), valueAt(map, "to")];
  const [from, to] = [readAddress(fromNode, report), readAddress(toNode, report)];
  if (fromNode === undefined || from === undefined || toNode === undefined || to === undefined) return [];
  return [{ map, from: { address: from, node: fromNode }, to: { address: to, node: toNode } }];
}

/** The entry that a move leads to, over other moves if need be. */
function findEnd(
  { address, node }: Named,
  lookup: Lookup & { readonly next: ReadonlyMap<Address, Address> },
): Declared | undefined {
  const { entries, leftOut } = lookup.resolved;
  const passed = new Set<Address>();
  let end = address;
  for (let after = lookup.next.get(end); after !== undefined; after = lookup.next.get(end)) {
    if (entries.has(end) || leftOut.has(end)) break;
    if (passed.has(end)) {
      lookup.report.add(
        moveProblem("The moves lead in a circle", "Let the last one lead to an entry."),
        node,
      );
      return undefined;
    }
    passed.add(end);
    end = after;
  }
  // An end that is missing is told at the move that names it.
  return end === address || entries.has(end) || leftOut.has(end)
    ? findDeclared(end, node, lookup)
    : undefined;
}

function checkMove(from: Address, to: Address, resolved: ResolvedEntries) {
  const kinds = [from, to].map((address) => address.slice(0, address.indexOf(".")));
  if (from === to) return moveProblem("`from` and `to` are the same", "Remove the move.");
  if (kinds[0] !== kinds[1]) {
    return moveProblem(`A ${kinds[0]} cannot become a ${kinds[1]}`, "Name two entries of one kind.");
  }
  if (!resolved.entries.has(from)) return undefined;
  return moveProblem(
    `\`${from}\` is still in the configuration`,
    "Rename the entry, so that only the new name is left, or remove the move.",
  );
}

function moveProblem(summary: string, remedy: string) {
  return { code: "GS1508", summary, remedy } as const;
}

async function readItems(
  key: "imports" | "moved",
  shape: Shape,
  { imports, moved, overrides, scope, report }: Transfers,
): Promise<readonly MapNode[]> {
  const override = expectList(valueAt(overrides, key), `overrides.${key}`, report);
  const items = override?.items ?? { imports, moved }[key];
  const read: MapNode[] = [];
  for (const item of items) {
    const filled = interpolate(item, scope, report);
    if (filled.kind !== "map") {
      report.add(
        {
          code: "GS1104",
          summary: `Each of \`${key}\` must be a map`,
          remedy:
            key === "imports"
              ? "Write `{ to: paymentLink.NAME, id: lnk_… }`."
              : "Write `{ from: …, to: … }`.",
        },
        item,
      );
      continue;
    }
    const failed = await checkShape(filled, shape, { report, owner: filled });
    const entries = new Map([...filled.entries].filter(([name]) => !failed.has(name)));
    read.push({ ...filled, entries });
  }
  return read;
}

function readAddress(node: ConfigNode | undefined, report: Report): Address | undefined {
  if (node?.kind !== "scalar") return undefined;
  const text = String(node.value);
  const parsed = parseAddress(text);
  if (parsed !== undefined) return parsed.address;
  const kind = text.slice(0, text.indexOf("."));
  const better = nearest(kind, kindNames);
  report.add(
    {
      code: "GS1304",
      summary: `\`${text}\` is not the address of an entry`,
      remedy:
        better === undefined || !text.includes(".")
          ? "Write `product.NAME`, `paymentLink.NAME` or `webhook.NAME`."
          : `Did you mean \`${better}${text.slice(kind.length)}\`?`,
    },
    node,
  );
  return undefined;
}

interface Lookup {
  readonly resolved: ResolvedEntries;
  readonly report: Report;
  readonly guess: typeof nearest;
}

interface Declared extends Named {
  readonly leftOut: boolean;
}

function readDeclared(node: ConfigNode | undefined, lookup: Lookup): Declared | undefined {
  const address = readAddress(node, lookup.report);
  return address === undefined || node === undefined ? undefined : findDeclared(address, node, lookup);
}

function findDeclared(
  address: Address,
  node: ConfigNode,
  { resolved: { entries, leftOut }, report, guess }: Lookup,
): Declared | undefined {
  if (entries.has(address) || leftOut.has(address)) return { address, node, leftOut: leftOut.has(address) };
  const best = guess(address, entries.keys());
  report.add(
    {
      code: "GS1305",
      summary: `There is no entry \`${address}\``,
      remedy: best === undefined ? "Add the entry, or remove this line." : `Did you mean \`${best}\`?`,
    },
    node,
  );
  return undefined;
}

/** Reports a value that comes a second time, and says whether this was the first. */
function onlyOnce(code: "GS1507" | "GS1508", report: Report) {
  const seen = new Map<string, Span>();
  return (value: string, node: ConfigNode, what: string): boolean => {
    const first = seen.get(value);
    if (first === undefined) {
      seen.set(value, node);
      return true;
    }
    report.add({ code, summary: `\`${value}\` ${what}`, remedy: "Keep one of the two." }, node, [
      { label: "the first one", span: first },
    ]);
    return false;
  };
}
