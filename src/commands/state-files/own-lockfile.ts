import { type Diagnostic, failure, type Result, success } from "../../diagnostics/index.js";
import { provider } from "../../resources/provider.js";
import { kindOf } from "../../state/address.js";
import { placeAt } from "../../state/lockfile-text.js";
import { shownPath } from "../files.js";
import type { Project } from "../project.js";
import { type FoundLockfile, findLockfile, type OpenedLockfile } from "./lockfile-store.js";

/**
 * Reads the lockfile of a project. One of another project or environment stops the command, and so does one of another
 * API than `origin`; undefined: not compared. So does an entry under the address of another kind: its object would be
 * taken for gone, and made a second time.
 */
export async function openOwnLockfile(
  project: Pick<Project, "desired" | "lockfile">,
  at: Place,
): Promise<Result<OpenedLockfile>> {
  const found = await findOwnLockfile(project, at);
  return found.ok ? found.value.check() : found;
}

interface Place {
  readonly origin: string | undefined;
  readonly cwd: string;
}

/** The beginning of `openOwnLockfile`: whether it is the project's. What else may be wrong with it comes with `check`. */
export async function findOwnLockfile(
  { desired, lockfile }: Pick<Project, "desired" | "lockfile">,
  { origin, cwd }: Place,
): Promise<Result<FoundLockfile>> {
  const { project, environment } = desired;
  const found = await findLockfile(lockfile, { project, environment, origin }, cwd);
  if (!found.ok) return found;
  const { addresses, check } = found.value;
  return success({
    addresses,
    check: async (pause) => {
      const opened = await check(pause);
      const misfiled = opened.ok ? findMisfiled(opened.value, shownPath(lockfile, cwd)) : [];
      return misfiled.length === 0 ? opened : failure(...misfiled);
    },
  });
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
