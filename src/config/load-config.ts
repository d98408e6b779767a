import { type Diagnostic, failure, hasErrors, type Result, success } from "../diagnostics/index.js";
import { type Kind, kindNames, kindOf } from "../state/address.js";
import type { Desired } from "../state/desired.js";
import { combineDiagnostics, sortDiagnostics } from "./combine-diagnostics.js";
import type { ConfigFiles } from "./files.js";
import { applyIgnores } from "./ignores/apply-ignores.js";
import { type Ignore, readIgnores } from "./ignores/read-ignores.js";
import { createCollector, type Report } from "./report.js";
import { type ConfigParts, resolveDesired } from "./resolve/resolve-desired.js";
import { collectEntries } from "./structure/collect-entries.js";
import { chooseEnvironment, type EnvironmentText, readEnvironments } from "./structure/read-environments.js";
import { readFiles } from "./structure/read-files.js";
import { readProject } from "./structure/read-project.js";

export interface LoadOptions {
  /** The root file as shown, or `-` for standard input. */
  readonly path: string;
  readonly files: ConfigFiles;
  /** `--env` */
  readonly environment?: string;
  /** The process environment; only names that begin with GSTABLE_VAR_ are read. */
  readonly variables: Readonly<Record<string, string | undefined>>;
}

export interface ConfigSummary {
  /** Entries that at least one environment wants. */
  readonly entries: { readonly [K in Kind]: number };
  readonly environments: readonly string[];
}

/** A configuration without errors. */
export interface ValidConfig {
  readonly desired: Desired;
  /** Warnings and notes. What is merely odd is looked for when this is first called. */
  remarks(): readonly Diagnostic[];
}

/** What a configuration wants of one environment, or of the only one. Every problem at once; never throws. */
export async function loadConfig(options: LoadOptions): Promise<Result<Desired>> {
  const opened = await openConfig(options);
  return opened.ok ? success(opened.value.desired, opened.value.remarks()) : opened;
}

/** The same for whoever has better things to do before the remarks. */
export async function openConfig(options: LoadOptions): Promise<Result<ValidConfig>> {
  const collector = createCollector();
  const parts = await readParts(options, collector);
  const environment =
    parts &&
    chooseEnvironment(parts.environments, options.environment, { root: parts.texts.root, report: collector });
  const resolved = parts && environment && (await resolveDesired(parts, environment, collector));
  const ignores = await readAllIgnores(parts, collector);
  const complete = parts?.environments.length === 1;
  let remarks: readonly Diagnostic[] | undefined;
  const finish = () => {
    resolved?.reportOddities();
    return sortDiagnostics(applyIgnores(collector.diagnostics(), { ignores, complete }));
  };
  if (resolved === undefined || hasErrors(collector.diagnostics())) return failure(...finish());
  return success({
    desired: resolved.desired,
    remarks: () => {
      remarks ??= finish();
      return remarks;
    },
  });
}

/** The project's name as far as it can be read, also of a configuration that is otherwise invalid. */
export async function readProjectName(options: LoadOptions): Promise<string | undefined> {
  const parts = await readParts(options, createCollector());
  return parts?.project.project || undefined;
}

/** What can be said of a configuration without the account. */
export interface Validation {
  readonly diagnostics: readonly Diagnostic[];
  readonly summary: ConfigSummary;
  /** What each environment wants, as far as it can be read. */
  readonly desired: readonly Desired[];
}

/** Every problem of every environment (of one, where one is asked for). */
export async function validateConfig(options: LoadOptions): Promise<Validation> {
  const shared = createCollector();
  const parts = await readParts(options, shared);
  const environments = parts === undefined ? [] : chooseAll(parts, { options, report: shared });
  const found: {
    environment: string | null;
    desired: Desired | undefined;
    diagnostics: readonly Diagnostic[];
  }[] = [];
  for (const environment of environments) {
    const collector = createCollector();
    const resolved = parts && (await resolveDesired(parts, environment, collector));
    resolved?.reportOddities();
    const { name } = environment;
    found.push({ environment: name, desired: resolved?.desired, diagnostics: collector.diagnostics() });
  }
  const ignores = await readAllIgnores(parts, shared);
  const complete = environments.length === parts?.environments.length;
  const diagnostics = [...shared.diagnostics(), ...combineDiagnostics(found)];
  const all = found.flatMap(({ desired }) => desired ?? []);
  return {
    desired: all,
    diagnostics: sortDiagnostics(applyIgnores(diagnostics, { ignores, complete })),
    summary: {
      entries: countEntries(all),
      environments: environments.flatMap(({ name }) => name ?? []),
    },
  };
}

async function readParts(options: LoadOptions, report: Report): Promise<ConfigParts | undefined> {
  const texts = await readFiles(options.path, { files: options.files, report });
  if (texts === undefined) return undefined;
  return {
    texts,
    catalogue: collectEntries(texts, report),
    project: readProject(texts.root, report),
    environments: readEnvironments(texts.root, report),
    variables: options.variables,
  };
}

async function readAllIgnores(parts: ConfigParts | undefined, report: Report): Promise<readonly Ignore[]> {
  const found = await Promise.all((parts?.texts.sources ?? []).map((file) => readIgnores(file, report)));
  return found.flat();
}

function chooseAll(
  { environments, texts }: ConfigParts,
  { options, report }: { options: LoadOptions; report: Report },
): readonly EnvironmentText[] {
  if (options.environment === undefined) return environments;
  const chosen = chooseEnvironment(environments, options.environment, { root: texts.root, report });
  return chosen === undefined ? [] : [chosen];
}

function countEntries(all: readonly Desired[]): ConfigSummary["entries"] {
  const addresses = new Set(all.flatMap(({ entries }) => [...entries.keys()]));
  const count = (kind: Kind) => [...addresses].filter((address) => kindOf(address) === kind).length;
  // Every kind is in it: the names are the type.
  return Object.fromEntries(kindNames.map((kind) => [kind, count(kind)])) as ConfigSummary["entries"];
}
