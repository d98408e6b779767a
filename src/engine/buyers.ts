import type { LiveAccount, Observed } from "../state/live.js";
import { formatUsd, type MicroUsd } from "../state/money.js";
import type { PlanBuyer, PlanOffer } from "../state/plan-document.js";
import type { FieldValues } from "../state/value.js";
import { bodyOf } from "./body.js";
import type { Decision } from "./decision.js";
import { titleOf } from "./describe.js";
import { feesOf } from "./fees.js";
import type { KindDefinition } from "./kind.js";
import type { Names } from "./names.js";

export interface BuyersInput {
  /** Every decision, for the names of what is sold. */
  readonly decisions: readonly Decision[];
  /** Those that change something, in the order of their numbers. */
  readonly changed: readonly Decision[];
  readonly observed: Observed;
  readonly names: Names;
}

/** What buyers get on each public page that the plan touches: now, and after. Only what is known is said. */
export function describeBuyers(input: BuyersInput): PlanBuyer[] {
  if (input.changed.length === 0) return [];
  const titles = collectTitles(input.decisions);
  return input.changed.flatMap((decision, index) => {
    const { definition, live, lock } = decision.pair;
    if (definition.offer === undefined) return [];
    const offer = (side: Side) => describeOffer(side, { definition, titles, input });
    const after = bodyOf(decision) ?? live?.values;
    const open = decision.open ?? live?.open;
    return [
      {
        number: index + 1,
        address: decision.pair.address,
        name: titleOf(decision),
        url: live?.url ?? lock?.linkUrl ?? null,
        before:
          live === undefined
            ? null
            : offer({ values: live.values, open: live.open, when: "before" as const }),
        after:
          after === undefined || open === undefined ? null : offer({ values: after, open, when: "after" }),
      },
    ];
  });
}

interface Side {
  readonly values: FieldValues;
  readonly open: boolean;
  readonly when: "before" | "after";
}

interface Titles {
  readonly before: ReadonlyMap<string, string>;
  readonly after: ReadonlyMap<string, string>;
}

/** What is sold is known by id, or by address where it does not exist yet. */
function collectTitles(decisions: readonly Decision[]): Titles {
  const found = decisions.map((decision) => {
    const { pair } = decision;
    const live = pair.live?.values[pair.definition.titleField];
    const after = titleOf(decision);
    return {
      target: pair.live?.id ?? pair.address,
      before: typeof live === "string" ? live : after,
      after,
    };
  });
  return {
    before: new Map(found.map(({ target, before }) => [target, before])),
    after: new Map(found.map(({ target, after }) => [target, after])),
  };
}

function describeOffer(
  { values, open, when }: Side,
  {
    definition,
    titles,
    input: { names, observed },
  }: { definition: KindDefinition; titles: Titles; input: BuyersInput },
): PlanOffer | null {
  const offer = definition.offer?.(values);
  if (offer === undefined) return null;
  const { account, settlementToken, feeBearer } = offer;
  const total = definition.pricing?.(values).totalMicroUsd ?? null;
  const shown = names.show({ is: "reference", to: "account" }, account);
  return {
    open,
    items: offer.items.map(({ product, quantity, unitPriceMicroUsd }) => ({
      product: titles[when].get(product) ?? names.addressOfProduct(product),
      quantity,
      unitPrice: usd(unitPriceMicroUsd),
    })),
    total: usd(total),
    account: typeof shown === "string" ? shown : null,
    payout: payoutOf(account, observed.accounts),
    settlementToken,
    feeBearer,
    fees: [...feesOf({ total, settlementToken, feeBearer }, observed.capabilities)],
    sendsTo: offer.sendsTo,
  };
}

function usd(amount: MicroUsd | null): string | null {
  return amount === null || !Number.isSafeInteger(amount) ? null : formatUsd(amount);
}

function payoutOf(id: string | null, accounts: readonly LiveAccount[]): string | null {
  return accounts.find((account) => account.id === id)?.address ?? null;
}
