import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { commands, wrong } from "./command-lines.js";
import type { Ended } from "./run.js";
import { canaryKey, configFile, lockfile, openScene, type Scene } from "./scene.js";
import { link, shop } from "./shop.js";

const withKey = shop({
  project: canaryKey,
  paymentLinks: { x: link("beans", "$2", { linkName: canaryKey }) },
});

/** Something that goes wrong, or a configuration that has the key in it. */
const troubles: readonly { title: string; prepare: (scene: Scene) => void }[] = [
  {
    title: "the key is refused",
    prepare: ({ sandbox }) => sandbox.setKnobs({ acceptedKeys: ["another"], authErrorBody: "html" }),
  },
  { title: "the configuration holds the key", prepare: (scene) => scene.write(configFile, withKey) },
  {
    title: "the lockfile is broken and holds the key",
    prepare: (scene) => scene.write(lockfile, `{"x": "${canaryKey}"`),
  },
  {
    title: "every write fails",
    prepare: ({ sandbox }) =>
      sandbox.addFault({
        match: { path: "/create", times: 0 },
        do: { kind: "failBefore", with: { code: 400101 } },
      }),
  },
];

describe.concurrent("the key is in no output and in no file", { timeout: 60_000 }, () => {
  it("of any command, right or wrong", async () => {
    const scene = await openScene();
    const outputs: string[] = [];
    for (const args of commands) outputs.push(...told(await scene.runHere(...args, "--debug")));
    for (const args of [["apply"], ...wrong.slice(0, 2)]) {
      outputs.push(...told(await scene.run(...args, "--debug")));
    }
    expect(outputs.filter((text) => text.includes(canaryKey))).toEqual([]);
    expect(filesWith(scene, canaryKey)).toEqual([]);
    expect(JSON.stringify(scene.sandbox.requests)).not.toContain(canaryKey);
  });

  it.each(troubles)("when $title", async ({ prepare }) => {
    const scene = await openScene();
    prepare(scene);
    const before = filesWith(scene, canaryKey);
    for (const args of [["validate"], ["plan"], ["apply", "--auto-approve"], ["drift", "--json"]]) {
      const text = told(await scene.runHere(...args, "--debug")).join("");
      expect(text, args.join(" ")).not.toContain(canaryKey);
    }
    expect(filesWith(scene, canaryKey)).toEqual(before);
  });
});

/** Not of the shape that GStable documents: it is known by nothing but its letters. */
const oddKey = "odd_key-0123456789";

describe.concurrent("a key of a shape that nobody knows", { timeout: 60_000 }, () => {
  const holding = shop({ paymentLinks: { x: link("beans", "$2", { linkName: `By ${oddKey}` }) } });

  it.each(["text", "json", "markdown", "html", "github"])(
    "is found in the configuration, and not shown as %s",
    async (format) => {
      const scene = await openScene(holding);
      const options = { env: { GSTABLE_API_KEY: oddKey } };
      for (const command of format === "markdown" || format === "html" ? ["plan"] : ["validate", "plan"]) {
        const args = [command, "--format", format, "--report", "markdown=report.md"];
        const { code, stdout, stderr } = await scene.runWith(options, ...args);
        expect(code).toBe(command === "validate" ? 3 : 1);
        expect(stdout + stderr).toContain("GS6008");
        for (const text of [stdout, stderr, scene.read("report.md")]) {
          expect(text.replaceAll("\\", "")).not.toContain(oddKey);
        }
      }
      expect(scene.sandbox.requests).toEqual([]);
    },
  );

  it("is found in each environment by its own variable", async () => {
    const environments = { eu: { apiKeyEnv: "GSTABLE_API_KEY_EU" }, us: {} };
    const scene = await openScene({ ...holding, environments });
    const ended = await scene.runWith({ env: { GSTABLE_API_KEY_EU: oddKey } }, "validate", "--json");
    expect(ended.json().diagnostics).toMatchObject([{ code: "GS6008" }]);
  });
});

const told = ({ stdout, stderr }: Ended): readonly string[] => [stdout, stderr];

function filesWith(scene: Scene, text: string): string[] {
  return readdirSync(scene.dir, { recursive: true, withFileTypes: true })
    .filter((file) => file.isFile())
    .filter((file) => readFileSync(join(file.parentPath, file.name), "utf8").includes(text))
    .map(({ name }) => name);
}
