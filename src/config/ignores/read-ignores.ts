import { type SourceFile, type Span, sourceOf } from "../parse/source-file.js";
import type { Report } from "../report.js";

/** A comment that lets warnings of one line be. */
export interface Ignore {
  readonly codes: readonly string[];
  readonly reason: string;
  /** The comment itself. */
  readonly span: Span;
  readonly file: string;
  /** The line that it is about. */
  readonly line: number;
}

const marker = "gstable-sync-ignore";
const commentPattern = /^#\s*gstable-sync-ignore\b\s*([^:]*?)\s*(?::\s*(.*?)\s*)?$/s;
/**
 * The ignores of a file: `# gstable-sync-ignore GS1510: reason` behind a line, or on a line of its own above it. One without
 * a reason, or for what is no warning of the configuration, is reported.
 */
export async function readIgnores(file: SourceFile, report: Report): Promise<readonly Ignore[]> {
  if (!file.text.includes(marker)) return [];
  // The yaml package knows what is a comment; most files have no such one, and do without it.
  const { findComments } = await import("./find-comments.js");
  return findComments(file).flatMap((span) => readIgnore(span, report) ?? []);
}

function readIgnore(span: Span, report: Report): Ignore | undefined {
  const match = commentPattern.exec(span.file.text.slice(span.start, span.end));
  if (match === null) return undefined;
  const codes = (match[1] ?? "").split(/[\s,]+/).filter((code) => code !== "");
  const reason = match[2] ?? "";
  const wrong = codes.find((code) => !/^GS1\d{3}$/.test(code));
  if (codes.length === 0 || wrong !== undefined || reason === "") {
    report.add(malformed({ codes, wrong }), span);
    return undefined;
  }
  return { codes, reason, span, file: span.file.name, line: lineAbout(span) };
}

function malformed({ codes, wrong }: { codes: readonly string[]; wrong: string | undefined }) {
  if (wrong !== undefined) {
    return {
      code: "GS1520",
      summary: `\`${wrong}\` is not a code that a comment can ignore`,
      detail: "Warnings of the configuration have codes from GS1000 to GS1999.",
      remedy: `Write \`# ${marker} GS1510: why this is right here\`.`,
    } as const;
  }
  return {
    code: "GS1520",
    summary: codes.length === 0 ? "The ignore names no code" : "The ignore has no reason",
    detail: "Whoever reads it later has to know whether the reason still holds.",
    remedy: `Write \`# ${marker} ${codes[0] ?? "GS1510"}: why this is right here\`.`,
  } as const;
}

/** Behind something it is about that line, alone about the next one that is no comment. */
function lineAbout({ file, start }: Span): number {
  const { line, column } = sourceOf({ file, start, end: start + 1 });
  const starts = file.lineStarts();
  const textOf = (index: number): string => file.text.slice(starts[index], starts[index + 1]).trim();
  const before = file.text.slice(starts[line - 1], (starts[line - 1] ?? 0) + column - 1);
  if (before.trim() !== "") return line;
  let next = line;
  while (next < starts.length && /^(?:#.*)?$/s.test(textOf(next))) next += 1;
  return next + 1;
}
