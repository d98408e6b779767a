import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import packageJson from "../../package.json" with { type: "json" };
import { run } from "./run.js";

const cwd = tmpdir();

/** The scripts that a run of the command line loaded, as V8 counts them. */
async function loadedScripts(args: readonly string[], stdin = ""): Promise<string[]> {
  const directory = mkdtempSync(join(tmpdir(), "gstable-coverage-"));
  try {
    const { code } = await run(args, { cwd, stdin, env: { NODE_V8_COVERAGE: directory } });
    expect(code).toBe(0);
    const reports = readdirSync(directory).map((name) =>
      JSON.parse(readFileSync(join(directory, name), "utf8")),
    );
    return reports
      .flatMap(({ result }) => result as { url: string }[])
      .filter(({ url }) => url.startsWith("file:"))
      .map(({ url }) => fileURLToPath(url));
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

const marks = { yaml: "YAMLParseError", zod: "ZodError" };

const flags: Readonly<Record<string, readonly string[]>> = {
  validate: ["--format", "--report"],
  plan: [
    "--target",
    "--allow",
    "--detailed-exitcode",
    "--out",
    "--format",
    "--report",
    "--refresh",
    "--client",
    "--timeout",
  ],
  apply: [
    "--format",
    "--report",
    "--auto-approve",
    "--plan",
    "--plan-hash",
    "--target",
    "--allow",
    "--settle",
    "--parallelism",
    "--verify",
    "--webhook-keys",
  ],
  drift: ["--format", "--report", "--unmanaged", "--refresh", "--deadline", "--rps"],
  verify: ["--timeout", "--rps"],
  checkout: ["--dry-run", "--amount", "status", "cancel"],
  "checkout status": ["--timeout"],
  "checkout cancel": ["--timeout"],
  "webhook rotate": ["--webhook-keys", "--yes"],
  "webhook resume": ["--timeout"],
  output: ["--format", "--out", "--check"],
  "state list": [],
  "state show": [],
  "state mv": [],
  "state rm": [],
  schema: [],
  sandbox: ["--port", "--host", "--state", "--seed", "--knob", "--latency"],
};
const globals = [
  "--config",
  "--lockfile",
  "--env",
  "--sandbox",
  "--no-color",
  "--quiet",
  "--debug",
  "--json",
];

describe.concurrent("help", () => {
  it.each([["--version"], ["--help"], ["plan --help"]])("%s loads neither yaml nor zod", async (line) => {
    const scripts = await loadedScripts(line.split(" "));
    expect(scripts.length).toBeGreaterThan(0);
    for (const [name, mark] of Object.entries(marks)) {
      const loaded = scripts.filter((path) => readFileSync(path, "utf8").includes(mark));
      expect(loaded, `${name} is loaded`).toEqual([]);
    }
  });

  it("would notice if they were loaded", async () => {
    // Anchors are rarer than everyday YAML, and defaults that are not whole are held against the schema.
    const defaults = "defaults: { products: { attributes: [{ name: Size }] } }";
    const text = `version: 1\nproject: &name acme\n${defaults}\n`;
    const scripts = await loadedScripts(["validate", "-c", "-"], text);
    const loaded = scripts.map((path) => readFileSync(path, "utf8")).join("");
    for (const mark of Object.values(marks)) expect(loaded).toContain(mark);
  });

  it("prints the version of the package", async () => {
    for (const flag of ["--version", "-V"]) {
      expect((await run([flag], { cwd })).stdout).toBe(`${packageJson.version}\n`);
    }
  });

  it.each(Object.keys(flags))("of %s lists its flags and the global ones", async (command) => {
    const { code, stdout } = await run([...command.split(" "), "--help"], { cwd });
    expect(code).toBe(0);
    for (const flag of [...(flags[command] ?? []), ...globals]) expect(stdout).toContain(flag);
  });

  it("names every command", async () => {
    const { stdout } = await run(["--help"], { cwd });
    for (const command of Object.keys(flags)) expect(stdout).toContain(` ${command.split(" ")[0]} `);
  });

  it("repeats no key that was typed as a flag's value", async () => {
    const env = { GSTABLE_API_KEY: "another-kind-of-key" };
    for (const key of ["sk_live_abcdefghijklmnop", env.GSTABLE_API_KEY]) {
      const text = await run(["plan", "--timeout", key], { cwd, env });
      const json = await run(["plan", `--timeout=${key}`, "--json"], { cwd, env });
      expect([text.code, json.code]).toEqual([1, 1]);
      expect(text.stderr).toContain("--timeout");
      expect(json.json().diagnostics[0].summary).toContain("--timeout");
      expect(text.stdout + text.stderr + json.stdout + json.stderr).not.toContain(key);
    }
  });

  it.each([
    ["plann", "plan"],
    ["aply", "apply"],
    ["plan --detailed-exit-code", "--detailed-exitcode"],
    ["apply --auto-aprove", "--auto-approve"],
    ["state lst", "list"],
  ])("suggests after `%s`", async (line, suggestion) => {
    const { code, stdout, stderr } = await run(line.split(" "), { cwd });
    expect(code).toBe(1);
    expect(stdout).toBe("");
    expect(stderr).toContain(`Did you mean ${suggestion}?`);
  });
});
