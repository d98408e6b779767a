import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { isBuiltin } from "node:module";
import { join, resolve } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";

const root = resolve(import.meta.dirname, "../..");
const readText = (path: string) => readFileSync(join(root, path), "utf8");

interface Packed {
  readonly files: readonly { readonly path: string; readonly mode: number }[];
  readonly size: number;
  readonly unpackedSize: number;
}

describe("the package", () => {
  let packed: Packed;
  let paths: readonly string[];

  beforeAll(() => {
    const { stdout } = spawnSync("npm", ["pack", "--dry-run", "--json", "--ignore-scripts", "--offline"], {
      cwd: root,
      encoding: "utf8",
    });
    [packed] = JSON.parse(stdout);
    paths = packed.files.map(({ path }) => path).sort();
  });

  it("has the program, the library, its types, the schemas and what one should read", () => {
    expect(paths).toEqual(
      expect.arrayContaining([
        ...[
          "CHANGELOG.md",
          "LICENSE",
          "THIRD-PARTY-NOTICES.txt",
          "README.md",
          "package.json",
          "schema.json",
          "plan.schema.json",
          "apply.schema.json",
          "sandbox-seed.schema.json",
        ],
        ...["dist/cli.js", "dist/index.js", "dist/index.d.ts"],
      ]),
    );
  });

  it("has nothing else: no sources, no tests, no maps, no state", () => {
    const documents =
      /^(CHANGELOG\.md|LICENSE|THIRD-PARTY-NOTICES\.txt|README\.md|package\.json|schema\.json|(?:plan|apply)\.schema\.json|sandbox-seed\.schema\.json)$/;
    expect(
      paths.filter((path) => !documents.test(path) && !/^dist\/[\w.-]+(\.js|\.d\.ts)$/.test(path)),
    ).toEqual([]);
  });

  it("names no directory of the machine that built it", () => {
    for (const path of paths) {
      const text = readText(path);
      expect(text.includes(root), path).toBe(false);
      expect(text, path).not.toMatch(/sourceMappingURL=|(?:\/home|\/Users|\/root)\//);
    }
  });

  it("is small: under 850 KB to download, 4 MB on disk", () => {
    expect(packed.size).toBeLessThan(850_000);
    expect(packed.unpackedSize).toBeLessThan(4_000_000);
  });

  it("installs what the library imports, and nothing else: the program brings everything along", () => {
    const { dependencies } = JSON.parse(readText("package.json"));
    const imported = libraryFiles().flatMap((name) =>
      [...readText(`dist/${name}`).matchAll(/^\s*(?:import|export)\b[^;]*? from "([\w@][^"]*)";/gm)].map(
        ([, found = ""]) => found,
      ),
    );
    const packages = new Set(imported.filter((name) => !name.startsWith("node:") && !isBuiltin(name)));
    expect([...packages].sort()).toEqual(Object.keys(dependencies).sort());
  });

  it("has a program that can be run", () => {
    expect(readText("dist/cli.js").split("\n")[0]).toBe("#!/usr/bin/env node");
    expect((packed.files.find(({ path }) => path === "dist/cli.js")?.mode ?? 0) & 0o111).not.toBe(0);
  });

  it("runs nothing when it is installed", () => {
    const { scripts } = JSON.parse(readText("package.json"));
    expect(Object.keys(scripts).filter((name) => /install|prepare|prepublish/.test(name))).toEqual([]);
  });
});

describe("THIRD-PARTY-NOTICES.txt", () => {
  it("has the licence of every package inside dist; `npm run generate` writes it", async () => {
    await expect(renderNotices(bundledPackages())).toMatchFileSnapshot(join(root, "THIRD-PARTY-NOTICES.txt"));
  });
});

/** The library's entry and every chunk that it loads, at once or on demand. */
function libraryFiles(entry = "index.js", seen = new Set<string>()): readonly string[] {
  if (seen.has(entry)) return [];
  seen.add(entry);
  const parts = [...readText(`dist/${entry}`).matchAll(/["']\.\/([\w.-]+\.js)["']/g)];
  for (const [, name = ""] of parts) libraryFiles(name, seen);
  return [...seen];
}

/** By the comments that the bundler leaves above each file. */
function bundledPackages(): readonly string[] {
  const built = readdirSync(join(root, "dist")).filter((name) => name.endsWith(".js"));
  const names = built.flatMap((name) =>
    [...readText(`dist/${name}`).matchAll(/^\/\/ node_modules\/((?:@[\w.-]+\/)?[\w.-]+)\//gm)].map(
      ([, found = ""]) => found,
    ),
  );
  return [...new Set(names)].sort();
}

function renderNotices(names: readonly string[]): string {
  const notices = names.map((name) => {
    const { license } = JSON.parse(readText(`node_modules/${name}/package.json`));
    const file = readdirSync(join(root, "node_modules", name)).find((found) => /^licen[cs]e/i.test(found));
    if (file === undefined) throw new Error(`${name} has no licence file`);
    return `${"=".repeat(80)}\n${name} (${license})\n\n${readText(`node_modules/${name}/${file}`).trim()}\n`;
  });
  return `gstable-sync contains code of these packages:\n\n${notices.join("\n")}`;
}

describe.each([
  ["schema.json", "config"],
  ["plan.schema.json", "plan"],
  ["apply.schema.json", "apply"],
])("%s", (path, which) => {
  it(`is what \`gstable-sync schema ${which}\` prints; \`npm run generate\` writes it`, async () => {
    const { stdout } = spawnSync(process.execPath, ["dist/cli.js", "schema", which], {
      cwd: root,
      encoding: "utf8",
    });
    await expect(stdout).toMatchFileSnapshot(join(root, path));
  });
});
