import { isMap } from "yaml";
import { resourceKinds } from "../../resources/registry.js";
import { type Address, addressOf } from "../../state/address.js";
import { followAlias, keyOf, lookUp } from "./edit-source.js";
import type { Texts } from "./locate.js";

/** Names that a configuration uses already, in whatever environment. */
export interface TakenNames {
  readonly entries: ReadonlySet<Address>;
  readonly accounts: ReadonlySet<string>;
}

/** Every name of an entry or an account that the texts hold: also one that an environment leaves out. */
export function findTakenNames(texts: Texts): TakenNames {
  const entries = new Set<Address>();
  const accounts = new Set<string>();
  for (const file of texts.sources.keys()) {
    for (const path of layersOf(file, texts)) {
      for (const { definition } of resourceKinds) {
        const names = keysAt(file, [...path, definition.configKey], texts);
        for (const name of names) entries.add(addressOf(definition.kind, name));
      }
      for (const name of keysAt(file, [...path, "accounts"], texts)) accounts.add(name);
    }
  }
  return { entries, accounts };
}

/** The file itself and, in the root file, what each environment lays over it. */
function layersOf(file: string, texts: Texts): readonly (readonly string[])[] {
  const environments = file === texts.rootPath ? keysAt(file, ["environments"], texts) : [];
  return [[], ...environments.map((name) => ["environments", name, "overrides"])];
}

function keysAt(file: string, path: readonly string[], { sources }: Texts): readonly string[] {
  const source = sources.get(file);
  const map = source === undefined ? undefined : followAlias(lookUp(source, path), source);
  return isMap(map) ? map.items.flatMap((pair) => keyOf(pair) ?? []) : [];
}
