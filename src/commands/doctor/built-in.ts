import type { Source } from "../../diagnostics/index.js";
import { kinds } from "../../resources/registry.js";
import { type Address, addressOf, type Kind } from "../../state/address.js";
import type { Desired, DesiredAccount, DesiredEntry } from "../../state/desired.js";
import type { FieldValues } from "../../state/value.js";

const place: Source = { file: "built in", line: 1, column: 1 };

/** The copy of a configuration with two pages, what they sell and whom they pay: for guards that need such things. */
export function withBuiltIns(desired: Desired): Desired {
  const name = freeName(desired);
  const account: DesiredAccount = { name, id: "acc_doctor_built_in", source: place };
  const product = entry("product", name, { name: "Doctor's product", commonPrices: [10_000_000] });
  const page = linkValues(name);
  const second = `${name}-protected`;
  const added = [
    product,
    entry("paymentLink", name, page),
    entry("paymentLink", second, { ...page, linkName: "Doctor's protected page" }, true),
  ];
  const entries = [...desired.entries, ...added.map((one) => [one.address, one] as const)];
  return {
    ...desired,
    accounts: new Map([...desired.accounts, [name, account]]),
    entries: new Map<Address, DesiredEntry>(entries.sort(([a], [b]) => (a < b ? -1 : 1))),
  };
}

/** A name that neither an entry nor an account of the configuration has. */
export function freeName({ entries, accounts }: Desired): string {
  const taken = new Set([...accounts.keys(), ...[...entries.values()].map(({ name }) => name)]);
  const isTaken = (name: string) => taken.has(name) || taken.has(`${name}-protected`);
  let name = "doctor";
  for (let number = 2; isTaken(name); number += 1) name = `doctor-${number}`;
  return name;
}

function linkValues(name: string): FieldValues {
  return {
    linkType: "fixed",
    linkName: "Doctor's page",
    account: name,
    settlementToken: "polygon::usdc",
    feeModel: "payer",
    lineItems: [{ product: name, quantity: 1, unitPrice: 10_000_000 }],
    successUrl: "https://doctor.example/thanks",
  };
}

function entry(kind: Kind, name: string, values: FieldValues, protect = false): DesiredEntry {
  const definition = kinds.get(kind);
  if (definition === undefined) throw new Error(`no kind ${kind}`);
  const unset = Object.fromEntries(definition.fields.map((field) => [field.name, field.unset]));
  return {
    address: addressOf(kind, name),
    kind,
    name,
    values: { ...unset, ...values },
    open: true,
    lifecycle: { protect, ignoreChanges: [], onRemove: definition.defaultRetirement },
    placeOf: () => place,
  };
}
