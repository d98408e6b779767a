import type { Diagnostic } from "../diagnostics/index.js";
import type { ChangeAction } from "../state/action.js";
import type { Capabilities } from "../state/live.js";
import { formatDollars } from "../state/money.js";
import type { Decision } from "./decision.js";
import type { Review } from "./guards/guard.js";
import { references } from "./kind.js";

/** What sends a body or opens something. */
const refusable: readonly ChangeAction[] = ["create", "update", "enable", "unarchive"];

/** The decisions that the API could refuse half-way. */
function selectRefusable(decisions: readonly Decision[]): readonly Decision[] {
  return decisions.filter(({ actions }) => actions.some((action) => refusable.includes(action)));
}

/**
 * Everything that can be known before the first write about what the API would refuse: then nothing is half done.
 * Errors stop an apply; what only the capabilities tell is a warning, because their unit is inferred (Fact F46).
 */
export function preflight(review: Review): readonly Diagnostic[] {
  const decisions = selectRefusable(review.decisions);
  return [
    ...decisions.flatMap((decision) => checkAccounts(decision, review)),
    ...checkProducts(decisions, review),
    ...checkCounts(review),
    ...checkCapabilities(decisions, review.observed.capabilities),
  ];
}

/** Fact gap G15: whether the API does it is not known. */
function checkAccounts({ pair }: Decision, { observed }: Review): Diagnostic[] {
  const { definition, desired, wanted = {} } = pair;
  const token = definition.fields.find(({ type }) => type.is === "token")?.name;
  return references(definition, wanted)
    .filter(({ to }) => to === "account")
    .flatMap(({ target }): Diagnostic[] => {
      const account = observed.accounts.find(({ id }) => id === target);
      if (account === undefined) return [];
      const source = () => (desired === undefined ? {} : { source: desired.placeOf("account") });
      if (account.status !== "normal") {
        return [
          {
            code: "GS4201",
            severity: "error",
            summary: `The account of \`${pair.address}\` cannot be used: its status is \`${account.status}\``,
            detail: `${account.id} (${account.name}, ${account.address}) would be paid.`,
            remedy: "Look at the account in the dashboard, or choose another one.",
            ...source(),
          },
        ];
      }
      const settles = token === undefined ? undefined : wanted[token];
      if (typeof settles !== "string" || account.settlementCurrencies.includes(settles)) return [];
      return [
        {
          code: "GS4202",
          severity: "error",
          summary: `The account of \`${pair.address}\` does not pay out \`${settles}\``,
          detail: `${account.id} (${account.name}) pays out ${account.settlementCurrencies.join(", ") || "nothing"}.`,
          remedy: "Add the currency to the account in the dashboard, or choose another settlementToken.",
          ...source(),
        },
      ];
    });
}

/** Fact F24: an archived product can't be put in a link. */
function checkProducts(decisions: readonly Decision[], review: Review): Diagnostic[] {
  const byId = new Map(review.decisions.map((one) => [one.pair.live?.id ?? one.pair.address, one]));
  return decisions
    .filter(({ actions }) => actions.some((action) => action !== "unarchive" && refusable.includes(action)))
    .flatMap((decision) => checkProductsOf(decision, { byId, review }));
}

function checkProductsOf(
  { pair, actions }: Decision,
  { byId, review }: { byId: ReadonlyMap<string, Decision>; review: Review },
): Diagnostic[] {
  return references(pair.definition, pair.wanted ?? {})
    .filter(({ to }) => to === "product")
    .flatMap(({ target }): Diagnostic[] => {
      const product = byId.get(target);
      const live = review.observed.kinds.get("product")?.objects.get(target);
      const open =
        product === undefined ? live?.open : product.pair.live?.open === true || product.open === true;
      // A closed link may sell what is archived, but cannot be created so.
      const mayBeArchived = pair.desired?.open === false && !actions.includes("create");
      if (open !== false || mayBeArchived) return [];
      return [
        {
          code: "GS4203",
          severity: "error",
          summary: `\`${pair.address}\` needs a product that is not active`,
          detail: `${product?.pair.address ?? target} is archived; the API refuses such a link (code 100304).`,
          remedy: "Unarchive the product, or take it out of the link.",
          ...(pair.desired === undefined ? {} : { source: pair.desired.placeOf("lineItems") }),
        },
      ];
    });
}

/** Fact F35: GStable keeps at most ten webhooks, unmanaged ones included. */
function checkCounts({ decisions, observed, kinds }: Review): Diagnostic[] {
  return [...kinds.values()].flatMap(({ kind, label, maxObjects }): Diagnostic[] => {
    if (maxObjects === undefined) return [];
    const created = decisions.filter(
      ({ pair, actions }) => pair.definition.kind === kind && actions.includes("create"),
    );
    const live = observed.kinds.get(kind)?.objects.size ?? 0;
    if (created.length === 0 || live + created.length <= maxObjects) return [];
    return [
      {
        code: "GS4204",
        severity: "error",
        summary: `${created.length} new ${label}s and ${live} live ones are more than ${maxObjects}`,
        detail: `GStable takes ${maxObjects}, unmanaged ones included.`,
        remedy: "Remove one in the dashboard or from the configuration.",
      },
    ];
  });
}

function checkCapabilities(
  decisions: readonly Decision[],
  capabilities: Capabilities | undefined,
): Diagnostic[] {
  if (capabilities === undefined) return [];
  return decisions.flatMap(({ pair }): Diagnostic[] => {
    const { definition, wanted = {}, desired } = pair;
    const field = definition.fields.find(({ type }) => type.is === "token")?.name;
    const token = field === undefined ? undefined : wanted[field];
    if (typeof token !== "string" || field === undefined || desired === undefined) return [];
    const routes = capabilities.routes.get(token) ?? [];
    if (routes.length === 0) return [noRoute(pair.address, token, desired.placeOf(field))];
    const total = definition.pricing?.(wanted).totalMicroUsd ?? null;
    if (
      total === null ||
      routes.some(({ minMicroUsd, maxMicroUsd }) => total >= minMicroUsd && total <= maxMicroUsd)
    ) {
      return [];
    }
    return [
      {
        code: "GS2206",
        severity: "warning",
        summary: `\`${pair.address}\` asks for ${formatDollars(total)}, which no payer's route takes`,
        detail: "By the public capabilities the amount is too small or too large for every way to pay.",
        remedy: "Change the price, or ask GStable for its limits.",
        source: desired.placeOf("lineItems"),
      },
    ];
  });
}

function noRoute(address: string, token: string, source: Diagnostic["source"]): Diagnostic {
  return {
    code: "GS2205",
    severity: "warning",
    summary: `No payer can pay for \`${token}\`, the settlement token of \`${address}\``,
    detail: "The public capabilities list no route to it.",
    remedy: "Choose a token that the capabilities list.",
    ...(source === undefined ? {} : { source }),
  };
}
