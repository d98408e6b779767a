import type { FieldValues } from "../state/value.js";
import type { Decision } from "./decision.js";

/** The body's values: everything for a create; for an update, which replaces all (Fact F2), YAML and live together. */
export function bodyOf(decision: Decision): FieldValues | undefined {
  if (decision.actions.includes("create")) return decision.pair.wanted;
  return decision.actions.includes("update") ? updateValues(decision) : undefined;
}

/** The values to send in an update: what nobody wants to change is sent back as it is, pictures as hosted. */
function updateValues({ pair, differences, lifecycle }: Decision): FieldValues {
  const { definition, wanted = {}, live } = pair;
  const changed = new Set(differences.map(({ field }) => field));
  return Object.fromEntries(
    definition.fields.map(({ name, type, unset }) => {
      const keepLive = lifecycle.ignoreChanges.includes(name) || (type.is === "image" && !changed.has(name));
      return [name, (keepLive ? live?.values[name] : wanted[name]) ?? unset];
    }),
  );
}
