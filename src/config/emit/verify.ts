import type { Address } from "../../state/address.js";
import type { Desired } from "../../state/desired.js";
import { canonicalJson, sameValue } from "../../state/value.js";
import type { MapNode } from "../parse/node.js";
import { parseYaml } from "../parse/parse-yaml.js";
import { createSourceFile } from "../parse/source-file.js";
import { createCollector } from "../report.js";
import { applyPatch, type FilePatch } from "./patch.js";
import type { Additions } from "./place-entries.js";
import { type ConfigEdit, definitionOf } from "./plan-edits.js";
import { sameWritten, writtenOf } from "./written.js";

/** Whether a text says exactly what it said before, but for what the patch asks for. Whatever the environment. */
export function saysThePatch(
  name: string,
  { before, after, patch }: { before: string; after: string; patch: FilePatch },
): boolean {
  const [old, fresh] = [parse(name, before), parse(name, after)];
  if (old === undefined || fresh === undefined) return false;
  return sameWritten(applyPatch(writtenOf(old), patch), writtenOf(fresh));
}

function parse(name: string, text: string): MapNode | undefined {
  const collector = createCollector();
  const map = parseYaml(createSourceFile(name, text), collector);
  return collector.diagnostics().some(({ severity }) => severity === "error") ? undefined : map;
}

/** Whether what is wanted is what was wanted before, with exactly these values changed. */
export function wantsTheEdits(before: Desired, after: Desired, edits: readonly ConfigEdit[]): boolean {
  return canonicalJson(outlineOf(before, edits)) === canonicalJson(outlineOf(after, []));
}

/** Whether two readings of a configuration want the same. */
export function meansTheSame(a: Desired, b: Desired): boolean {
  return wantsTheEdits(a, b, []);
}

/** Whether what is wanted is what was wanted before, and these entries and accounts beside it. */
export function wantsTheAdditions(
  before: Desired,
  after: Desired,
  { entries, accounts }: Pick<Additions, "entries" | "accounts">,
): boolean {
  const added = new Set<string>(entries.map(({ address }) => address));
  const named = new Set(accounts.map(({ name }) => name));
  const isThere =
    [...added].every((address) => after.entries.has(address as Address)) &&
    [...named].every((name) => after.accounts.has(name));
  const rest = {
    ...after,
    entries: new Map([...after.entries].filter(([address]) => !added.has(address))),
    accounts: new Map([...after.accounts].filter(([name]) => !named.has(name))),
  };
  return isThere && meansTheSame(before, rest);
}

/** Everything that a configuration means; not where it is written. */
function outlineOf(desired: Desired, edits: readonly ConfigEdit[]): unknown {
  const entries = new Map(
    [...desired.entries].map(([address, { values, open, lifecycle }]) => [
      address as string,
      { values: { ...values }, open, lifecycle },
    ]),
  );
  for (const { address, field, value } of edits) {
    const entry = entries.get(address);
    const { openClose, fields } = definitionOf(address);
    if (entry === undefined) continue;
    if (field === openClose.field) entry.open = sameValue(value, openClose.openValue);
    else entry.values[field] = value ?? fields.find(({ name }) => name === field)?.unset ?? null;
  }
  const { project, environment, apiKeyEnv, lockfile, otherLockfiles, client, policy } = desired;
  return {
    ...{ project, environment, apiKeyEnv, lockfile, otherLockfiles, client },
    policy: { ...policy, allow: policy.allow.map(({ source: _, ...allowance }) => allowance) },
    accounts: [...desired.accounts.values()].map(({ source: _, ...account }) => account),
    imports: desired.imports.map(({ to, id }) => [to, id]),
    moved: desired.moved.map(({ from, to }) => [from, to]),
    entries: Object.fromEntries(entries),
  };
}
