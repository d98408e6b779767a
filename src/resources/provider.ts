import type { Provider } from "../engine/kind.js";
import { accountLookup } from "./account/lookup.js";
import { capabilityLookup } from "./capability/lookup.js";
import { kinds } from "./registry.js";

/** GStable, as the engine works with it. */
export const provider: Provider = {
  kinds,
  accounts: accountLookup,
  capabilities: capabilityLookup,
};
