import { mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import type { InitFile } from "../../state/init-document.js";
import { codeOf } from "../files.js";
import { githubWorkflow } from "./templates/github.js";
import { gitlabPipeline } from "./templates/gitlab.js";

/** A file of the starter. */
export interface StarterFile {
  /** As shown. */
  readonly path: string;
  readonly text: string;
  readonly purpose: string;
}

export type Ci = "github" | "gitlab" | "none";

/** The file that runs it in the pipeline, below the directory of the configuration. */
export function ciFile(ci: Ci): StarterFile | undefined {
  switch (ci) {
    case "github":
      return {
        path: ".github/workflows/gstable.yml",
        text: githubWorkflow,
        purpose: "plan on pull requests, apply on merges, drift every night",
      };
    case "gitlab":
      return {
        path: ".gitlab-ci.yml",
        text: gitlabPipeline,
        purpose: "plan on merge requests, apply on merges, drift on schedule",
      };
    case "none":
      return undefined;
    default:
      return ci satisfies never;
  }
}

/** Writes a file that is not there; one that is stays as it is. */
export async function writeNew(cwd: string, { path, text, purpose }: StarterFile): Promise<InitFile> {
  const absolute = resolve(cwd, path);
  await mkdir(dirname(absolute), { recursive: true });
  try {
    await writeFile(absolute, text, { flag: "wx" });
    return { file: path, state: "written", purpose };
  } catch (error) {
    if (codeOf(error) !== "EEXIST") throw error;
    return { file: path, state: "kept", purpose };
  }
}

const IGNORED = ".gstable/";

/** Has git leave the embedded sandbox alone. */
export async function ignoreSandbox(cwd: string, directory: string): Promise<InitFile> {
  const path = directory === "." ? ".gitignore" : join(directory, ".gitignore");
  const purpose = "keeps the embedded sandbox out of git";
  const absolute = resolve(cwd, path);
  const before = await readFile(absolute, "utf8").catch((error: unknown) => {
    if (codeOf(error) !== "ENOENT") throw error;
    return undefined;
  });
  if (before === undefined) return writeNew(cwd, { path, text: `${IGNORED}\n`, purpose });
  if (/^\/?\.gstable\/?\s*$/m.test(before)) return { file: path, state: "kept", purpose };
  const eol = before.includes("\r\n") ? "\r\n" : "\n";
  const gap = before === "" || before.endsWith("\n") ? "" : eol;
  await writeFile(absolute, `${gap}${IGNORED}${eol}`, { flag: "a" });
  return { file: path, state: "extended", purpose };
}
