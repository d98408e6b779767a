// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the configuration language has `${name}` itself
import type { CST, Document, ParsedNode } from "yaml";
import type { Report } from "../report.js";
import { compose } from "./compose.js";
import { convertNode } from "./convert-node.js";
import type { MapNode } from "./node.js";
import { readTokens } from "./read-tokens.js";
import { controlCharacter, MAX_CHARACTERS, type SourceFile, type Span } from "./source-file.js";

/** The first syntax errors of a file cause the others. */
const MAX_SYNTAX_ERRORS = 5;

/** Any YAML 1.2 core or JSON, with everything that is to be said of it. Never throws. */
export function parseYaml(file: SourceFile, report: Report): MapNode | undefined {
  if (!checkCharacters(file, report)) return undefined;
  const tokens = readTokens(file, report);
  if (tokens === undefined) return undefined;
  const documents = readDocuments(tokens, file, report);
  const document = documents?.[0];
  if (documents === undefined || document === undefined) return undefined;
  if (documents.length > 1) {
    const second = documents[1]?.range ?? [0, 0, 0];
    report.add(
      {
        code: "GS1008",
        summary: "A second document begins here",
        remedy: "Remove the `---`, or move what follows to a file of its own and `include` it.",
      },
      { file, start: second[0], end: second[0] + 3 },
    );
    return undefined;
  }
  if (reportSyntax(document, file, report)) return undefined;
  const root = convertNode(document.contents, file, report);
  if (root.kind === "map") return root;
  report.add(rootProblem(root.kind === "scalar" && root.value === null), root);
  return undefined;
}

function rootProblem(empty: boolean) {
  return empty
    ? ({
        code: "GS1006",
        summary: "The file is empty",
        remedy: "Write at least `version: 1` and `project: NAME`; `gstable-sync init` writes a starter.",
      } as const)
    : ({
        code: "GS1104",
        summary: "The file must hold a map",
        remedy: "Begin with `version: 1` and `project: NAME`.",
      } as const);
}

function checkCharacters(file: SourceFile, report: Report): boolean {
  if (file.text.length > MAX_CHARACTERS) {
    report.add(
      { code: "GS1004", summary: `\`${file.name}\` is too big`, remedy: "Split it and `include` the parts." },
      { file, start: 0, end: 0 },
    );
    return false;
  }
  const at = file.text.search(controlCharacter);
  if (at < 0) return true;
  const code = file.text.charCodeAt(at).toString(16).toUpperCase().padStart(4, "0");
  report.add(
    {
      code: "GS1003",
      summary: `\`${file.name}\` is not a text: it contains the control character U+${code}`,
      remedy: "Save the file as UTF-8 text without it; in quotes it can be written as an escape.",
    },
    { file, start: at, end: at + 1 },
  );
  return false;
}

function readDocuments(
  tokens: readonly CST.Token[],
  file: SourceFile,
  report: Report,
): readonly Document.Parsed<ParsedNode>[] | undefined {
  try {
    return [...compose(tokens, file.text.length)];
  } catch {
    // The composer is a stranger's code on hostile input: if it gives up, that is the text's fault.
    report.add({ code: "GS1007", summary: "The text cannot be read as YAML" }, { file, start: 0, end: 0 });
    return undefined;
  }
}

function reportSyntax(document: Document.Parsed<ParsedNode>, file: SourceFile, report: Report): boolean {
  for (const error of document.errors.slice(0, MAX_SYNTAX_ERRORS)) {
    const span: Span = { file, start: error.pos[0], end: error.pos[1] };
    report.add(
      {
        code: "GS1007",
        summary: error.message,
        ...remedyFor(error.code, span),
      },
      span,
    );
  }
  return document.errors.length > 0;
}

function remedyFor(code: string, span: Span): { remedy?: string } {
  if (code === "TAB_AS_INDENT") return { remedy: "Indent with spaces; YAML does not allow tabs." };
  if (span.file.text.slice(Math.max(0, span.start - 2), span.start + 2).includes("${")) {
    return { remedy: 'Inside `[ ]` and `{ }` put the value in quotes: `"${name}"`.' };
  }
  return {};
}
