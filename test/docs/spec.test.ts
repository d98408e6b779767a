import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { findPages, root } from "./markdown.js";

const pages = findPages();
const testing = pages.find(({ path }) => path === "docs/testing.md")?.text ?? "";
const section = testing.split("\n## The promises\n")[1]?.split("\n## ")[0] ?? "";
const rows = section
  .split("\n")
  .filter((line) => line.startsWith("| ") && !line.startsWith("| promise"))
  .map((line) => {
    const [, promise = "", shown = "", depth = "", said = ""] = line.split("|");
    return { promise: promise.trim(), shown, depth, said };
  });
const targetsIn = (cell: string) => [...cell.matchAll(/\]\(([^)#]+)/g)].map(([, target = ""]) => target);

describe("the promises in docs/testing.md", () => {
  it("are the files of test/spec, each once", () => {
    const listed = rows.flatMap(({ shown }) => targetsIn(shown).map((target) => target.split("/").at(-1)));
    const real = readdirSync(join(root, "test/spec")).filter((name) => name.endsWith(".test.ts"));
    expect(listed.toSorted()).toEqual(real.toSorted());
  });

  it.each(rows)("$promise: says where its depth is", ({ depth }) => {
    const places = [...depth.matchAll(/`([^`]+)`/g)].map(([, place = ""]) => place);
    expect(places.length).toBeGreaterThan(0);
    expect(places.filter((place) => !existsSync(join(root, place)))).toEqual([]);
  });

  it("are all that the pages promise", () => {
    const index = readFileSync(join(root, "docs/README.md"), "utf8");
    const list = index.split("What is promised, and how it is kept:")[1]?.split("\nTo work on it:")[0] ?? "";
    const promising = [
      ...targetsIn(list),
      ...pages
        .filter(({ text }) => text.includes("\n## What is promised\n"))
        .map(({ path }) => path.slice(5)),
    ];
    expect(promising.length).toBeGreaterThan(4);
    const said = new Set(rows.flatMap((row) => targetsIn(row.said)));
    expect(promising.filter((page) => !said.has(page))).toEqual([]);
  });
});

describe("a spec", () => {
  it.each(readdirSync(join(root, "test/spec")).filter((name) => name.endsWith(".test.ts")))(
    "says in comments where the depth is, at places that exist: %s",
    (name) => {
      const text = readFileSync(join(root, "test/spec", name), "utf8");
      const named = [...text.matchAll(/\btest\/[\w/-]+/g)].map(([place]) => place);
      const isThere = (place: string) =>
        existsSync(join(root, place)) || existsSync(join(root, `${place}.test.ts`));
      expect(named.filter((place) => !isThere(place))).toEqual([]);
    },
  );
});
