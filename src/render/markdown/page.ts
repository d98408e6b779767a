import { marker } from "./escape.js";
import { fit, type LeftOut, type Part } from "./fit.js";

/** What one platform takes. */
export interface Page {
  /** So many bytes at most; unset: all of it. */
  readonly limitBytes?: number;
  /** Begins with a hidden mark by which the comment is found again. */
  readonly isComment?: boolean;
}

interface About extends Page {
  readonly command: string;
  readonly project: string;
  readonly environment: string | null;
}

/** GitHub takes 65,536 characters in a comment; some room is left for what a workflow adds. */
export const COMMENT_BYTES = 65_000;
/** GitHub drops a step summary of more than 1 MiB as a whole. */
export const SUMMARY_BYTES = 1_048_576;

/** The parts as one page that fits. */
export function renderPage(parts: readonly Part[], about: About): string {
  const { limitBytes = Number.MAX_SAFE_INTEGER, isComment, command, project, environment } = about;
  const mark = isComment === true ? [{ full: marker(command, project, environment) }] : [];
  return fit([...mark, ...parts], limitBytes, leftOutPart);
}

function leftOutPart({ shortened, dropped }: LeftOut): Part {
  const list = (counts: ReadonlyMap<string, number>) =>
    [...counts]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([what, number]) => `${number} ${plural(what, number)}`)
      .join(", ");
  const said = [
    ...(shortened.size === 0 ? [] : [`the details of ${list(shortened)}`]),
    ...(dropped.size === 0 ? [] : [`${list(dropped)} altogether`]),
  ];
  return {
    full: `> [!WARNING]\n> **Cut to fit.** Left out, from the harmless end: ${said.join("; ")}. The counts above are of everything; \`--format html\` and \`--format json\` show all of it.`,
  };
}

function plural(what: string, number: number): string {
  if (number === 1) return what;
  return what === "change outside" ? "changes outside" : `${what}s`;
}
