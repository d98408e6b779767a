import type { Kinds } from "../engine/kind.js";
import type { Kind } from "../state/address.js";
import { paymentLinkDefinition } from "./payment-link/definition.js";
import { paymentLinkRules } from "./payment-link/rules.js";
import { paymentLinkSchema } from "./payment-link/schema.js";
import { productDefinition } from "./product/definition.js";
import { productRules } from "./product/rules.js";
import { productSchema } from "./product/schema.js";
import type { ResourceKind } from "./resource-kind.js";
import { webhookDefinition } from "./webhook/definition.js";
import { webhookRules } from "./webhook/rules.js";
import { webhookSchema } from "./webhook/schema.js";

/** Every kind by name: one that is forgotten here does not compile. */
const byKind: { readonly [K in Kind]: ResourceKind } = {
  product: { definition: productDefinition, schema: productSchema, rules: productRules },
  paymentLink: { definition: paymentLinkDefinition, schema: paymentLinkSchema, rules: paymentLinkRules },
  webhook: { definition: webhookDefinition, schema: webhookSchema, rules: webhookRules },
};

/** All kinds, in the order in which they are written. */
export const resourceKinds: readonly ResourceKind[] = Object.values(byKind);

/** What the engine needs of them. */
export const kinds: Kinds = new Map(
  resourceKinds.map(({ definition }) => [definition.kind, definition] as const),
);
