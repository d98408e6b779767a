import type { Address } from "../../state/address.js";
import type { Desired, DesiredEntry } from "../../state/desired.js";
import { valueAt } from "../parse/node.js";
import { sourceOf } from "../parse/source-file.js";
import { readPolicy } from "../policy/read-policy.js";
import type { Report } from "../report.js";
import { checkReferences } from "../rules/check-references.js";
import { findOddities } from "../rules/find-oddities.js";
import type { Catalogue } from "../structure/collect-entries.js";
import { expectMap } from "../structure/expect.js";
import type { EnvironmentText } from "../structure/read-environments.js";
import type { ConfigTexts } from "../structure/read-files.js";
import type { Project } from "../structure/read-project.js";
import { createScope } from "../variables/scope.js";
import { type CheckedEntry, spanAt } from "./checked-entry.js";
import { resolveAccounts } from "./resolve-accounts.js";
import { resolveEntries } from "./resolve-entries.js";
import { resolveImports, resolveMoves } from "./resolve-transfers.js";

/** A configuration read as far as all environments share it. */
export interface ConfigParts {
  readonly texts: ConfigTexts;
  readonly catalogue: Catalogue;
  readonly project: Project;
  readonly environments: readonly EnvironmentText[];
  readonly variables: Readonly<Record<string, string | undefined>>;
}

/** One environment, checked: only whole when nothing was reported as an error. */
export interface ResolvedEnvironment {
  readonly desired: Desired;
  /** Reports what is odd, and not wrong: it takes its time, and nothing depends on it. */
  reportOddities(): void;
}

/** Checks one environment. Every problem goes to the report; what is merely odd only when it is asked for. */
export async function resolveDesired(
  parts: ConfigParts,
  environment: EnvironmentText,
  report: Report,
): Promise<ResolvedEnvironment> {
  const { texts, catalogue, project, environments, variables } = parts;
  const { root } = texts;
  const { overrides } = environment;
  const layers = [expectMap(valueAt(root, "variables"), "variables", report), environment.variables];
  const scope = createScope({ layers, variables, sources: texts.sources, report });
  const accounts = await resolveAccounts({ root, overrides, scope, report });
  const resolved = await resolveEntries({ root, base: catalogue.entries, overrides, scope, report });
  const transfers = { ...catalogue, overrides, resolved, scope, report };
  const policy = await readPolicy(texts.policy, { scope, isFile: texts.policyIsFile, report });
  // With a file missing, each reference into it would be reported as well, which explains nothing.
  if (!texts.incomplete) checkReferences({ resolved, accounts, environment: environment.name, report });
  const desired: Desired = {
    ...project,
    environment: environment.name,
    apiKeyEnv: environment.apiKeyEnv,
    apiKeyEnvNamed: environment.apiKeyEnvNamed,
    lockfile: environment.lockfile,
    otherLockfiles: environments
      .filter((other) => other !== environment)
      .map((other) => other.lockfile)
      .sort(),
    accounts: accounts.accounts,
    entries: new Map<Address, DesiredEntry>(
      [...resolved.entries].map(([address, entry]) => [address, desiredEntry(entry)]),
    ),
    imports: texts.incomplete ? [] : await resolveImports(transfers),
    moved: texts.incomplete ? [] : await resolveMoves(transfers),
    policy,
  };
  const reportOddities = () => {
    if (!texts.incomplete) findOddities(resolved, { hostsAreListed: policy.allowedHosts !== undefined });
  };
  return { desired, reportOddities };
}

function desiredEntry(entry: CheckedEntry): DesiredEntry {
  // All that a place needs: what the checks worked with is let go.
  const { node, owner } = entry;
  return {
    address: entry.address,
    kind: entry.resource.definition.kind,
    name: entry.name,
    values: entry.values,
    open: entry.open,
    lifecycle: entry.lifecycle,
    placeOf: (path = "") => sourceOf(spanAt({ node, owner }, path)),
  };
}
