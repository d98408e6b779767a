import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

/** A directory of its own for a test. */
export interface Directory {
  readonly dir: string;
  write(name: string, text: string): void;
  read(name: string): string;
  has(name: string): boolean;
  remove(): void;
}

export function openDirectory(files: Readonly<Record<string, string>> = {}): Directory {
  const dir = mkdtempSync(join(tmpdir(), "gstable-test-"));
  const write = (name: string, text: string): void => {
    mkdirSync(dirname(join(dir, name)), { recursive: true });
    writeFileSync(join(dir, name), text);
  };
  for (const [name, text] of Object.entries(files)) write(name, text);
  return {
    dir,
    write,
    read: (name) => readFileSync(join(dir, name), "utf8"),
    has: (name) => existsSync(join(dir, name)),
    remove: () => rmSync(dir, { recursive: true, force: true }),
  };
}
