import type { Diagnostic } from "../diagnostics/index.js";

interface Found {
  readonly environment: string | null;
  readonly diagnostics: readonly Diagnostic[];
}

/** The problems of several environments, each once; one that not all have says which do. */
export function combineDiagnostics(found: readonly Found[]): readonly Diagnostic[] {
  const problems = new Map<string, { diagnostic: Diagnostic; environments: string[] }>();
  for (const { environment, diagnostics } of found) {
    for (const diagnostic of diagnostics) {
      const key = keyOf(diagnostic);
      const known = problems.get(key) ?? { diagnostic, environments: [] };
      known.environments.push(environment ?? "");
      problems.set(key, known);
    }
  }
  return [...problems.values()].map(({ diagnostic, environments }) =>
    environments.length === found.length ? diagnostic : withEnvironments(diagnostic, environments),
  );
}

/** By file, line and column, so that the same configuration gives the same list. */
export function sortDiagnostics(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  return [...diagnostics].sort(
    (a, b) =>
      compare(a.source?.file ?? "", b.source?.file ?? "") ||
      (a.source?.line ?? 0) - (b.source?.line ?? 0) ||
      (a.source?.column ?? 0) - (b.source?.column ?? 0) ||
      compare(a.code, b.code),
  );
}

function withEnvironments(diagnostic: Diagnostic, environments: readonly string[]): Diagnostic {
  const names = environments.map((name) => `\`${name}\``).join(", ");
  const where = `In the environment${environments.length > 1 ? "s" : ""} ${names}.`;
  return { ...diagnostic, detail: diagnostic.detail === undefined ? where : `${diagnostic.detail} ${where}` };
}

function keyOf({ code, source, summary }: Diagnostic): string {
  return `${code} ${source?.file}:${source?.line}:${source?.column} ${summary}`;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
