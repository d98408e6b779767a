import { execFile } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { describe, expect, it } from "vitest";
import { planDocumentSchema } from "../../src/state/plan-document.js";
import { commands, wrong } from "./command-lines.js";
import { cliPath, type Ended } from "./run.js";
import { configFile, openAppliedScene, openScene } from "./scene.js";
import { link, shop } from "./shop.js";

const shell = promisify(execFile);

const jsonFlags = [["--json"], ["--format=json"], ["--format", "json"]];

const odd = "pl\u001b[2Jan\n::stop-commands::x##[group]\u202e";

it.each([[[odd]], [["plan", `--${odd}`]], [["plan", `--timeout=${odd}`]], [["plan", "--timeout", odd]]])(
  "a wrong word of the command line is shown as what it is: %j",
  async (args) => {
    const scene = await openScene();
    const { code, stderr } = await scene.run(...args);
    expect(code).toBe(1);
    expect(stderr).toContain("pl\\u{1b}[2Jan\\u{a}::stop-commands::x#\\u{23}[group]\\u{202e}");
    expect(stderr.replaceAll("\n", "¶")).not.toMatch(/¶\s*::|##\[|[\p{Cc}\p{Cf}]/u);
  },
);

describe.concurrent("with --json stdout is one document", () => {
  const changed = shop({ paymentLinks: { beans: link("beans", "$25"), mug: link("mug", "$12") } });
  const documentOf = (args: readonly string[], { code }: Ended) => ({
    formatVersion: 1,
    command: args[0],
    exitCode: code,
    diagnostics: expect.any(Array),
  });

  it.each(commands.map((args) => ({ args })))("of $args, with its exit code", async ({ args }) => {
    const scene = await openAppliedScene();
    scene.write(configFile, changed);
    const ended = await scene.runHere(...args, "--json");
    expect(ended.json()).toMatchObject(documentOf(args, ended));
  });

  it.each([
    { args: ["plan"], code: 0 },
    { args: ["plan", "--detailed-exitcode"], code: 2 },
    { args: ["apply"], code: 4 },
    { args: ["checkout", "none"], code: 1 },
  ])("of the process $args, which has that exit code", async ({ args, code }) => {
    const scene = await openAppliedScene();
    scene.write(configFile, changed);
    // A reading of more than a second is told, and on a busy machine it takes that long.
    const ended = await scene.run(...args, "--json", "--quiet");
    expect(ended.code).toBe(code);
    expect(ended.json()).toMatchObject(documentOf(args, ended));
    expect(ended.stderr).toBe("");
  });

  it.each(wrong.map((args) => ({ args })))("also for the wrong command line $args", async ({ args }) => {
    const scene = await openScene();
    for (const json of args.length > 0 ? [["--json"]] : jsonFlags) {
      const ended = await scene.run(...args, ...json);
      expect(ended.code).toBe(1);
      expect(ended.json()).toMatchObject({
        formatVersion: 1,
        exitCode: 1,
        diagnostics: [{ severity: "error" }],
      });
    }
    expect(scene.sandbox.requests).toEqual([]);
  });

  it("which for a plan is what its schema promises", async () => {
    const scene = await openAppliedScene();
    const paymentLinks = { beans: link("beans", "$240"), new: link("mug", "$3") };
    scene.write(configFile, shop({ paymentLinks }));
    const ended = await scene.runHere("plan", "--json", "--quiet");
    const { changes, guards } = planDocumentSchema.parse(ended.json());
    expect(changes).toHaveLength(3);
    expect(guards.length).toBeGreaterThan(0);
    expect(ended.stderr).toBe("");
  });

  it("and results are on stdout, reasons for having none on stderr", async () => {
    const scene = await openScene();
    const plan = await scene.run("plan", "--quiet");
    expect(plan.stdout).toContain("Plan:");
    expect(plan.stderr).toBe("");
    const none = await scene.runWith({ env: { GSTABLE_API_KEY: undefined } }, "plan");
    expect(none.stdout).toBe("");
    expect(none.stderr).toContain("GS6001");
  });
});

describe.concurrent("pipes", () => {
  it("get all of a large plan, and may be closed early", async () => {
    const pages = ["a", "b", "c", "d"].map((name) => [
      name,
      link("beans", "$24", { linkName: name, customSuccessText: name.repeat(100_000) }),
    ]);
    const scene = await openScene(shop({ paymentLinks: Object.fromEntries(pages) }));
    const [plain, head, early] = await Promise.all(
      [`plan --json | wc -c`, `plan --json | head -1`, `plan | head -1`].map((line) =>
        shell(
          "bash",
          ["--norc", "-c", `set -o pipefail; "${process.execPath}" "${cliPath}" --quiet ${line}`],
          {
            cwd: scene.dir,
            env: { PATH: process.env.PATH ?? "", ...scene.env },
          },
        ),
      ),
    );
    await scene.runHere("plan", "--quiet", "--out", "plan.json");
    expect(Number(plain?.stdout)).toBe(readFileSync(join(scene.dir, "plan.json")).length);
    expect(Number(plain?.stdout)).toBeGreaterThan(400_000);
    expect(head?.stdout).toBe("{\n");
    expect(head?.stderr).toBe("");
    expect(early?.stderr).toBe("");
  });
});

/** Linux has a file that is always full. */
describe.runIf(existsSync("/dev/full")).concurrent("on a full disk", () => {
  const ended = async (cwd: string, env: Readonly<Record<string, string>>, line: string) => {
    const command = `"${process.execPath}" "${cliPath}" ${line}; echo "exit $?"`;
    const shown = await shell("bash", ["--norc", "-c", command], {
      cwd,
      env: { PATH: process.env.PATH ?? "", ...env },
    });
    return { code: /exit (\d+)/.exec(shown.stdout)?.[1], ...shown };
  };

  it("an apply goes on without its log", async () => {
    const { dir, env, sandbox, lock } = await openScene();
    const { code, stdout } = await ended(dir, env, "apply --auto-approve 2>/dev/full");
    expect(code).toBe("0");
    expect(stdout).toContain("Apply: 4 done");
    expect(sandbox.snapshot().paymentLinks).toHaveLength(2);
    expect(Object.keys(lock().entries)).toHaveLength(4);
  });

  it.each([
    ["apply --auto-approve", "5"],
    ["plan --json", "1"],
    ["validate", "1"],
  ])("a result that is lost is no success: %s ends with %s", async (line, wanted) => {
    const { dir, env } = await openScene();
    const { code, stderr } = await ended(dir, env, `${line} >/dev/full`);
    expect(code).toBe(wanted);
    expect(stderr).toMatch(/The result cannot be written: ENOSPC\n$/);
    expect(stderr).not.toMatch(/^\s*at /m);
  });

  it("an apply that had nothing to do wrote nothing, and ends with 1", async () => {
    const { dir, env } = await openScene();
    expect((await ended(dir, env, "apply --auto-approve")).code).toBe("0");
    expect((await ended(dir, env, "apply --auto-approve >/dev/full")).code).toBe("1");
  });

  it("a session that was opened is something written, and one that was only shown is not", async () => {
    const { dir, env } = await openScene();
    expect((await ended(dir, env, "apply --auto-approve")).code).toBe("0");
    expect((await ended(dir, env, "checkout beans >/dev/full")).code).toBe("5");
    expect((await ended(dir, env, "checkout beans --dry-run >/dev/full")).code).toBe("1");
  });
});

describe.concurrent("progress", () => {
  it("tells on stderr of each change when it starts and when it is done, but not under --quiet", async () => {
    const scene = await openScene();
    const { stderr } = await scene.run("apply", "--auto-approve");
    expect(stderr.split("\n").filter((line) => line.endsWith("…"))).toHaveLength(4);
    expect(stderr.split("\n").filter((line) => line.endsWith("… done"))).toHaveLength(4);
    const quiet = await openScene();
    expect((await quiet.run("apply", "--auto-approve", "--quiet")).stderr).toBe("");
  });

  it("says how far a reading is that takes longer than a second, and which waits there are", async () => {
    const scene = await openScene(shop(), { latencyMs: 1200 });
    const plan = await scene.run("plan");
    expect(plan.stderr).toMatch(
      /reading the account, requests: \d+ of \d+\nread the account: \d+ API calls in /,
    );
    expect((await scene.run("doctor")).stderr).toMatch(/read the account: \d+ API calls in /);
    scene.sandbox.setKnobs({ latencyMs: 0 });
    scene.sandbox.addFault({
      match: { path: "/product/create" },
      do: { kind: "failBefore", with: { code: 900201 } },
    });
    const applied = await scene.apply("--settle", "3100ms");
    expect(applied.stderr).toMatch(/waiting 4 s: in case the API still/);
    expect(scene.sandbox.snapshot().products).toHaveLength(2);
  });
});

describe.concurrent("commands that only look", () => {
  it("send nothing but reads, whatever there would be to do", async () => {
    const scene = await openAppliedScene();
    scene.sandbox.dashboard.editLink({
      linkId: scene.lock().entries["paymentLink.mug"]?.id ?? "",
      linkName: "Edited",
    });
    scene.write(configFile, shop({ paymentLinks: { beans: link("beans", "$25"), new: link("mug", "$3") } }));
    const before = scene.sandbox.snapshot();
    const looking = [
      ["plan"],
      ["plan", "--refresh", "full"],
      ["drift"],
      ["validate"],
      ["state", "list"],
      ["schema"],
    ];
    await Promise.all(looking.map((args) => scene.runHere(...args)));
    const posts = scene.sandbox.requests.filter(({ method }) => method !== "GET");
    expect(posts.filter(({ path }) => !path.endsWith("/product/list/by/ids"))).toEqual([]);
    expect(scene.sandbox.requests.length).toBeGreaterThan(10);
    expect(scene.sandbox.snapshot()).toEqual(before);
    scene.sandbox.clearRequests();
    await Promise.all([["validate"], ["state", "list"], ["schema"]].map((args) => scene.runHere(...args)));
    expect(scene.sandbox.requests).toEqual([]);
  });
});
