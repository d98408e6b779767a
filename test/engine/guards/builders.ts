import type { ResolvedAccounts } from "../../../src/engine/accounts.js";
import { bind } from "../../../src/engine/bind.js";
import { decide } from "../../../src/engine/decide.js";
import type { Review, Trip } from "../../../src/engine/guards/guard.js";
import { guards } from "../../../src/engine/guards/index.js";
import { collectNames } from "../../../src/engine/names.js";
import { unmanaged } from "../../../src/engine/pair/candidates.js";
import type { PairInput } from "../../../src/engine/pair/pairing.js";
import { pairAll } from "../../../src/engine/pair.js";
import { kinds } from "../../../src/resources/registry.js";
import { type Address, kindOf, nameOf } from "../../../src/state/address.js";
import type { Desired, DesiredEntry, Lifecycle } from "../../../src/state/desired.js";
import type { LiveAccount, LiveObject, ObservedKind } from "../../../src/state/live.js";
import { emptyLockfile, type Intent, type LockAccount, type LockEntry } from "../../../src/state/lockfile.js";
import { defaultPolicy, type GuardId, type Policy } from "../../../src/state/policy.js";
import type { FieldValue, FieldValues } from "../../../src/state/value.js";

export const source = { file: "gstable.config.yaml", line: 1, column: 1 };

/** Amounts in Micro-USD, exact for the few decimals of a test. */
export const usd = (dollars: number): number => Math.round(dollars * 1_000_000);

export const item = (product: string, quantity: number, unitPrice: number | null): FieldValue => ({
  product,
  quantity,
  unitPrice,
});

export const productValues = (parts: Partial<Record<string, FieldValue>> = {}): FieldValues => ({
  name: "Plan",
  description: null,
  imageUrl: null,
  commonPrices: [usd(10)],
  attributes: null,
  ...parts,
});

/** A link that sells one of `product` at $10; account and product as names (wanted) or ids (live). */
export const linkValues = (
  parts: Partial<Record<string, FieldValue>> = {},
  ids = { account: "treasury", product: "plan" },
): FieldValues => ({
  linkType: "fixed",
  linkName: "Premium",
  account: ids.account,
  settlementToken: "polygon::usdc",
  feeModel: "payer",
  lineItems: [item(ids.product, 1, usd(10))],
  payerEmailRequired: false,
  successUrl: "https://acme.example/thanks",
  customSuccessText: null,
  customDisabledText: null,
  ...parts,
});

export const liveLink = (parts: Partial<Record<string, FieldValue>> = {}): FieldValues =>
  linkValues(parts, { account: "acc_01", product: "prd_plan" });

export const webhookValues = (parts: Partial<Record<string, FieldValue>> = {}): FieldValues => ({
  webhookName: "Ledger",
  webhookUrl: "https://api.acme.example/hooks",
  webhookDescription: null,
  subscribedEvents: ["session.paid"],
  ...parts,
});

interface Want {
  readonly values: FieldValues;
  readonly open?: boolean;
  readonly lifecycle?: Partial<Lifecycle>;
}
interface Lock extends Partial<Omit<LockEntry, "lifecycle">> {
  readonly lifecycle?: Partial<Lifecycle>;
}

/** One account, as tests tell it; what is not told is quiet. */
export interface Story {
  readonly want?: { readonly [address: string]: Want };
  readonly lock?: { readonly [address: string]: Lock };
  readonly live?: readonly LiveObject[];
  readonly gone?: readonly string[];
  readonly accounts?: { readonly [name: string]: Partial<LiveAccount> };
  readonly lockAccounts?: { readonly [name: string]: LockAccount };
  readonly imports?: { readonly [address: string]: string };
  readonly moved?: { readonly [from: string]: string };
  readonly intents?: { readonly [address: string]: Partial<Intent> };
  readonly foreignIds?: readonly string[];
  readonly policy?: Partial<Policy>;
  readonly environment?: string;
  readonly targets?: readonly string[];
  readonly rehearsal?: boolean;
  readonly incomplete?: boolean;
}

export const payout = (digit: string): string => `0x${digit.repeat(40)}`;

export const treasury: LiveAccount = {
  id: "acc_01",
  name: "Treasury",
  address: payout("1"),
  version: "v1",
  status: "normal",
  settlementCurrencies: ["polygon::usdc"],
};

const lifecycleOf = (address: Address, parts: Partial<Lifecycle> = {}): Lifecycle => ({
  protect: false,
  ignoreChanges: [],
  onRemove: kinds.get(kindOf(address))?.defaultRetirement ?? "disable",
  ...parts,
});

export function live(address: string, parts: Partial<LiveObject> & Pick<LiveObject, "id">): LiveObject {
  const kind = kindOf(address as Address);
  const values = { product: productValues(), paymentLink: liveLink(), webhook: webhookValues() }[kind];
  const url = kind === "paymentLink" ? `https://pay.gstable.example/${parts.id}` : undefined;
  return {
    kind,
    values,
    open: true,
    status: "active",
    archivedForGood: false,
    versionCode: undefined,
    url,
    whole: true,
    unknown: undefined,
    ...parts,
  };
}

function desiredOf(story: Story): Desired {
  const entries = Object.entries(story.want ?? {}).map(([text, want]): [Address, DesiredEntry] => {
    const address = text as Address;
    return [
      address,
      {
        address,
        kind: kindOf(address),
        name: nameOf(address),
        values: want.values,
        open: want.open ?? true,
        lifecycle: lifecycleOf(address, want.lifecycle),
        placeOf: () => source,
      },
    ];
  });
  return {
    project: "acme",
    environment: story.environment ?? null,
    apiKeyEnv: "GSTABLE_API_KEY",
    apiKeyEnvNamed: false,
    lockfile: "gstable.lock.json",
    otherLockfiles: [],
    client: "builtin",
    accounts: new Map(Object.keys(accountsOf(story)).map((name) => [name, { name, source }])),
    entries: new Map(entries),
    imports: Object.entries(story.imports ?? {}).map(([to, id]) => ({ to: to as Address, id, source })),
    moved: Object.entries(story.moved ?? {}).map(([from, to]) => ({
      from: from as Address,
      to: to as Address,
      source,
    })),
    policy: { ...defaultPolicy, ...story.policy },
  };
}

const accountsOf = (story: Story): { [name: string]: LiveAccount } =>
  Object.fromEntries(
    Object.entries(story.accounts ?? { treasury: {} }).map(([name, parts]) => [
      name,
      { ...treasury, ...parts },
    ]),
  );

function lockfileOf(story: Story) {
  const entries = Object.entries(story.lock ?? {}).map(([text, lock]): [Address, LockEntry] => {
    const address = text as Address;
    const seen = story.live?.find(({ id }) => id === lock.id);
    const base = { id: "id", values: seen?.values ?? {}, open: seen?.open ?? true };
    return [
      address,
      { ...base, ...lock, lifecycle: { ...lifecycleOf(address, lock.lifecycle), ignoreChanges: [] } },
    ];
  });
  const intents = Object.entries(story.intents ?? {}).map(([text, intent]): [Address, Intent] => {
    const address = text as Address;
    const lifecycle = { ...lifecycleOf(address), ignoreChanges: [] };
    return [address, { kind: kindOf(address), values: {}, knownIds: [], lifecycle, ...intent }];
  });
  return {
    ...emptyLockfile({ project: "acme", environment: story.environment ?? null, origin: "https://api" }),
    accounts: new Map(Object.entries(story.lockAccounts ?? {})),
    entries: new Map(entries),
    intents: new Map(intents),
  };
}

function observedOf(story: Story, accounts: ResolvedAccounts) {
  const observed = [...kinds.keys()].map((kind): [typeof kind, ObservedKind] => {
    const objects = (story.live ?? []).filter((object) => object.kind === kind);
    return [
      kind,
      {
        objects: new Map(objects.map((object) => [object.id, object])),
        complete: story.incomplete !== true,
        gone: new Map((story.gone ?? []).map((id) => [id, "missing" as const])),
      },
    ];
  });
  return { kinds: new Map(observed), accounts: [...accounts.values()], capabilities: undefined };
}

/** What the guards are given: bound, paired and decided as a plan does it. */
export function review(story: Story): Review {
  const desired = desiredOf(story);
  const lockfile = lockfileOf(story);
  const accounts: ResolvedAccounts = new Map(Object.entries(accountsOf(story)));
  const observed = observedOf(story, accounts);
  const bindings = bind({ desired, lockfile, kinds, foreignIds: new Set() });
  if (!bindings.ok) throw new Error(bindings.diagnostics.map(({ summary }) => summary).join("; "));
  const foreignIds = new Set(story.foreignIds ?? []);
  const input: PairInput = { kinds, bindings: bindings.value, lockfile, observed, accounts, foreignIds };
  const pairs = pairAll(input);
  const decisions = pairs
    .map(decide)
    .filter(({ pair: { address } }) => story.targets?.includes(address) ?? true);
  return {
    decisions,
    desired,
    lockfile,
    observed,
    accounts,
    policy: desired.policy,
    kinds,
    names: collectNames(pairs, accounts),
    unmanaged: (definition) => unmanaged(input, definition),
    partial: story.targets !== undefined,
    rehearsal: story.rehearsal ?? false,
  };
}

/** What one guard says of a story. */
export const trips = (guard: GuardId, story: Story): readonly Trip[] => guards[guard](review(story));

/** The same, as `allowWith` values by address: empty means quiet. */
export const tripped = (guard: GuardId, story: Story): { [address: string]: string } =>
  Object.fromEntries(trips(guard, story).map(({ address, value }) => [address, value]));

/** A managed product `plan` and link `premium`; the link is wanted and live as told. */
export function premium(told: {
  readonly want?: Partial<Record<string, FieldValue>>;
  readonly live?: Partial<Record<string, FieldValue>>;
  readonly base?: Partial<Record<string, FieldValue>>;
  readonly liveParts?: Partial<LiveObject>;
  readonly wantParts?: Partial<Want>;
  readonly lockParts?: Partial<Lock>;
  readonly story?: Story;
}): Story {
  const { story = {} } = told;
  const link = live("paymentLink.premium", { id: "lnk_1", values: liveLink(told.live), ...told.liveParts });
  return {
    ...story,
    want: {
      "product.plan": { values: productValues() },
      "paymentLink.premium": { values: linkValues(told.want), ...told.wantParts },
      ...story.want,
    },
    lock: {
      "product.plan": { id: "prd_plan" },
      "paymentLink.premium": { id: "lnk_1", values: liveLink(told.base ?? told.live), ...told.lockParts },
      ...story.lock,
    },
    live: [live("product.plan", { id: "prd_plan" }), link, ...(story.live ?? [])],
  };
}
