import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { expect } from "vitest";
import type { Scene } from "../cli/scene.js";
import type { Story } from "./stories.js";
import { applyFlags, expectWhole, openStory } from "./whole.js";

const hook = `--import=${pathToFileURL(join(import.meta.dirname, "crash-hook.mjs")).href}`;

/** Every place at which an apply of this story can die, in order. */
export async function boundariesOf(story: Story): Promise<readonly string[]> {
  const scene = await openStory(story);
  const { code, stdout, stderr } = await applyDying(scene, story, {
    CRASH_COUNT: join(scene.dir, "boundaries"),
  });
  expect(code, stdout + stderr).toBe(0);
  return JSON.parse(scene.read("boundaries"));
}

/** Two at a time, whatever the machine has: each is a row of processes. */
const slots = [Promise.resolve(), Promise.resolve()];
let taken = 0;

async function inTurn<T>(work: () => Promise<T>): Promise<T> {
  const slot = taken % slots.length;
  taken += 1;
  const before = slots[slot];
  const result = (async () => {
    await before;
    return work();
  })();
  slots[slot] = result.then(
    () => undefined,
    () => undefined,
  );
  return result;
}

/** An apply that dies at a boundary, then one after the other until it is done; whether the first one died. */
export function dieAndResume(
  story: Story,
  ...crashes: readonly number[]
): Promise<{ readonly deaths: number }> {
  return inTurn(() => dieInTurn(story, crashes));
}

async function dieInTurn(story: Story, crashes: readonly number[]) {
  const scene = await openStory(story);
  let deaths = 0;
  for (const at of crashes) {
    const { code, signal, stdout, stderr } = await applyDying(scene, story, { CRASH_AT: String(at) });
    if (signal === "SIGKILL") deaths += 1;
    else expect(code, stdout + stderr).toBe(0);
  }
  await applyUntilDone(scene, story);
  await expectWhole(scene, story);
  return { deaths };
}

/** A crash can leave work that is only seen once the first rerun has looked; more than a few reruns is a failure. */
async function applyUntilDone(scene: Scene, story: Story): Promise<void> {
  for (let runs = 1; ; runs += 1) {
    const { code, stdout, stderr } = await scene.run("apply", ...applyFlags(story));
    if (code === 0) return;
    if (runs === 4) throw new Error(`${code} in the end\n${stdout}\n${stderr}`);
  }
}

function applyDying(scene: Scene, story: Story, env: Readonly<Record<string, string>>) {
  return scene.runWith({ env: { NODE_OPTIONS: hook, ...env } }, "apply", ...applyFlags(story));
}
