import type { PlanDocument, PlanField } from "../../state/plan-document.js";
import { canonicalJson } from "../../state/value.js";
import { type AmountChange, compareAmounts, readAmount } from "./money.js";
import { looksTheSame, type Shown, showValue } from "./value.js";
import { diffWords, type WordPart } from "./word-diff.js";

/** What happens to a field's value. */
export type FieldChange =
  | { readonly is: "set"; readonly after: Shown }
  | {
      readonly is: "replaced";
      readonly before: Shown;
      readonly after: Shown;
      readonly difference?: AmountChange;
    }
  | { readonly is: "words"; readonly parts: readonly WordPart[] }
  | {
      readonly is: "members";
      readonly added: readonly string[];
      readonly removed: readonly string[];
      readonly kept: number;
    }
  | { readonly is: "itemAdded" | "itemRemoved"; readonly item: Shown };

export interface FieldView {
  readonly path: string;
  readonly risk: PlanField["risk"];
  readonly cause: PlanField["cause"];
  readonly ignored: boolean;
  readonly change: FieldChange;
  /** The value last applied, where it differs from both sides. */
  readonly base?: Shown;
  /** Where the money goes, for a reference to an account: the payout addresses of both sides. */
  readonly payout?: { readonly before: string | undefined; readonly after: string | undefined };
  readonly looksTheSame: boolean;
  readonly source?: PlanField["source"];
}

type Accounts = PlanDocument["target"]["accounts"];

/** A field of a change: from the live value to the wanted one. */
export function viewField(field: PlanField, context: { accounts: Accounts; isNew: boolean }): FieldView {
  const payout = payoutOf(field, context.accounts);
  return {
    path: field.path,
    risk: field.risk,
    cause: field.cause,
    ignored: field.ignored ?? false,
    change: context.isNew && field.before === null ? setChange(field) : changeOf(field),
    ...(field.base === undefined ? {} : { base: showValue(field.base, field.type) }),
    ...(payout === undefined ? {} : { payout }),
    looksTheSame: looksTheSame(field.before, field.after),
    source: field.source,
  };
}

/** A field that moved outside: from what was last applied to what is live now. */
export function viewDriftField(field: PlanField, accounts: Accounts): FieldView {
  const { base, ...rest } = field;
  const before = base === undefined ? field.after : base;
  return viewField({ ...rest, before, after: field.before }, { accounts, isNew: false });
}

function setChange(field: PlanField): FieldChange {
  return { is: "set", after: showValue(field.after, field.type) };
}

function changeOf(field: PlanField): FieldChange {
  const { before, after, type } = field;
  if (type === "item" && before === null) return { is: "itemAdded", item: showValue(after, type) };
  if (type === "item" && after === null) return { is: "itemRemoved", item: showValue(before, type) };
  if (type === "set") return membersChange(before, after);
  const words =
    type === "text" && typeof before === "string" && typeof after === "string"
      ? diffWords(before, after)
      : undefined;
  if (words !== undefined) return { is: "words", parts: words };
  const difference = type === "money" ? differenceOf(before, after) : undefined;
  return {
    is: "replaced",
    before: showValue(before, type),
    after: showValue(after, type),
    ...(difference === undefined ? {} : { difference }),
  };
}

function differenceOf(before: PlanField["before"], after: PlanField["after"]): AmountChange | undefined {
  const [was, becomes] = [readAmount(before), readAmount(after)];
  return was === undefined || becomes === undefined ? undefined : compareAmounts(was, becomes);
}

function membersChange(before: PlanField["before"], after: PlanField["after"]): FieldChange {
  const [was, becomes] = [membersOf(before), membersOf(after)];
  return {
    is: "members",
    added: becomes.filter((member) => !was.includes(member)),
    removed: was.filter((member) => !becomes.includes(member)),
    kept: was.filter((member) => becomes.includes(member)).length,
  };
}

function membersOf(value: PlanField["before"]): readonly string[] {
  if (value === null) return [];
  const members = Array.isArray(value) ? value : [value];
  return members.map((member) => (typeof member === "string" ? member : canonicalJson(member))).sort();
}

function payoutOf(field: PlanField, accounts: Accounts): FieldView["payout"] {
  if (field.type !== "reference" || !/(^|\.)account$/.test(field.path)) return undefined;
  const addressOf = (name: PlanField["before"]) =>
    accounts.find((account) => account.name === name || account.id === name)?.address;
  const [before, after] = [addressOf(field.before), addressOf(field.after)];
  if (before === undefined && after === undefined) return undefined;
  return { before: before && groupAddress(before), after: after && groupAddress(after) };
}

/** An address in groups of four, so that an eye can compare two of them: `0x1111 1111 …`, all of it. */
export function groupAddress(address: string): string {
  const [prefix, rest] = address.startsWith("0x") ? ["0x", address.slice(2)] : ["", address];
  return prefix + rest.replace(/(.{4})(?=.)/gsu, "$1 ");
}
