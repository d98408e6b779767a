import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { readData } from "../config/index.js";
import type { Diagnostic } from "../diagnostics/index.js";
import type { InputError, Sandbox, SandboxSeed } from "../sandbox/index.js";
import { codeOf } from "./files.js";

/** Puts what a file of JSON or YAML says into a sandbox: all of it, or nothing and every mistake with its place. */
export async function seedFromFile(
  local: Sandbox,
  { path, cwd }: { readonly path: string; readonly cwd: string },
): Promise<readonly Diagnostic[]> {
  let text: string;
  try {
    text = await readFile(resolve(cwd, path), "utf8");
  } catch (error) {
    return [
      {
        code: "GS7005",
        severity: "error",
        summary: "The seed of the sandbox cannot be read",
        detail: `${path}: ${codeOf(error)}`,
      },
    ];
  }
  const value = fromJson(text);
  if (value !== undefined) return seeded(local, value, { path, text });
  const read = await readData(path, text);
  return read.ok ? seeded(local, read.value.value, { path, text }) : read.diagnostics;
}

/** A dump may be larger than any file that people write: JSON is read as such, and its places only when they are needed. */
function fromJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

async function seeded(
  local: Sandbox,
  value: unknown,
  file: { readonly path: string; readonly text: string },
): Promise<readonly Diagnostic[]> {
  try {
    local.seed(value as SandboxSeed); // checked by its schema
    return [];
  } catch (error) {
    if (!(error instanceof Error && error.name === "InputError")) throw error;
    const placed = await readData(file.path, file.text);
    // By name: the class itself is loaded with the sandbox.
    return (error as InputError).issues.map(({ path, message }) => ({
      code: "GS7005",
      severity: "error",
      summary: message,
      remedy: "docs/sandbox.md has the format; `sandbox-seed.schema.json` has it for editors.",
      ...(placed.ok && { source: placed.value.sourceAt(path) }),
    }));
  }
}
