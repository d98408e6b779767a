import type { ConfigFiles, GlobResult, ReadResult } from "../files.js";
import type { RawTexts } from "./edit-texts.js";

/** Reads each file once and remembers it, so that the whole run speaks of the same texts. */
export function recordFiles(files: ConfigFiles): {
  readonly files: ConfigFiles;
  readonly texts: Map<string, string>;
} {
  const texts = new Map<string, string>();
  const reads = new Map<string, Promise<ReadResult>>();
  const globs = new Map<string, Promise<GlobResult>>();
  const read = async (path: string): Promise<ReadResult> => {
    const result = await files.read(path);
    if (result.ok) texts.set(path, result.text);
    return result;
  };
  return {
    texts,
    files: {
      read: (path) => remember(reads, path, () => read(path)),
      glob: (pattern, base) => remember(globs, `${base} ${pattern}`, () => files.glob(pattern, base)),
    },
  };
}

function remember<T>(known: Map<string, Promise<T>>, key: string, find: () => Promise<T>): Promise<T> {
  const found = known.get(key) ?? find();
  known.set(key, found);
  return found;
}

/** The same files with other texts in some of them. */
export function overlay(files: ConfigFiles, texts: RawTexts): ConfigFiles {
  return {
    glob: files.glob,
    read: async (path) => {
      const text = texts.get(path);
      return text === undefined ? files.read(path) : { ok: true, text };
    },
  };
}
