import type { DiagnosticCode } from "../../diagnostics/index.js";
import type { ConfigFiles, ReadFailure } from "../files.js";
import type { ConfigNode } from "../parse/node.js";
import { createSourceFile, type SourceFile } from "../parse/source-file.js";
import type { Problem, Report } from "../report.js";

const codes: { readonly [why in ReadFailure]: DiagnosticCode } = {
  missing: "GS1001",
  directory: "GS1002",
  unreadable: "GS1002",
  notText: "GS1003",
  tooBig: "GS1004",
  outside: "GS1005",
};

const summaries: { readonly [why in ReadFailure]: (path: string) => string } = {
  missing: (path) => `\`${path}\` does not exist`,
  directory: (path) => `\`${path}\` is a directory`,
  unreadable: (path) => `\`${path}\` cannot be read`,
  notText: (path) => `\`${path}\` is not a UTF-8 text`,
  tooBig: (path) => `\`${path}\` is too big`,
  outside: (path) => `\`${path}\` lies outside the directory of the root file`,
};

/** The text of a file; `place` is where it was named, if anywhere. */
export async function readSource(
  path: string,
  { files, report, place }: { files: ConfigFiles; report: Report; place?: ConfigNode },
): Promise<SourceFile | undefined> {
  const result = await files.read(path);
  if (result.ok) return createSourceFile(path, result.text);
  report.add(fileProblem(path, result), place);
  return undefined;
}

/** What to say of a file that could not be read. */
export function fileProblem(path: string, failed: { why: ReadFailure; message: string }): Problem {
  return {
    code: codes[failed.why],
    summary: summaries[failed.why](path === "-" ? "<stdin>" : path),
    ...(failed.message !== "" && { detail: failed.message }),
  };
}
