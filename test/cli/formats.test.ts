import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { configFile, lockfile, openAppliedScene, openScene, type Scene } from "./scene.js";
import { link, shop } from "./shop.js";

const dearer = shop({ paymentLinks: { beans: link("beans", "$240"), mug: link("mug", "$12") } });
const formats = ["text", "json", "markdown", "html", "github"] as const;
const starts: Readonly<Record<(typeof formats)[number], RegExp>> = {
  text: /^gstable-sync plan {2}acme-store\n/,
  json: /^\{\n {2}"formatVersion": 1,/,
  markdown: /^## Plan for `acme-store`\n/,
  html: /^<!doctype html>\n/,
  github: /^::error file=gstable\.config\.yaml,line=\d+/,
};

async function changedScene(): Promise<Scene> {
  const scene = await openAppliedScene();
  scene.write(configFile, dearer);
  return scene;
}

describe.concurrent("formats", () => {
  it.each(formats)("%s is on stdout, with the same exit code", async (format) => {
    const scene = await changedScene();
    for (const [more, code] of [
      [[], 0],
      [["--detailed-exitcode"], 4],
    ] as const) {
      const ended = await scene.runHere("plan", "--quiet", "--format", format, ...more);
      expect(ended.code).toBe(code);
      expect(ended.stdout).toMatch(starts[format]);
      expect(ended.stderr).toBe("");
    }
  });

  it.each(formats)("%s of a refused apply has its exit code, and tells why", async (format) => {
    const scene = await changedScene();
    const ended = await scene.runHere("apply", "--auto-approve", "--format", format);
    expect(ended.code).toBe(4);
    expect(ended.stdout).toContain("price");
    expect(ended.stdout).toContain("paymentLink.beans");
    expect(scene.writes()).toEqual([]);
  });

  it.each(["markdown", "html", "github"])("%s of drift and of an apply that is done", async (format) => {
    const scene = await openAppliedScene();
    const drift = await scene.runHere("drift", "--format", format);
    expect(drift.code).toBe(0);
    if (format !== "github") expect(drift.stdout).toContain("No drift");
    scene.write(configFile, shop({ paymentLinks: { beans: link("beans", "$25"), mug: link("mug", "$12") } }));
    const apply = await scene.runHere("apply", "--auto-approve", "--format", format);
    expect(apply.code).toBe(0);
    if (format !== "github") expect(apply.stdout).toContain("1 done");
  });

  it.each(["markdown", "html", "github"])(
    "%s of a wrong configuration tells it there and on stderr",
    async (format) => {
      const scene = await openScene(JSON.stringify({ ...shop(), webhooks: { x: 1 } }));
      const ended = await scene.runHere("plan", "--format", format);
      expect(ended.code).toBe(3);
      expect(ended.stdout).toContain("GS1104");
      expect(ended.stderr).toContain("GS1104");
      const text = await scene.runHere("plan");
      expect(text.code).toBe(3);
      expect(text.stdout).toBe("");
    },
  );

  it("validate annotates the lines that are wrong", async () => {
    const scene = await openScene(
      "version: 1\nproject: acme-store\nproducts:\n  beans: { name: Beans, price: $3 }\n",
    );
    const ended = await scene.runHere("validate", "--format", "github");
    expect(ended.code).toBe(3);
    expect(ended.stdout).toMatch(
      /^::error file=gstable\.config\.yaml,line=4,col=\d+,endColumn=\d+,title=GS1102/m,
    );
  });

  it("of another kind say why there is no result as text does, and nothing on stdout", async () => {
    const scene = await openScene(JSON.stringify({ ...shop(), webhooks: { x: 1 } }));
    for (const format of ["ts", "dotenv"]) {
      const ended = await scene.runHere("output", "--format", format);
      expect(ended).toMatchObject({ code: 3, stdout: "" });
      expect(ended.stderr).toContain("GS1104");
    }
  });

  it("are none of `drift --accept`'s, which writes files of its own", async () => {
    const scene = await openAppliedScene();
    for (const more of [
      ["--format", "html"],
      ["--report", "html=x.html"],
    ]) {
      expect(await scene.run("drift", "--accept", ...more)).toMatchObject({ code: 1, stdout: "" });
    }
    expect(scene.sandbox.requests).toEqual([]);
  });
});

const reports = [
  "json=out/plan.json",
  "markdown=out/plan.md",
  "html=out/plan.html",
  "github-comment=out/comment.md",
  "gitlab-terraform=out/terraform.json",
  "gitlab-codequality=out/quality.json",
];
const reportFlags = reports.flatMap((report) => ["--report", report]);

describe.concurrent("reports", () => {
  it("are all written by one run, with one look at the account", async () => {
    const scene = await changedScene();
    mkdirSync(join(scene.dir, "out"));
    const plain = await scene.runHere("plan", "--quiet");
    const calls = scene.reads().length;
    const ended = await scene.runHere("plan", "--quiet", ...reportFlags);
    expect(scene.reads()).toHaveLength(2 * calls);
    expect(ended).toMatchObject({ code: 0, stdout: plain.stdout, stderr: "" });
    const { changes } = JSON.parse(scene.read("out/plan.json"));
    expect(changes).toMatchObject([{ number: 1, address: "paymentLink.beans" }]);
    expect(scene.read("out/plan.md")).toMatch(starts.markdown);
    expect(scene.read("out/plan.html")).toMatch(starts.html);
    expect(scene.read("out/comment.md")).toMatch(/^<!-- gstable-sync plan: acme-store -->\n\n## Plan/);
    expect(scene.read("out/terraform.json")).toBe('{"create":0,"update":1,"delete":0}\n');
    expect(JSON.parse(scene.read("out/quality.json"))).toMatchObject([
      { check_name: "gstable-sync/price", location: { path: "gstable.config.yaml" } },
    ]);
  });

  it("replace the last comment also where there is no plan any more", async () => {
    const scene = await openScene({ ...shop(), paymentLinks: { beans: link("none", "$1") } });
    const ended = await scene.runHere("plan", "--report", "github-comment=c.md", "--report", "html=p.html");
    expect(ended.code).toBe(3);
    expect(scene.read("c.md")).toMatch(/^<!-- gstable-sync plan: acme-store -->\n\n## No plan: `acme-store`/);
    expect(scene.read("p.html")).toContain("No plan");
  });

  it("that cannot be written are an error, and the plan is still shown", async () => {
    const scene = await changedScene();
    const ended = await scene.runHere(
      "plan",
      "--report",
      "html=none/plan.html",
      "--report",
      "markdown=plan.md",
    );
    expect(ended.code).toBe(1);
    expect(ended.stdout).toContain("Plan: 1 change");
    expect(ended.stderr).toContain("GS7003");
    expect(scene.has("plan.md")).toBe(true);
    const json = await scene.runHere("plan", "--json", "--report", "html=none/plan.html");
    expect(json.json()).toMatchObject({
      exitCode: 1,
      changes: [{}],
      diagnostics: expect.arrayContaining([expect.objectContaining({ code: "GS7003" })]),
    });
  });

  it("that cannot be written never hide what an apply did", async () => {
    const scene = await openAppliedScene();
    scene.write(configFile, shop({ paymentLinks: { beans: link("beans", "$25"), mug: link("mug", "$12") } }));
    const ended = await scene.runHere("apply", "--auto-approve", "--report", "html=none/x.html");
    expect(ended.code).toBe(0);
    expect(ended.stdout).toContain("1 done");
    expect(ended.stderr).toContain("GS7003");
  });
});

describe.concurrent("in a workflow of GitHub", () => {
  const inGitHub = (scene: Scene, env: Readonly<Record<string, string>>, ...args: readonly string[]) =>
    scene.runHereWith({ env: { GITHUB_ACTIONS: "true", GITHUB_WORKSPACE: scene.dir, ...env } }, ...args);

  it("a plan annotates, adds to the step's summary and sets its outputs", async () => {
    const scene = await changedScene();
    scene.write("summary", "before\n");
    scene.write("output", "other=1\n");
    const env = { GITHUB_STEP_SUMMARY: join(scene.dir, "summary"), GITHUB_OUTPUT: join(scene.dir, "output") };
    const ended = await inGitHub(scene, env, "plan", "--format", "github", "--report", "github-comment=c.md");
    expect(ended.code).toBe(0);
    for (const line of ended.stdout.trimEnd().split("\n")) expect(line).toMatch(/^::(error|warning|notice) /);
    expect(scene.read("summary")).toMatch(/^before\n## Plan for `acme-store`/);
    const output = scene.read("output");
    expect(output).toMatch(/^other=1\n/);
    expect(output).toMatch(/^exit-code<<(gstable_sync_[0-9a-f]{32})\n0\n\1$/m);
    expect(output).toMatch(/^tripped-guards<<(\S+)\n1\n\1$/m);
    expect(output).toMatch(/^comment-file<<(\S+)\nc\.md\n\1$/m);
  });

  it("a summary keeps to what is left of a mebibyte", async () => {
    const scene = await changedScene();
    scene.write("summary", `${"x".repeat(1_048_576 - 5_200)}\n`);
    await inGitHub(scene, { GITHUB_STEP_SUMMARY: join(scene.dir, "summary") }, "plan", "--format", "github");
    const summary = scene.read("summary");
    expect(summary.includes("Cut to fit")).toBe(true);
    expect(Buffer.byteLength(summary)).toBeLessThanOrEqual(1_048_576);
  });

  it("a file that cannot be written is a warning, and the exit code stays", async () => {
    const scene = await changedScene();
    const env = { GITHUB_STEP_SUMMARY: join(scene.dir, "none/summary"), GITHUB_OUTPUT: scene.dir };
    const ended = await inGitHub(scene, env, "plan", "--format", "github", "--detailed-exitcode");
    expect(ended.code).toBe(4);
    expect(ended.stdout.match(/^::warning title=GS7003/gm)).toHaveLength(2);
    expect(ended.stderr).toContain("GS7003");
  });

  it("a project below the repository's root is annotated there", async () => {
    const scene = await changedScene();
    const { stdout } = await inGitHub(
      scene,
      { GITHUB_WORKSPACE: join(scene.dir, "..") },
      "plan",
      "--format",
      "github",
    );
    expect(stdout).toMatch(/^::error file=gstable-sync-[\w-]+\/gstable\.config\.yaml,/m);
  });
});

describe.concurrent("a rehearsal says so", () => {
  it.each([
    ["validate"],
    ["plan"],
    ["plan", "--format", "markdown"],
    ["plan", "--format", "html"],
    ["apply", "--auto-approve"],
    ["drift"],
    ["state", "list"],
    ["state", "show", "paymentLink.mug"],
    ["state", "show", "paymentLink.none"],
  ])("%s %s %s", async (...args) => {
    const scene = await openScene();
    const { stdout, stderr } = await scene.runHere(...args.filter((arg) => arg !== undefined), "--sandbox");
    expect(stdout + stderr).toContain("SANDBOX");
  });

  it("and keeps away from the project's lockfile, also where it is named", async () => {
    const scene = await openScene();
    const refused = await scene.runHere(
      "apply",
      "--auto-approve",
      "--sandbox",
      "--lockfile",
      lockfile,
      "--json",
    );
    expect(refused.code).toBe(1);
    expect(refused.json()).toMatchObject({ diagnostics: [{ code: "GS7007" }] });
    expect(scene.has(lockfile)).toBe(false);
    const apart = ["--lockfile", "rehearsal.lock.json"];
    expect((await scene.runHere("apply", "--auto-approve", "--sandbox", ...apart)).code).toBe(0);
  });

  it("also where the configuration is wrong, and in JSON", async () => {
    const scene = await openScene({ ...shop(), paymentLinks: { beans: link("none", "$1") } });
    expect((await scene.runHere("plan", "--sandbox")).stderr).toContain("SANDBOX");
    expect((await scene.runHere("validate", "--sandbox", "--json")).json()).toMatchObject({ sandbox: true });
    expect((await scene.runHere("state", "list", "--sandbox", "--json")).json()).toMatchObject({
      sandbox: true,
    });
    expect((await scene.runHere("validate")).stdout).not.toContain("SANDBOX");
  });
});
