import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import type { ConfigFiles } from "../../config/index.js";
import { diskFiles } from "../files.js";

const byteOrderMark = "\ufeff";

/** The files of a configuration with the byte order mark that reading drops: it has to be there again afterwards. */
export function rawFiles(cwd: string, readStdin: () => Promise<Uint8Array>): ConfigFiles {
  const files = diskFiles(cwd, readStdin);
  return {
    glob: files.glob,
    read: async (path) => {
      const result = await files.read(path);
      if (!result.ok || path === "-") return result;
      const bytes = await readFile(resolve(cwd, path)).catch(() => undefined);
      const isMarked = bytes?.subarray(0, 3).equals(Buffer.from(byteOrderMark)) === true;
      return isMarked ? { ok: true, text: byteOrderMark + result.text } : result;
    },
  };
}
