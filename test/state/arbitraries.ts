import fc from "fast-check";
import { type Address, addressOf, kindNames } from "../../src/state/address.js";
import { retirements } from "../../src/state/desired.js";
import type { JournalRecord } from "../../src/state/journal.js";
import type { Intent, LockEntry, Lockfile } from "../../src/state/lockfile.js";
import type { FieldValue } from "../../src/state/value.js";

/** Texts that strangers write: quotes, newlines, emoji, right-to-left, half surrogates. */
export const anyText = fc.string({ unit: "binary", maxLength: 12 });

export const anyName = fc.stringMatching(/^[a-z0-9][a-z0-9_-]{0,8}$/);
export const anyAddress: fc.Arbitrary<Address> = fc
  .tuple(fc.constantFrom(...kindNames), anyName)
  .map(([kind, name]) => addressOf(kind, name));

// A key `__proto__` is no field of any kind, and no object literal keeps it.
const key = anyText.filter((text) => text !== "__proto__");

export const anyValue: fc.Arbitrary<FieldValue> = fc.letrec<{ value: FieldValue }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    anyText,
    fc.maxSafeInteger(),
    fc.boolean(),
    fc.constant(null),
    fc.array(tie("value"), { maxLength: 3 }),
    fc.dictionary(key, tie("value"), { maxKeys: 3, noNullPrototype: true }),
  ),
})).value;

const values = fc.dictionary(key, anyValue, { maxKeys: 4, noNullPrototype: true });
const lifecycle = fc.record({
  protect: fc.boolean(),
  ignoreChanges: fc.array(anyText, { maxLength: 2 }),
  onRemove: fc.constantFrom(...retirements),
});
const id = anyText.filter((text) => text !== "");
const ids = fc.array(anyText, { maxLength: 3 });

export const anyEntry: fc.Arbitrary<LockEntry> = fc.record(
  {
    id,
    values,
    hosted: fc.dictionary(key, fc.option(anyText), { maxKeys: 2, noNullPrototype: true }),
    open: fc.boolean(),
    lifecycle,
    versionCode: anyText,
    linkUrl: anyText,
    retired: fc.boolean(),
    formerIds: ids,
  },
  { requiredKeys: ["id", "values", "open", "lifecycle"] },
);

export const anyIntent: fc.Arbitrary<Intent> = fc.record(
  { kind: fc.constantFrom(...kindNames), values, knownIds: ids, lifecycle, formerIds: ids },
  { requiredKeys: ["kind", "values", "knownIds", "lifecycle"] },
);

const account = fc.record({ id, address: anyText, version: anyText }, { requiredKeys: ["id", "address"] });
const accounts = fc.dictionary(anyName, account, { maxKeys: 3, noNullPrototype: true });

/** A lockfile that some run could have written: no id twice. */
export const anyLockfile: fc.Arbitrary<Lockfile> = fc
  .record({
    project: anyText,
    environment: fc.option(anyText),
    origin: anyText,
    accounts,
    entries: fc.uniqueArray(fc.tuple(anyAddress, anyEntry), {
      maxLength: 5,
      selector: ([address]) => address,
    }),
    intents: fc.uniqueArray(fc.tuple(anyAddress, anyIntent), {
      maxLength: 2,
      selector: ([address]) => address,
    }),
    versionCodesUnreliable: fc.boolean(),
  })
  .map(({ accounts: named, entries, intents, ...rest }) => ({
    ...rest,
    accounts: new Map(Object.entries(named)),
    entries: new Map(
      entries.map(([address, entry], index) => [address, { ...entry, id: `${index} ${entry.id}` }]),
    ),
    intents: new Map(intents),
  }));

export const anyRecord: fc.Arbitrary<JournalRecord> = fc.oneof(
  fc.record({ type: fc.constant("intent" as const), address: anyAddress, intent: anyIntent }),
  fc.record({ type: fc.constant("dropIntent" as const), address: anyAddress }),
  fc.record({ type: fc.constant("entry" as const), address: anyAddress, entry: anyEntry }),
  fc.record({ type: fc.constant("forget" as const), address: anyAddress }),
  fc.record({ type: fc.constant("move" as const), from: anyAddress, to: anyAddress }),
  fc.record({ type: fc.constant("accounts" as const), accounts }),
  fc.record({ type: fc.constant("versionCodesUnreliable" as const) }),
);
