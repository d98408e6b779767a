import { readdirSync, readFileSync } from "node:fs";
import { join, relative, resolve } from "node:path";

export const root = resolve(import.meta.dirname, "../..");

export interface Page {
  /** Relative to the repository. */
  readonly path: string;
  readonly text: string;
}

const skipped = new Set(["node_modules", "dist", "coverage", ".git", ".gstable", "test"]);

/** Every Markdown page of the repository. */
export function findPages(directory = root): readonly Page[] {
  return readdirSync(directory, { withFileTypes: true }).flatMap((entry): readonly Page[] => {
    const path = join(directory, entry.name);
    if (entry.isDirectory()) return skipped.has(entry.name) ? [] : findPages(path);
    if (!entry.name.endsWith(".md")) return [];
    return [{ path: relative(root, path), text: readFileSync(path, "utf8") }];
  });
}

/** The targets of all links, outside of code. */
export function linksOf({ text }: Page): readonly string[] {
  return [...withoutCode(text).matchAll(/\]\(([^)\s]+)\)/g)].map(([, target = ""]) => target);
}

/** Names of our code that lead to their file: `[`makePlan`](../src/engine/plan.ts)`. */
export function namesOf({ text }: Page): readonly { readonly name: string; readonly file: string }[] {
  return [...withoutBlocks(text).matchAll(/\[`(\w+)`\]\(([^)\s]+\.ts)\)/g)].map(
    ([, name = "", file = ""]) => ({
      name,
      file,
    }),
  );
}

/** The anchors of all headings, as GitHub makes them. */
export function anchorsOf({ text }: Page): readonly string[] {
  return [...withoutBlocks(text).matchAll(/^#{1,6} (.+)$/gm)].map(([, title = ""]) =>
    title
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}\s_-]/gu, "")
      .trim()
      .replaceAll(" ", "-"),
  );
}

/** The texts of the fenced blocks of one language. */
export function blocksOf({ text }: Page, language: string): readonly string[] {
  return [...text.matchAll(/^( *)```(\w*)\n([\s\S]*?)^\1```/gm)].flatMap(
    ([, indent = "", found, block = ""]) =>
      found === language ? [block.replaceAll(new RegExp(`^${indent}`, "gm"), "")] : [],
  );
}

function withoutBlocks(text: string): string {
  return text.replaceAll(/^( *)```[\s\S]*?^\1```/gm, "");
}

function withoutCode(text: string): string {
  return withoutBlocks(text).replaceAll(/`[^`\n]*`/g, "");
}
