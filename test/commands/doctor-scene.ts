import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { CommandContext } from "../../src/commands/context.js";
import { type DoctorOptions, doctor } from "../../src/commands/doctor.js";
import type { DoctorDocument } from "../../src/state/doctor-document.js";
import { closeAfterFile } from "../opened.js";

/** A directory with these files in it; it ends with the test file. */
export function directoryWith(files: Readonly<Record<string, string | object>>): string {
  const dir = mkdtempSync(join(tmpdir(), "gstable-doctor-"));
  closeAfterFile(() => rmSync(dir, { recursive: true, force: true }));
  for (const [name, content] of Object.entries(files)) {
    writeFileSync(join(dir, name), typeof content === "string" ? content : JSON.stringify(content));
  }
  return dir;
}

export interface Told {
  readonly document: DoctorDocument;
  readonly text: string;
}

/** Runs doctor in this process. A network that is not given is one that must not be used. */
export async function ask(
  cwd: string,
  options: Partial<DoctorOptions> = {},
  parts: Partial<Pick<CommandContext, "env" | "fetch">> = {},
): Promise<Told> {
  const look = { colour: false, unicode: true, width: 100 };
  const noNetwork: typeof fetch = async () => {
    throw new Error("doctor used the network");
  };
  const context: CommandContext = {
    cwd,
    env: {},
    version: "0.0.0",
    readStdin: async () => new Uint8Array(),
    progress: () => {},
    ask: undefined,
    look,
    signal: new AbortController().signal,
    fetch: noNetwork,
    ...parts,
  };
  const result = await doctor({ config: "gstable.config.yaml", ...options }, context);
  // It ends early only when it is interrupted.
  return { document: result.document as DoctorDocument, text: result.render(look) };
}
