import { closeSync, fsyncSync, openSync } from "node:fs";
import { open, rename, rm } from "node:fs/promises";
import { temporaryPath } from "./left-overs.js";

/** Replaces a file in one step: whoever reads it sees the old one or the new one, never half of one. */
export async function replaceFile(path: string, text: string, mode = 0o644): Promise<void> {
  const temporary = temporaryPath(path);
  try {
    await rm(temporary, { force: true });
    const file = await open(temporary, "wx", mode);
    try {
      await file.writeFile(text);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}

/** Makes a name that came, went or changed in a directory outlast a power cut. */
export function syncDirectory(directory: string): void {
  const handle = openSync(directory, "r");
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}
