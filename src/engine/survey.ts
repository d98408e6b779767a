import { type Diagnostic, failure, type Result, success } from "../diagnostics/index.js";
import type { Desired } from "../state/desired.js";
import type { Observed } from "../state/live.js";
import { type ResolvedAccounts, resolveAccounts } from "./accounts.js";
import { type Decided, type DecideInput, decideAll } from "./decide-all.js";
import { findDoubts } from "./doubts.js";
import type { Provider } from "./kind.js";
import { checkGone } from "./merchant.js";
import { type Lists, observe, readDoubts, readLists } from "./observe.js";
import type { Reader } from "./reader.js";

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
  const whole = yield* readDoubts(provider, { doubts, observed: listed });
  const { observed } = whole;
  // Mostly nothing was in doubt: then what was decided on the lists stands.
  const decided = observed === listed ? first : decideAll({ ...input, observed });
  const diagnostics: readonly Diagnostic[] = [...seen.diagnostics, ...whole.diagnostics];
  return success({ observed, accounts: accounts.value, decided }, diagnostics);
}
