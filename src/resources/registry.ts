import type { Kinds } from "../engine/kind.js";
import type { Kind } from "../state/address.js";
import { paymentLinkDefinition } from "./payment-link/definition.js";
import { paymentLinkRules } from "./payment-link/rules.js";
import { productDefinition } from "./product/definition.js";
import { productRules } from "./product/rules.js";
import type { ResourceKind } from "./resource-kind.js";
import { webhookDefinition } from "./webhook/definition.js";
import { webhookRules } from "./webhook/rules.js";

/** Every kind by name: one that is forgotten here does not compile. */
const byKind: { readonly [K in Kind]: ResourceKind } = {
  product: {
    definition: productDefinition,
    schema: async () => (await import("./product/schema.js")).productSchema,
    rules: productRules,
  },
  paymentLink: {
    definition: paymentLinkDefinition,
    schema: async () => (await import("./payment-link/schema.js")).paymentLinkSchema,
    rules: paymentLinkRules,
  },
  webhook: {
    definition: webhookDefinition,
    schema: async () => (await import("./webhook/schema.js")).webhookSchema,
    rules: webhookRules,
  },
};

/** All kinds, in the order in which they are written. */
export const resourceKinds: readonly ResourceKind[] = Object.values(byKind);

/** What the engine needs of them. */
export const kinds: Kinds = new Map(
  resourceKinds.map(({ definition }) => [definition.kind, definition] as const),
);
