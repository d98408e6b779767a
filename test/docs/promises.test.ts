import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { exitCodes } from "../../src/commands/context.js";
import { validateConfig } from "../../src/index.js";
import { guardIds } from "../../src/state/policy.js";
import { runBuilt, temporaryCopy } from "../examples/built-cli.js";
import { blocksOf, findPages, root } from "./markdown.js";

const pages = findPages();
const readme = pages.find(({ path }) => path === "README.md") ?? { path: "README.md", text: "" };

describe("configurations in the documentation", () => {
  const written = pages.flatMap((page) =>
    blocksOf(page, "yaml")
      .filter((block) => block.startsWith("version: 1"))
      .map((block, index) => [`${page.path}, number ${index + 1}`, block] as const),
  );

  it("are there", () => {
    expect(written.length).toBeGreaterThan(4);
  });

  it.each(written)("%s is valid, without a warning", async (_title, block) => {
    const directory = mkdtempSync(join(tmpdir(), "gstable-docs-"));
    try {
      writeFileSync(join(directory, "gstable.config.yaml"), block);
      const { diagnostics, summary } = await validateConfig({}, { cwd: directory });
      expect(diagnostics).toEqual([]);
      expect(Object.values(summary.entries).some((count) => count > 0)).toBe(true);
    } finally {
      rmSync(directory, { recursive: true, force: true });
    }
  });
});

describe("the README", () => {
  it("gives two commands that are scripts of the package", () => {
    const { scripts } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
    const commands = blocksOf(readme, "sh").slice(0, 2);
    expect(commands.map((command) => command.split("#")[0]?.trim())).toEqual([
      "npm ci && npm run demo",
      "npm ci && npm test",
    ]);
    expect(Object.keys(scripts)).toEqual(expect.arrayContaining(["demo", "test", "check"]));
  });

  it("lists the commands that there are", () => {
    const { stdout } = spawnSync(process.execPath, ["dist/cli.js", "--help"], {
      cwd: root,
      encoding: "utf8",
    });
    const real = [...stdout.matchAll(/^ {2}([a-z]+)(?: [[<].*?)? {2,}/gm)].map(([, name]) => name);
    const section = readme.text.split("\n## Commands\n")[1]?.split("\n## ")[0] ?? "";
    const listed = [...section.matchAll(/^\| `([a-z]+)/gm)].map(([, name]) => name);
    expect(listed.toSorted()).toEqual(real.filter((name) => name !== "help").toSorted());
  });

  it("lists every exit code", () => {
    const listed = [...readme.text.matchAll(/^\| (\d+) \|/gm)].map(([, code]) => Number(code));
    expect(listed).toEqual(Object.values(exitCodes));
  });

  it("lists every guard, each with a section in docs/guards.md", () => {
    const guards = pages.find(({ path }) => path === "docs/guards.md")?.text ?? "";
    const section = readme.text.split("\n## Guards\n")[1]?.split("\n## ")[0] ?? "";
    const rows = section.split("\n").filter((line) => line.startsWith("| `"));
    const listed = rows.flatMap((row) =>
      [...(row.split("|")[1] ?? "").matchAll(/`(\w+)`/g)].map(([, id]) => id),
    );
    expect(listed.toSorted()).toEqual([...guardIds].sort());
    for (const id of guardIds) expect(guards).toContain(`### \`${id}\``);
  });
});

describe("the program in the README", () => {
  it("plans and applies", () => {
    const copy = temporaryCopy("gstable.config.yaml");
    try {
      mkdirSync(join(copy.directory, "node_modules"));
      symlinkSync(root, join(copy.directory, "node_modules/gstable-sync"));
      writeFileSync(join(copy.directory, "program.mjs"), blocksOf(readme, "ts")[0] ?? "");
      const { status, stdout, stderr } = spawnSync(process.execPath, ["program.mjs"], {
        cwd: copy.directory,
        encoding: "utf8",
      });
      expect(stderr).not.toContain("Error");
      expect(status).toBe(0);
      expect(stdout).toContain("gstable-sync plan  harbour-coffee");
      expect(stdout).toContain("done: 11, failed: 0");
    } finally {
      copy.remove();
    }
  });
});

describe("the plan in the README", () => {
  let copy: ReturnType<typeof temporaryCopy>;

  beforeAll(() => {
    copy = temporaryCopy("gstable.config.yaml");
  });
  afterAll(() => copy.remove());

  it("is what the program prints", () => {
    const excerpt = blocksOf(readme, "text")[0] ?? "";
    expect(runBuilt(copy.directory, ["apply", "--sandbox", "--auto-approve"]).exitCode).toBe(0);
    const path = join(copy.directory, "gstable.config.yaml");
    writeFileSync(path, readFileSync(path, "utf8").replace("unitPrice: $24 }", "unitPrice: $240 }"));
    const { stdout } = runBuilt(copy.directory, ["plan", "--sandbox"]);
    expect(stdout.replaceAll(/lnk_\w+/g, "lnk_…")).toContain(excerpt);
  });
});
