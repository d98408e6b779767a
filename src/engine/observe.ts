import { type Diagnostic, failure, type Result, sayFailure, success } from "../diagnostics/index.js";
import type { Kind } from "../state/address.js";
import type { Failure, Outcome } from "../state/call.js";
import type { LiveAccount, LiveObject, Observed, ObservedKind } from "../state/live.js";
import type { Lockfile } from "../state/lockfile.js";
import type { Binding } from "./bind.js";
import type { KindDefinition, Provider } from "./kind.js";
import { checkMerchant } from "./merchant.js";
import { fetchAll, type Reader, together } from "./reader.js";
import { type Scan, scan } from "./scan.js";

export interface ObserveRequest {
  readonly provider: Provider;
  readonly bindings: readonly Binding[];
  readonly lockfile: Lockfile;
}

/** What the account listed, complete or not. */
export interface Lists {
  readonly accounts: Result<readonly LiveAccount[]>;
  readonly scans: ReadonlyMap<Kind, Scan>;
}

/** Reads the accounts and all lists, side by side. `addresses`: what the lockfile has, which the lists should show. */
export function* readLists(provider: Provider, addresses: Iterable<string>): Reader<Lists> {
  const expected = new Map<string, number>();
  for (const address of addresses) {
    const kind = address.slice(0, address.indexOf("."));
    expected.set(kind, (expected.get(kind) ?? 0) + 1);
  }
  let accounts: Lists["accounts"] = failure();
  const scans = new Map<Kind, Scan>();
  yield* together([
    (function* (): Reader<void> {
      accounts = yield* readAccounts(provider);
    })(),
    ...[...provider.kinds.values()].map(function* (definition): Reader<void> {
      scans.set(definition.kind, yield* scan(definition, expected.get(definition.kind)));
    }),
  ]);
  return { accounts, scans };
}

/**
 * Reads by id what is recorded and not listed. An error where there can be no plan at all, such as with another
 * merchant's key; an incomplete scan is part of what was observed.
 */
export function* observe(request: ObserveRequest, { accounts, scans }: Lists): Reader<Result<Observed>> {
  if (!accounts.ok) return accounts;
  const definitions = [...request.provider.kinds.values()];
  const isUsed = (kind: Kind) => request.bindings.some(({ definition }) => definition.kind === kind);
  const incomplete = definitions.flatMap((definition) => {
    const { complete, ...rest } = scans.get(definition.kind) ?? unscanned;
    return complete ? [] : [sayIncomplete(definition, rest, isUsed(definition.kind))];
  });
  if (incomplete.some(({ code, severity }) => code === "GS2007" && severity === "error"))
    return failure(...incomplete);
  // Nothing recorded is there then, and asking for all of it by id would take long to say so.
  const stranger = checkMerchant(request.lockfile, accounts.value);
  if (stranger !== undefined) return failure(stranger);
  const { observed, unread } = yield* confirmAbsent(request, { accounts: accounts.value, scans });
  return success(observed, [...accounts.diagnostics, ...incomplete, ...unread]);
}

const unscanned: Scan = { objects: new Map(), complete: false, why: "not read", failed: undefined };

function* readAccounts({ accounts }: Provider): Reader<Result<readonly LiveAccount[]>> {
  const [outcome] = yield* fetchAll([accounts.call]);
  const list = outcome?.kind === "done" ? accounts.decode(outcome.data) : undefined;
  if (list !== undefined) return success(list);
  const failed = outcome === undefined || outcome.kind === "done" ? undefined : outcome;
  const auth = failed?.kind === "refused" && failed.reason === "auth";
  return failure({
    code: auth ? "GS2007" : "GS2001",
    severity: "error",
    summary: auth ? "The API refuses the key" : "The list of receiving accounts cannot be read",
    detail: `${failed === undefined ? "The answer has no list of accounts" : sayFailure(failed)}. Without the accounts nobody can say where money would go, so there is no plan.`,
    remedy: "Find out what is wrong with the key or the connection:",
    command: ["doctor"],
  });
}

/** Locked ids that a complete list lacks are asked for by id: a list may hide what still exists. */
function* confirmAbsent(
  { provider, bindings }: ObserveRequest,
  { accounts, scans }: { accounts: readonly LiveAccount[]; scans: ReadonlyMap<Kind, Scan> },
): Reader<{ observed: Observed; unread: readonly Diagnostic[] }> {
  const definitions = [...provider.kinds.values()];
  const kinds = new Map<Kind, ObservedKind>();
  const unread: Diagnostic[] = [];
  yield* together(
    definitions.map(function* (definition): Reader<void> {
      const listed = scans.get(definition.kind) ?? unscanned;
      const locked = bindings
        .filter((binding) => binding.definition === definition)
        .flatMap(({ lock, importId }) => lock?.id ?? importId ?? []);
      const absent = listed.complete ? locked.filter((id) => !listed.objects.has(id)) : [];
      const found = yield* readWhole(definition, absent);
      const objects =
        found.objects.size === 0 ? listed.objects : new Map([...listed.objects, ...found.objects]);
      const gone = new Map(
        absent.filter((id) => !objects.has(id)).map((id) => [id, found.gone.get(id) ?? "missing"]),
      );
      const unreadable = absent.filter((id) => found.failed.has(id));
      for (const id of unreadable) gone.delete(id);
      unread.push(...[...found.failed].map(([id, failure]) => unconfirmed(definition, { id, failure })));
      kinds.set(definition.kind, { objects, complete: listed.complete && unreadable.length === 0, gone });
    }),
  );
  return { observed: { kinds, accounts, capabilities: undefined }, unread };
}

/** Reads whole, one by one, what the lists leave open. Without doubts `observed` is what was given. */
export function* readDoubts(
  provider: Provider,
  { doubts, observed }: { doubts: ReadonlyMap<Kind, readonly string[]>; observed: Observed },
): Reader<{ observed: Observed; diagnostics: readonly Diagnostic[] }> {
  const wanted = [...doubts].filter(([, ids]) => ids.length > 0);
  if (wanted.length === 0) return { observed, diagnostics: [] };
  const kinds = new Map(observed.kinds);
  const diagnostics: Diagnostic[] = [];
  yield* together(
    wanted.map(function* ([kind, ids]): Reader<void> {
      const definition = provider.kinds.get(kind);
      const before = observed.kinds.get(kind);
      if (definition === undefined || before === undefined) return;
      const found = yield* readWhole(definition, ids);
      // The list has just shown it: that it is missing now may be a copy that lags behind.
      const gone = new Map(
        [...found.gone].filter(([id, how]) => how === "archived" || !before.objects.has(id)),
      );
      const unread = ids.filter((id) => !found.objects.has(id) && !gone.has(id));
      diagnostics.push(...unread.map((id) => unreadable(definition, id)));
      kinds.set(kind, {
        objects: new Map([...before.objects, ...found.objects].filter(([id]) => !gone.has(id))),
        complete: before.complete && unread.length === 0,
        gone: new Map([...before.gone, ...gone]),
      });
    }),
  );
  return { observed: { ...observed, kinds }, diagnostics };
}

/** What reading by id gave: objects, ids that are certainly gone, and ids of which nothing could be learnt. */
export interface Whole {
  readonly objects: ReadonlyMap<string, LiveObject>;
  readonly gone: ReadonlyMap<string, "missing" | "archived">;
  readonly failed: ReadonlyMap<string, Failure>;
}

/** Reads objects by their ids. A batch that is refused because of some of its ids is read one by one. */
export function* readWhole(definition: KindDefinition, ids: readonly string[]): Reader<Whole> {
  const { reading } = definition;
  const batches = inBatches(ids, reading.idsPerDetail);
  const outcomes = yield* fetchAll(batches.map((batch) => reading.detailCall(batch)));
  const objects = new Map<string, LiveObject>();
  const gone = new Map<string, "missing" | "archived">();
  const failed = new Map<string, Failure>();
  const single: string[] = [];
  for (const [index, batch] of batches.entries()) {
    const outcome = outcomes[index];
    if (outcome?.kind === "done") {
      // An answer that was meant for another question may show another object, and says nothing of this one.
      const shown = reading.decodeDetail(outcome.data).filter(({ id }) => batch.includes(id));
      for (const object of shown) objects.set(object.id, object);
      if (reading.idsPerDetail === 1 && shown.length === 0) failed.set(batch[0], notIt);
    } else if (outcome?.kind === "refused" && outcome.reason === "rejected" && batch.length > 1) {
      single.push(...batch);
    } else if (outcome !== undefined) {
      for (const id of batch) noteAbsence(definition, { id, outcome }, { gone, failed });
    }
  }
  for (const part of yield* together(single.map((id) => readWhole(definition, [id])))) {
    for (const [id, object] of part.objects) objects.set(id, object);
    for (const [id, state] of part.gone) gone.set(id, state);
    for (const [id, why] of part.failed) failed.set(id, why);
  }
  return { objects, gone, failed };
}

const notIt: Failure = { code: -1, message: "the answer shows another object, or none" };

function inBatches(ids: readonly string[], size: number): readonly (readonly [string, ...string[]])[] {
  return Array.from({ length: Math.ceil(ids.length / size) }, (_, index) =>
    ids.slice(index * size, (index + 1) * size),
  ).filter((batch): batch is [string, ...string[]] => batch.length > 0);
}

/** Fact gap G3: any code may say "no such webhook", but for invalid fields (4…, Fact F13) and platform trouble (9…). */
function noteAbsence(
  { reading }: KindDefinition,
  { id, outcome }: { id: string; outcome: Exclude<Outcome, { kind: "done" }> },
  { gone, failed }: { gone: Map<string, "missing" | "archived">; failed: Map<string, Failure> },
): void {
  const silent = outcome.code >= 100_000 && outcome.code < 400_000;
  if (reading.archivedCodes.includes(outcome.code)) gone.set(id, "archived");
  else if (reading.missingCodes.includes(outcome.code) || silent) gone.set(id, "missing");
  else failed.set(id, outcome);
}

function sayIncomplete(
  definition: KindDefinition,
  { why, failed }: Pick<Scan, "why" | "failed">,
  used: boolean,
): Diagnostic {
  const needed = used || definition.reading.paged;
  return {
    code: failed?.auth === true ? "GS2007" : "GS2002",
    severity: needed ? "error" : "note",
    summary: `The list of ${definition.label}s could not be read completely`,
    detail: needed
      ? `${failed === undefined ? why : sayFailure(failed)}. From half a list nothing can be created or retired: what is missing in it may exist.`
      : `${failed === undefined ? why : sayFailure(failed)}. The configuration has none; unmanaged ones are not shown.`,
    remedy: "Run the command again.",
  };
}

function unreadable(definition: KindDefinition, id: string): Diagnostic {
  return {
    code: "GS2006",
    severity: "error",
    summary: `The ${definition.label} \`${id}\` is listed but cannot be read`,
    detail: "What it says now is not known, so nothing about it can be decided.",
    remedy: "Run the command again.",
  };
}

function unconfirmed(
  definition: KindDefinition,
  { id, failure }: { id: string; failure: Failure },
): Diagnostic {
  return {
    code: "GS2006",
    severity: "error",
    summary: `The ${definition.label} \`${id}\` is not listed, and cannot be read`,
    detail: `${sayFailure(failure)}. Whether it is gone is not known, so nothing about it can be decided.`,
    remedy: "Run the command again.",
  };
}
