import { listNames } from "../config/emit/index.js";
import { safeText } from "../render/index.js";
import { decodeLockfile } from "../state/lockfile-text.js";
import { completionScripts, type Shell } from "./completion/scripts.js";
import { type CommandContext, type CommandResult, exitCodes, isStop } from "./context.js";
import { diskFiles } from "./files.js";
import { DEFAULT_CONFIG } from "./flags.js";
import { openProject } from "./project.js";
import { failureDocument } from "./result.js";
import { readIfThere } from "./state-files/lockfile-store.js";

/** What may stand at a place of the command line. */
export type Candidates =
  | { readonly are: "words"; readonly words: readonly Word[] }
  | { readonly are: "addresses" | "lockedAddresses" | "environments"; readonly prefix: string }
  /** The entries of one kind by their names alone, and what else may stand there. */
  | { readonly are: "names"; readonly kind: "paymentLink" | "webhook"; readonly words: readonly Word[] }
  /** The shell knows them better. */
  | { readonly are: "files" };

export interface Word {
  readonly value: string;
  readonly description: string;
}

/** The flags among the words so far that say which configuration is meant. */
export interface NameSource {
  readonly config?: string | undefined;
  readonly lockfile?: string | undefined;
  readonly env?: string | undefined;
  readonly sandbox?: boolean;
}

/** The script that makes a shell ask for completions. */
export function completion(shell: Shell): CommandResult {
  const script = completionScripts[shell];
  const { done } = exitCodes;
  return {
    exitCode: done,
    document: { ...failureDocument({ command: "completion", exitCode: done, diagnostics: [] }), script },
    stream: "stdout",
    render: () => script,
  };
}

/** One candidate a line, behind a tab what it is; `:files` asks the shell for files. Never fails, uses no network. */
export async function complete(
  { typed, candidates }: { typed: string; candidates: Candidates },
  source: NameSource,
  context: CommandContext,
): Promise<CommandResult> {
  const words = await findWords(candidates, source, context);
  const fitting = words === "files" ? [] : words.filter(({ value }) => value.startsWith(typed));
  const lines = words === "files" ? [":files"] : fitting.map(lineOf);
  const { done } = exitCodes;
  return {
    exitCode: done,
    document: {
      ...failureDocument({ command: "complete", exitCode: done, diagnostics: [] }),
      words: fitting,
    },
    stream: "stdout",
    render: () => lines.map((line) => `${line}\n`).join(""),
  };
}

/** Escaped part by part: the tab between them is ours. */
const lineOf = ({ value, description }: Word): string => `${safeText(value)}\t${safeText(description)}`;

async function findWords(
  candidates: Candidates,
  source: NameSource,
  context: CommandContext,
): Promise<readonly Word[] | "files"> {
  switch (candidates.are) {
    case "words":
      return candidates.words;
    case "files":
      return "files";
    case "names": {
      const values = await listValues("addresses", source, context);
      const names = values.filter((value) => value.startsWith(`${candidates.kind}.`));
      return [
        ...candidates.words,
        ...names.map((value) => ({ value: value.slice(candidates.kind.length + 1), description: value })),
      ];
    }
    case "addresses":
    case "environments":
    case "lockedAddresses": {
      const values = await listValues(candidates.are, source, context);
      return values.map((value) => ({ value: `${candidates.prefix}${value}`, description: "" }));
    }
    default:
      return candidates satisfies never;
  }
}

/** Whoever is typing is not told what is wrong with the configuration: then there are simply no names. */
async function listValues(
  what: "addresses" | "environments" | "lockedAddresses",
  source: NameSource,
  context: CommandContext,
): Promise<readonly string[]> {
  const path = source.config ?? DEFAULT_CONFIG;
  if (path === "-") return [];
  const silent = { ...context, readStdin: async () => new Uint8Array() };
  try {
    const locked = what === "lockedAddresses" ? await listLocked({ ...source, config: path }, silent) : [];
    if (locked.length > 0) return locked;
    const files = diskFiles(context.cwd, silent.readStdin);
    const names = await listNames({ path, files, variables: context.env });
    return what === "environments" ? names.environments : names.entries;
  } catch {
    return [];
  }
}

async function listLocked(
  source: NameSource & { readonly config: string },
  context: CommandContext,
): Promise<readonly string[]> {
  const { config, lockfile, env, sandbox } = source;
  const project = await openProject(
    {
      config,
      ...(lockfile !== undefined && { lockfile }),
      ...(env !== undefined && { env }),
      ...(sandbox === true && { sandbox }),
    },
    context,
  );
  if (isStop(project)) return [];
  const text = await readIfThere(project.lockfile);
  const decoded = typeof text === "string" ? await decodeLockfile(text, project.lockfile) : undefined;
  return decoded?.ok === true ? [...decoded.value.entries.keys()].sort() : [];
}
