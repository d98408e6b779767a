import { basename } from "node:path";
import { type Diagnostic, failure, type Result, success } from "../../diagnostics/index.js";
import { renderOutputDotenv, renderOutputJson, renderOutputTypeScript } from "../../render/index.js";
import type { OutputCatalogue, OutputFormat } from "../../state/output-document.js";

/** The format that was asked for; else what the name of the file says; else JSON. */
export function chooseFormat(asked: OutputFormat | undefined, file: string | undefined): OutputFormat {
  if (asked !== undefined) return asked;
  const name = basename(file ?? "");
  if (/\.[cm]?ts$/.test(name)) return "ts";
  return /^\.env|\.env$/.test(name) ? "dotenv" : "json";
}

/** The bytes of a format: the same for the same lockfile. GS7032 where dotenv has no way to write a value. */
export function renderOutput(catalogue: OutputCatalogue, format: OutputFormat): Result<string> {
  switch (format) {
    case "json":
      return success(renderOutputJson(catalogue));
    case "ts":
      return success(renderOutputTypeScript(catalogue));
    case "dotenv": {
      const rendered = renderOutputDotenv(catalogue);
      return rendered.ok ? success(rendered.text) : failure(...rendered.unwritable.map(unwritable));
    }
    default:
      return format satisfies never;
  }
}

function unwritable({ key, value }: { key: string; value: string }): Diagnostic {
  return {
    code: "GS7032",
    severity: "error",
    summary: `${key} cannot be written as dotenv: its value is ${JSON.stringify(value)}`,
    detail:
      "Quotation marks, backslashes and characters beyond ASCII mean something else to every dotenv reader.",
    remedy: "Use --format json or ts.",
  };
}
