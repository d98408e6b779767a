import { type Diagnostic, failure, type Result, success } from "../diagnostics/index.js";
import { type Address, kindOf } from "../state/address.js";
import type { Desired, DesiredEntry, DesiredImport, DesiredMove } from "../state/desired.js";
import type { Intent, LockEntry, Lockfile } from "../state/lockfile.js";
import type { KindDefinition, Kinds } from "./kind.js";

/** An address with what the YAML and the lockfile say of it, before anything was read from the account. */
export interface Binding {
  readonly address: Address;
  readonly definition: KindDefinition;
  /** Missing: the entry left the YAML. */
  readonly desired: DesiredEntry | undefined;
  /** Missing: nothing of it was ever applied. */
  readonly lock: LockEntry | undefined;
  /** A create that an interrupted run left open. With neither YAML nor lockfile its object is still ours to close. */
  readonly intent: Intent | undefined;
  readonly movedFrom: Address | undefined;
  /** An id that `imports` gives to an entry that has none yet. */
  readonly importId: string | undefined;
}

/**
 * Joins YAML and lockfile by address, carrying out `moved` and `imports`. Sorted by address.
 * A move or an import that was already carried out is a note; one that would take an object from another entry
 * is an error.
 */
export function bind(input: {
  desired: Desired;
  lockfile: Lockfile;
  kinds: Kinds;
  /** Ids that the lockfiles of other environments list. */
  foreignIds: ReadonlySet<string>;
}): Result<readonly Binding[]> {
  const { desired, lockfile, kinds } = input;
  const moves = applyMoves(desired, lockfile);
  const imports = applyImports(input, moves.entries);
  const diagnostics = [...moves.diagnostics, ...imports.diagnostics];
  if (diagnostics.some(({ severity }) => severity === "error")) return failure(...diagnostics);
  const addresses = [
    ...new Set([...desired.entries.keys(), ...moves.entries.keys(), ...moves.intents.keys()]),
  ].sort();
  const bindings = addresses.flatMap((address) => {
    const definition = kinds.get(kindOf(address));
    if (definition === undefined) return [];
    return [
      {
        address,
        definition,
        desired: desired.entries.get(address),
        lock: moves.entries.get(address),
        intent: moves.intents.get(address),
        movedFrom: moves.from.get(address),
        importId: imports.ids.get(address),
      },
    ];
  });
  return success(bindings, diagnostics);
}

interface Moves {
  readonly entries: ReadonlyMap<Address, LockEntry>;
  readonly intents: ReadonlyMap<Address, Intent>;
  readonly from: ReadonlyMap<Address, Address>;
  readonly diagnostics: readonly Diagnostic[];
}

function applyMoves(desired: Desired, lockfile: Lockfile): Moves {
  if (desired.moved.length === 0) return { ...lockfile, from: new Map(), diagnostics: [] };
  const entries = new Map(lockfile.entries);
  const intents = new Map(lockfile.intents);
  const from = new Map<Address, Address>();
  const diagnostics: Diagnostic[] = [];
  const isKnown = (address: Address) => lockfile.entries.has(address) || lockfile.intents.has(address);
  // An entry that was renamed several times is known by one of its names; the others say nothing.
  const isFound = (to: Address) => desired.moved.some((move) => move.to === to && isKnown(move.from));
  for (const move of desired.moved) {
    const entry = lockfile.entries.get(move.from);
    const intent = lockfile.intents.get(move.from);
    if (!isKnown(move.from)) {
      if (isKnown(move.to)) diagnostics.push(alreadyMoved(move));
      else if (!isFound(move.to)) diagnostics.push(nothingToMove(move));
      continue;
    }
    const holder = isKnown(move.to) ? move.to : from.get(move.to);
    if (holder !== undefined) {
      diagnostics.push(occupied(move, holder, desired.environment));
      continue;
    }
    entries.delete(move.from);
    intents.delete(move.from);
    if (entry !== undefined) entries.set(move.to, entry);
    if (intent !== undefined) intents.set(move.to, intent);
    from.set(move.to, move.from);
  }
  return { entries, intents, from, diagnostics };
}

function applyImports(
  {
    desired,
    lockfile,
    foreignIds,
  }: { desired: Desired; lockfile: Lockfile; foreignIds: ReadonlySet<string> },
  entries: ReadonlyMap<Address, LockEntry>,
): { ids: ReadonlyMap<Address, string>; diagnostics: readonly Diagnostic[] } {
  if (desired.imports.length === 0) return { ids: new Map(), diagnostics: [] };
  const owners = new Map([...entries].map(([address, entry]) => [entry.id, address]));
  const ids = new Map<Address, string>();
  const diagnostics: Diagnostic[] = [];
  for (const wanted of desired.imports) {
    const locked = entries.get(wanted.to);
    const owner = owners.get(wanted.id);
    if (locked?.id === wanted.id || locked?.formerIds?.includes(wanted.id)) {
      diagnostics.push(alreadyImported(wanted));
    } else if (locked !== undefined) {
      diagnostics.push(importOntoLocked(wanted, locked.id));
    } else if (owner !== undefined) {
      diagnostics.push(importOfLocked(wanted, owner));
    } else if (foreignIds.has(wanted.id)) {
      diagnostics.push(importOfForeign(wanted));
    } else if (lockfile.intents.has(wanted.to) || desired.entries.has(wanted.to)) {
      ids.set(wanted.to, wanted.id);
    }
  }
  return { ids, diagnostics };
}

const nothingToMove = (move: DesiredMove): Diagnostic => ({
  code: "GS2110",
  severity: "warning",
  summary: `\`moved\` names \`${move.from}\`, which the lockfile doesn't know`,
  detail: `There is nothing to carry over to \`${move.to}\`; it is looked for or created like any other entry.`,
  remedy: "Correct the name, or remove the line.",
  source: move.source,
});

const alreadyMoved = (move: DesiredMove): Diagnostic => ({
  code: "GS2111",
  severity: "note",
  summary: `\`${move.from}\` has already been moved to \`${move.to}\``,
  remedy: "The line in `moved` can be removed.",
  source: move.source,
});

/** An environment that has created the entry anew keeps both: the line is for those in which it was renamed. */
const occupied = (move: DesiredMove, holder: Address, environment: string | null): Diagnostic => ({
  code: "GS2112",
  severity: "error",
  summary: `\`moved\` onto \`${move.to}\`, which already has a live object`,
  detail: `Both \`${move.from}\` and \`${holder}\` are in the lockfile; one of the two would be lost sight of.`,
  remedy:
    environment === null
      ? "Choose another name, or let go of one of them:"
      : "If another environment is meant, write the line under its `overrides`. Otherwise choose another name, or let go of one of them:",
  command: [`state rm ${holder}`],
  source: move.source,
});

const alreadyImported = (wanted: DesiredImport): Diagnostic => ({
  code: "GS2113",
  severity: "note",
  summary: `\`${wanted.to}\` has already been imported`,
  remedy: "The line in `imports` can be removed.",
  source: wanted.source,
});

const importOntoLocked = (wanted: DesiredImport, id: string): Diagnostic => ({
  code: "GS2114",
  severity: "error",
  summary: `\`imports\` gives \`${wanted.to}\` the id \`${wanted.id}\`, but it already is \`${id}\``,
  detail: "An entry is one live object; the one it has now would be lost sight of.",
  remedy: "Remove the line, or let go of the present object first:",
  command: [`state rm ${wanted.to}`],
  source: wanted.source,
});

const importOfLocked = (wanted: DesiredImport, owner: Address): Diagnostic => ({
  code: "GS2115",
  severity: "error",
  summary: `\`imports\` wants \`${wanted.id}\` for \`${wanted.to}\`, but \`${owner}\` has it`,
  detail: "One live object cannot be two entries: each would undo what the other writes.",
  remedy: `To rename the entry, write:\n  moved: [{ from: ${owner}, to: ${wanted.to} }]`,
  source: wanted.source,
});

const importOfForeign = (wanted: DesiredImport): Diagnostic => ({
  code: "GS2116",
  severity: "error",
  summary: `\`imports\` wants \`${wanted.id}\` for \`${wanted.to}\`, but another environment manages it`,
  detail: "Two environments would undo each other's changes to the same live object.",
  remedy: "Remove the line, or let go of the object in the other environment first, with `state rm` there.",
  source: wanted.source,
});
