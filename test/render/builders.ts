import type { WrittenDiagnostic } from "../../src/diagnostics/index.js";
import type { ApplyDocument } from "../../src/state/apply-document.js";
import type {
  PlanBuyer,
  PlanChange,
  PlanDocument,
  PlanField,
  PlanGuard,
  PlanOffer,
} from "../../src/state/plan-document.js";

export const terminal = { colour: false, unicode: true, width: 80 } as const;
export const ascii = { colour: false, unicode: false, width: 80 } as const;

type Parts<T> = { readonly [K in keyof T]?: T[K] | undefined };

export function field(parts: Partial<PlanField>): PlanField {
  return {
    path: "linkName",
    type: "text",
    before: "Old",
    after: "New",
    cause: "config",
    risk: "cosmetic",
    ...parts,
  };
}

export function change(parts: Partial<PlanChange>): PlanChange {
  return {
    number: 1,
    address: "paymentLink.premium-monthly",
    kind: "paymentLink",
    id: "lnk_8a1f",
    name: "Premium Membership",
    hash: "sha256-change",
    actions: ["update"],
    reason: "changed in YAML",
    risks: ["cosmetic"],
    url: null,
    dependsOn: [],
    fields: [],
    unchangedFields: 0,
    notes: [],
    ...parts,
  };
}

export function guard(parts: Partial<PlanGuard>): PlanGuard {
  return {
    id: "price",
    address: "paymentLink.premium-monthly",
    state: "tripped",
    message: "The unit price of `premium-plan` would be multiplied by exactly 10.",
    allowWith: "price:paymentLink.premium-monthly=99.90",
    ...parts,
  };
}

/** A page that sells one thing for $9.99, where the buyer bears the fee. */
export function offer(parts: Partial<PlanOffer>): PlanOffer {
  return {
    open: true,
    items: [{ product: "Premium Plan", quantity: 1, unitPrice: "9.99" }],
    total: "9.99",
    account: "treasury",
    payout: "0x1111111111111111111111111111111111111111",
    settlementToken: "polygon::usdc",
    feeBearer: "buyer",
    fees: [],
    sendsTo: null,
    ...parts,
  };
}

export function buyer(parts: Partial<PlanBuyer>): PlanBuyer {
  return {
    number: 1,
    address: "paymentLink.premium-monthly",
    name: "Premium Membership",
    url: "https://pay.gstable.example/lnk_8a1f",
    before: offer({}),
    after: offer({}),
    ...parts,
  };
}

const noCounts = {
  create: 0,
  adopt: 0,
  update: 0,
  enable: 0,
  disable: 0,
  archive: 0,
  unarchive: 0,
  remove: 0,
  move: 0,
  record: 0,
  forget: 0,
};
const noRisks = { routing: 0, exit: 0, price: 0, visibility: 0, irreversible: 0, cosmetic: 0 };

/** A plan whose counts follow from its changes, unless the case says otherwise. */
export function plan(parts: Parts<PlanDocument>): PlanDocument {
  const changes = parts.changes ?? [];
  const counts = { ...noCounts };
  const risks = { ...noRisks };
  for (const { actions, risks: own } of changes) {
    for (const action of actions) counts[action] += 1;
    const gravest = own[0];
    if (gravest !== undefined) risks[gravest] += 1;
  }
  const summary = { ...counts, unchanged: 41, unmanaged: parts.unmanaged?.length ?? 0, apiCalls: 4, risks };
  return {
    formatVersion: 1,
    command: "plan",
    exitCode: 0,
    tool: { name: "gstable-sync", version: "0.1.0" },
    project: "acme-store",
    environment: null,
    hash: "sha256-5f0c91aa",
    target: {
      baseUrl: "https://api.gstable.example/api/v1",
      keyKind: "secret",
      client: "builtin",
      sandbox: false,
      accounts: [
        { name: "treasury", id: "acc_01", address: "0x1111111111111111111111111111111111111111" },
        { name: "ops", id: "acc_02", address: "0x22222222222222222222222222222222222277c0" },
      ],
    },
    complete: true,
    partial: false,
    summary,
    changes,
    drift: [],
    unmanaged: [],
    guards: [],
    policy: [],
    diagnostics: [],
    ...withoutUndefined(parts),
  };
}

function withoutUndefined(parts: Parts<PlanDocument>): Partial<PlanDocument> {
  return Object.fromEntries(Object.entries(parts).filter(([, value]) => value !== undefined));
}

const inFile = (line: number, file = "gstable.config.yaml") => ({ file, line, column: 3 });

/** One of everything that a reviewer may meet. */
export const fullPlan: PlanDocument = plan({
  environment: "eu",
  policy: ["maxPriceChange is 80% (default 50%)"],
  guards: [
    guard({}),
    guard({
      id: "routing",
      address: "paymentLink.donate",
      message: "Payments of `donate` would go to `ops` instead of `treasury`.",
      allowWith: "routing:paymentLink.donate=ops",
    }),
  ],
  changes: [
    change({
      number: 1,
      address: "paymentLink.donate",
      name: "Donate",
      risks: ["routing"],
      url: {
        before: "https://pay.gstable.example/lnk_77",
        after: "https://pay.gstable.example/lnk_77",
        kept: true,
      },
      source: inFile(41, "catalog/links.yaml"),
      fields: [
        field({
          path: "account",
          type: "reference",
          before: "treasury",
          after: "ops",
          risk: "routing",
          source: inFile(44, "catalog/links.yaml"),
        }),
        field({
          path: "successUrl",
          type: "url",
          before: "https://evil.example/thanks-for-your-donation",
          after: "https://acme.example/thanks-for-your-donation",
          cause: "drift",
          risk: "exit",
          source: inFile(9, "gstable.config.yaml"),
        }),
      ],
      unchangedFields: 6,
    }),
    change({
      number: 2,
      risks: ["price", "cosmetic"],
      url: {
        before: "https://pay.gstable.example/lnk_8a1f",
        after: "https://pay.gstable.example/lnk_8a1f",
        kept: true,
      },
      source: inFile(27),
      dependsOn: ["product.premium-plan"],
      fields: [
        field({
          path: "customSuccessText",
          before: "Welcome to the Premium Membership! You will hear from us every month.",
          after: "Welcome to the Premium Membership! You will hear from us every week.",
          source: inFile(36),
        }),
        field({
          path: "lineItems[0].unitPrice",
          type: "money",
          before: "9.99",
          after: "99.90",
          risk: "price",
          cause: "conflict",
          base: "12.99",
          source: inFile(33),
        }),
        field({
          path: "lineItems[1]",
          type: "item",
          before: null,
          after: { product: "ebook", quantity: 2, unitPrice: "4.50" },
          risk: "price",
          source: inFile(34),
        }),
      ],
      unchangedFields: 7,
    }),
    change({
      number: 3,
      address: "paymentLink.gift",
      name: "Gift card",
      id: null,
      actions: ["create"],
      reason: "new in YAML",
      risks: ["irreversible"],
      url: { before: null, after: null, kept: false },
      source: inFile(52),
      dependsOn: ["product.premium-plan"],
      fields: [
        field({ path: "linkType", type: "choice", before: null, after: "fixed", risk: "price" }),
        field({ path: "linkName", before: null, after: "Gift card" }),
        field({
          path: "lineItems[0]",
          type: "item",
          before: null,
          after: { product: "premium-plan", quantity: 1, unitPrice: "1250.00" },
          risk: "price",
        }),
      ],
      notes: ["It can be closed later, never deleted."],
    }),
    change({
      number: 4,
      address: "paymentLink.summer",
      name: "Summer sale",
      actions: ["disable"],
      reason: "removed from YAML",
      risks: ["visibility"],
      url: {
        before: "https://pay.gstable.example/lnk_s",
        after: "https://pay.gstable.example/lnk_s",
        kept: true,
      },
      fields: [field({ path: "enabled", type: "flag", before: true, after: false, risk: "visibility" })],
      unchangedFields: 9,
    }),
    change({
      number: 5,
      address: "webhook.ledger",
      kind: "webhook",
      id: "wkid_1",
      name: "Ledger",
      risks: ["visibility"],
      source: inFile(70),
      fields: [
        field({
          path: "subscribedEvents",
          type: "set",
          before: ["session.created", "session.paid"],
          after: ["session.completed", "session.paid"],
          risk: "visibility",
          source: inFile(73),
        }),
      ],
      unchangedFields: 3,
    }),
    change({
      number: 6,
      address: "product.premium-plan",
      kind: "product",
      id: "prd_1",
      name: "Premium Plan",
      risks: ["cosmetic"],
      source: inFile(12),
      fields: [
        field({
          path: "commonPrices",
          type: "list",
          before: ["9.99", "99.00"],
          after: ["9.99", "120.00"],
          source: inFile(16),
        }),
        field({
          path: "attributes[1]",
          type: "item",
          before: { name: "Duration", value: "1 Month" },
          after: null,
        }),
        field({ path: "description", before: null, after: "Everything, every month" }),
      ],
      unchangedFields: 3,
    }),
  ],
  buyers: [
    buyer({
      number: 1,
      address: "paymentLink.donate",
      name: "Donate",
      url: "https://pay.gstable.example/lnk_77",
      before: offer({ items: [], total: null, sendsTo: "https://evil.example/thanks-for-your-donation" }),
      after: offer({
        items: [],
        total: null,
        account: "ops",
        payout: "0x22222222222222222222222222222222222277c0",
        sendsTo: "https://acme.example/thanks-for-your-donation",
      }),
    }),
    buyer({
      number: 2,
      after: offer({
        items: [
          { product: "Premium Plan", quantity: 1, unitPrice: "99.90" },
          { product: "E-book", quantity: 2, unitPrice: "4.50" },
        ],
        total: "108.90",
        fees: [
          { percent: "0.2", buyerPays: "109.1178", merchantGets: "108.90" },
          { percent: "0.6", buyerPays: "109.5534", merchantGets: "108.90" },
        ],
      }),
    }),
    buyer({
      number: 3,
      address: "paymentLink.gift",
      name: "Gift card",
      url: null,
      before: null,
      after: offer({
        items: [{ product: "Premium Plan", quantity: 1, unitPrice: "1250.00" }],
        total: "1250.00",
        feeBearer: "merchant",
        fees: [
          { percent: "0.2", buyerPays: "1250.00", merchantGets: "1247.50" },
          { percent: "0.6", buyerPays: "1250.00", merchantGets: "1242.50" },
        ],
      }),
    }),
    buyer({
      number: 4,
      address: "paymentLink.summer",
      name: "Summer sale",
      url: "https://pay.gstable.example/lnk_s",
      after: offer({ open: false }),
    }),
  ],
  drift: [
    {
      address: "paymentLink.donate",
      kind: "paymentLink",
      id: "lnk_77",
      name: "Donate",
      fields: [
        field({
          path: "successUrl",
          type: "url",
          before: "https://evil.example/thanks-for-your-donation",
          after: "https://acme.example/thanks-for-your-donation",
          cause: "drift",
          risk: "exit",
        }),
      ],
      source: inFile(41, "catalog/links.yaml"),
    },
    {
      address: "product.ebook",
      kind: "product",
      id: "prd_2",
      name: "E-book",
      fields: [
        field({ path: "description", before: "A good book", after: "A book", cause: "drift", ignored: true }),
      ],
      source: inFile(20),
    },
  ],
  unmanaged: [
    { kind: "product", id: "prd_old", name: "Old thing", url: null, open: false },
    {
      kind: "paymentLink",
      id: "lnk_old",
      name: "Made by hand",
      url: "https://pay.gstable.example/lnk_old",
      open: true,
    },
  ],
  diagnostics: [
    {
      code: "GS2104",
      severity: "warning",
      summary: "The picture of `premium-plan` could not be fetched",
      detail: "It stays as it is until `imageUrl` changes.",
      source: inFile(14),
    },
  ],
});

/** A run that was done in part. */
export const partialApply: ApplyDocument = {
  formatVersion: 1,
  command: "apply",
  exitCode: 5,
  hash: fullPlan.hash,
  plan: fullPlan,
  done: [
    { number: 6, address: "product.premium-plan", action: "update", id: "prd_1" },
    { number: 3, address: "paymentLink.gift", action: "create", id: "lnk_new" },
  ],
  failed: [
    {
      number: 4,
      address: "paymentLink.summer",
      action: "disable",
      id: "lnk_s",
      error: { code: 999999, message: "No answer within 30s.", outcome: "unknown" },
    },
  ],
  notAttempted: [
    {
      number: 2,
      address: "paymentLink.premium-monthly",
      action: "update",
      id: "lnk_8a1f",
      because: "The run ended before its turn.",
    },
  ],
  summary: { done: 2, failed: 1, notAttempted: 1, apiCalls: 11, writes: 3 },
  diagnostics: [],
};

/** `code` is free here: what a renderer does with it is the same for all. */
export function diagnostic(
  parts: Partial<Omit<WrittenDiagnostic, "code">> & { readonly code?: string },
): WrittenDiagnostic {
  return {
    severity: "error",
    summary: "`10` is not money",
    ...parts,
    code: (parts.code ?? "GS1203") as never,
  };
}
