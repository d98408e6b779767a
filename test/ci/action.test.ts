import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import packageJson from "../../package.json" with { type: "json" };
import { cliPath } from "../cli/run.js";
import { configFile, openAppliedScene, type Scene } from "../cli/scene.js";
import { link, shop } from "../cli/shop.js";
import { runScript } from "./script.js";

const root = resolve(import.meta.dirname, "../..");
interface Step {
  readonly run?: string;
  readonly uses?: string;
  readonly env?: Readonly<Record<string, string>>;
}
const action: {
  readonly inputs: Readonly<Record<string, { readonly default?: string; readonly description: string }>>;
  readonly outputs: Readonly<Record<string, { readonly value: string }>>;
  readonly runs: { readonly steps: readonly Step[] };
} = parse(readFileSync(join(root, "action.yml"), "utf8"));

const priced = (unitPrice: string) =>
  shop({ paymentLinks: { beans: link("beans", unitPrice), mug: link("mug", "$12") } });

/** The action's run script in a merchant's directory, as a runner would start it. */
async function runAction(scene: Scene, inputs: Readonly<Record<string, string>>) {
  const bin = join(scene.dir, "node_modules/.bin");
  mkdirSync(bin, { recursive: true });
  writeFileSync(join(bin, "gstable-sync"), `#!/bin/sh\nexec "${process.execPath}" "${cliPath}" "$@"\n`);
  chmodSync(join(bin, "gstable-sync"), 0o755);
  const defaults = Object.entries(action.inputs).map(([name, { default: value = "" }]) => [
    `INPUT_${name.toUpperCase()}`,
    value,
  ]);
  for (const name of ["output", "summary", "comment.md"]) writeFileSync(join(scene.dir, name), "");
  const ended = await runScript(join(root, "action/run.sh"), {
    cwd: scene.dir,
    env: {
      ...scene.env,
      ...Object.fromEntries(defaults),
      GITHUB_OUTPUT: join(scene.dir, "output"),
      GITHUB_STEP_SUMMARY: join(scene.dir, "summary"),
      COMMENT_FILE: join(scene.dir, "comment.md"),
      ...inputs,
    },
  });
  const outputs = new Map(
    [...scene.read("output").matchAll(/^([\w-]+)<<(\w+)\n([\s\S]*?)\n\2$/gm)].map(([, name, , value]) => [
      name,
      value,
    ]),
  );
  return { ...ended, outputs };
}

describe("action.yml", () => {
  it("passes inputs as variables, never into a script", () => {
    for (const { run = "" } of action.runs.steps) expect(run).not.toContain("${{");
    const given = JSON.stringify(action.runs.steps).match(/inputs\.[\w-]+/g) ?? [];
    expect([...new Set(given.map((one) => one.slice("inputs.".length)))].sort()).toEqual(
      Object.keys(action.inputs).sort(),
    );
  });

  it("fetches the version that it belongs to", () => {
    expect(action.inputs.version?.default).toBe(packageJson.version);
  });

  it("keeps the key from the step that comments", () => {
    const comment = action.runs.steps.find(({ run }) => run?.includes("comment.sh"));
    expect(comment?.env?.GSTABLE_API_KEY).toBe("");
  });
});

describe.concurrent("the action", () => {
  it("gives a plan with changes a green check, its outputs and a comment", async () => {
    const scene = await openAppliedScene();
    scene.write(configFile, priced("$25"));
    const ended = await runAction(scene, {});
    expect(ended.code, ended.stderr).toBe(0);
    expect(Object.fromEntries(ended.outputs)).toMatchObject({
      "exit-code": "2",
      "has-changes": "true",
      changes: "1",
      "tripped-guards": "0",
      hash: expect.stringMatching(/^sha256-/),
      "comment-file": join(scene.dir, "comment.md"),
    });
    for (const name of Object.values(action.outputs)) {
      const [, output = ""] = /steps\.run\.outputs\.([\w-]+)/.exec(name.value) ?? [];
      expect(ended.outputs.has(output), output).toBe(true);
    }
    expect(scene.read("comment.md")).toMatch(/^<!-- gstable-sync plan: acme-store -->\n[\s\S]*25\.00/);
    expect(scene.read("summary")).toContain("25.00");
    expect(scene.writes()).toEqual([]);
  });

  it("gives one that a guard refuses a red check, unless its exception is among the arguments", async () => {
    const scene = await openAppliedScene();
    scene.write(configFile, priced("$240"));
    expect((await runAction(scene, {})).code).toBe(4);
    const allowed = { INPUT_ARGUMENTS: "--allow\nprice:paymentLink.beans" };
    expect((await runAction(scene, allowed)).code).toBe(0);
    const approved = `${allowed.INPUT_ARGUMENTS}\n--auto-approve`;
    expect((await runAction(scene, { INPUT_COMMAND: "apply", INPUT_ARGUMENTS: approved })).code).toBe(0);
    expect(scene.writes()).toHaveLength(1);
  });

  it("is red for drift, and says so in a comment", async () => {
    const scene = await openAppliedScene();
    const [one] = scene.sandbox.snapshot().paymentLinks;
    scene.sandbox.dashboard.editLink({ linkId: one?.linkId ?? "", linkName: "Edited" });
    expect((await runAction(scene, { INPUT_COMMAND: "drift" })).code).toBe(2);
    expect(scene.read("comment.md")).toContain("Edited");
  });

  it("applies nothing without an approval, and takes no other command", async () => {
    const scene = await openAppliedScene();
    scene.write(configFile, priced("$25"));
    expect((await runAction(scene, { INPUT_COMMAND: "apply" })).code).toBe(4);
    expect((await runAction(scene, { INPUT_COMMAND: "state" })).code).toBe(1);
    expect((await runAction(scene, { INPUT_COMMAND: "plan; touch hacked" })).code).toBe(1);
    expect(existsSync(join(scene.dir, "hacked"))).toBe(false);
    expect(scene.writes()).toEqual([]);
  });
});

describe.concurrent("the comment", () => {
  const marker = "<!-- gstable-sync plan: acme-store -->";
  /** A `gh` that lists these comments, writes down how it was called, and fails where it is told to. */
  async function comment(options: { comments?: readonly object[]; fails?: "list" | "write" }) {
    const scene = await openAppliedScene();
    const calls = join(scene.dir, "calls");
    scene.write("comment.md", `${marker}\n\n## Plan\n`);
    scene.write("comments.json", options.comments ?? []);
    scene.write(
      "bin/gh",
      `#!${process.execPath}
const { appendFileSync, readFileSync } = require("node:fs");
const args = process.argv.slice(2);
appendFileSync(${JSON.stringify(calls)}, JSON.stringify(args) + "\\n");
const isList = args.includes("--jq");
if (${JSON.stringify(options.fails ?? "")} === (isList ? "list" : "write")) process.exit(1);
if (isList) {
  const all = JSON.parse(readFileSync("comments.json", "utf8"));
  const found = all.filter((one) => one.user.type === "Bot" && one.body.startsWith(process.env.MARKER));
  process.stdout.write(found.map(({ id }) => id + "\\n").join(""));
}
`,
    );
    chmodSync(join(scene.dir, "bin/gh"), 0o755);
    const ended = await runScript(join(root, "action/comment.sh"), {
      cwd: scene.dir,
      env: {
        PATH: `${join(scene.dir, "bin")}:${process.env.PATH}`,
        GITHUB_REPOSITORY: "acme/shop",
        PULL_REQUEST: "7",
        COMMENT_FILE: "comment.md",
      },
    });
    const made: string[][] = existsSync(calls)
      ? scene
          .read("calls")
          .trim()
          .split("\n")
          .map((line) => JSON.parse(line))
      : [];
    return { ...ended, written: made.find((args) => !args.includes("--jq")) };
  }

  it("is written once, and then edited: by its marker, and only a bot's", async () => {
    const first = await comment({
      comments: [
        { id: 1, user: { type: "User" }, body: `${marker}\nmine` },
        { id: 2, user: { type: "Bot" }, body: "<!-- gstable-sync plan: acme-store/eu -->" },
      ],
    });
    expect(first.code, first.stderr).toBe(0);
    expect(first.written).toEqual(
      expect.arrayContaining(["POST", "repos/acme/shop/issues/7/comments", "body=@comment.md"]),
    );
    const later = await comment({ comments: [{ id: 3, user: { type: "Bot" }, body: `${marker}\nold` }] });
    expect(later.written).toEqual(
      expect.arrayContaining(["PATCH", "repos/acme/shop/issues/comments/3", "body=@comment.md"]),
    );
  });

  it.each(["list", "write"] as const)("that may not be written is no failure (%s)", async (fails) => {
    const ended = await comment({ fails });
    expect(ended.code).toBe(0);
    expect(ended.stderr).toContain("::notice::");
  });
});
