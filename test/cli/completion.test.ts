import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { runHere } from "./in-process.js";
import { cliPath, run } from "./run.js";

const config = `version: 1
project: acme
environments: { eu: {}, us: {} }
products:
  beans: { name: Beans, commonPrices: [$1] }
  filter: { name: Filter, commonPrices: [$1] }
paymentLinks: { page: {} }
webhooks: { ledger: {} }
`;

let dir: string;
beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), "gstable-tab-"));
  mkdirSync(join(dir, "bin"));
  symlinkSync(cliPath, join(dir, "bin/gstable-sync"));
  writeFileSync(join(dir, "gstable.config.yaml"), config);
  writeFileSync(join(dir, "broken.yaml"), "version: [");
  for (const shell of ["bash", "zsh"]) {
    const script = execFileSync(process.execPath, [cliPath, "completion", shell], { encoding: "utf8" });
    writeFileSync(join(dir, `completion.${shell}`), script);
  }
  writeFileSync(join(dir, "hostile.yaml"), 'products: { "a\\e[2J": {}, good: {} }\n');
});
afterAll(() => rmSync(dir, { recursive: true, force: true }));

/** What the scripts ask: the candidates without their descriptions. */
async function candidates(...words: readonly string[]): Promise<readonly string[]> {
  const { code, stdout, stderr } = await runHere(["complete", "--", ...words], { cwd: dir });
  expect([code, stderr]).toEqual([0, ""]);
  return stdout
    .split("\n")
    .slice(0, -1)
    .map((line) => line.split("\t")[0] ?? "");
}

describe.concurrent("what may come next", () => {
  it.each([
    [["va"], ["validate"]],
    [
      ["state", ""],
      ["list", "show", "mv", "rm"],
    ],
    [
      ["--env", ""],
      ["eu", "us"],
    ],
    [["plan", "--env=e"], ["--env=eu"]],
    [["plan", "--env", "=", "u"], ["us"]],
    [
      ["plan", "--refresh", ""],
      ["auto", "full"],
    ],
    [["plan", "--target", "product.b"], ["product.beans"]],
    [
      ["plan", "--target", "product.beans", "--target", "product."],
      ["product.beans", "product.filter"],
    ],
    [["drift", "--accept", "product.beans", "product.f"], ["product.filter"]],
    [
      ["state", "mv", "product."],
      ["product.beans", "product.filter"],
    ],
    [
      ["schema", ""],
      ["config", "plan", "apply"],
    ],
    [
      ["checkout", ""],
      ["status", "cancel", "page"],
    ],
    [["webhook", "resume", ""], ["ledger"]],
    [["completion", "z"], ["zsh"]],
    [["plan", "--detailed"], ["--detailed-exitcode"]],
    [["-c", ""], [":files"]],
    [["plan", "--out", ""], [":files"]],
    [["output", "--check", ""], [":files"]],
    [["verify", "product.b"], ["product.beans"]],
    [["plan", "--timeout", ""], []],
    [["validate", "x", ""], []],
    [["nonsense", ""], []],
  ])("after %j is %j", async (words, expected) => {
    expect(await candidates(...words)).toEqual(expected);
  });

  it("is no hidden command, but each that help lists", async () => {
    const found = await candidates("");
    expect(found).toEqual(expect.arrayContaining(["init", "import", "apply", "completion"]));
    expect(found).not.toContain("complete");
    expect(found).not.toContain("help");
  });

  it("is nothing, and no word of complaint, where the configuration is broken or missing", async () => {
    for (const file of ["broken.yaml", "nowhere.yaml", "-", "."]) {
      expect(await candidates("-c", file, "plan", "--target", "")).toEqual([]);
    }
  });

  it("never carries control characters", async () => {
    const words = ["complete", "--", "-c", "hostile.yaml", "plan", "--target", ""];
    expect((await run(words, { cwd: dir })).stdout).toBe("product.good\t\n");
  });

  it("needs no key and asks nobody", async () => {
    const env = {
      GSTABLE_API_KEY: "sk_live_canary0123456789",
      GSTABLE_BASE_URL: "http://127.0.0.1:1/api/v1",
    };
    const { code, stdout } = await run(["complete", "--", "import", "--al"], { cwd: dir, env });
    expect([code, stdout]).toEqual([0, "--all\teverything that nobody manages\n"]);
  });
});

const env = () => ({
  PATH: `${join(dir, "bin")}:${dirname(process.execPath)}:${process.env.PATH}`,
  HOME: dir,
});

/** Runs a script in a shell that has sourced the completion twice, as people's profiles do. */
function inShell(shell: string, flags: readonly string[], script: string): string {
  return execFileSync(shell, [...flags, "-c", script], { cwd: dir, env: env(), encoding: "utf8" });
}

const has = (shell: string) => spawnSync(shell, ["-c", "true"]).status === 0;

describe("in bash", () => {
  const tab = (...words: readonly string[]) =>
    inShell(
      "bash",
      ["--norc"],
      `set -u
       . ./completion.bash; . ./completion.bash
       COMP_WORDS=(gstable-sync ${words.map((word) => `'${word}'`).join(" ")}); COMP_CWORD=${words.length}
       _gstable_sync; printf '%s\\n' "\${COMPREPLY[@]}"`,
    )
      .trim()
      .split("\n");

  it("TAB completes commands, values and files", () => {
    expect(tab("va")).toEqual(["validate"]);
    expect(tab("plan", "--target", "product.")).toEqual(["product.beans", "product.filter"]);
    expect(tab("plan", "--env", "=", "e")).toEqual(["eu"]);
    expect(tab("-c", "bro")).toEqual(["broken.yaml"]);
    expect(
      inShell("bash", ["--norc"], 'eval "$(gstable-sync completion bash)"; complete -p gstable-sync'),
    ).toContain("_gstable_sync");
  });

  it("TAB runs nothing of what is half typed", () => {
    tab("-c", "$(touch pwned)", "plan", "--target", "`touch pwned`");
    expect(existsSync(join(dir, "pwned"))).toBe(false);
  });
});

describe.skipIf(!has("zsh"))("in zsh", () => {
  it("TAB completes commands and values", () => {
    const tab = (words: string, current: number) =>
      inShell(
        "zsh",
        ["-f"],
        `compdef() { : }; _describe() { print -rl -- "\${(@P)3}" }; _files() { print files }
         . ./completion.zsh; . ./completion.zsh
         words=(gstable-sync ${words}); CURRENT=${current}; _gstable_sync`,
      );
    expect(tab("va", 2)).toBe("validate:check the configuration, all of it, without any network\n");
    expect(tab("plan --target product.", 4)).toBe("product.beans:\nproduct.filter:\n");
    expect(tab("-c ''", 3)).toBe("files\n");
    tab(`plan --target '$(touch pwned)'`, 4);
    expect(existsSync(join(dir, "pwned"))).toBe(false);
  });
});

describe.skipIf(!has("fish"))("in fish", () => {
  it("TAB completes commands and values", () => {
    const tab = (line: string) =>
      inShell("fish", ["--no-config"], `gstable-sync completion fish | source; complete -C '${line}'`);
    expect(tab("gstable-sync va")).toContain("validate\tcheck the configuration");
    expect(tab("gstable-sync plan --target product.")).toBe("product.beans\nproduct.filter\n");
    expect(tab("gstable-sync -c bro")).toContain("broken.yaml");
    tab("gstable-sync plan --target (touch pwned)");
    expect(existsSync(join(dir, "pwned"))).toBe(false);
  });
});
