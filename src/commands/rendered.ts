import {
  type Look,
  type ProblemsSubject,
  renderAnnotations,
  renderDiagnostics,
  renderHtml,
  renderJson,
  renderMarkdown,
} from "../render/index.js";
import type { AnyFormat, CommandContext, CommandResult } from "./context.js";
import { maskKeys } from "./mask-keys.js";
import { pathInRepository } from "./reported.js";
import { problems } from "./result.js";

export interface Printed {
  readonly stdout: string;
  readonly stderr: string;
}

/** What a command prints in a format, without any key. */
export function renderResult(result: CommandResult, how: How): Printed {
  const { env } = how.context;
  const { subject } = result;
  const isMarked = how.format === "markdown" || how.format === "html";
  // What these escape is not to be found in the text any more.
  const clean = isMarked && subject !== undefined ? { ...result, subject: maskKeys(subject, env) } : result;
  return maskKeys(renderWhole(clean, how), env);
}

interface How {
  readonly format: AnyFormat;
  readonly looks: { readonly out: Look; readonly err: Look };
  readonly context: CommandContext;
}

/**
 * Why there is no result is told as text on stderr as well, so that nobody has to
 * open a report to learn it; JSON says it in the document.
 */
function renderWhole(result: CommandResult, { format, looks, context }: How): Printed {
  const { subject, aside = [] } = result;
  if (format === "json") return { stdout: renderJson(result.document), stderr: "" };
  const beside = renderDiagnostics(aside, looks.err);
  const isForm = format === "markdown" || format === "html" || format === "github";
  if (!isForm || subject === undefined) {
    const text = withNewline(result.render(result.stream === "stdout" ? looks.out : looks.err));
    return result.stream === "stdout"
      ? { stdout: text, stderr: beside }
      : { stdout: "", stderr: text + beside };
  }
  const reasons = result.stream === "stderr" ? withNewline(result.render(looks.err)) : "";
  const stderr = reasons + beside;
  if (format === "markdown") return { stdout: renderMarkdown(subject), stderr };
  if (format === "html") return { stdout: renderHtml(subject), stderr };
  const locate = pathInRepository(context);
  const annotate = (one: typeof subject | ProblemsSubject) => renderAnnotations(one, { locate });
  const more = problems({ command: "", exitCode: result.exitCode, diagnostics: aside });
  return { stdout: annotate(subject) + (aside.length === 0 ? "" : annotate(more)), stderr };
}

function withNewline(text: string): string {
  return text.endsWith("\n") || text === "" ? text : `${text}\n`;
}
