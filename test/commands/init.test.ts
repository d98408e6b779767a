import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { parse } from "yaml";
import type { CommandContext } from "../../src/commands/context.js";
import { githubWorkflow } from "../../src/commands/init/templates/github.js";
import { gitlabPipeline } from "../../src/commands/init/templates/gitlab.js";
import { type InitOptions, init } from "../../src/commands/init.js";
import { validate } from "../../src/commands/validate.js";
import { createSandbox, type Sandbox } from "../../src/sandbox/index.js";
import { type InitDocument, initDocumentSchema } from "../../src/state/init-document.js";
import { quietContext } from "./quiet-context.js";

let dir: string;
let sandbox: Sandbox;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), "gstable-init-"));
  sandbox = createSandbox();
});
afterEach(async () => {
  await sandbox.close();
  rmSync(dir, { recursive: true, force: true });
});

const at = (name: string) => join(dir, name);
const read = (name: string) => readFileSync(at(name), "utf8");
function write(name: string, text: string): void {
  mkdirSync(dirname(at(name)), { recursive: true });
  writeFileSync(at(name), text);
}

function contextOf(more: Partial<CommandContext> = {}): CommandContext {
  return quietContext({
    cwd: dir,
    fetch: async () => {
      throw new Error("no network here");
    },
    ...more,
  });
}

async function run(
  options: Partial<InitOptions> = {},
  more: Partial<CommandContext> = {},
): Promise<InitDocument> {
  const { document } = await init({ config: "gstable.config.yaml", ...options }, contextOf(more));
  return document as InitDocument;
}

const states = ({ files }: InitDocument) => Object.fromEntries(files.map(({ file, state }) => [file, state]));

describe("init", () => {
  it("writes a starter that is valid, a workflow and a line in .gitignore", async () => {
    const document = await run();
    expect(initDocumentSchema.parse(document)).toEqual(document);
    expect(states(document)).toEqual({
      "gstable.config.yaml": "written",
      ".github/workflows/gstable.yml": "written",
      ".gitignore": "written",
    });
    expect(read("gstable.config.yaml")).toMatch(
      /^# yaml-language-server: \$schema=\.\/node_modules\/gstable-sync\/schema\.json\n/,
    );
    expect(await validate({ config: "gstable.config.yaml" }, contextOf())).toMatchObject({
      exitCode: 0,
      document: { diagnostics: [], summary: { entries: { product: 1, paymentLink: 1 } } },
    });
    expect(read(".github/workflows/gstable.yml")).toBe(githubWorkflow);
    expect(read(".gitignore")).toBe(".gstable/\n");
  });

  it("overwrites nothing, also when it is run again", async () => {
    write("gstable.config.yaml", "mine");
    write(".github/workflows/gstable.yml", "mine");
    write(".gitignore", "node_modules");
    expect(states(await run())).toEqual({
      "gstable.config.yaml": "kept",
      ".github/workflows/gstable.yml": "kept",
      ".gitignore": "extended",
    });
    expect(read("gstable.config.yaml") + read(".github/workflows/gstable.yml")).toBe("minemine");
    expect(read(".gitignore")).toBe("node_modules\n.gstable/\n");
    expect(states(await run())[".gitignore"]).toBe("kept");
    expect(read(".gitignore")).toBe("node_modules\n.gstable/\n");
  });

  it.each([
    ["gitlab" as const, ".gitlab-ci.yml", gitlabPipeline],
    ["none" as const, undefined, ""],
  ])("with --ci %s", async (ci, file, text) => {
    const document = await run({ ci });
    expect(document.files).toHaveLength(file === undefined ? 2 : 3);
    if (file !== undefined) expect(read(file)).toBe(text);
    expect(existsSync(at(".github"))).toBe(false);
  });

  it.each([
    ['{"name":"@acme/Store_Front"}', "store-front"],
    ['{"name":"2024"}', '"2024"'],
    ['{"name":"null"}', '"null"'],
    ["not JSON", undefined],
    ['{"name":"高级"}', undefined],
  ])("calls the project as package.json does: %s", async (text, expected) => {
    write("package.json", text);
    await run();
    if (expected !== undefined) expect(read("gstable.config.yaml")).toContain(`project: ${expected} #`);
    expect((await validate({ config: "gstable.config.yaml" }, contextOf())).exitCode).toBe(0);
  });

  it("puts everything beside the configuration that is named", async () => {
    expect(Object.keys(states(await run({ config: "pay/shop.yaml" })))).toEqual([
      "pay/shop.yaml",
      "pay/.github/workflows/gstable.yml",
      "pay/.gitignore",
    ]);
    expect(await run({ config: "-" })).toMatchObject({ exitCode: 1, diagnostics: [{ code: "GS7010" }] });
  });

  it("says what could not be written", async () => {
    write(".github", "a file where a directory belongs");
    expect(await run()).toMatchObject({ exitCode: 1, diagnostics: [{ code: "GS7003" }] });
  });
});

describe("the offer to import", () => {
  const withKey = {
    GSTABLE_API_KEY: "rk_live_canary0123456789",
    GSTABLE_BASE_URL: "https://sandbox.invalid/api/v1",
  };

  it("is made where there are a key and a terminal, and fills the new configuration", async () => {
    sandbox.dashboard.createProduct({ name: "Beans" });
    const answers = ["y", "all"];
    const ask = async () => answers.shift() ?? "";
    const document = await run({}, { env: withKey, ask, fetch: sandbox.fetch });
    expect(document).toMatchObject({ exitCode: 0, import: { imported: [{ address: "product.beans" }] } });
    expect(read("gstable.config.yaml")).toMatch(/project: .*\n\nproducts:\n {2}beans:\n/);
    expect(read("gstable.config.yaml")).not.toContain("field-guide");
  });

  it("declined, or without a key, leaves the starter and the network alone", async () => {
    const asked: string[] = [];
    const ask = async (question: string) => {
      asked.push(question);
      return "n";
    };
    await run({}, { env: withKey, ask });
    expect(asked).toHaveLength(1);
    expect(read("gstable.config.yaml")).toContain("field-guide");
    // The configuration is there now: nothing to offer.
    await run({}, { env: withKey, ask });
    rmSync(at("gstable.config.yaml"));
    await run({}, { ask });
    expect(asked).toHaveLength(1);
  });
});

describe("the workflow for GitHub", () => {
  const { on, permissions, jobs } = parse(githubWorkflow);
  const text = (job: unknown) => JSON.stringify(job);

  it("gives each job the key that it needs, and none to pull requests from forks", () => {
    expect(Object.keys(jobs)).toEqual(["validate", "plan", "apply", "drift"]);
    expect(text(jobs.validate)).not.toContain("secrets.");
    expect(text([jobs.plan, jobs.drift])).not.toContain("WRITE");
    expect(text(jobs.apply)).toContain("secrets.GSTABLE_WRITE_KEY");
    expect(jobs.plan.if).toContain("head.repo.full_name == github.repository");
    expect(Object.keys(on)).not.toContain("pull_request_target");
  });

  it("applies the tip of the protected branch, one at a time, and may write nowhere else", () => {
    expect(jobs.apply.if).toContain("refs/heads/main");
    expect(jobs.apply).toMatchObject({
      environment: "production",
      concurrency: { "cancel-in-progress": false },
      permissions: { contents: "write" },
    });
    expect(jobs.apply.steps[0].with.ref).toBe("main");
    expect(permissions).toEqual({ contents: "read" });
  });

  it("saves lockfile and journal, also after a failed apply, and lets go of the journal afterwards", () => {
    const step = jobs.apply.steps.at(-1);
    expect(step.if).toBe("always()");
    const remote = at("remote.git");
    const clone = at("clone");
    const git = (...args: readonly string[]) =>
      execFileSync("git", args, { cwd: clone, encoding: "utf8", stdio: "pipe" });
    execFileSync("git", ["init", "-q", "--bare", "-b", "main", remote]);
    execFileSync("git", ["clone", "-q", remote, clone], { stdio: "pipe" });
    git("checkout", "-q", "-B", "main");
    write("clone/gstable.config.yaml", "version: 1\n");
    git("add", ".");
    git("-c", "user.name=a", "-c", "user.email=a@acme.example", "commit", "-qm", "start");
    git("push", "-q", "-u", "origin", "main");
    const save = () =>
      execFileSync("bash", ["-e", "-c", step.run], {
        cwd: clone,
        stdio: "pipe",
        env: { ...process.env, HOME: dir },
      });
    write("clone/gstable.lock.eu.json", "{}");
    write("clone/gstable.lock.json.journal", "{}");
    write("clone/gstable.lock.json.lock", "held");
    save();
    expect(git("ls-tree", "--name-only", "origin/main").trim().split("\n")).toEqual([
      "gstable.config.yaml",
      "gstable.lock.eu.json",
      "gstable.lock.json.journal",
    ]);
    rmSync(at("clone/gstable.lock.json.journal"));
    save();
    save();
    expect(git("ls-tree", "--name-only", "origin/main")).not.toContain("journal");
    expect(git("rev-list", "--count", "origin/main").trim()).toBe("3");
  });
});

describe("the pipeline for GitLab", () => {
  it("gives each job the key that it needs, and applies one at a time on the default branch", () => {
    const { validate: check, plan, apply, drift } = parse(gitlabPipeline);
    const text = (job: unknown) => JSON.stringify(job);
    expect(text(check)).not.toContain("_KEY");
    expect(text([plan, drift])).not.toContain("WRITE");
    expect(text(plan.rules)).toContain("$CI_MERGE_REQUEST_SOURCE_PROJECT_ID == $CI_PROJECT_ID");
    expect(apply).toMatchObject({
      resource_group: "gstable-apply",
      environment: "production",
      interruptible: false,
    });
    expect(text(apply.rules)).toContain("$CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH");
    expect(text(apply.after_script)).toContain("gstable.lock*.json.journal");
  });
});
