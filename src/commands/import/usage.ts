import { type Diagnostic, failure, type Result } from "../../diagnostics/index.js";
import type { Takeover } from "../../engine/import.js";
import type { CommandContext, NetworkOptions } from "../context.js";
import { commandAgain } from "../flags.js";
import { parseRequests } from "./requests.js";

export interface ImportOptions extends NetworkOptions {
  /** Everything that nobody manages. */
  readonly all?: boolean;
  /** Each kind into a file of its own, in this directory; `true`: the usual one. */
  readonly split?: string | true;
}

/** Everything that is wrong before anything is read. */
export function checkUsage(
  words: readonly string[],
  options: ImportOptions,
  context: CommandContext,
): Result<readonly Takeover[]> {
  if (options.config === "-") return failure(fromStdin);
  if (options.split !== undefined && options.env !== undefined) return failure(splitEnvironment);
  if (typeof options.split === "string" && !/^[\w-][\w.-]*(\/[\w-][\w.-]*)*$/.test(options.split)) {
    return failure(notADirectory(options.split));
  }
  const requests = parseRequests(words);
  const isChosen = words.length > 0 || options.all === true || context.ask !== undefined;
  return requests.ok && !isChosen ? failure(nothingNamed(options)) : requests;
}

const fromStdin: Diagnostic = {
  code: "GS7010",
  severity: "error",
  summary: "Nothing can be imported into a configuration from standard input",
  detail: "What is imported is written into files, and there is none.",
  remedy: "Name the file with --config FILE.",
};

function nothingNamed(options: ImportOptions): Diagnostic {
  const ways = [["paymentLink.NAME=ID"], ["--all"]].map((way) => commandAgain(options, "import", ...way));
  return {
    code: "GS7014",
    severity: "error",
    summary: "It is not said what to import",
    detail: "There is no terminal to choose at.",
    remedy: `Name objects, or import all that nobody manages:\n  ${ways.join("\n  ")}`,
  };
}

const splitEnvironment: Diagnostic = {
  code: "GS7015",
  severity: "error",
  summary: "--split and --env do not go together",
  detail:
    "What is imported into one environment is written into its `overrides`, which stand in the root file.",
  remedy: "Leave out --split.",
};

function notADirectory(path: string): Diagnostic {
  return {
    code: "GS7015",
    severity: "error",
    summary: `\`${path}\` cannot be the directory of --split`,
    detail: "It is a plain path below the directory of the root file.",
    remedy: "Write for example:",
    command: ["import", "--all", "--split", "catalog"],
  };
}
