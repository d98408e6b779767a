import { appendFile, stat, writeFile } from "node:fs/promises";
import { resolve } from "node:path";
import { readProjectName } from "../config/index.js";
import type { WrittenDiagnostic } from "../diagnostics/index.js";
import { renderJson } from "../render/json.js";
import type { ProblemsSubject, Subject } from "../render/subject.js";
import { toPlanDiagnostic } from "../state/plan-diagnostic.js";
import {
  type CommandContext,
  type CommandResult,
  exitCodes,
  type GlobalOptions,
  type ReportFile,
  type ReportOptions,
} from "./context.js";
import { cannotWrite, diskFiles } from "./files.js";
import { maskKeys } from "./mask-keys.js";
import { cannotReplace, holdsIds, type NamedOutputs, refuseOwnFiles } from "./own-files.js";
import { pathInRepository } from "./path-in-repository.js";
import { type FailureDocument, rehearsed, stopped } from "./result.js";

type Options = GlobalOptions & ReportOptions & NamedOutputs;

/**
 * Runs a command and writes what else was asked for: the files of `--report` and, with `--format github`, the step's
 * summary and outputs. One run, one look at the account, whatever the number of forms.
 */
export async function reported<T extends object>(
  { command, options, context }: { command: string; options: Options; context: CommandContext },
  work: () => Promise<CommandResult<T | FailureDocument>>,
): Promise<CommandResult<T | FailureDocument>> {
  const refused = await refuseOwnFiles(options, context);
  if (refused !== undefined) return identified(stopped(command, refused, options), options, context);
  const result = await identified(await work(), options, context);
  if (result.subject === undefined || (options.report === undefined && options.format !== "github"))
    return result;
  const subject = maskKeys(result.subject, context.env);
  const about = {
    result: { ...result, document: maskKeys(result.document, context.env) },
    subject,
    options,
    context,
  };
  const unwritten = await writeReports(about);
  const failed = unwritten.length === 0 ? result : withAside(result, unwritten);
  if (options.format !== "github") return failed;
  const github = await writeGitHub({ ...about, result: failed });
  return github.length === 0 ? failed : withAside(failed, github);
}

interface About {
  readonly result: CommandResult<object>;
  readonly subject: Subject;
  readonly options: Options;
  readonly context: CommandContext;
}

/** A command that ended early does not know what it was about; a report of it has to. */
async function identified<T extends object>(
  result: CommandResult<T>,
  options: Options,
  context: CommandContext,
): Promise<CommandResult<T>> {
  const { subject } = result;
  if (subject?.is !== "problems") return result;
  const marked = rehearsed(result, options);
  if (options.report === undefined && (options.format ?? "text") === "text") return marked;
  const project = options.config === "-" ? undefined : await projectName(options, context);
  const named: ProblemsSubject = {
    ...subject,
    sandbox: options.sandbox === true,
    project: project ?? null,
    environment: options.env ?? null,
  };
  return { ...marked, subject: named };
}

function projectName(options: Options, { cwd, env }: CommandContext): Promise<string | undefined> {
  const files = diskFiles(cwd, async () => new Uint8Array());
  return readProjectName({ path: options.config, files, variables: env });
}

async function writeReports(about: About): Promise<readonly WrittenDiagnostic[]> {
  const { options, context } = about;
  const written = await Promise.all(
    (options.report ?? []).map(async (report) => {
      const path = resolve(context.cwd, report.path);
      // Not there when the command began: a first apply has made it.
      if (await holdsIds(path)) return [cannotReplace(report.path, "a lockfile or its journal")];
      return attempt("error", report.path, async () => writeFile(path, await renderReport(report, about)));
    }),
  );
  return written.flat();
}

async function renderReport(
  { form }: ReportFile,
  { subject, result, options, context }: About,
): Promise<string> {
  if (form === "json") return renderJson(result.document);
  const forms = await import("../render/forms.js");
  switch (form) {
    case "markdown":
      return forms.renderMarkdown(subject);
    case "html":
      return forms.renderHtml(subject);
    case "github-comment":
      return forms.renderMarkdown(subject, { isComment: true, limitBytes: forms.COMMENT_BYTES });
    case "gitlab-terraform":
      return forms.renderTerraformReport(subject);
    case "gitlab-codequality": {
      const locate = pathInRepository(context);
      const { createHash } = await import("node:crypto");
      return forms.renderCodeQuality(subject, {
        locate,
        fallback: locate(options.config) ?? "gstable.config.yaml",
        fingerprint: (text) => createHash("sha256").update(text).digest("hex").slice(0, 32),
      });
    }
  }
}

/** The files that a step of a workflow is given; outside of one there are none. */
async function writeGitHub({
  result,
  subject,
  options,
  context,
}: About): Promise<readonly WrittenDiagnostic[]> {
  const { GITHUB_STEP_SUMMARY: summary, GITHUB_OUTPUT: output } = context.env;
  const { renderOutputs } = await import("../render/forms.js");
  const { randomBytes } = await import("node:crypto");
  const comment = options.report?.find(({ form }) => form === "github-comment")?.path;
  const outputs = renderOutputs(subject, {
    exitCode: result.exitCode,
    delimiter: `gstable_sync_${randomBytes(16).toString("hex")}`,
    ...(comment === undefined ? {} : { commentFile: comment }),
  });
  const written = await Promise.all([
    summary ? attempt("warning", summary, () => appendSummary(summary, subject)) : [],
    output ? attempt("warning", output, () => appendFile(output, outputs)) : [],
  ]);
  return written.flat();
}

/** Other commands of the same step may have written into it before. */
async function appendSummary(path: string, subject: Subject): Promise<void> {
  const taken = await stat(path).then(
    ({ size }) => size,
    () => 0,
  );
  const { renderMarkdown, SUMMARY_BYTES } = await import("../render/forms.js");
  const limitBytes = Math.max(SUMMARY_BYTES - taken - ROOM_BYTES, 0);
  await appendFile(path, `${renderMarkdown(subject, { limitBytes })}\n`);
}

/** For an empty line before and after, and for what the next command may have to say. */
const ROOM_BYTES = 4_096;

async function attempt(
  severity: "error" | "warning",
  path: string,
  write: () => Promise<void>,
): Promise<readonly WrittenDiagnostic[]> {
  try {
    await write();
    return [];
  } catch (error) {
    return [{ ...cannotWrite(path, error), severity }];
  }
}

/** A report that was asked for and is missing is an error, but never hides what an apply did. */
function withAside<T extends object>(
  result: CommandResult<T>,
  aside: readonly WrittenDiagnostic[],
): CommandResult<T> {
  const isError = aside.some(({ severity }) => severity === "error");
  const mayFail = result.exitCode === exitCodes.done || result.exitCode === exitCodes.changes;
  const exitCode = isError && mayFail && result.wrote !== true ? exitCodes.error : result.exitCode;
  const { diagnostics } = result.document as { readonly diagnostics?: readonly object[] }; // every document has them
  const said = [...(diagnostics ?? []), ...aside.map(toPlanDiagnostic)];
  return {
    ...result,
    exitCode,
    document: { ...result.document, exitCode, diagnostics: said },
    aside: [...(result.aside ?? []), ...aside],
  };
}
