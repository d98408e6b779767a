import { quoted } from "../../diagnostics/index.js";
import { kindOf } from "../../state/address.js";
import type { LiveAccount } from "../../state/live.js";
import type { LockAccount } from "../../state/lockfile.js";
import type { FieldValue, FieldValues } from "../../state/value.js";
import type { Decision } from "../decision.js";
import { type FieldRule, type KindDefinition, references } from "../kind.js";
import type { Guard, Review, Trip } from "./guard.js";
import { printable } from "./pin.js";
import { asRewrite, isSeen, notSeen } from "./rewrite.js";
import { sayTitle } from "./title.js";

/** Where the money goes: of each live object on its own, and of each receiving account for all that use it. */
export const routing: Guard = (review) => [
  ...review.decisions.flatMap((decision) => judgeObject(decision, review)),
  ...judgeAccounts(review),
];

function judgeObject(decision: Decision, review: Review): Trip[] {
  const rewrite = asRewrite(decision);
  if (rewrite === undefined) return [];
  const { pair, body } = rewrite;
  const rules = pair.definition.fields.filter(({ risk }) => risk === "routing");
  if (rules.length === 0) return [];
  const moved = decision.differences.filter(({ risk }) => risk === "routing");
  const seen = isSeen(pair, "routing");
  if (seen && moved.length === 0) return [];
  const reasons = moved.map(
    ({ path, fieldType, before, after }) =>
      `\`${path}\` would be ${say(fieldType, after, review)} instead of ${say(fieldType, before, review)}`,
  );
  const message = seen
    ? `Where the money of ${sayTitle(pair)} goes would change: ${reasons.join(", ")}.`
    : `${sayTitle(pair)} would be written. ${notSeen}`;
  return [{ address: pair.address, message, value: routeOf(rules, { body, review }) }];
}

function say(type: FieldRule["type"], value: FieldValue, { names, observed }: Review): string {
  if (value === null) return "unset";
  const account = type.is === "reference" ? observed.accounts.find(({ id }) => id === value) : undefined;
  const name = quoted(String(names.show(type, value)));
  return account === undefined ? name : `${name} (${account.id}, pays to ${account.address})`;
}

/** The whole route, `acc_02@0x22…/polygon::usdc/payer`: by id and payout address, since a name can be given anew. */
function routeOf(
  rules: readonly FieldRule[],
  { body, review }: { body: FieldValues; review: Review },
): string {
  return rules
    .map(({ name, type }) => {
      const value = String(body[name] ?? "unset");
      const account =
        type.is === "reference" ? review.observed.accounts.find(({ id }) => id === value) : undefined;
      return printable(account === undefined ? value : `${account.id}@${account.address}`);
    })
    .join("/");
}

function judgeAccounts(review: Review): Trip[] {
  const moved = [...review.accounts].flatMap(([name, account]) => {
    const recorded = recordsOf(name, account, review).find(
      ({ address, version }) => address !== account.address || version !== account.version,
    );
    return recorded === undefined ? [] : [{ name, account, recorded }];
  });
  if (moved.length === 0) return [];
  const used = usedAccounts(review);
  return moved
    .filter(({ name, account }) => used.has(name) || used.has(account.id))
    .map(({ name, ...sides }) => judgeAccount(name, sides));
}

/** Names that the YAML refers to, and ids that the lockfile does: what is retired now may come back. */
function usedAccounts({ desired, lockfile, kinds }: Review): ReadonlySet<string> {
  const within = (definition: KindDefinition | undefined, values: FieldValues) =>
    definition === undefined ? [] : references(definition, values).filter(({ to }) => to === "account");
  const wanted = [...desired.entries.values()].flatMap(({ kind, values }) => within(kinds.get(kind), values));
  const recorded = [...lockfile.entries].flatMap(([address, { values }]) =>
    within(kinds.get(kindOf(address)), values),
  );
  return new Set([...wanted, ...recorded].map(({ target }) => target));
}

/**
 * What was recorded of this account: under its name, or, where the name is new or meant another account, under any.
 * A name that now means another account is a change of each of its links, said there.
 */
function recordsOf(name: string, { id }: LiveAccount, { lockfile }: Review): readonly LockAccount[] {
  const named = lockfile.accounts.get(name);
  return named?.id === id ? [named] : [...lockfile.accounts.values()].filter((account) => account.id === id);
}

function judgeAccount(
  name: string,
  { account, recorded }: { account: LiveAccount; recorded: LockAccount },
): Trip {
  const moved = recorded.address !== account.address;
  const version = (of: { version?: string | undefined }) => quoted(of.version ?? "none");
  const message = moved
    ? `All links that pay to \`${name}\` (${account.id}) would pay to ${account.address} instead of ${recorded.address}.`
    : `The account \`${name}\` (${account.id}), which its links pay to, has version ${version(account)} instead of ${version(recorded)}.`;
  const value = [account.address, ...(account.version === undefined ? [] : [account.version])];
  return { address: `account.${name}`, message, value: value.map(printable).join("@") };
}
