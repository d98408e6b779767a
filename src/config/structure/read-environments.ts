import { normalisePath } from "../files.js";
import { environmentKeys, overrideKeys } from "../keys.js";
import { suggest } from "../nearest.js";
import { emptyMap, isUnset, type MapNode, type Pair, valueAt } from "../parse/node.js";
import type { Problem, Report } from "../report.js";
import { reportUnknownKey } from "../shape/unknown-key.js";
import { usesVariable } from "../variables/scope.js";
import { checkName } from "./collect-entries.js";
import { expectMap, expectText } from "./expect.js";

/** One environment as written, or the whole where there are none (`name: null`). */
export interface EnvironmentText {
  readonly name: string | null;
  readonly apiKeyEnv: string;
  readonly apiKeyEnvNamed: boolean;
  /** Normalised, relative to the directory of the root file. */
  readonly lockfile: string;
  readonly variables: MapNode | undefined;
  readonly overrides: MapNode | undefined;
}

/** `validate` reads the whole configuration once for each. */
const MAX_ENVIRONMENTS = 100;
const DEFAULT_KEY = "GSTABLE_API_KEY";

const emptyEnvironments = {
  code: "GS1602",
  summary: "`environments` is empty",
  remedy: "Add one, or remove the key.",
} as const;

const lockfileOfAll = {
  code: "GS1611",
  summary: "With `environments`, each has a lockfile of its own",
  remedy: "Move `lockfile` into the environments, or leave it out: it is `gstable.lock.NAME.json` then.",
} as const;

const tooManyEnvironments = {
  code: "GS1613",
  summary: `More than ${MAX_ENVIRONMENTS} environments`,
  remedy: "Split the configuration.",
} as const;

/** All environments; one without a name where the root file has none. */
export function readEnvironments(root: MapNode, report: Report): readonly EnvironmentText[] {
  const rootKey = readKeyName(root, report);
  const map = expectMap(valueAt(root, "environments"), "environments", report);
  if (map === undefined) {
    const written = root.entries.get("environments");
    // All of them commented out, say: without a word the run would be for another account and another lockfile.
    if (written !== undefined && isUnset(written.value)) report.add(emptyEnvironments, written);
    const lockfile = readLockfile(root, "gstable.lock.json", report);
    return [{ name: null, ...withKey(rootKey), lockfile, variables: undefined, overrides: undefined }];
  }
  const rootLockfile = root.entries.get("lockfile");
  if (rootLockfile !== undefined) report.add(lockfileOfAll, rootLockfile);
  if (map.entries.size === 0) report.add(emptyEnvironments, map);
  if (map.entries.size > MAX_ENVIRONMENTS) {
    report.add(tooManyEnvironments, map);
    return [];
  }
  const environments = [...map.entries].map(([name, pair]) => readOne(name, pair, { rootKey, report }));
  checkLockfiles(environments, map, report);
  return environments;
}

/** The environment that a command is for; none where the choice is wrong, which is reported. */
export function chooseEnvironment(
  environments: readonly EnvironmentText[],
  wanted: string | undefined,
  { root, report }: { root: MapNode; report: Report },
): EnvironmentText | undefined {
  const [first] = environments;
  if (first === undefined) return undefined;
  if (first.name === null) {
    if (wanted === undefined) return first;
    report.add(withoutEnvironments(wanted));
    return undefined;
  }
  const found = environments.find(({ name }) => name === wanted);
  if (found !== undefined) return found;
  const names = environments.flatMap(({ name }) => name ?? []);
  const problem = wanted === undefined ? notChosen(names) : unknownEnvironment(wanted, names);
  report.add(problem, root.entries.get("environments"));
  return undefined;
}

function withoutEnvironments(wanted: string): Problem {
  return {
    code: "GS1602",
    summary: `There is no environment \`${wanted}\`: the configuration has none`,
    remedy: "Leave `--env` out, or add it under `environments`.",
  };
}

function notChosen(names: readonly string[]): Problem {
  return {
    code: "GS1601",
    summary: "Which environment?",
    detail: `The configuration has ${listOf(names)}; none is taken by default, so that none is changed by accident.`,
    remedy: `Add \`--env ${names[0] ?? "NAME"}\`.`,
  };
}

function unknownEnvironment(wanted: string, names: readonly string[]): Problem {
  const remedy = suggest(wanted, names);
  return {
    code: "GS1602",
    summary: `There is no environment \`${wanted}\``,
    detail: `The configuration has ${listOf(names)}.`,
    ...(remedy === undefined ? {} : { remedy }),
  };
}

const listOf = (names: readonly string[]): string => names.map((name) => `\`${name}\``).join(", ");

function readOne(
  name: string,
  pair: Pair,
  { rootKey, report }: { rootKey: string | undefined; report: Report },
): EnvironmentText {
  checkName(name, pair, report);
  const empty = emptyMap(pair);
  const isEmpty = pair.value.kind === "scalar" && pair.value.value === null;
  const map = isEmpty ? empty : (expectMap(pair.value, `environments.${name}`, report) ?? empty);
  const known = environmentKeys;
  for (const [key, part] of map.entries) {
    if (!known.includes(key)) reportUnknownKey(key, part, { known, report });
  }
  const overrides = expectMap(valueAt(map, "overrides"), "overrides", report);
  const overridable = overrideKeys;
  for (const [key, part] of overrides?.entries ?? []) {
    if (!overridable.includes(key)) reportUnknownKey(key, part, { known: overridable, report });
  }
  return {
    name,
    ...withKey(readKeyName(map, report) ?? rootKey),
    lockfile: readLockfile(map, `gstable.lock.${name}.json`, report),
    variables: expectMap(valueAt(map, "variables"), "variables", report),
    overrides,
  };
}

function withKey(named: string | undefined) {
  return { apiKeyEnv: named ?? DEFAULT_KEY, apiKeyEnvNamed: named !== undefined };
}

/** Only names that begin so: a pull request cannot have another secret of the runner sent to the API. */
function readKeyName(map: MapNode, report: Report): string | undefined {
  const node = expectText(valueAt(map, "apiKeyEnv"), "`apiKeyEnv`", report);
  if (node === undefined) return undefined;
  if (/^GSTABLE_API_KEY[A-Z0-9_]*$/.test(node.value)) return node.value;
  report.add(
    {
      code: "GS1610",
      summary: `\`${node.value}\` cannot name the key's environment variable`,
      detail: "It begins with `GSTABLE_API_KEY`, so that no other secret can be sent to the API.",
      remedy: "Write e.g. `GSTABLE_API_KEY_EU`.",
    },
    node,
  );
  return undefined;
}

function readLockfile(map: MapNode, byDefault: string, report: Report): string {
  const node = expectText(valueAt(map, "lockfile"), "`lockfile`", report);
  if (node === undefined) return byDefault;
  const path = normalisePath(node.value);
  if (usesVariable(node)) {
    report.add({ code: "GS1605", summary: "`lockfile` cannot use variables", remedy: "Write it out." }, node);
  } else if (path === undefined || path === "" || node.value.endsWith("/")) {
    report.add(
      {
        code: "GS1005",
        summary: `\`${node.value}\` is no path of a file in the directory of the root file`,
        remedy: `Write e.g. \`${byDefault}\`.`,
      },
      node,
    );
  } else return path;
  return byDefault;
}

/** Compared without case: on some systems `EU.json` and `eu.json` are one file. */
function checkLockfiles(environments: readonly EnvironmentText[], map: MapNode, report: Report): void {
  const seen = new Map<string, string>();
  for (const { name, lockfile } of environments) {
    const first = seen.get(lockfile.toLowerCase());
    const [pair, other] = [map.entries.get(name ?? ""), map.entries.get(first ?? "")];
    if (first === undefined || pair === undefined || other === undefined) {
      seen.set(lockfile.toLowerCase(), name ?? "");
      continue;
    }
    report.add(
      {
        code: "GS1611",
        summary: `\`${name}\` and \`${first}\` would share the lockfile \`${lockfile}\``,
        detail: "Their ids would be mixed.",
        remedy: "Give each its own, or leave `lockfile` out.",
      },
      lockfileKey(pair),
      [{ label: `\`${first}\``, span: lockfileKey(other) }],
    );
  }
}

function lockfileKey(pair: Pair) {
  return (pair.value.kind === "map" ? pair.value.entries.get("lockfile")?.value : undefined) ?? pair;
}
