import { readdirSync } from "node:fs";
import { expect } from "vitest";
import { plan } from "../../src/index.js";
import { configFile, lockfile, openAppliedScene, openScene, type Scene } from "../cli/scene.js";
import type { Story } from "./stories.js";

/** A scene in which the story's change is still to be applied; the request log begins there. */
export async function openStory({ before, config }: Story): Promise<Scene> {
  if (before === undefined) return openScene(config);
  const scene = await openAppliedScene(before);
  scene.write(configFile, config);
  return scene;
}

/** What every run needs that nobody watches. */
export function applyFlags({ allow }: Story): readonly string[] {
  return ["--auto-approve", "--json", "--settle", "100ms", ...allow.flatMap((one) => ["--allow", one])];
}

/** Titles of objects that somebody else made while the story went on. */
export interface Strangers {
  readonly strangers?: readonly string[];
}

/** Whether the account holds what the story wants, each object once, and the lockfile names exactly those. */
export function isWhole(scene: Scene, story: Story, { strangers = [] }: Strangers = {}): boolean {
  const { titles, open, ids } = stateOf(scene, strangers);
  const wanted = [...story.products, ...story.open, ...story.closed].sort();
  const recorded = scene.has(lockfile) ? Object.values(scene.lock().entries).map(({ id }) => id) : [];
  return (
    isSame(titles, wanted) && isSame(open, [...story.open].sort()) && isSame(recorded.sort(), ids.sort())
  );
}

/** The promise, judged from the account itself and from the disk. */
export async function expectWhole(
  scene: Scene,
  story: Story,
  { strangers = [] }: Strangers = {},
): Promise<void> {
  const { titles, open, closed, ids } = stateOf(scene, strangers);
  expect(titles).toEqual([...story.products, ...story.open, ...story.closed].sort());
  expect(open).toEqual([...story.open].sort());
  expect(closed).toEqual([...story.closed].sort());
  const { entries, intents } = scene.lock();
  expect(
    Object.values(entries)
      .map(({ id }) => id)
      .sort(),
  ).toEqual(ids.sort());
  expect(intents).toBeUndefined();
  const files = readdirSync(scene.dir);
  expect(files).not.toContain(`${lockfile}.journal`);
  expect(files).not.toContain(`${lockfile}.lock`);
  const next = await plan({ detailedExitcode: true }, { cwd: scene.dir, env: scene.env });
  expect(next.exitCode, next.text()).toBe(0);
}

function stateOf(scene: Scene, strangers: readonly string[]) {
  const { products, paymentLinks } = scene.sandbox.snapshot();
  const ours = products.filter(({ name }) => !strangers.includes(name));
  const names = (links: typeof paymentLinks) => links.map(({ linkName }) => linkName).sort();
  return {
    titles: [...ours.map(({ name }) => name), ...paymentLinks.map(({ linkName }) => linkName)].sort(),
    open: names(paymentLinks.filter(({ status }) => status === "active")),
    closed: names(paymentLinks.filter(({ status }) => status !== "active")),
    ids: [...ours.map(({ productId }) => productId), ...paymentLinks.map(({ linkId }) => linkId)],
  };
}

const isSame = (a: readonly string[], b: readonly string[]) => JSON.stringify(a) === JSON.stringify(b);
