import { type Diagnostic, failure, type Result } from "../../diagnostics/index.js";
import { provider } from "../../resources/provider.js";
import { kindOf } from "../../state/address.js";
import { placeAt } from "../../state/lockfile-text.js";
import { shownPath } from "../files.js";
import type { Project } from "../project.js";
import { type OpenedLockfile, openLockfile } from "./lockfile-store.js";

/**
 * Reads the lockfile of a project. One of another project or environment stops the command, and so does one of another
 * API than `origin`; undefined: not compared. So does an entry under the address of another kind: its object would be
 * taken for gone, and made a second time.
 */
export async function openOwnLockfile(
  { desired, lockfile }: Pick<Project, "desired" | "lockfile">,
  { origin, cwd }: { origin: string | undefined; cwd: string },
): Promise<Result<OpenedLockfile>> {
  const { project, environment } = desired;
  const opened = await openLockfile(lockfile, { project, environment, origin }, cwd);
  const misfiled = opened.ok ? findMisfiled(opened.value, shownPath(lockfile, cwd)) : [];
  return misfiled.length === 0 ? opened : failure(...misfiled);
}

/** Entries with fields that their kind does not have, and without the one that it is known by: of another kind. */
function findMisfiled({ lockfile, text = "" }: OpenedLockfile, file: string): readonly Diagnostic[] {
  return [...lockfile.entries].flatMap(([address, { values }]) => {
    const definition = provider.kinds.get(kindOf(address));
    if (definition === undefined || Object.hasOwn(values, definition.titleField)) return [];
    const isField = (field: string) => definition.fields.some(({ name }) => name === field);
    const strange = Object.keys(values).find((field) => !isField(field));
    if (strange === undefined) return [];
    return [
      {
        code: "GS3004",
        severity: "error",
        summary: `The lockfile has something else under \`${address}\`: it has \`${strange}\`, and no \`${definition.titleField}\``,
        detail: `That is no ${definition.label}. An object under the wrong address would be taken for gone, and made a second time.`,
        remedy: "Give it back the address that it had; git log -p shows it.",
        source: placeAt(text, file, text.indexOf(`"${address}"`)),
      },
    ];
  });
}
