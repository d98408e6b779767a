import type { Subject } from "../subject.js";
import { type Annotation, viewAnnotations } from "../view/annotations.js";
import { workflowCommand } from "./workflow-command.js";

/** GitHub shows so many of each level a step, and silently drops the rest. */
const MOST = 10;

/**
 * Lines for the log of a workflow that GitHub shows at the lines of the configuration: worst first, at most ten of a
 * level, the last one saying how many there are besides. `locate` gives a file's path in the repository.
 */
export function renderAnnotations(
  subject: Subject,
  { locate }: { readonly locate: (file: string) => string | undefined },
): string {
  const annotations = viewAnnotations(subject);
  const levels: readonly Annotation["level"][] = ["error", "warning", "notice"];
  return levels
    .flatMap((level) => shown(annotations.filter((annotation) => annotation.level === level)))
    .map((annotation) => `${lineOf(annotation, locate)}\n`)
    .join("");
}

function shown(annotations: readonly Annotation[]): readonly Annotation[] {
  const more = annotations.length - MOST;
  if (more <= 0) return annotations;
  const first = annotations.slice(0, MOST);
  return first.map((annotation, index) =>
    index === MOST - 1
      ? {
          ...annotation,
          title: `${annotation.title} (+${more} more)`,
          message: [...annotation.message, `+${more} more; the step summary has all of them.`],
        }
      : annotation,
  );
}

function lineOf(annotation: Annotation, locate: (file: string) => string | undefined): string {
  const { level, title, message, source } = annotation;
  const file = source === undefined ? undefined : locate(source.file);
  const place =
    source === undefined || file === undefined
      ? {}
      : { file, line: source.line, col: source.column, endColumn: source.endColumn };
  return workflowCommand(level, { ...place, title }, message);
}
