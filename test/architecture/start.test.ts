import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, it } from "vitest";

const dist = resolve(import.meta.dirname, "../../dist");
const builtFiles = readdirSync(dist);

/** A built file and everything that it imports at once; what it imports on demand stays out. */
function loadedAtOnce(entry: string, seen = new Set<string>()): Set<string> {
  if (seen.has(entry)) return seen;
  seen.add(entry);
  const text = readFileSync(join(dist, entry), "utf8");
  for (const [, name = ""] of text.matchAll(/^\s*(?:import|export)\b[^;]*?["']\.\/([\w.-]+\.js)["'];/gm)) {
    loadedAtOnce(name, seen);
  }
  return seen;
}

function built(pattern: RegExp): string {
  const found = builtFiles.filter((name) => pattern.test(name));
  expect(found, `dist has one ${pattern}`).toHaveLength(1);
  return found[0] ?? "";
}

/** What comes with a file that is only imported on demand; program and library each have one of its name. */
function loadedOnDemand(name: string): readonly string[] {
  const files = builtFiles.filter((file) => new RegExp(`^${name}-\\w+\\.js$`).test(file));
  expect(files, `dist has ${name}`).not.toEqual([]);
  return files.flatMap((file) => [...loadedAtOnce(file)]);
}

/** Packages inside the bundle, by the comments that the bundler leaves. */
function packagesIn(files: Iterable<string>): string[] {
  const names = [...files].flatMap((file) =>
    [
      ...readFileSync(join(dist, file), "utf8").matchAll(/^\/\/ node_modules\/((?:@[\w.-]+\/)?[\w.-]+)\//gm),
    ].map(([, name = ""]) => name),
  );
  return [...new Set(names)].sort();
}

/** The built files that have a format. */
function filesWith(format: string): string[] {
  return builtFiles.filter(
    (file) =>
      file.endsWith(".js") && readFileSync(join(dist, file), "utf8").includes(`// src/render/${format}/`),
  );
}

describe("what a start loads", () => {
  it("--version loads nothing but the first file", () => {
    expect(packagesIn(loadedAtOnce("cli.js"))).toEqual([]);
  });

  it("schemas bring one language along, and nothing that nobody uses", () => {
    const texts = builtFiles.map((file) => readFileSync(join(dist, file), "utf8")).join("\n");
    expect(texts).toContain("// node_modules/zod/v4/locales/en.js");
    expect(texts).not.toContain("// node_modules/zod/v4/locales/de.js");
    expect(texts).not.toContain("// node_modules/zod/v4/classic/from-json-schema.js");
  });

  it("--help loads commander, and neither YAML nor schemas nor the sandbox", () => {
    const files = loadedAtOnce(built(/^main-\w+\.js$/));
    expect(packagesIn(files)).toEqual(["commander"]);
    for (const file of files) {
      expect(readFileSync(join(dist, file), "utf8")).not.toContain("// src/sandbox/");
    }
  });

  it("a command starts no process, and does not load what could", () => {
    const say = "process.on('exit', () => console.error(process.moduleLoadList.join()))";
    const flags = ["--import", `data:text/javascript,${encodeURIComponent(say)}`];
    const { stderr } = spawnSync(process.execPath, [...flags, join(dist, "cli.js"), "--help"], {
      encoding: "utf8",
    });
    expect(stderr).toContain("NativeModule path");
    expect(stderr).not.toContain("NativeModule child_process");
  });

  it.each([
    ["main", 2],
    ["validate", 2],
    ["plan", 3],
    ["apply", 4],
  ])("%s with all that it needs is %i files: finding many takes longer than reading them", (name, count) => {
    expect(loadedAtOnce(built(new RegExp(`^${name}-\\w+\\.js$`))).size).toBe(count);
  });

  it.each(["plan", "apply"])(
    "%s loads schemas only where something is wrong, rarer YAML on demand, and no sandbox",
    (command) => {
      const files = loadedAtOnce(built(new RegExp(`^${command}-\\w+\\.js$`)));
      expect(packagesIn(files)).toEqual(["diff"]);
      for (const later of ["misfits", "lockfile-schema", "journal-schema"]) {
        expect(packagesIn(loadedOnDemand(later)), later).toContain("zod");
      }
      expect(packagesIn(loadedOnDemand("parse-yaml"))).toContain("yaml");
      for (const file of files) {
        expect(readFileSync(join(dist, file), "utf8")).not.toContain("// src/sandbox/");
      }
    },
  );

  it("validate loads schemas only where something is wrong, and YAML only for what is rarer than everyday", () => {
    const files = loadedAtOnce(built(/^validate-\w+\.js$/));
    expect(packagesIn(files)).toEqual(["diff"]);
    const wrong = builtFiles.filter((name) => /^misfits-\w+\.js$/.test(name));
    expect(packagesIn(wrong.flatMap((name) => [...loadedAtOnce(name)]))).toContain("zod");
  });

  it.each(["validate", "plan", "apply"])("%s loads no format before somebody asks for it", (command) => {
    const files = loadedAtOnce(built(new RegExp(`^${command}-\\w+\\.js$`)));
    for (const format of ["html", "markdown", "github", "gitlab"]) {
      for (const file of files) {
        expect(readFileSync(join(dist, file), "utf8")).not.toContain(`// src/render/${format}/`);
      }
      expect(filesWith(format), format).not.toEqual([]);
    }
  });
});
