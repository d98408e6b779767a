import { createSecret, redactSecret } from "../api/index.js";
import type { Diagnostic } from "../diagnostics/index.js";
import type { Desired } from "../state/desired.js";
import type { FieldValue, FieldValues } from "../state/value.js";

/** Tells whether a text holds the key of the run. */
export type HoldsKey = (text: string) => boolean;

/** An API key or a webhook's signing key as GStable writes them; shorter ones are words of a text. */
const credential = /(?<![A-Za-z])(?:(?:sk|rk)_live_|wkk_)[A-Za-z0-9]{12,}/;

/**
 * Secrets that the configuration would send to GStable or write into the lockfile, each at its place. A field with one
 * ends the run before anything is written: what GStable shows to payers, and git to everybody, is no place for a key.
 */
export function findLeaks(desired: Desired, holdsKey: HoldsKey = () => false): readonly Diagnostic[] {
  const leaks = [...desired.entries.values()].flatMap(({ address, values, placeOf }) =>
    secretFields(values, holdsKey).map(
      (field): Diagnostic => ({ ...leak(`\`${field}\` of \`${address}\``), source: placeOf(field) }),
    ),
  );
  const names = [desired.project, ...desired.accounts.keys(), ...desired.entries.keys()];
  return names.some((text) => isSecret(text, holdsKey))
    ? [...leaks, leak("A name in the configuration")]
    : leaks;
}

/** The fields that hold a secret. */
export function secretFields(values: FieldValues, holdsKey: HoldsKey): readonly string[] {
  // All texts at once first: ten thousand entries hardly ever hold a secret.
  if (!isSecret(textsOf(values).join("\0"), holdsKey)) return [];
  return Object.entries(values)
    .filter(([, value]) => textsOf(value).some((text) => isSecret(text, holdsKey)))
    .map(([field]) => field);
}

/** What a command without a key tells: the keys in the environment are masked in it all the same. */
export function maskKeys<T>(env: Readonly<Record<string, string | undefined>>, told: T): T {
  const keys = Object.entries(env).flatMap(([name, value]) =>
    name.startsWith("GSTABLE_API_KEY") && value !== undefined ? [createSecret(value.trim())] : [],
  );
  return maskDeep(told, (text) => keys.reduce((rest, key) => redactSecret(key, rest), text));
}

/** The same value with every text in it masked; the value itself where there is nothing to mask. */
export function maskDeep<T>(value: T, mask: (text: string) => string): T {
  return maskValue(value, mask) as T; // keeps the shape: only texts are replaced, by texts
}

function maskValue(value: unknown, mask: (text: string) => string): unknown {
  if (typeof value === "string") return mask(value);
  if (Array.isArray(value)) {
    const parts = value.map((part) => maskValue(part, mask));
    return parts.every((part, index) => part === value[index]) ? value : parts;
  }
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).map(([name, part]) => [name, part, maskValue(part, mask)] as const);
  return entries.every(([, before, after]) => before === after)
    ? value
    : Object.fromEntries(entries.map(([name, , after]) => [name, after]));
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

function textsOf(value: FieldValue): readonly string[] {
  const found: string[] = [];
  const visit = (part: FieldValue): void => {
    if (typeof part === "string") found.push(part);
    else if (typeof part === "object" && part !== null) Object.values(part).forEach(visit);
  };
  visit(value);
  return found;
}
