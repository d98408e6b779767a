/**
 * Where texts come from: handed in, so that the room knows no file system.
 * Paths are as they will be shown: relative to the working directory, with `/`; `-` is standard input.
 */
export interface ConfigFiles {
  /** The text of one file, or why there is none. */
  read(path: string): Promise<ReadResult>;
  /**
   * The files that `pattern` (relative to the directory `base`, itself relative to the working directory)
   * matches, links resolved. `paths` are ready for `read`; `outside` lists matches that lie outside `base`.
   */
  glob(pattern: string, base: string): Promise<GlobResult>;
}

export type ReadFailure = "missing" | "directory" | "unreadable" | "notText" | "tooBig" | "outside";

export type ReadResult =
  | { readonly ok: true; readonly text: string }
  | { readonly ok: false; readonly why: ReadFailure; readonly message: string };

export type GlobResult =
  | { readonly ok: true; readonly paths: readonly string[]; readonly outside: readonly string[] }
  | { readonly ok: false; readonly why: ReadFailure; readonly message: string };

/** `a/./b/../c` as `a/c`; `undefined` for an absolute path or one that climbs out. */
export function normalisePath(path: string): string | undefined {
  if (path.startsWith("/") || path.startsWith("~") || /^[a-z]:/i.test(path) || path.includes("\\")) {
    return undefined;
  }
  const parts: string[] = [];
  for (const part of path.split("/")) {
    if (part === "" || part === ".") continue;
    if (part !== "..") parts.push(part);
    else if (parts.pop() === undefined) return undefined;
  }
  return parts.join("/");
}

/** The directory of a path as shown; that of a bare name, and of standard input, is `.`. */
export function directoryOf(path: string): string {
  const slash = path.lastIndexOf("/");
  return path === "-" || slash < 0 ? "." : slash === 0 ? "/" : path.slice(0, slash);
}

/** A path inside a directory, as shown. */
export function joinPath(directory: string, path: string): string {
  return directory === "." ? path : `${directory.replace(/\/$/, "")}/${path}`;
}
