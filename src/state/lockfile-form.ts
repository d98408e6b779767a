import { kindNames } from "./address.js";
import { retirements } from "./desired.js";
import { LOCKFILE_VERSION } from "./lockfile.js";
import type { LockfileDocument } from "./lockfile-schema.js";
import { isFieldValue } from "./value.js";

type Check = (data: unknown) => boolean;

const isText: Check = (data) => typeof data === "string";
const isFlag: Check = (data) => typeof data === "boolean";
const isTextOrNull: Check = (data) => data === null || typeof data === "string";
const isTexts: Check = (data) => Array.isArray(data) && data.every(isText);
const isValues: Check = (data) => isObject(data) && isFieldValue(data);
const isOneOf =
  (choices: readonly unknown[]): Check =>
  (data) =>
    choices.includes(data);

const isLifecycle = record({ protect: isFlag, ignoreChanges: isTexts, onRemove: isOneOf(retirements) });

const isEntry = record(
  { id: (data) => isText(data) && data !== "", values: isValues, open: isFlag, lifecycle: isLifecycle },
  {
    hosted: mapOf(isTextOrNull),
    versionCode: isText,
    linkUrl: isText,
    retired: isFlag,
    formerIds: isTexts,
  },
);

const isIntent = record(
  { kind: isOneOf(kindNames), values: isValues, knownIds: isTexts, lifecycle: isLifecycle },
  { formerIds: isTexts },
);

const isLockfile = record(
  {
    lockfileVersion: isOneOf([LOCKFILE_VERSION]),
    project: isText,
    environment: isTextOrNull,
    origin: isText,
    accounts: mapOf(record({ id: isText, address: isText }, { version: isText })),
    entries: mapOf(isEntry),
  },
  { intents: mapOf(isIntent), versionCodesUnreliable: isFlag },
);

/**
 * Whether a lockfile is plainly right, without its schema: ten thousand entries are seen through in a moment, and
 * nothing is copied. What it does not let through is for the schema to explain (docs/adr/0020).
 */
export function hasFormOfLockfile(data: unknown): data is LockfileDocument {
  return isLockfile(data);
}

/** A map of these keys and no others; the `optional` ones may be missing. */
function record(
  required: Readonly<Record<string, Check>>,
  optional: Readonly<Record<string, Check>> = {},
): Check {
  const checks = new Map(Object.entries({ ...required, ...optional }));
  const needed = Object.keys(required);
  return (data) =>
    isObject(data) &&
    needed.every((key) => Object.hasOwn(data, key)) &&
    Object.keys(data).every((key) => checks.get(key)?.(Reflect.get(data, key)) === true);
}

/** A map of any names. */
function mapOf(check: Check): Check {
  return (data) => isObject(data) && !Object.hasOwn(data, "__proto__") && Object.values(data).every(check);
}

function isObject(data: unknown): data is object {
  return typeof data === "object" && data !== null && !Array.isArray(data);
}
