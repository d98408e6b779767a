import type { KindDefinition } from "../../engine/kind.js";
import { type Address, nameOf } from "../../state/address.js";
import type { FieldValues } from "../../state/value.js";
import { isSupplied, type Target, type Texts } from "./locate.js";
import { definitionOf } from "./plan-edits.js";
import { unset, type Written, type WrittenMap, writeValue } from "./written.js";

/** An entry that is to be written. Values are canonical, references are names. */
export interface NewEntry {
  readonly address: Address;
  readonly values: FieldValues;
  readonly open: boolean;
}

/** A receiving account that gets a name; with an address, it is pinned. */
export interface NewAccount {
  readonly name: string;
  readonly id: string;
  readonly address?: string;
}

/** An entry as somebody would write it: what is unset is left out, unless a default would fill it in. */
export function writeEntry(
  { address, values, open }: NewEntry,
  { target, texts }: { target: Target; texts: Texts },
): WrittenMap {
  const definition = definitionOf(address);
  const place = { definition, name: nameOf(address) };
  const hasDefault = (field: string) => isSupplied({ ...place, field }, { target, texts });
  const fields = definition.fields.flatMap(({ name, type, unset: nothing }): [string, Written][] => {
    const value = values[name] ?? nothing;
    if (value === null) return hasDefault(name) ? [[name, unset]] : [];
    if (value === false && !hasDefault(name)) return [];
    return [[name, writeValue(type, value)]];
  });
  return { is: "map", entries: new Map([...fields, ...stateOf(definition, open, hasDefault)]), apart: true };
}

/** Written where it is closed, and where a default could say something else. */
function stateOf(
  { openClose }: KindDefinition,
  open: boolean,
  hasDefault: (field: string) => boolean,
): readonly [string, Written][] {
  if (open && !hasDefault(openClose.field)) return [];
  return [[openClose.field, { is: "scalar", value: open === openClose.openValue }]];
}

export function writeAccount({ id, address }: NewAccount): WrittenMap {
  const parts: [string, Written][] = [
    ["id", { is: "scalar", value: id }],
    ...(address === undefined ? [] : [["address", { is: "scalar", value: address }] as [string, Written]]),
  ];
  return { is: "map", entries: new Map(parts) };
}
