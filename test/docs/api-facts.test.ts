import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, normalize, relative } from "node:path";
import { describe, expect, it } from "vitest";
import { knobsSchema } from "../../src/sandbox/knobs.js";
import { findPages, linksOf, root } from "./markdown.js";

const path = "docs/api-facts.md";
const text = findPages().find((page) => page.path === path)?.text ?? "";

interface Entry {
  readonly id: string;
  readonly body: string;
  /** Files and folders that rest on it, relative to the repository. */
  readonly users: readonly string[];
}

const entries = text
  .split(/^##+ /m)
  .filter((section) => /^[FG]\d+ /.test(section))
  .map((section): Entry => {
    const [title = "", ...lines] = section.split("\n");
    const body = lines.join("\n").trim();
    const targets = linksOf({ path, text: body }).map((link) => normalize(join("docs", link)));
    const users = targets.filter((target) => target.startsWith("src/"));
    return { id: title.split(" ")[0] ?? "", body, users };
  });

const sources = filesBelow("src").map((file) => ({
  file,
  comments: commentsOf(readFileSync(join(root, file), "utf8")),
}));

/** Every mention of an entry in a source: `Fact F12`, `Facts F1 and F2`, `Fact gap G3`. */
const mentions = sources.flatMap(({ file, comments }) =>
  [...comments.matchAll(/\bFacts?(?: gaps?)? ((?:[FG]\d+)(?:(?:, | and )[FG]\d+)*)/g)].flatMap(
    ([, list = ""]) => list.split(/, | and /).map((id) => ({ file, id })),
  ),
);

function filesBelow(directory: string): readonly string[] {
  return readdirSync(join(root, directory), { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(root, join(entry.parentPath, entry.name)));
}

/** Comments alone, each on one line: `facts:` is also a name in code, and an id may stand on the line after its `Fact`. */
function commentsOf(source: string): string {
  return [...source.matchAll(/\/\*\*[\s\S]*?\*\/|(?:^\s*\/\/ .*\n)+/gm)]
    .map(([comment]) => comment.trim().replaceAll(/\s*\n\s*(?:\*|\/\/) /g, " "))
    .join("\n");
}

function isWithin(file: string, user: string): boolean {
  return file === user || file.startsWith(`${user}/`);
}

function knobsOf(body: string): readonly string[] {
  const list = body.split("Knobs:")[1] ?? "";
  return [...list.matchAll(/`(\w+)`/g)].map(([, knob = ""]) => knob);
}

describe("docs/api-facts.md", () => {
  it("has facts and gaps, each id once", () => {
    const ids = entries.map(({ id }) => id);
    expect(ids.filter((id) => id.startsWith("F")).length).toBeGreaterThan(40);
    expect(ids.filter((id) => id.startsWith("G")).length).toBeGreaterThan(15);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it("says of each fact how sure it is, and collects the gaps under what is not known", () => {
    const facts = entries.filter(({ id }) => id.startsWith("F"));
    expect(
      facts.filter(({ body }) => !/^\*\*(documented|SDK|inferred)\*\*/.test(body)).map(({ id }) => id),
    ).toEqual([]);
    const [known = "", unknown = ""] = text.split("\n## What is not known\n");
    expect(known).not.toMatch(/^### G/m);
    expect(unknown).not.toMatch(/^### F/m);
  });

  it.each(entries.map((entry) => [entry.id, entry.users] as const))(
    "%s names who rests on it, and is named there",
    (id, users) => {
      expect(users).not.toEqual([]);
      const silent = users.filter(
        (user) => !mentions.some((mention) => mention.id === id && isWithin(mention.file, user)),
      );
      expect(silent).toEqual([]);
      expect(users.filter((user) => !existsSync(join(root, user)))).toEqual([]);
    },
  );

  it("names knobs that there are, and leaves none out", () => {
    const named = entries.flatMap(({ body }) => knobsOf(body));
    expect([...new Set(named)].sort()).toEqual(Object.keys(knobsSchema.shape).sort());
  });
});

describe("the sources", () => {
  it("name facts that the page has, and that link back to them", () => {
    const lost = mentions.filter(({ file, id }) => {
      const entry = entries.find((one) => one.id === id);
      return entry === undefined || !entry.users.some((user) => isWithin(file, user));
    });
    expect(lost).toEqual([]);
  });

  it("give every fact that they rest on its id", () => {
    const nameless = sources.filter(({ comments }) => /\bfacts?( gaps?)?:\s/i.test(comments));
    expect(nameless.map(({ file }) => file)).toEqual([]);
  });

  it("name no document that a newcomer cannot open", () => {
    const roots = ["src", "test", "scripts", "bench", "docs"];
    const hidden = /gstable-api\.md|\(design,\s|\(section \d|\[(?:SDK (?:type|run)|documented: D-)/;
    const found = roots
      .flatMap((directory) => filesBelow(directory))
      .filter((file) => /\.(ts|mjs|cjs|md)$/.test(file))
      .filter((file) => hidden.test(readFileSync(join(root, file), "utf8")));
    expect(found).toEqual([]);
  });
});
