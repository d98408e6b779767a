import type { Catalogue } from "../engine/kind.js";
import { accountLookup } from "./account/lookup.js";
import { capabilityLookup } from "./capability/lookup.js";
import { kinds } from "./registry.js";

/** Everything of GStable that the engine can work with. */
export const catalogue: Catalogue = {
  kinds,
  accounts: accountLookup,
  capabilities: capabilityLookup,
};
