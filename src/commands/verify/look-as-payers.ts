import { type PayerApi, realClock } from "../../api/index.js";
import type { AppliedLink, Surroundings } from "../../engine/verify/applied-link.js";
import type { Verdict } from "../../engine/verify/verdict.js";
import { verifyLinks } from "../../engine/verify/verify-links.js";
import { decodeChainTokens } from "../../resources/capability/chain-tokens.js";
import {
  decodePayerPage,
  isClosedToPayers,
  payerRequirement,
} from "../../resources/payment-link/payer-view.js";
import { provider } from "../../resources/provider.js";
import type { Outcome } from "../../state/call.js";
import type { PayerSight } from "../../state/payer-page.js";
import type { Verification, VerifiedLink } from "../../state/verify-document.js";
import type { CommandContext } from "../context.js";
import { showReading } from "../reading-progress.js";

/** What payers' view cannot show: these are verified from the merchant's side, by `drift`. */
const hiddenFromPayers = [
  "account",
  "payout address",
  "settlementToken",
  "feeModel",
  "payerEmailRequired",
  "successUrl",
  "customSuccessText",
  "customDisabledText",
] as const;

/** What is to be looked at: links with a page, and addresses of those that have none yet. */
export interface Sights {
  readonly links: readonly AppliedLink[];
  readonly notApplied: readonly string[];
}

/** Looks at every page as a payer does, without a key, and compares it with what was last applied. */
export async function lookAsPayers(
  { links, notApplied }: Sights,
  api: PayerApi,
  context: CommandContext,
): Promise<Verification> {
  const around: Surroundings = {
    capabilities: links.some(({ open }) => open) ? await readCapabilities(api) : undefined,
    requirement: payerRequirement,
  };
  const verdicts = await drive(links, { around, api, context });
  const verified = links.map((link) => describe(link, verdicts.get(link)));
  const inState = (state: Verdict["state"]) => verified.filter((link) => link.state === state).length;
  return {
    payerBaseUrl: api.baseUrl,
    summary: {
      agree: inState("agrees"),
      disagree: inState("disagrees"),
      unseen: inState("unseen"),
      notApplied: notApplied.length,
    },
    links: verified,
    notApplied: [...notApplied],
    notShown: [...hiddenFromPayers],
  };
}

async function drive(
  links: readonly AppliedLink[],
  { around, api, context }: { around: Surroundings; api: PayerApi; context: CommandContext },
): Promise<ReadonlyMap<AppliedLink, Verdict>> {
  const clock = context.clock ?? realClock;
  const progress = showReading(context, "public pages");
  try {
    const run = verifyLinks(links, { around, readSight });
    let step = run.next([]);
    while (step.done !== true) {
      const asked = step.value;
      if (asked.do === "wait") {
        await clock.sleep(asked.waitMs, context.signal);
        step = run.next([]);
        continue;
      }
      progress.asked(asked.calls.length);
      step = run.next(await Promise.all(asked.calls.map((call) => api.run(call).finally(progress.answered))));
    }
    return step.value;
  } finally {
    progress.end();
  }
}

async function readCapabilities(api: PayerApi): Promise<Surroundings["capabilities"]> {
  const outcome = await api.run({ method: "capability.all", args: [] });
  if (outcome.kind !== "done") return undefined;
  const tokens = decodeChainTokens(outcome.data);
  const routes = provider.capabilities.decode(outcome.data)?.routes;
  return tokens === undefined || routes === undefined ? undefined : { tokens, routes };
}

/** Only a code that says so closes a page; whatever else is no page could not be seen. */
function readSight(outcome: Outcome): PayerSight {
  if (outcome.kind === "done") return decodePayerPage(outcome.data);
  const { code, message } = outcome;
  if (outcome.kind === "refused" && outcome.reason === "rejected" && isClosedToPayers(code)) {
    return { is: "closed", code, message };
  }
  const isAuth = outcome.kind === "refused" && outcome.reason === "auth";
  return { is: "unseen", why: isAuth ? `HTTP ${code}: the payers' host lets nobody in` : message };
}

function describe(link: AppliedLink, verdict: Verdict | undefined): VerifiedLink {
  const { address, id, url, open } = link;
  const blank: Verdict = {
    ...{ state: "unseen", seen: null, differences: [], renamed: [], tokens: [] },
    unseen: [{ path: "", why: "it was not looked at" }],
  };
  const { state, seen, differences, unseen, renamed, tokens } = verdict ?? blank;
  return {
    ...{ address, id, url: url ?? null, expected: open ? "open" : "closed", seen, state },
    differences: [...differences],
    unseen: [...unseen],
    renamed: [...renamed],
    tokens: [...tokens],
  };
}
