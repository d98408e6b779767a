import type { Source } from "../../src/diagnostics/index.js";
import { kinds } from "../../src/resources/registry.js";
import { type Address, addressOf, type Kind, kindOf } from "../../src/state/address.js";
import type { Desired, DesiredAccount, DesiredEntry, Lifecycle } from "../../src/state/desired.js";
import type { LockEntry } from "../../src/state/lockfile.js";
import { defaultPolicy } from "../../src/state/policy.js";
import type { FieldValue, FieldValues } from "../../src/state/value.js";

export const place: Source = { file: "gstable.config.yaml", line: 1, column: 1 };

/** Amounts in Micro-USD, exact for the few decimals of a test. */
export const usd = (dollars: number): number => Math.round(dollars * 1_000_000);

export type Values = Partial<Record<string, FieldValue>>;
export interface EntryParts {
  readonly open?: boolean;
  readonly lifecycle?: Partial<Lifecycle>;
}

export const item = (product: string, quantity = 1, unitPrice: number | null = usd(10)): FieldValue => ({
  product,
  quantity,
  unitPrice,
});

/** Every field of a kind; what a case is not about is set so that the API takes it. */
export const values = {
  product: (parts: Values = {}): FieldValues =>
    filled(parts, {
      name: "Plan",
      description: null,
      imageUrl: null,
      commonPrices: [usd(10)],
      attributes: null,
    }),
  paymentLink: (parts: Values = {}): FieldValues =>
    filled(parts, {
      linkType: "fixed",
      linkName: "Premium",
      account: "treasury",
      settlementToken: "polygon::usdc",
      feeModel: "payer",
      lineItems: [item("plan")],
      payerEmailRequired: false,
      successUrl: null,
      customSuccessText: null,
      customDisabledText: null,
    }),
  webhook: (parts: Values = {}): FieldValues =>
    filled(parts, {
      webhookName: "Ledger",
      webhookUrl: "https://api.acme.example/hooks",
      webhookDescription: null,
      subscribedEvents: ["session.paid"],
    }),
} as const satisfies Record<Kind, (parts?: Values) => FieldValues>;

function filled(parts: Values, defaults: FieldValues): FieldValues {
  return { ...defaults, ...(parts as FieldValues) };
}

export function lifecycleOf(kind: Kind, parts: Partial<Lifecycle> = {}): Lifecycle {
  const onRemove = kinds.get(kind)?.defaultRetirement ?? "disable";
  return { protect: false, ignoreChanges: [], onRemove, ...parts };
}

/** One entry of the YAML. */
export function entry(address: Address, parts: Values = {}, how: EntryParts = {}): DesiredEntry {
  const kind = kindOf(address);
  return {
    address,
    kind,
    name: address.slice(kind.length + 1),
    values: values[kind](parts),
    open: how.open ?? true,
    lifecycle: lifecycleOf(kind, how.lifecycle),
    placeOf: () => place,
  };
}

export const product = (name: string, parts: Values = {}, how: EntryParts = {}): DesiredEntry =>
  entry(addressOf("product", name), parts, how);
export const link = (name: string, parts: Values = {}, how: EntryParts = {}): DesiredEntry =>
  entry(addressOf("paymentLink", name), parts, how);
export const webhook = (name: string, parts: Values = {}, how: EntryParts = {}): DesiredEntry =>
  entry(addressOf("webhook", name), parts, how);

export const treasury: DesiredAccount = { name: "treasury", id: "acc_sandbox_main", source: place };

/** A configuration of these entries. */
export function wants(entries: readonly DesiredEntry[], parts: Partial<Desired> = {}): Desired {
  return {
    project: "acme",
    environment: null,
    apiKeyEnv: "GSTABLE_API_KEY",
    apiKeyEnvNamed: false,
    lockfile: "gstable.lock.json",
    otherLockfiles: [],
    client: "builtin",
    accounts: new Map([[treasury.name, treasury]]),
    entries: new Map(entries.map((one) => [one.address, one] as const).sort(([a], [b]) => (a < b ? -1 : 1))),
    imports: [],
    moved: [],
    policy: defaultPolicy,
    ...parts,
  };
}

/** What the lockfile says of an entry: applied as it stands, open. */
export function lockEntry(kind: Kind, id: string, parts: Partial<LockEntry> = {}): LockEntry {
  const lifecycle = { ...lifecycleOf(kind), ignoreChanges: [] };
  return { id, values: values[kind](), open: true, lifecycle, ...parts };
}
