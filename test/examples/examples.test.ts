import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { runHere } from "../cli/in-process.js";
import { temporaryCopy } from "./built-cli.js";

const root = resolve(import.meta.dirname, "../..");
const examples = readdirSync(join(root, "examples"), { withFileTypes: true })
  .filter((entry) => existsSync(join(root, "examples", entry.name, "gstable.config.yaml")))
  .map(({ name }) => `examples/${name}`);

/** The environments of an example, `undefined` where it has none. */
const environments: Readonly<Record<string, readonly string[]>> = {
  "examples/two-environments": ["us", "eu"],
};

const cases = ["gstable.config.yaml", ...examples].flatMap((example) =>
  (environments[example] ?? [undefined]).map((environment) => ({
    title: environment === undefined ? example : `${example} --env ${environment}`,
    example,
    flags: ["--sandbox", "--json", ...(environment === undefined ? [] : ["--env", environment])],
  })),
);

describe.each(cases)("$title", ({ example, flags }) => {
  let copy: ReturnType<typeof temporaryCopy>;

  beforeAll(() => {
    copy = temporaryCopy(example);
  });
  afterAll(() => copy.remove());

  const run = async (...args: string[]) => {
    const { code, json } = await runHere(args, { cwd: copy.directory });
    return { exitCode: code, document: json() };
  };

  it("is valid, without a warning", async () => {
    const { exitCode, document } = await run("validate", "--json");
    expect(document.diagnostics).toEqual([]);
    expect(exitCode).toBe(0);
  });

  it("is planned from nothing: everything is created, no guard trips", async () => {
    const { exitCode, document } = await run("plan", "--detailed-exitcode", ...flags);
    expect(exitCode).toBe(2);
    expect(document).toMatchObject({ complete: true, guards: [], diagnostics: [] });
    expect(document.summary.create).toBe(document.changes.length);
    expect(document.summary.create).toBeGreaterThan(0);
  });

  it("is applied", async () => {
    const { exitCode, document } = await run("apply", "--auto-approve", ...flags);
    expect(exitCode).toBe(0);
    expect(document).toMatchObject({ failed: [], notAttempted: [], diagnostics: [] });
  });

  it("has nothing to do afterwards, and nothing drifted", async () => {
    const plan = await run("plan", "--detailed-exitcode", ...flags);
    expect(plan.document.changes).toEqual([]);
    expect(plan.exitCode).toBe(0);
    expect((await run("drift", ...flags)).exitCode).toBe(0);
  });

  it("is written once: a second apply writes nothing", async () => {
    const { exitCode, document } = await run("apply", "--auto-approve", ...flags);
    expect(exitCode).toBe(0);
    expect(document.done).toEqual([]);
  });
});

describe.each(examples)("%s", (example) => {
  it("has a README with its commands", () => {
    const path = join(root, example, "README.md");
    expect(existsSync(path)).toBe(true);
    expect(readFileSync(path, "utf8")).toContain("gstable-sync plan");
  });

  it("holds no state", () => {
    const names = readdirSync(join(root, example), { recursive: true, encoding: "utf8" });
    expect(names.filter((name) => /lock.*\.json|\.journal|\.gstable/.test(name))).toEqual([]);
  });
});
