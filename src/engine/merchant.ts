import type { Diagnostic } from "../diagnostics/index.js";
import { kindOf } from "../state/address.js";
import type { LiveAccount, Observed } from "../state/live.js";
import type { Lockfile } from "../state/lockfile.js";
import { type Kinds, mayHide } from "./kind.js";

/** Fact F44: the API names no merchant, so an account list without any of the recorded ids is another merchant's. */
export function checkMerchant(lockfile: Lockfile, live: readonly LiveAccount[]): Diagnostic | undefined {
  const recorded = [...lockfile.accounts.values()];
  if (recorded.length === 0 || recorded.some(({ id }) => live.some((account) => account.id === id))) {
    return undefined;
  }
  return {
    code: "GS3008",
    severity: "error",
    summary: "The key belongs to another merchant than the lockfile",
    detail: `None of the recorded receiving accounts (${recorded.map(({ id }) => id).join(", ")}) is in this account.`,
    remedy: "Use the key of the merchant that the lockfile was made with. Nothing was compared or written.",
  };
}

/** At least two recorded objects, and more than half of them gone: the key belongs to somebody else. */
export function checkGone(lockfile: Lockfile, observed: Observed, kinds: Kinds): Diagnostic | undefined {
  const recorded = [...lockfile.entries].filter(([, { retired }]) => retired !== true);
  const gone = recorded.filter(([address, lock]) => {
    const kind = kindOf(address);
    const definition = kinds.get(kind);
    // What we archived may be hidden everywhere: that says nothing.
    const isSilent = definition !== undefined && mayHide(definition, lock);
    return observed.kinds.get(kind)?.gone.get(lock.id) === "missing" && !isSilent;
  });
  if (gone.length < 2 || gone.length * 2 <= recorded.length) return undefined;
  return {
    code: "GS3008",
    severity: "error",
    summary: `${gone.length} of ${recorded.length} recorded objects are not in this account`,
    detail:
      "So many cannot have vanished: the key belongs to another merchant than the lockfile. Nothing was written.",
    remedy: "Use the key of the merchant that the lockfile was made with.",
  };
}
