import { type Diagnostic, failure, type Result, success } from "../diagnostics/index.js";
import type { Desired } from "../state/desired.js";
import type { Capabilities, Observed } from "../state/live.js";
import { type ResolvedAccounts, resolveAccounts } from "./accounts.js";
import { bodyOf } from "./body.js";
import { type Decided, type DecideInput, decideAll } from "./decide-all.js";
import { findDoubts } from "./doubts.js";
import type { Provider } from "./kind.js";
import { checkGone } from "./merchant.js";
import { type Lists, observe, readDoubts, readLists } from "./observe.js";
import { both, fetchAll, type Reader } from "./reader.js";

export interface SurveyRequest extends Omit<DecideInput, "kinds" | "observed" | "accounts"> {
  readonly provider: Provider;
  readonly desired: Desired;
  /** Whether a listed link that is as recorded is believed, or read like all others. */
  readonly refresh: "auto" | "full";
  /** What the account lists, where it was read before; otherwise it is read now. */
  readonly lists?: Lists | undefined;
}

/** What a plan is made from: the account as it was read, and what is to happen to each entry. */
export interface Survey {
  readonly observed: Observed;
  readonly accounts: ResolvedAccounts;
  readonly decided: Decided;
}

/**
 * Reads the account as far as a plan needs it: all lists, then one by one what they leave open, and decides. An error
 * where there can be no plan at all: another merchant's key, accounts that cannot be read or resolved.
 */
export function* survey(request: SurveyRequest): Reader<Result<Survey>> {
  const { desired, lockfile, provider } = request;
  const lists = request.lists ?? (yield* readLists(provider, lockfile.entries.keys()));
  const seen = yield* observe(request, lists);
  if (!seen.ok) return seen;
  const listed = seen.value;
  const stranger = checkGone(lockfile, listed, provider.kinds);
  if (stranger !== undefined) return failure(stranger);
  const accounts = resolveAccounts(desired, listed.accounts);
  if (!accounts.ok) return accounts;
  const input = { ...request, kinds: provider.kinds, accounts: accounts.value };
  const first = decideAll({ ...input, observed: listed });
  const doubts = findDoubts(first.all, { ...input, observed: listed }, request.refresh);
  const [whole, early] = yield* both(
    readDoubts(provider, { doubts, observed: listed }),
    readCapabilities(provider, { isNeeded: isPriced(first) }),
  );
  const { observed } = whole;
  // Mostly nothing was in doubt: then what was decided on the lists stands.
  const decided = observed === listed ? first : decideAll({ ...input, observed });
  const isNeeded = isPriced(decided);
  const offered = early ?? (yield* readCapabilities(provider, { isNeeded }));
  const { capabilities, said } = (isNeeded ? offered : undefined) ?? none;
  const diagnostics: readonly Diagnostic[] = [...seen.diagnostics, ...whole.diagnostics, ...said];
  return success({ observed: { ...observed, capabilities }, accounts: accounts.value, decided }, diagnostics);
}

/** Whether something with a price is written. */
function isPriced({ decisions }: Decided): boolean {
  return decisions.some((decision) => decision.pair.definition.pricing && bodyOf(decision) !== undefined);
}

interface Offered {
  readonly capabilities: Capabilities | undefined;
  readonly said: readonly Diagnostic[];
}

const none: Offered = { capabilities: undefined, said: [] };

/** The public capabilities only feed warnings about what is written: they are read once, and only when something is. */
function* readCapabilities(
  { capabilities: { call, decode } }: Provider,
  { isNeeded }: { isNeeded: boolean },
): Reader<Offered | undefined> {
  if (!isNeeded) return undefined;
  const [outcome] = yield* fetchAll([call], [call]);
  const capabilities = outcome?.kind === "done" ? decode(outcome.data) : undefined;
  return { capabilities, said: capabilities === undefined ? [unread] : [] };
}

const unread: Diagnostic = {
  code: "GS2204",
  severity: "note",
  summary: "The public capabilities cannot be read",
  detail: "Tokens and amounts were not checked against what payers can pay with.",
};
