import { existsSync, readFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { describe, expect, it } from "vitest";
import { anchorsOf, findPages, linksOf, namesOf, root } from "./markdown.js";

const pages = findPages();
const byPath = new Map(pages.map((page) => [page.path, page]));

describe.each(pages.map((page) => [page.path, page] as const))("%s", (path, page) => {
  const inside = linksOf(page).filter((link) => !/^(https?|mailto):/.test(link));

  it("leads to pages and headings that exist", () => {
    const broken = inside.filter((link) => {
      const [file = "", anchor] = link.split("#");
      const target = file === "" ? path : normalize(join(dirname(path), file));
      if (!existsSync(join(root, target))) return true;
      const targetPage = byPath.get(target);
      return anchor !== undefined && (targetPage === undefined || !anchorsOf(targetPage).includes(anchor));
    });
    expect(broken).toEqual([]);
  });

  it("names functions that are in the file that it leads to", () => {
    const missing = namesOf(page).filter(({ name, file }) => {
      const text = readFileSync(join(root, normalize(join(dirname(path), file))), "utf8");
      return !new RegExp(`\\b(?:function\\*?|class|const|interface|type) ${name}\\b`).test(text);
    });
    expect(missing).toEqual([]);
  });

  it("leads outside by https only", () => {
    expect(linksOf(page).filter((link) => link.startsWith("http:"))).toEqual([]);
  });
});

describe("the pages", () => {
  it("can all be reached from the README", () => {
    const reached = new Set<string>();
    const visit = (path: string): void => {
      const page = byPath.get(path);
      if (page === undefined || reached.has(path)) return;
      reached.add(path);
      for (const link of linksOf(page)) visit(normalize(join(dirname(path), link.split("#")[0] ?? "")));
    };
    visit("README.md");
    expect([...byPath.keys()].filter((path) => !reached.has(path))).toEqual([]);
  });
});
