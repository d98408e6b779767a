import type { Diagnostic } from "../diagnostics/index.js";
import type { Desired } from "../state/desired.js";
import { textsOf } from "../state/texts.js";
import type { FieldValues } from "../state/value.js";

/** Tells whether a text holds the key of the run. */
export type HoldsKey = (text: string) => boolean;

/** An API key or a webhook's signing key as GStable writes them; shorter ones are words of a text. */
const credential = /(?<![A-Za-z])(?:(?:sk|rk)_live_|wkk_)[A-Za-z0-9]{12,}/;

/**
 * Secrets that the configuration would send to GStable or write into the lockfile, each at its place. A field with one
 * ends the run before anything is written: what GStable shows to payers, and git to everybody, is no place for a key.
 */
export function findLeaks(desired: Desired, holdsKey: HoldsKey = () => false): readonly Diagnostic[] {
  const { project, accounts, entries } = desired;
  const names = [project, ...accounts.keys()];
  // All texts at once first: hardly ever is there a secret among them.
  const texts = textsOf([names, ...[...entries.values()].map(({ name, values }) => [name, values])], {
    names: false,
  });
  if (!isSecret(texts.join("\0"), holdsKey)) return [];
  const leaks: Diagnostic[] = isSecret(project, holdsKey) ? [leak("The name of the project")] : [];
  for (const { name, source } of accounts.values())
    if (isSecret(name, holdsKey)) leaks.push({ ...leak("The name of an account"), source });
  for (const { address, name, values, placeOf } of entries.values()) {
    if (isSecret(name, holdsKey)) leaks.push({ ...leak("The name of an entry"), source: placeOf() });
    for (const field of secretFields(values, holdsKey))
      leaks.push({ ...leak(`\`${field}\` of \`${address}\``), source: placeOf(field) });
  }
  return leaks;
}

/** The fields that hold a secret. */
export function secretFields(values: FieldValues, holdsKey: HoldsKey): readonly string[] {
  return Object.entries(values)
    .filter(([, value]) => textsOf(value, { names: false }).some((text) => isSecret(text, holdsKey)))
    .map(([field]) => field);
}

function isSecret(text: string, holdsKey: HoldsKey): boolean {
  return holdsKey(text) || credential.test(text);
}

function leak(what: string): Diagnostic {
  return {
    code: "GS6008",
    severity: "error",
    summary: `${what} holds an API key or a signing key`,
    detail: "It would be sent to GStable and be written into the lockfile. Nothing was written.",
    remedy: "Take it out. If it was ever committed, replace it in the dashboard.",
  };
}
