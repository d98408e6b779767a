import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

const root = resolve(import.meta.dirname, "../..");

export interface Ran {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the built program in a directory, without anything of the developer's own account. */
export function runBuilt(directory: string, args: readonly string[]): Ran {
  const own = Object.entries(process.env).filter(([name]) => !name.startsWith("GSTABLE_"));
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(root, "dist/cli.js"), ...args], {
    cwd: directory,
    env: { ...Object.fromEntries(own), NO_COLOR: "1" },
    encoding: "utf8",
  });
  return { exitCode: status, stdout, stderr };
}

/** A copy of something in the repository that a test may write into; `remove` when done. */
export function temporaryCopy(path: string): { readonly directory: string; remove(): void } {
  const directory = mkdtempSync(join(tmpdir(), "gstable-test-"));
  cpSync(join(root, path), path.endsWith(".yaml") ? join(directory, path) : directory, {
    recursive: true,
    filter: (source) => !source.endsWith("/.gstable"),
  });
  return { directory, remove: () => rmSync(directory, { recursive: true, force: true }) };
}
