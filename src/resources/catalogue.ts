import type { Catalogue } from "../engine/kind.js";
import { accountLookup } from "./account/lookup.js";
import { capabilityLookup } from "./capability/lookup.js";
import { paymentLinkDefinition } from "./payment-link/definition.js";
import { productDefinition } from "./product/definition.js";
import { webhookDefinition } from "./webhook/definition.js";

const definitions = [productDefinition, paymentLinkDefinition, webhookDefinition];

/** Everything of GStable that the engine can work with. Kinds that are referred to come first. */
export const catalogue: Catalogue = {
  kinds: new Map(definitions.map((definition) => [definition.kind, definition])),
  accounts: accountLookup,
  capabilities: capabilityLookup,
};
