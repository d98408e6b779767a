import type { Result } from "../../diagnostics/index.js";
import type { Project } from "../project.js";
import { type OpenedLockfile, openLockfile } from "./lockfile-store.js";

/**
 * Reads the lockfile of a project. One of another project or environment stops the command, and so does one of another
 * API than `origin`; undefined: not compared.
 */
export function openOwnLockfile(
  { desired, lockfile }: Pick<Project, "desired" | "lockfile">,
  { origin, cwd }: { origin: string | undefined; cwd: string },
): Promise<Result<OpenedLockfile>> {
  const { project, environment } = desired;
  return openLockfile(lockfile, { project, environment, origin }, cwd);
}
