import { execFileSync } from "node:child_process";
import { chmodSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { NoOperationTraceWriter, parseWorkflow } from "@actions/workflow-parser";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { githubWorkflow } from "../../src/commands/init/templates/github.js";
import { gitlabPipeline } from "../../src/commands/init/templates/gitlab.js";
import { cliPath } from "../cli/run.js";
import { configFile, lockfile, openAppliedScene, type Scene } from "../cli/scene.js";
import { link, product, shop } from "../cli/shop.js";
import { closeAfterFile } from "../opened.js";
import { runScript } from "./script.js";

const root = resolve(import.meta.dirname, "../..");
const read = (path: string) => readFileSync(join(root, path), "utf8");

interface Job {
  readonly steps: readonly {
    readonly run?: string;
    readonly if?: string;
    readonly env?: Readonly<Record<string, string>>;
  }[];
}
const github: { readonly jobs: Readonly<Record<string, Job>> } = parse(
  read("examples/ci/github/gstable.yml"),
);
interface GitlabJob {
  readonly script: readonly string[];
  readonly after_script?: readonly string[];
}
const gitlab: Readonly<Record<string, GitlabJob>> = parse(read("examples/ci/gitlab/.gitlab-ci.yml"));
const atlantis: {
  readonly workflows: {
    readonly gstable: Readonly<
      Record<"plan" | "apply", { readonly steps: readonly { readonly run: string }[] }>
    >;
  };
} = parse(read("examples/ci/atlantis/repos.yaml"));

const changed = shop({ products: { beans: product("Beans"), mug: product("Mug"), cup: product("Cup") } });

/** A merchant's repository with a remote, where `npx` finds the built program and `gh` writes down what it is asked. */
async function openRepository() {
  const scene = await openAppliedScene();
  const remote = `${scene.dir}.git`;
  closeAfterFile(() => rmSync(remote, { recursive: true, force: true }));
  const git = (...args: string[]) =>
    execFileSync("git", args, { cwd: scene.dir, encoding: "utf8", stdio: "pipe" });
  mkdirSync(join(scene.dir, "bin"));
  const tools = {
    npx: `[ "$1" = gstable-sync ] && shift && exec "${process.execPath}" "${cliPath}" "$@"`,
    npm: ":",
    gh: 'echo "$@" >> gh.log',
  };
  for (const [name, script] of Object.entries(tools)) {
    writeFileSync(join(scene.dir, "bin", name), `#!/bin/sh\n${script}\n`);
    chmodSync(join(scene.dir, "bin", name), 0o755);
  }
  scene.write(".gitignore", "bin/\n*.log\nplan.*\nquality.json\noutput\nsummary\n");
  execFileSync("git", ["init", "--quiet", "--bare", "--initial-branch=main", remote]);
  git("init", "--quiet", "--initial-branch=main");
  git(
    "-c",
    "user.name=t",
    "-c",
    "user.email=t@t.example",
    "commit",
    "--quiet",
    "--allow-empty",
    "-m",
    "begin",
  );
  git("add", ".");
  git("-c", "user.name=t", "-c", "user.email=t@t.example", "commit", "--quiet", "-m", "catalogue");
  git("remote", "add", "origin", remote);
  git("push", "--quiet", "--set-upstream", "origin", "main");
  return { scene, remote };
}

const key = "sk_live_0123456789abcdef0123456789";
/** What a runner gives; the values of `${{ … }}` that the steps use. */
function environmentOf(scene: Scene): Record<string, string> {
  return {
    PATH: `${join(scene.dir, "bin")}:${process.env.PATH}`,
    GSTABLE_BASE_URL: scene.env.GSTABLE_BASE_URL ?? "",
    GSTABLE_READ_KEY: key.replace("sk_", "rk_"),
    GSTABLE_WRITE_KEY: key,
    GIT_CONFIG_NOSYSTEM: "1",
    GITHUB_REPOSITORY: "acme/shop",
    GITHUB_OUTPUT: join(scene.dir, "output"),
    GITHUB_STEP_SUMMARY: join(scene.dir, "summary"),
  };
}

/** Runs the scripts of a GitHub job one after the other, those with `always()` also after a failure; its exit code. */
async function runJob(name: string, scene: Scene): Promise<number | null> {
  const values: Readonly<Record<string, string>> = {
    "secrets.GSTABLE_READ_KEY": key.replace("sk_", "rk_"),
    "secrets.GSTABLE_WRITE_KEY": key,
    "github.token": "t",
    "github.event.pull_request.number": "7",
  };
  let failed: number | null = 0;
  for (const step of github.jobs[name]?.steps ?? []) {
    if (step.run === undefined || (failed !== 0 && !step.if?.includes("always()"))) continue;
    const env = Object.entries(step.env ?? {}).map(([variable, value]) => [
      variable,
      value.replace(/\$\{\{ ([\w.]+) \}\}/g, (_, expression: string) => values[expression] ?? "?"),
    ]);
    const ended = await runScript(step.run, {
      cwd: scene.dir,
      env: { ...environmentOf(scene), ...Object.fromEntries(env) },
      inline: true,
    });
    if (ended.code !== 0) failed ||= ended.code;
  }
  return failed;
}

/** The lockfile and the journal as they came back to the remote. */
const savedIn = (remote: string, file: string) =>
  execFileSync("git", ["--git-dir", remote, "show", `main:${file}`], { encoding: "utf8", stdio: "pipe" });

describe("the workflows to copy", () => {
  it("are what init writes", () => {
    expect(read("examples/ci/github/gstable.yml")).toBe(githubWorkflow);
    expect(read("examples/ci/gitlab/.gitlab-ci.yml")).toBe(gitlabPipeline);
  });

  it.each([
    "examples/ci/github/gstable.yml",
    ...readdirSync(join(root, ".github/workflows")).map((name) => `.github/workflows/${name}`),
  ])("%s is a workflow as GitHub reads it", (name) => {
    const problems = (content: string) =>
      parseWorkflow({ name, content }, new NoOperationTraceWriter()).context.errors.getErrors();
    expect(problems(read(name))).toEqual([]);
    expect(problems(read(name).replace("runs-on:", "run-on:"))).not.toEqual([]);
  });

  it("give the secret key to one job, which cannot run for a pull request", () => {
    const withKey = Object.entries(github.jobs).filter(([, job]) =>
      JSON.stringify(job).includes("WRITE_KEY"),
    );
    expect(withKey.map(([name]) => name)).toEqual(["apply"]);
    expect(JSON.stringify(withKey)).toContain("github.ref == 'refs/heads/main'");
    for (const { steps } of Object.values(github.jobs)) {
      for (const { run = "" } of steps) expect(run, "nothing is pasted into a script").not.toContain("${{");
    }
  });
});

describe.concurrent("run against the sandbox, GitHub's job", () => {
  it("`validate` needs no key", async () => {
    const { scene } = await openRepository();
    expect(await runJob("validate", scene)).toBe(0);
    scene.write(configFile, shop({ producst: {} }));
    expect(await runJob("validate", scene)).toBe(3);
    expect(scene.sandbox.requests).toEqual([]);
  });

  it("`plan` comments, writes nothing to the account, and is red where a guard refuses", async () => {
    const { scene } = await openRepository();
    scene.write(configFile, changed);
    expect(await runJob("plan", scene)).toBe(0);
    expect(scene.read("gh.log")).toMatch(
      /POST repos\/acme\/shop\/issues\/7\/comments --field body=@plan\.md/,
    );
    expect(scene.read("plan.md")).toContain("Cup");
    scene.write(
      configFile,
      shop({ paymentLinks: { beans: link("beans", "$240"), mug: link("mug", "$12") } }),
    );
    expect(await runJob("plan", scene)).toBe(4);
    expect(scene.read("plan.md")).toContain("240.00");
    expect(scene.writes()).toEqual([]);
  });

  it("`apply` writes, and saves the lockfile; after a failure also the journal or what it came to", async () => {
    const { scene, remote } = await openRepository();
    scene.write(configFile, changed);
    expect(await runJob("apply", scene)).toBe(0);
    expect(savedIn(remote, lockfile)).toContain("product.cup");
    scene.write(
      configFile,
      shop({ products: { ...changed.products, pot: product("Pot"), jug: product("Jug") } }),
    );
    scene.sandbox.addFault({
      match: { path: "/product/create", body: "Jug", times: 0 },
      do: { kind: "failBefore", with: { code: 400101 } },
    });
    expect(await runJob("apply", scene)).toBe(5);
    expect(savedIn(remote, lockfile)).toContain("product.pot");
    expect(
      scene.sandbox
        .snapshot()
        .products.map(({ name }) => name)
        .sort(),
    ).toEqual(["Beans", "Cup", "Mug", "Pot"]);
  });

  it("`drift` is red when something changed outside", async () => {
    const { scene } = await openRepository();
    expect(await runJob("drift", scene)).toBe(0);
    const [one] = scene.sandbox.snapshot().paymentLinks;
    scene.sandbox.dashboard.editLink({ linkId: one?.linkId ?? "", linkName: "Edited" });
    expect(await runJob("drift", scene)).toBe(2);
  });
});

describe.concurrent("run against the sandbox, GitLab's job", () => {
  const runLines = (lines: readonly string[], scene: Scene, more: Record<string, string> = {}) =>
    runScript(lines.join("\n"), { cwd: scene.dir, env: { ...environmentOf(scene), ...more }, inline: true });

  it("`plan` writes what the merge request shows", async () => {
    const { scene } = await openRepository();
    scene.write(configFile, changed);
    const ended = await runLines(gitlab.plan?.script ?? [], scene);
    expect(ended.code, ended.stderr).toBe(0);
    expect(JSON.parse(scene.read("plan.json"))).toEqual({ create: 1, update: 0, delete: 0 });
    expect(Array.isArray(JSON.parse(scene.read("quality.json")))).toBe(true);
    expect(scene.read("plan.html")).toMatch(/^<!doctype html>/i);
    expect(scene.writes()).toEqual([]);
  });

  it("`apply` works on the tip of the branch and pushes the lockfile", async () => {
    const { scene, remote } = await openRepository();
    scene.write(configFile, changed);
    execFileSync("git", ["-c", "user.name=t", "-c", "user.email=t@t.example", "commit", "-qam", "cup"], {
      cwd: scene.dir,
    });
    execFileSync("git", ["push", "--quiet"], { cwd: scene.dir });
    const { script = [], after_script = [] } = gitlab.apply ?? {};
    const ended = await runLines(script, scene, { CI_DEFAULT_BRANCH: "main" });
    expect(ended.code, ended.stderr).toBe(0);
    const push = after_script.map((line) => line.replace(/"https:[^"]*"/, `"${remote}"`));
    expect(push).not.toEqual(after_script);
    const saved = await runLines(push, scene, {
      CI_DEFAULT_BRANCH: "main",
      CI_SERVER_HOST: "gitlab.example",
    });
    expect(saved.code, saved.stderr).toBe(0);
    expect(savedIn(remote, lockfile)).toContain("product.cup");
  });
});

it("Atlantis' workflow plans, applies what was reviewed, and pushes the lockfile", async () => {
  const { scene, remote } = await openRepository();
  scene.write(configFile, changed);
  const env = { ...environmentOf(scene), PLANFILE: join(scene.dir, "plan.json"), HEAD_BRANCH_NAME: "main" };
  for (const [name, value] of [
    ["user.name", "t"],
    ["user.email", "t@t.example"],
  ]) {
    execFileSync("git", ["config", name ?? "", value ?? ""], { cwd: scene.dir });
  }
  const { plan, apply } = atlantis.workflows.gstable;
  for (const { run } of [...plan.steps, ...apply.steps]) {
    const ended = await runScript(run, { cwd: scene.dir, env, inline: true });
    expect(ended.code, ended.stdout + ended.stderr).toBe(0);
  }
  expect(savedIn(remote, lockfile)).toContain("product.cup");
});
