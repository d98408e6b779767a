import { isScalar } from "yaml";
import type { FieldType, KindDefinition } from "../../engine/kind.js";
import { resourceKinds } from "../../resources/registry.js";
import { type Address, type Kind, kindOf, nameOf } from "../../state/address.js";
import type { Desired } from "../../state/desired.js";
import { type FieldValue, isList } from "../../state/value.js";
import { alignLists, orderSet } from "./align.js";
import { findTarget, isSupplied, listAt, type Target, type Texts, writtenAt } from "./locate.js";
import { FilePatch, type ListPatch, type Patch } from "./patch.js";
import { unset, writeValue } from "./written.js";

/** One field of one entry that is to have another value. */
export interface ConfigEdit {
  readonly address: Address;
  /** A field of the kind, or the one of its state: `enabled`, `archived`. */
  readonly field: string;
  /** Canonical, references as names; `null`: unset. */
  readonly value: FieldValue;
}

/** Why an edit cannot be made where it would have to be. */
export interface Obstacle {
  readonly edit: ConfigEdit;
  readonly why: string;
}

interface Planning {
  readonly texts: Texts;
  readonly desired: Desired;
}

/** The patches of all files that carry out these edits. */
export function planEdits(
  edits: readonly ConfigEdit[],
  { texts, desired }: Planning,
): { readonly patches: ReadonlyMap<string, FilePatch>; readonly obstacles: readonly Obstacle[] } {
  const patches = new Map<string, FilePatch>();
  const obstacles: Obstacle[] = [];
  for (const edit of edits) {
    const definition = definitionOf(edit.address);
    const name = nameOf(edit.address);
    const target = findTarget(definition, name, { texts, environment: desired.environment });
    if (target === undefined) {
      obstacles.push({ edit, why: "no file has the entry" });
      continue;
    }
    const patch = patchOf(edit, { definition, target, texts, desired });
    if (patch === "nothing") continue;
    const file = patches.get(target.file) ?? new FilePatch();
    file.add([...target.path, edit.field], patch);
    patches.set(target.file, file);
  }
  return { patches, obstacles };
}

/** The kind of an address. */
export function definitionOf(address: Address): KindDefinition {
  return definitionOfKind(kindOf(address));
}

/** What is known of a kind. */
export function definitionOfKind(kind: Kind): KindDefinition {
  const found = resourceKinds.find(({ definition }) => definition.kind === kind);
  if (found === undefined) throw new Error(`no kind ${kind}`);
  return found.definition;
}

/** The type of a field, the one of its state included. */
export function typeOf({ fields, openClose }: KindDefinition, field: string): FieldType {
  if (field === openClose.field) return { is: "flag" };
  const rule = fields.find(({ name }) => name === field);
  if (rule === undefined) throw new Error(`no field ${field}`);
  return rule.type;
}

interface Place extends Planning {
  readonly definition: KindDefinition;
  readonly target: Target;
}

function patchOf({ address, field, value }: ConfigEdit, place: Place): Patch | "nothing" {
  const { definition, target, texts } = place;
  if (value === null) {
    if (isSupplied({ definition, name: nameOf(address), field }, { target, texts })) {
      return { is: "set", value: unset };
    }
    return writtenAt(target, field, texts) === "none" ? "nothing" : { is: "remove" };
  }
  const type = typeOf(definition, field);
  const list = listPatch({ address, field, value }, type, place);
  return list ?? { is: "set", value: writeValue(type, value) };
}

/** The smallest change of a list that this very entry writes out. */
function listPatch(
  { address, field, value }: ConfigEdit,
  type: FieldType,
  { target, texts, desired }: Place,
): ListPatch | undefined {
  if (!isList(value) || (type.is !== "items" && type.is !== "list" && type.is !== "set")) return undefined;
  const list = listAt(target, field, texts);
  if (list === undefined) return undefined;
  const written = list.items.map((item) => (isScalar(item) ? item.value : undefined));
  if (type.is === "set" && !written.every(isPlainText)) return undefined;
  const before = type.is === "set" ? (written as FieldValue[]) : desired.entries.get(address)?.values[field];
  if (!isList(before) || before.length !== list.items.length) return undefined;
  const after = type.is === "set" ? orderSet(value, written) : value;
  const steps = alignLists(type, { before, after });
  return steps === undefined ? undefined : { is: "list", steps, whole: writeValue(type, after) };
}

const isPlainText = (value: unknown): boolean => typeof value === "string" && !value.includes("${");
