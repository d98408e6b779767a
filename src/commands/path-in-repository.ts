import { isAbsolute, relative, resolve, sep } from "node:path";
import type { CommandContext } from "./context.js";

/** A file's path as the platform knows it: from the root of the repository. */
export function pathInRepository({
  cwd,
  env,
}: Pick<CommandContext, "cwd" | "env">): (file: string) => string | undefined {
  const root = env.GITHUB_WORKSPACE || env.CI_PROJECT_DIR || cwd;
  return (file) => {
    if (file === "-" || file.startsWith("<")) return undefined;
    const path = relative(resolve(root), resolve(cwd, file));
    return path === "" || isAbsolute(path) || path.split(sep)[0] === ".."
      ? undefined
      : path.split(sep).join("/");
  };
}
