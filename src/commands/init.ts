import { readFile } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import type { Diagnostic, WrittenDiagnostic } from "../diagnostics/index.js";
import { renderInit, toPlanDiagnostic } from "../render/index.js";
import type { ImportDocument } from "../state/import-document.js";
import type { InitDocument, InitFile } from "../state/init-document.js";
import { DEFAULT_KEY_VARIABLE } from "./connection.js";
import { type CommandContext, type CommandResult, exitCodes, type GlobalOptions, stop } from "./context.js";
import { cannotWrite, codeOf } from "./files.js";
import { repeatedFlags } from "./flags.js";
import { type Ci, ciFile, ignoreSandbox, type StarterFile, writeNew } from "./init/files.js";
import { emptyConfig, starterConfig } from "./init/templates/config.js";
import { type FailureDocument, interruptible } from "./result.js";

export interface InitOptions extends GlobalOptions {
  readonly ci?: Ci;
}

type Imported = CommandResult<ImportDocument | FailureDocument>;

/**
 * A starter configuration, a CI pipeline and a line in .gitignore. Nothing is ever overwritten. No network, unless a
 * key is set and somebody at a terminal says that what exists shall be imported.
 */
export function init(
  options: InitOptions,
  context: CommandContext,
): Promise<CommandResult<InitDocument | FailureDocument>> {
  return interruptible({ command: "init", options, context }, async () => {
    if (options.config === "-") return stop(exitCodes.error, [toStdout]);
    const isImporting = await offerImport(options, context);
    if (context.signal.aborted) return stop(exitCodes.error, []);
    const files: InitFile[] = [];
    try {
      for (const write of await plannedFiles(isImporting, { options, context })) files.push(await write());
    } catch (error) {
      return report({ files, options, trouble: notStarted(error) });
    }
    const imported = isImporting ? await importAll(options, context) : undefined;
    return report({ files, options, ...(imported !== undefined && { imported }) });
  });
}

/** Asks only where an import would go into a configuration that is written now. */
async function offerImport(
  options: InitOptions,
  { ask, env, cwd, apiKey }: CommandContext,
): Promise<boolean> {
  const key = (apiKey ?? env[DEFAULT_KEY_VARIABLE])?.trim() ?? "";
  if (ask === undefined || key === "" || (await isThere(resolve(cwd, options.config)))) return false;
  const shown = `${DEFAULT_KEY_VARIABLE} is set. What exists in its account can be written into the new configuration; the account is only read.`;
  const answer = await ask("Import what exists? [y/N] ", shown);
  return /^y(es)?$/i.test(answer.trim());
}

async function isThere(path: string): Promise<boolean> {
  return readFile(path).then(
    () => true,
    (error: unknown) => codeOf(error) !== "ENOENT",
  );
}

async function plannedFiles(
  isImporting: boolean,
  { options, context: { cwd } }: { options: InitOptions; context: CommandContext },
): Promise<readonly (() => Promise<InitFile>)[]> {
  const directory = dirname(options.config);
  const project = await nameProject(resolve(cwd, directory));
  const config: StarterFile = {
    path: options.config,
    text: isImporting ? emptyConfig(project) : starterConfig(project),
    purpose: isImporting ? "the configuration" : "the configuration, with an example to edit",
  };
  const ci = ciFile(options.ci ?? "github");
  return [
    () => writeNew(cwd, config),
    ...(ci === undefined ? [] : [() => writeNew(cwd, { ...ci, path: join(directory, ci.path) })]),
    () => ignoreSandbox(cwd, directory),
  ];
}

/** As package.json calls it, otherwise as its directory is called. */
async function nameProject(directory: string): Promise<string> {
  const text = await readFile(join(directory, "package.json"), "utf8").catch(() => "{}");
  const name = slug(packageName(text).replace(/^@[^/]*\//, ""));
  return name === "" ? slug(basename(directory)) || "my-shop" : name;
}

function packageName(text: string): string {
  try {
    const name: unknown = Reflect.get(Object(JSON.parse(text)), "name");
    return typeof name === "string" ? name : "";
  } catch {
    return "";
  }
}

const slug = (text: string): string =>
  text
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-+|-+$/g, "")
    .slice(0, 60);

async function importAll(options: InitOptions, context: CommandContext): Promise<Imported> {
  const { importObjects } = await import("./import.js");
  return importObjects([], options, context);
}

function report({
  files,
  options,
  imported,
  trouble,
}: {
  files: readonly InitFile[];
  options: InitOptions;
  imported?: Imported;
  trouble?: WrittenDiagnostic;
}): CommandResult<InitDocument> {
  const exitCode = trouble === undefined ? (imported?.exitCode ?? exitCodes.done) : exitCodes.error;
  const said = imported === undefined || "imported" in imported.document ? [] : imported.document.diagnostics;
  const document: InitDocument = {
    ...{ formatVersion: 1, command: "init", exitCode },
    files: [...files],
    ...(imported !== undefined && "imported" in imported.document && { import: imported.document }),
    diagnostics: [...(trouble === undefined ? [] : [toPlanDiagnostic(trouble)]), ...said],
  };
  const extras = { flags: repeatedFlags(options) };
  return {
    exitCode,
    document,
    stream: "stdout",
    render: (look) =>
      `${renderInit(document, look, extras)}${document.import === undefined ? "" : `\n\n${imported?.render(look) ?? ""}`}`,
  };
}

const toStdout: Diagnostic = {
  code: "GS7010",
  severity: "error",
  summary: "A starter is written into files, not to standard input",
  remedy: "Name the file with --config FILE.",
};

function notStarted(error: unknown): WrittenDiagnostic {
  const path = typeof error === "object" && error !== null ? Reflect.get(error, "path") : undefined;
  return {
    ...cannotWrite(typeof path === "string" ? path : "A file", error),
    detail: "What is listed as written is there.",
    remedy: "Mend the permissions of the directory, or make room on the disk, and run init again.",
  };
}
