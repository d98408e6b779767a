import { sayShare } from "../../engine/guards/amount.js";
import { kinds } from "../../resources/registry.js";
import type { Dashboard } from "../../sandbox/index.js";
import { addressOf } from "../../state/address.js";
import type { Desired, DesiredEntry } from "../../state/desired.js";
import { formatDollars } from "../../state/money.js";
import { defaultPolicy, type GuardId } from "../../state/policy.js";
import {
  type BuiltEntry,
  closeOutside,
  eraseOutside,
  findBuiltEntries,
  findBuiltEntry,
  isOurs,
  pricedItems,
  rewrite,
  withValues,
} from "./built-entries.js";
import { freeName } from "./built-in.js";
import type { Stage } from "./stage.js";

/** What must trip a guard: a configuration that somebody has edited, and what was done in the dashboard. */
export interface Situation {
  /** What the guard has to name. */
  readonly address: string;
  readonly how: string;
  readonly desired: Desired;
  /** Done outside, before the plan. */
  readonly outside?: (dashboard: Dashboard) => void;
  readonly note?: string | undefined;
}

/** Makes the situation; `undefined` where the configuration has nothing that it could be made with. */
export type Maker = (stage: Stage) => Situation | undefined;

/** Every guard has a situation that must trip it: a forgotten one does not compile. */
export const situations: { readonly [id in GuardId]: Maker } = {
  price: tenTimesAsMuch,
  routing: payElsewhere,
  exit: leadElsewhere,
  retire: closeAll,
  shrink: emptyFile,
  protect: closeProtected,
  conflict: editBoth,
  reopen: closedOutside,
  duplicate: renameWithoutMoved,
  missing: vanish,
};

function tenTimesAsMuch(stage: Stage): Situation | undefined {
  const built = findBuiltEntry(stage, hasPrices);
  if (built === undefined) return undefined;
  const { entry, address } = built;
  const items = pricedItems(entry.values.lineItems);
  const lineItems = items.map((item) => ({ ...item, unitPrice: item.unitPrice * 10 }));
  const { maxPriceChangeBp } = stage.desired.policy;
  return {
    address,
    how: `\`${address}\`: all unit prices ten times as high in the YAML`,
    desired: rewrite(stage.desired, withValues(entry, { lineItems })),
    note:
      maxPriceChangeBp > defaultPolicy.maxPriceChangeBp
        ? `\`maxPriceChange\` is ${sayShare(maxPriceChangeBp)}: moves up to that pass; powers of ten and zero trip all the same.`
        : undefined,
  };
}

function payElsewhere(stage: Stage): Situation | undefined {
  const built = findBuiltEntry(stage, ({ values }) => typeof values.account === "string");
  if (built === undefined) return undefined;
  const { desired } = stage;
  const { entry, address } = built;
  const name = freeName(desired);
  const elsewhere = { name, id: "acc_doctor_elsewhere", source: entry.placeOf() };
  const moved = rewrite(desired, withValues(entry, { account: name }));
  return {
    address,
    how: `\`${address}\`: \`account\` is another one in the YAML`,
    desired: { ...moved, accounts: new Map(desired.accounts).set(name, elsewhere) },
  };
}

/** No merchant has a host that ends so: it is reserved (RFC 6761). */
const ELSEWHERE = "https://elsewhere.invalid/";

/** Where an entry has such an address it is changed; a page without one is given one. */
function leadElsewhere(stage: Stage): Situation | undefined {
  const built =
    findBuiltEntry(stage, (entry) => exitsOf(entry).some((field) => entry.values[field] !== null)) ??
    findBuiltEntry(stage, (entry) => exitsOf(entry).length > 0);
  const [field] = built === undefined ? [] : exitsOf(built.entry);
  if (built === undefined || field === undefined) return undefined;
  const { entry, address } = built;
  return {
    address,
    how: `\`${address}\`: \`${field}\` leads to ${ELSEWHERE} in the YAML`,
    desired: rewrite(stage.desired, withValues(entry, { [field]: ELSEWHERE })),
  };
}

function exitsOf(entry: DesiredEntry): readonly string[] {
  return ["successUrl", "webhookUrl"].filter(
    (field) => entry.values[field] !== undefined && isOurs(entry, field),
  );
}

function closeAll(stage: Stage): Situation | undefined {
  const open = findBuiltEntries(stage, (entry) => entry.open);
  const kind = open.find((one) => open.filter(isLike(one)).length > 1)?.entry.kind;
  if (kind === undefined) return undefined;
  const closing = open.filter(({ entry }) => entry.kind === kind);
  const closed = closing.reduce(
    (desired, { entry }) => rewrite(desired, { ...entry, open: false }),
    stage.desired,
  );
  const { maxRetireBp } = stage.desired.policy;
  return {
    address: "config",
    how: `all ${closing.length} open ${kinds.get(kind)?.label ?? kind}s closed in the YAML`,
    desired: closed,
    note:
      maxRetireBp > defaultPolicy.maxRetireBp
        ? `\`maxRetire\` is ${sayShare(maxRetireBp)}${maxRetireBp >= 10_000 ? ": nothing can be more, so that this guard never trips" : ""}.`
        : undefined,
  };
}

const isLike = (one: BuiltEntry) => (other: BuiltEntry) => one.entry.kind === other.entry.kind;

function emptyFile({ desired }: Stage): Situation | undefined {
  if (desired.entries.size === 0) return undefined;
  return { address: "config", how: "an empty configuration", desired: { ...desired, entries: new Map() } };
}

function closeProtected(stage: Stage): Situation | undefined {
  const built = findBuiltEntry(stage, ({ open, lifecycle }) => open && lifecycle.protect);
  if (built === undefined) return undefined;
  const { entry, address } = built;
  const lifecycle = { ...entry.lifecycle, protect: false };
  return {
    address,
    how: `\`${address}\`: closed in the YAML, and its \`protect\` removed with it`,
    desired: rewrite(stage.desired, { ...entry, open: false, lifecycle }),
  };
}

const CENT = 10_000;

function editBoth(stage: Stage): Situation | undefined {
  const built = findBuiltEntry(stage, hasPrices);
  if (built === undefined) return undefined;
  const { entry, address, id, applied } = built;
  const [first, ...rest] = pricedItems(entry.values.lineItems);
  const [live, ...others] = pricedItems(applied.lineItems);
  if (first === undefined || live === undefined) return undefined;
  const outside = { ...live, unitPrice: live.unitPrice + CENT };
  const ours = { ...first, unitPrice: first.unitPrice + 2 * CENT };
  return {
    address,
    how: `\`${address}\`: a unit price is ${formatDollars(ours.unitPrice)} in the YAML and ${formatDollars(outside.unitPrice)} in the dashboard`,
    desired: rewrite(stage.desired, withValues(entry, { lineItems: [ours, ...rest] })),
    outside: (dashboard) => {
      const lineItems = [outside, ...others].map(({ product, ...item }) => ({ ...item, productId: product }));
      dashboard.editLink({ linkId: id, lineItems });
    },
  };
}

/** Prices that stay exact ten times as high. */
function hasPrices({ values }: DesiredEntry): boolean {
  const items = pricedItems(values.lineItems);
  const total = items.reduce((sum, { unitPrice, quantity }) => sum + unitPrice * quantity, 0);
  return total > 0 && Number.isSafeInteger(total * 10);
}

function closedOutside(stage: Stage): Situation | undefined {
  const built = findBuiltEntry(stage, ({ open }) => open);
  if (built === undefined) return undefined;
  return {
    address: built.address,
    how: `\`${built.address}\`: closed in the dashboard, open in the YAML`,
    desired: stage.desired,
    outside: (dashboard) => closeOutside(built, dashboard),
  };
}

function renameWithoutMoved(stage: Stage): Situation | undefined {
  const built = findBuiltEntry(stage, () => true);
  if (built === undefined) return undefined;
  const { entry, address } = built;
  const name = `${freeName(stage.desired)}-renamed`;
  const renamed = { ...entry, name, address: addressOf(entry.kind, name) };
  const entries = new Map(stage.desired.entries);
  entries.delete(address);
  return {
    address: renamed.address,
    how: `\`${address}\`: called \`${name}\` in the YAML, without \`moved\``,
    desired: rewrite({ ...stage.desired, entries }, renamed),
  };
}

function vanish(stage: Stage): Situation | undefined {
  const built = findBuiltEntry(stage, ({ open }) => open);
  if (built === undefined) return undefined;
  return {
    address: built.address,
    how: `\`${built.address}\`: gone from the account`,
    desired: stage.desired,
    outside: (dashboard) => eraseOutside(built, dashboard),
  };
}
