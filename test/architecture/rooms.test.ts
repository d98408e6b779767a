import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

const root = resolve(import.meta.dirname, "../..");

/** `file rule` of each violation in the `src` of a directory. */
function violations(directory: string): string[] {
  const { stdout } = spawnSync(
    process.execPath,
    [
      join(root, "node_modules/dependency-cruiser/bin/dependency-cruise.mjs"),
      ...["--config", join(root, ".dependency-cruiser.cjs"), "--output-type", "json", "src"],
    ],
    { cwd: directory, encoding: "utf8", maxBuffer: 64 * 1024 * 1024 },
  );
  const report = JSON.parse(stdout) as {
    summary: { violations: { from: string; rule: { name: string } }[] };
  };
  return report.summary.violations.map(({ from, rule }) => `${from} ${rule.name}`);
}

/** One forbidden import for each rule: the file that has it, what it imports, and the rule that must say so. */
const planted: readonly (readonly [file: string, code: string, rule: string])[] = [
  ["src/diagnostics/a.ts", 'import "../state/noun.js";', "diagnostics-knows"],
  ["src/state/a.ts", 'import "node:fs";', "state-knows"],
  ["src/state/b.ts", 'import "yaml";', "state-knows"],
  ["src/engine/a.ts", 'import "../resources/registry.js";', "engine-knows"],
  ["src/engine/b.ts", 'import type { X } from "../config/x.js"; export type Y = X;', "engine-knows"],
  ["src/engine/c.ts", 'import "node:crypto";', "engine-knows"],
  ["src/engine/hash.ts", 'import "node:fs";', "hash-knows"],
  ["src/resources/product/a.ts", 'import "../webhook/w.js";', "kinds-apart"],
  ["src/resources/product/b.ts", 'import "../../api/x.js";', "resources-knows"],
  ["src/resources/product/c.ts", 'import "../../engine/kind.js";', "contract-by-type"],
  ["src/config/a.ts", 'import "../api/x.js";', "config-knows"],
  ["src/config/b.ts", 'import "node:fs/promises";', "config-knows"],
  ["src/render/a.ts", 'import "node:fs";', "render-knows"],
  ["src/render/b.ts", 'import "../engine/kind.js";', "render-decides-nothing"],
  ["src/api/a.ts", 'import "../resources/registry.js";', "api-knows"],
  ["src/api/b.ts", 'import "gstable-js";', "api-knows"],
  ["src/sandbox/a.ts", 'import "../state/noun.js";', "sandbox-knows"],
  ["src/sandbox/b.ts", 'import "micro-eth-signer";', "sandbox-knows"],
  ["src/sandbox/c.ts", 'import "./payer/signer-of.js";', "signatures-on-demand"],
  ["src/sandbox/payer/signer-of.ts", 'import "node:fs";', "signatures-know"],
  ["src/api/c.ts", 'export const load = () => import("../sandbox/x.js");', "sandbox-only-from-commands"],
  ["src/commands/a.ts", 'import "../sandbox/x.js";', "sandbox-only-on-demand"],
  ["src/commands/b.ts", 'import "../program.js";', "nobody-knows-the-program"],
  ["src/commands/c.ts", 'import "commander";', "commander-only-in-the-program"],
  ["src/main.ts", 'import "./commands/x.js";', "program-loads-on-demand"],
  ["src/program/a.ts", 'import "../commands/x.js";', "program-loads-on-demand"],
  ["src/cli.ts", 'import "yaml";', "program-knows"],
  ["src/engine/one.ts", 'import "./two.js";', "no-cycles"],
];
/** What they import, all of it without fault. */
const bystanders = [
  "src/state/noun.ts",
  "src/resources/registry.ts",
  "src/resources/webhook/w.ts",
  "src/engine/kind.ts",
  "src/config/x.ts",
  "src/api/x.ts",
  "src/sandbox/x.ts",
  "src/commands/x.ts",
  "src/program.ts",
];
/** Looks like a violation, and is allowed. */
const allowed: readonly (readonly [file: string, code: string])[] = [
  ["src/commands/d.ts", 'export const load = () => import("../sandbox/x.js");'],
  ["src/commands/e.ts", 'import type { T } from "../sandbox/x.js"; export type U = T;'],
  ["src/resources/product/d.ts", 'import type { T } from "../../engine/kind.js"; export type U = T;'],
  ["src/terminal.ts", 'import type { T } from "./render/a.js"; export type U = T;'],
];

describe("who may know whom", () => {
  it("holds for all of src", () => {
    expect(violations(root)).toEqual([]);
  });

  describe("a planted violation is seen", () => {
    let directory = "";
    let seen: string[] = [];

    beforeAll(() => {
      directory = mkdtempSync(join(tmpdir(), "rooms-"));
      const files = [
        ...bystanders.map((file) => [file, ""] as const),
        ["src/engine/two.ts", 'export type { T as U } from "./one.js";'] as const,
        ...planted.map(([file, code]) => [file, code] as const),
        ...allowed,
        ["package.json", "{}"] as const,
        ["tsconfig.json", '{ "compilerOptions": { "module": "NodeNext" } }'] as const,
      ];
      for (const [file, code] of files) {
        mkdirSync(dirname(join(directory, file)), { recursive: true });
        writeFileSync(join(directory, file), file.endsWith(".ts") ? `${code}\nexport type T = 1;\n` : code);
      }
      symlinkSync(join(root, "node_modules"), join(directory, "node_modules"));
      seen = violations(directory);
    });
    afterAll(() => rmSync(directory, { recursive: true, force: true }));

    it.each(planted)("%s: %s", (file, _code, rule) => {
      expect(seen).toContain(`${file} ${rule}`);
    });

    it.each(allowed)("but not %s: %s", (file) => {
      expect(seen.filter((violation) => violation.startsWith(`${file} `))).toEqual([]);
    });
  });
});
