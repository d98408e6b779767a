import { type Diagnostic, failure, type Result, success } from "../../diagnostics/index.js";
import { type Acceptance, acceptDrift } from "../../engine/accept.js";
import type { Decision } from "../../engine/decision.js";
import type { Desired } from "../../state/desired.js";
import type { PlanDrift } from "../../state/plan-document.js";
import { isUnexpected } from "../drift/unexpected.js";
import { type HoldsKey, secretFields } from "../leaks.js";
import type { Planned } from "../planning.js";
import type { References } from "../references.js";

/** One entry whose drift is to be accepted, and what that takes. */
export interface Choice {
  readonly decision: Decision;
  readonly acceptance: Acceptance;
}

export interface Choices {
  readonly entries: readonly Choice[];
  /** Drift of which nothing can be said in the configuration: the receiving accounts. */
  readonly accounts: readonly PlanDrift[];
}

/** What is to be accepted: everything that moved, or what was named. An unknown address is an error (GS7011). */
export function chooseDrift(
  named: readonly string[],
  {
    planned,
    desired,
    references,
    holdsKey,
  }: { planned: Planned; desired: Desired; references: References; holdsKey: HoldsKey },
): Result<Choices> {
  const { plan, opened } = planned;
  const drifted = plan.document.drift.filter(isUnexpected);
  const known = new Set<string>([
    ...desired.entries.keys(),
    ...opened.lockfile.entries.keys(),
    ...drifted.map(({ address }) => address),
    ...[...desired.accounts.keys()].map((name) => `account.${name}`),
  ]);
  const unknown = [...new Set(named)].filter((address) => !known.has(address));
  if (unknown.length > 0) return failure(...unknown.map(noSuchEntry));
  const isChosen = (address: string) => named.length === 0 || named.includes(address);
  const chosen = drifted.filter(({ address }) => isChosen(address));
  const calm = [...new Set(named)].filter((address) => !chosen.some((one) => one.address === address));
  const entries = plan.work
    .filter(({ address }) => chosen.some((one) => one.address === address))
    .map(({ decision }) => ({
      decision,
      acceptance: withoutSecrets(acceptDrift(decision, references.nameOf), holdsKey),
    }));
  const accounts = chosen.filter(({ kind }) => kind === "account");
  return success({ entries, accounts }, calm.map(nothingThere));
}

/** A key that somebody typed into the dashboard is not written into a repository. */
function withoutSecrets({ address, edits, left }: Acceptance, holdsKey: HoldsKey): Acceptance {
  const isLeak = ({ field, value }: Acceptance["edits"][number]) =>
    secretFields({ [field]: value }, holdsKey).length > 0;
  const leaks = edits.filter(isLeak).map(({ paths }) => ({ paths, why: holdsSecret }));
  return { address, edits: edits.filter((edit) => !isLeak(edit)), left: [...left, ...leaks] };
}

const holdsSecret =
  "it holds an API key or a signing key; replace the key, and let apply put back what the configuration says";

function noSuchEntry(address: string): Diagnostic {
  return {
    code: "GS7011",
    severity: "error",
    summary: `There is no entry \`${address}\``,
    detail: "Neither the configuration nor the lockfile has it. Nothing was written.",
    remedy: "Write an address as drift shows it, such as `paymentLink.NAME`.",
  };
}

function nothingThere(address: string): Diagnostic {
  return { code: "GS2122", severity: "note", summary: `Nothing drifted in \`${address}\`` };
}
