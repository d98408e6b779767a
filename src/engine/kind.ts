import type { Kind } from "../state/address.js";
import type { Call } from "../state/call.js";
import type { Retirement } from "../state/desired.js";
import type { Capabilities, LiveAccount, LiveObject } from "../state/live.js";
import type { MicroUsd } from "../state/money.js";
import { type FieldValue, type FieldValues, isList, isMap } from "../state/value.js";

/** What a change can put at stake, gravest first. */
export const risks = ["routing", "exit", "price", "visibility", "irreversible", "cosmetic"] as const;
export type Risk = (typeof risks)[number];

/** How a field is read, compared and shown. */
export type FieldType =
  | { readonly is: "text" | "url" | "flag" | "money" | "integer" | "token" }
  /** A picture that GStable downloads and hosts elsewhere: what we wrote is never what we read. */
  | { readonly is: "image" }
  | { readonly is: "choice"; readonly choices: readonly string[] }
  | { readonly is: "reference"; readonly to: "account" | "product" }
  /** No order, no repeats: kept sorted. */
  | { readonly is: "set" }
  /** A list of plain values, shown as one; its order matters in YAML, not when only the API changes it. */
  | { readonly is: "list"; readonly of: FieldType }
  /** A list of small records, matched by the field `by` (the n-th with the n-th where one repeats). */
  | { readonly is: "items"; readonly by: string; readonly fields: readonly FieldRule[] };

/** One field of a kind: a kind is little more than a list of these. */
export interface FieldRule {
  readonly name: string;
  readonly type: FieldType;
  readonly risk: Risk;
  /** What a missing field means: `null`, or `false` for a flag. */
  readonly unset: null | false;
  readonly required: boolean;
  /** Whether `ignoreChanges` may hand it to the dashboard. */
  readonly ignorable: boolean;
}

/** The actions that open and close an object, and the field that shows it in YAML and plan. */
export interface OpenClose {
  readonly field: "enabled" | "archived";
  /** The field's value while open: `enabled: true`, `archived: false`. */
  readonly openValue: boolean;
  readonly openAction: "enable" | "unarchive";
  readonly closeAction: "disable" | "archive";
  openCall(id: string): Call;
  closeCall(id: string): Call;
}

/** One page of a list, or why it could not be read. `total` is `undefined` where the endpoint has none. */
export type ListPage =
  | { readonly ok: true; readonly total: number | undefined; readonly objects: readonly LiveObject[] }
  | { readonly ok: false; readonly why: string };

/** How the live objects of a kind are found. */
export interface Reading {
  /** Page from 1. */
  listCall(page: number, size: number): Call;
  decodeList(data: unknown): ListPage;
  /** Whether the list comes in pages; otherwise one call gives it all. */
  readonly paged: boolean;
  /** Whether a list item may leave fields out that the detail has. */
  readonly listIsPartial: boolean;
  /** How many objects a detail call can read at most. */
  readonly idsPerDetail: number;
  /** Reads the objects of these ids, whole. */
  detailCall(ids: readonly [string, ...string[]]): Call;
  /** The objects in an answer to a detail call; an id that is not in it has no readable object. */
  decodeDetail(data: unknown): readonly LiveObject[];
  /** Codes by which a detail call says that there is no such object, or that it is archived for good. */
  readonly missingCodes: readonly number[];
  readonly archivedCodes: readonly number[];
}

/** What a payer is charged: the sum (`null`: the payer decides), and the unit prices of each product in the order of its items. */
export interface Pricing {
  readonly totalMicroUsd: MicroUsd | null;
  readonly unitPricesMicroUsd: ReadonlyMap<string, readonly MicroUsd[]>;
}

/** What a public page offers: what is sold, who bears the fee, where the money and then the buyer go. */
export interface Offer {
  readonly items: readonly {
    /** The id or address of the product. */
    readonly product: string;
    readonly quantity: number;
    /** `null`: the buyer enters the amount. */
    readonly unitPriceMicroUsd: MicroUsd | null;
  }[];
  readonly account: string | null;
  readonly settlementToken: string | null;
  readonly feeBearer: "buyer" | "merchant" | null;
  /** Where buyers are sent after they paid. */
  readonly sendsTo: string | null;
}

/**
 * Everything that the engine needs to know of a kind. References in the values handed to `encode` are ids.
 * A new kind implements this, adds a line to the registry, and is planned, applied and rendered.
 */
export interface KindDefinition {
  readonly kind: Kind;
  /** The map in YAML: `paymentLinks`. */
  readonly configKey: string;
  /** For people: `payment link`. */
  readonly label: string;
  readonly fields: readonly FieldRule[];
  /** The field that people know the object by. */
  readonly titleField: string;
  /** The field that no two live objects should share. */
  readonly distinctField: string;
  /** How many of it an account may have, where GStable documents a limit. */
  readonly maxObjects: number | undefined;
  readonly openClose: OpenClose;
  /** The code by which an update is refused because the object is closed; unset where none is known. */
  readonly closedCode?: number;
  readonly retirements: readonly Retirement[];
  readonly defaultRetirement: Retirement;
  /** `remove` for good; `undefined` where the API has none. */
  readonly removeCall: ((id: string) => Call) | undefined;
  /** What a reviewer should know of a removal. */
  readonly removeNote: string | undefined;
  /** Whether a create is for ever: it can be closed, never deleted. */
  readonly createIsIrreversible: boolean;
  readonly reading: Reading;
  /** The API's body of these values, without an id. Unset fields are left out. */
  encode(values: FieldValues): { readonly [key: string]: unknown };
  /** The field's empty value in a body, for an API that keeps what is left out. */
  encodeEmpty(field: string): unknown;
  createCall(body: { readonly [key: string]: unknown }): Call;
  updateCall(id: string, body: { readonly [key: string]: unknown }): Call;
  /** The object in a create's answer; `undefined` where there is no id in it. */
  decodeCreated(data: unknown): LiveObject | undefined;
  /** For kinds whose create answers with a secret, such as a signing key. */
  secretIn?(created: unknown): string | undefined;
  /** For kinds that the platform itself may stop: its word for that, and the command that revives one, but for its name. */
  readonly stopped?: { readonly status: string; readonly reviveWith: string };
  /** For kinds that charge somebody. */
  pricing?(values: FieldValues): Pricing;
  /** For kinds that are a public page. */
  offer?(values: FieldValues): Offer;
}

/** Fact gap G7: whether the API may show nothing of an object of ours in this state. */
export function mayHide({ openClose }: KindDefinition, { open }: { readonly open: boolean }): boolean {
  return !open && openClose.closeAction === "archive";
}

/** The rule of a field; it is our bug to ask for one that the kind lacks. */
export function fieldRule(definition: KindDefinition, name: string): FieldRule {
  const rule = definition.fields.find((candidate) => candidate.name === name);
  if (rule === undefined) throw new Error(`${definition.kind} has no field ${name}`);
  return rule;
}

/** The kinds by name. */
export type Kinds = ReadonlyMap<Kind, KindDefinition>;

/** The references in an object's values: which kind each leads to, and the name or id found there. */
export function references(
  definition: KindDefinition,
  values: FieldValues,
): readonly { readonly to: "account" | "product"; readonly target: string }[] {
  return definition.fields.flatMap((rule) => referencesIn(rule.type, values[rule.name]));
}

function referencesIn(
  type: FieldType,
  value: FieldValue | undefined,
): { to: "account" | "product"; target: string }[] {
  if (type.is === "reference") return typeof value === "string" ? [{ to: type.to, target: value }] : [];
  if (type.is !== "items" || !isList(value) || !holdsReferences(type)) return [];
  return value
    .filter(isMap)
    .flatMap((item) => type.fields.flatMap((field) => referencesIn(field.type, item[field.name])));
}

/** Whether a reference may be in values of a type. */
function holdsReferences(type: FieldType): boolean {
  if (type.is !== "items") return type.is === "reference";
  return type.fields.some((field) => holdsReferences(field.type));
}

type Resolve = (to: "account" | "product", target: string) => string;

/** The same values with each reference replaced by what `resolve` makes of it. */
export function mapReferences(
  { fields }: Pick<KindDefinition, "fields">,
  values: FieldValues,
  resolve: Resolve,
): FieldValues {
  let mapped: { [field: string]: FieldValue } | undefined;
  for (const { name, type } of fields) {
    const value = values[name];
    if (value === undefined || !holdsReferences(type)) continue;
    mapped ??= { ...values };
    mapped[name] = mapValue(type, value, resolve);
  }
  return mapped ?? values;
}

function mapValue(type: FieldType, value: FieldValue, resolve: Resolve): FieldValue {
  if (type.is === "reference") return typeof value === "string" ? resolve(type.to, value) : value;
  if (type.is !== "items" || !isList(value)) return value;
  return value.filter(isMap).map((item) => mapReferences(type, item, resolve));
}

/** Something that is only ever read: one call, and what its answer says (`undefined`: not what was expected). */
export interface Lookup<T> {
  readonly call: Call;
  decode(data: unknown): T | undefined;
}

/** All of a platform that the engine works with: the managed kinds, referenced kinds first, and the read-only lookups. */
export interface Provider {
  readonly kinds: Kinds;
  readonly accounts: Lookup<readonly LiveAccount[]>;
  readonly capabilities: Lookup<Capabilities>;
}
