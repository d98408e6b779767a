import type { AddedConfig, Addition, NewAccount, NewEntry } from "../../config/emit/index.js";
import { loneSurrogate } from "../../config/index.js";
import { type Diagnostic, failure, type Result, success } from "../../diagnostics/index.js";
import { resolveAccounts } from "../../engine/accounts.js";
import { disturbances, recordTakeovers, type TakeoverRecords } from "../../engine/import.js";
import type { PlanInput } from "../../engine/plan.js";
import type { Address } from "../../state/address.js";
import type { SkippedObject } from "../../state/import-document.js";
import type { Observed } from "../../state/live.js";
import { type HoldsKey, secretFields } from "../leaks.js";
import type { Planned } from "../planning.js";
import { cannot, type Reason, skip } from "./candidate.js";
import type { Named } from "./name-entries.js";
import { Referrals, type Referred } from "./refer.js";

/** Everything that is to be written, checked: the plan that follows from it has nothing to do. */
export interface ImportDraft {
  readonly config: AddedConfig;
  readonly records: TakeoverRecords["records"];
  readonly imported: readonly Named[];
  readonly accounts: readonly NewAccount[];
  readonly skipped: readonly SkippedObject[];
}

export interface Drafting {
  readonly planned: Planned;
  readonly addition: Addition;
  readonly observed: Observed;
  readonly splitInto: string | undefined;
  readonly holdsKey: HoldsKey;
}

/**
 * The configuration and the records of as many of these objects as the configuration can say. Whatever it cannot say,
 * and what refers to that, is left out with the reason.
 */
export async function draftImport(all: readonly Named[], drafting: Drafting): Promise<Result<ImportDraft>> {
  const drafter = new Drafter(all, drafting);
  for (;;) {
    const done = await drafter.try();
    if (done !== "again") return done;
  }
}

type Outcome = Result<ImportDraft> | "again";

class Drafter {
  readonly #dropped = new Map<string, Reason>();
  readonly #referrals: Referrals;

  constructor(
    private readonly all: readonly Named[],
    private readonly drafting: Drafting,
  ) {
    const takenAccounts = drafting.addition.taken.accounts;
    this.#referrals = new Referrals(all, { ...drafting, takenAccounts });
    for (const { live } of all) {
      const [field] = secretFields(live.values, drafting.holdsKey);
      if (live.unknown !== undefined) this.#dropped.set(live.id, cannot(sayUnknown(live.unknown)));
      else if (field !== undefined) this.#dropped.set(live.id, cannot(`its \`${field}\` holds an API key`));
      else if (hasHalfCharacter(live.values))
        this.#dropped.set(live.id, cannot("a text of it has half a character"));
    }
  }

  /** One round: what turns out to be impossible is dropped, and the rest is tried again. */
  async try(): Promise<Outcome> {
    const referred = this.#refer();
    if (referred === "again") return "again";
    const { addition, splitInto } = this.drafting;
    const entries = referred.filter(({ one }) => !one.existing).map(newEntry);
    const accounts = distinct(referred.flatMap((one) => one.accounts));
    const added = await addition.add({ entries, accounts, ...(splitInto !== undefined && { splitInto }) });
    if (!added.ok) return added;
    const imported = referred.map(({ one }) => one);
    const config = added.value;
    if (!("refused" in config)) return this.#record(imported, { config, accounts });
    this.#drop(imported, config.refused, sayRefusal);
    return "again";
  }

  #refer(): readonly (Referred & { readonly one: Named })[] | "again" {
    const before = this.#dropped.size;
    const left = this.all.filter(({ live }) => !this.#dropped.has(live.id));
    const referred = left.flatMap((one) => {
      const found = one.existing ? asItIs : this.#referrals.refer(one, this.#dropped);
      if (!("why" in found)) return [{ one, ...found }];
      this.#dropped.set(one.live.id, found);
      return [];
    });
    return this.#dropped.size > before ? "again" : referred;
  }

  #record(
    imported: readonly Named[],
    { config, accounts }: { config: AddedConfig; accounts: readonly NewAccount[] },
  ): Outcome {
    const { planned, observed } = this.drafting;
    const resolved = resolveAccounts(config.desired, observed.accounts);
    if (!resolved.ok) return resolved;
    // A rehearsal has left out what the sandbox doesn't have; an import adds none.
    const desired = { ...config.desired, imports: planned.input.desired.imports };
    const input = { ...planned.input, desired, observed, accounts: resolved.value };
    const takeovers = imported.map(({ to, live }) => ({ to, id: live.id }));
    const recorded = recordTakeovers(input, takeovers);
    if (!recorded.ok) return recorded;
    if (this.#drop(imported, recorded.value.unfit, sayUnfit)) return "again";
    const { records } = recorded.value;
    const problem = checkPlan(planned, { input, records, takeovers });
    if (problem !== undefined) return failure(...problem);
    return success({ config, records, imported, accounts, skipped: this.#skipped() });
  }

  #drop<T>(
    imported: readonly Named[],
    found: ReadonlyMap<Address, T>,
    say: (what: T, one: Named) => Reason,
  ): boolean {
    for (const one of imported) {
      const what = found.get(one.to);
      if (what !== undefined) this.#dropped.set(one.live.id, say(what, one));
    }
    return found.size > 0;
  }

  #skipped(): readonly SkippedObject[] {
    return this.all.flatMap((one) => {
      const reason = this.#dropped.get(one.live.id);
      return reason === undefined ? [] : [skip(one, reason)];
    });
  }
}

/** No file can hold one: it has no UTF-8. */
function hasHalfCharacter(value: unknown): boolean {
  if (typeof value === "string") return loneSurrogate.test(value);
  return typeof value === "object" && value !== null && Object.values(value).some(hasHalfCharacter);
}

const asItIs: Referred = { values: {}, accounts: [] };

const newEntry = ({ one, values }: Referred & { readonly one: Named }): NewEntry => ({
  address: one.to,
  values,
  open: one.live.open,
});

/** Each account once, however many links are paid to it. */
function distinct(accounts: readonly NewAccount[]): readonly NewAccount[] {
  const found = new Map(accounts.map((one) => [one.id, one]));
  return [...found.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}

function checkPlan(
  planned: Planned,
  after: {
    input: PlanInput;
    records: TakeoverRecords["records"];
    takeovers: readonly { to: Address; id: string }[];
  },
): readonly Diagnostic[] | undefined {
  const disturbed = disturbances(planned.plan, after);
  if (!disturbed.ok) return disturbed.diagnostics;
  return disturbed.value.length === 0 ? undefined : [wouldDisturb(disturbed.value)];
}

const sayUnknown = (word: string): string =>
  `the API uses a word for it that this version does not know: ${word}`;

function sayRefusal({ code, summary }: Diagnostic): Reason {
  return { code, severity: "error", why: `the configuration cannot say it: ${summary}` };
}

function sayUnfit(paths: readonly string[], { existing, to, live }: Named): Reason {
  const fields = paths.length === 0 ? "" : ` (${paths.join(", ")})`;
  if (!existing) return cannot(`read back, the configuration would not say the same${fields}`);
  return {
    code: "GS2128",
    severity: "error",
    why: `\`${to}\` of the configuration says something else${fields}; to make the object as it says, write \`imports: [{ to: ${to}, id: ${live.id} }]\` and apply, or remove the entry and import again`,
  };
}

function wouldDisturb(addresses: readonly string[]): Diagnostic {
  return {
    code: "GS2123",
    severity: "error",
    summary: `With the import the plan would change something else: ${addresses.join(", ")}`,
    detail:
      "An import must leave nothing to do for what it takes over, and change no other plan. Nothing was written.",
    remedy: "Import these objects one by one, and look at the plan in between.",
  };
}
