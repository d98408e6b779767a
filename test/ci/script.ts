import { spawn } from "node:child_process";

export interface ScriptEnded {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a bash script (a file, or its text) in an environment of its own. */
export function runScript(
  script: string,
  { cwd, env, inline = false }: { cwd: string; env: Readonly<Record<string, string>>; inline?: boolean },
): Promise<ScriptEnded> {
  const words = inline ? ["--noprofile", "--norc", "-eo", "pipefail", "-c", script] : [script];
  const child = spawn("bash", words, {
    cwd,
    env: { PATH: process.env.PATH, HOME: cwd, ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const out = { stdout: "", stderr: "" };
  for (const name of ["stdout", "stderr"] as const) {
    child[name].setEncoding("utf8").on("data", (text: string) => {
      out[name] += text;
    });
  }
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code) => resolve({ code, ...out }));
  });
}
