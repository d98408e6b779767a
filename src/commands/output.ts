import { readFile, realpath } from "node:fs/promises";
import { resolve } from "node:path";
import type { Diagnostic } from "../diagnostics/index.js";
import { renderJson, renderOutputCheck, safeText, toPlanDiagnostic } from "../render/index.js";
import type { OutputCatalogue, OutputDocument, OutputFormat } from "../state/output-document.js";
import { expectedOrigin } from "./base-urls.js";
import {
  type CommandContext,
  type CommandResult,
  exitCodes,
  type GlobalOptions,
  isStop,
  type Stop,
  stop,
} from "./context.js";
import { cannotWrite, codeOf } from "./files.js";
import { writeCommands } from "./flags.js";
import { collectOutput } from "./output/collect.js";
import { compareOutput } from "./output/compare.js";
import { chooseFormat, renderOutput } from "./output/format.js";
import { refuseOwnFiles } from "./own-files.js";
import { openProject } from "./project.js";
import { conclude, type FailureDocument, rehearsed } from "./result.js";
import { openOwnLockfile } from "./state-files/own-lockfile.js";
import { replaceFile } from "./state-files/replace-file.js";

export interface OutputOptions extends GlobalOptions {
  /** Default: what the name of the file says, else JSON. */
  readonly format?: OutputFormat;
  /** Exit 1 when this file is not what would be written. */
  readonly check?: string;
  /** Writes this file instead of standard output. */
  readonly out?: string;
}

type OutputResult = CommandResult<OutputDocument>;

/** Names to ids, URLs and prices as last applied, for the merchant's code. No network. */
export async function output(
  options: OutputOptions,
  context: CommandContext,
): Promise<CommandResult<OutputDocument | FailureDocument>> {
  return rehearsed(conclude("output", await collect(options, context), options), options);
}

async function collect(options: OutputOptions, context: CommandContext): Promise<OutputResult | Stop> {
  const refused = await refuseOwnFiles(options, context);
  if (refused !== undefined) return refused;
  const project = await openProject(options, context);
  if (isStop(project)) return project;
  const origin = expectedOrigin(options, context);
  const opened = await openOwnLockfile(project, { origin, cwd: context.cwd });
  if (!opened.ok) return stop(exitCodes.error, opened.diagnostics);
  const catalogue = collectOutput(opened.value.lockfile, options.sandbox === true);
  const format = chooseFormat(options.format, options.check ?? options.out);
  const rendered = renderOutput(catalogue, format);
  if (!rendered.ok) return stop(exitCodes.error, rendered.diagnostics);
  const work = { catalogue, format, text: rendered.value, options };
  if (options.check !== undefined) return check(options.check, work, context);
  if (options.out !== undefined) return write(options.out, work, context);
  const document = documentOf(work, { exitCode: exitCodes.done });
  const text = format === "json" ? renderJson(document) : work.text;
  return { exitCode: exitCodes.done, document, stream: "stdout", render: () => text };
}

interface Work {
  readonly catalogue: OutputCatalogue;
  readonly format: OutputFormat;
  readonly text: string;
  readonly options: OutputOptions;
}

function documentOf(
  { catalogue, options }: Work,
  rest: Pick<OutputDocument, "exitCode" | "file" | "differences"> & { diagnostics?: readonly Diagnostic[] },
): OutputDocument {
  const { diagnostics = [], exitCode, ...more } = rest;
  const { formatVersion, ...names } = catalogue;
  return {
    ...{ formatVersion, command: "output", exitCode },
    ...names,
    ...more,
    diagnostics: writeCommands(diagnostics, options).map(toPlanDiagnostic),
  };
}

async function check(path: string, work: Work, { cwd }: CommandContext): Promise<OutputResult | Stop> {
  const found = await readText(resolve(cwd, path));
  if (isStop(found)) return found;
  const { format, text: wanted } = work;
  const differences = compareOutput(wanted, { found: found.text ?? "", format });
  const isFresh = found.text !== undefined && differences.length === 0;
  const exitCode = isFresh ? exitCodes.done : exitCodes.error;
  const document = documentOf(work, {
    exitCode,
    file: { path, format, state: isFresh ? "upToDate" : "outOfDate" },
    differences,
    diagnostics: isFresh ? [] : [outOfDate(path, work, found.text !== undefined)],
  });
  return { exitCode, document, stream: "stdout", render: (look) => renderOutputCheck(document, look) };
}

/** A file that is as it would be written is left alone: nothing that watches it is woken. */
async function write(path: string, work: Work, { cwd }: CommandContext): Promise<OutputResult | Stop> {
  const absolute = resolve(cwd, path);
  const found = await readText(absolute);
  if (isStop(found)) return found;
  const isSame = found.text === work.text;
  try {
    // A link stays one, and leads to the new text.
    const target = found.text === undefined ? absolute : await realpath(absolute);
    if (!isSame) await replaceFile(target, work.text);
  } catch (error) {
    return stop(exitCodes.error, [cannotWrite(path, error)]);
  }
  const { format } = work;
  const file = { path, format, state: isSame ? ("unchanged" as const) : ("written" as const) };
  const document = documentOf(work, { exitCode: exitCodes.done, file });
  const said = isSame ? "is up to date; it was left alone" : "was written";
  return {
    exitCode: exitCodes.done,
    document,
    stream: "stdout",
    render: () => `${document.sandbox ? "SANDBOX: " : ""}${safeText(path)} ${said}.\n`,
  };
}

async function readText(path: string): Promise<{ readonly text: string | undefined } | Stop> {
  try {
    return { text: await readFile(path, "utf8") };
  } catch (error) {
    const code = codeOf(error);
    if (code === "ENOENT") return { text: undefined };
    const summary = `${path} cannot be read: ${code}`;
    return stop(exitCodes.error, [{ code: "GS7033", severity: "error", summary }]);
  }
}

function outOfDate(path: string, { format }: Work, isThere: boolean): Diagnostic {
  return {
    code: "GS7031",
    severity: "error",
    summary: isThere ? `${path} is out of date` : `${path} does not exist`,
    detail: "It is not what was last applied.",
    remedy: "Write it again:",
    command: ["output", "--format", format, "--out", path],
  };
}
