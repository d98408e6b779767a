import { sayFailure } from "../../diagnostics/index.js";
import { count } from "../../render/index.js";
import { provider } from "../../resources/provider.js";
import type { Call, Outcome } from "../../state/call.js";
import type { CheckId } from "../../state/doctor-document.js";
import type { LiveAccount, LiveObject } from "../../state/live.js";
import type { ReadingProgress } from "../reading-progress.js";
import { type Finding, failed, fine, skipped, warned } from "./check.js";
import type { Probe } from "./probe.js";

/** What was read of the account: as far as it could be. */
export interface Reached {
  readonly accounts: readonly LiveAccount[] | undefined;
  readonly webhooks: readonly LiveObject[] | undefined;
  readonly findings: readonly Finding[];
}

/** Fact F42: a merchant has at most 20 receiving accounts. */
const MAX_ACCOUNTS = 20;

/** Asks for the account list, the webhooks and the public capabilities; each once. */
export async function reach(probe: Probe, progress: ReadingProgress): Promise<Reached> {
  const { api, hasKey } = probe;
  const why = api === undefined ? "There is no way to it, see above" : "It needs a key";
  const ask = async (call: Call, needsKey: boolean): Promise<Outcome | undefined> => {
    if (api === undefined || (needsKey && !hasKey)) return undefined;
    progress.asked(1);
    return api.run(call, { retry: false }).finally(progress.answered);
  };
  const webhook = provider.kinds.get("webhook");
  const [listed, hooks, open] = await Promise.all([
    ask(provider.accounts.call, true),
    webhook === undefined ? undefined : ask(webhook.reading.listCall(1, 100), true),
    ask(provider.capabilities.call, false),
  ]).finally(progress.end);
  const accounts = listed?.kind === "done" ? provider.accounts.decode(listed.data) : undefined;
  const page = hooks?.kind === "done" ? webhook?.reading.decodeList(hooks.data) : undefined;
  const webhooks = page?.ok === true ? page.objects : undefined;
  return {
    accounts,
    webhooks,
    findings: [
      sayMerchantApi(listed, { accounts, why }),
      sayPublicApi(open, why),
      sayLimit("account-limit", {
        number: accounts?.length,
        limit: MAX_ACCOUNTS,
        noun: "receiving account",
      }),
      ...(webhook?.maxObjects === undefined
        ? []
        : [
            sayLimit("webhook-limit", {
              number: webhooks?.length,
              limit: webhook.maxObjects,
              noun: webhook.label,
            }),
          ]),
    ],
  };
}

function sayMerchantApi(
  outcome: Outcome | undefined,
  { accounts, why }: { accounts: readonly LiveAccount[] | undefined; why: string },
): Finding {
  if (outcome === undefined) return skipped("merchant-api", why);
  if (outcome.kind === "done") {
    if (accounts !== undefined)
      return fine("merchant-api", "Answers: the list of receiving accounts was read");
    return failed("merchant-api", "Answers, but not with a list of receiving accounts", {
      remedy: "Check GSTABLE_BASE_URL: another API may be answering there.",
    });
  }
  return sayNoAnswer("merchant-api", outcome);
}

/** The capabilities feed warnings only: without them plan and apply go on. */
function sayPublicApi(outcome: Outcome | undefined, why: string): Finding {
  if (outcome === undefined) return skipped("public-api", why);
  if (outcome.kind !== "done") {
    const { check } = sayNoAnswer("public-api", outcome);
    return warned("public-api", check.summary, check);
  }
  const capabilities = provider.capabilities.decode(outcome.data);
  if (capabilities === undefined) return warned("public-api", "Answers, but not with capabilities");
  return fine("public-api", `Answers: ${count(capabilities.tokens.length, "token")}`);
}

function sayNoAnswer(id: CheckId, outcome: Exclude<Outcome, { kind: "done" }>): Finding {
  const { code, message: detail } = outcome;
  if (outcome.kind === "refused" && outcome.reason === "auth") {
    return failed(id, "The API refuses the key", {
      detail: sayFailure(outcome),
      remedy: "Compare the key with the one in the dashboard: it may be revoked, or of another account.",
    });
  }
  if (code <= 0) {
    return failed(id, "Cannot be reached", {
      detail,
      remedy: "Check the base URL, the network and its proxy.",
    });
  }
  return failed(id, "Answers, but not as the GStable API does", {
    detail: sayFailure(outcome),
    remedy: "Check the base URL; if it is right, try again later.",
  });
}

function sayLimit(
  id: CheckId,
  { number, limit, noun }: { number: number | undefined; limit: number; noun: string },
): Finding {
  if (number === undefined) return skipped(id, `The list of ${noun}s was not read`);
  const summary = `${number} of ${limit} ${noun}s`;
  if (number < limit) return fine(id, summary);
  return warned(id, summary, { detail: "There is no room for another one." });
}
