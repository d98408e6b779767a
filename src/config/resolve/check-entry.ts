import type { ResourceKind } from "../../resources/resource-kind.js";
import { addressOf } from "../../state/address.js";
import type { FieldValue } from "../../state/value.js";
import { faulty, normaliseField } from "../normalise/normalise-value.js";
import { type MapNode, valueAt } from "../parse/node.js";
import type { Owner, Report } from "../report.js";
import { type CheckedEntry, CheckedRule } from "./checked-entry.js";
import { readLifecycle } from "./read-lifecycle.js";

/** An entry, merged and with its variables filled in. */
export interface EntryText {
  readonly name: string;
  readonly owner: Owner;
  readonly node: MapNode;
}

/**
 * Values, then the kind's own rules, each for what is right so far. `failed`: the keys whose form is wrong, which has
 * been reported. `report` is the entry's own.
 */
export function checkEntry(
  resource: ResourceKind,
  { name, owner, node }: EntryText,
  { failed, report }: { failed: ReadonlySet<string>; report: Report },
): CheckedEntry {
  const { definition, rules } = resource;
  const values: { [name: string]: FieldValue } = {};
  for (const rule of definition.fields) {
    if (failed.has(rule.name)) continue;
    const value = normaliseField(rule, node, { report, owner: owner.key });
    if (value !== faulty) values[rule.name] = value;
  }
  const state = valueAt(node, definition.openClose.field);
  const stateIsWritten = state?.kind === "scalar" && typeof state.value === "boolean";
  const entry = {
    resource,
    address: addressOf(definition.kind, name),
    name,
    owner,
    node,
    values,
    open: stateIsWritten ? state.value === definition.openClose.openValue : true,
    lifecycle: readLifecycle(node, definition, report),
    report,
  };
  const rule = new CheckedRule(entry);
  for (const check of rules.entry) check(rule);
  return Object.assign(entry, { rule });
}
