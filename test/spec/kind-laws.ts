import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "vitest";
import type { apply, LibraryContext, plan } from "../../src/index.js";
import type { Lock } from "../cli/scene.js";

/** One kind on trial: an entry of it, that entry after an edit, and a GStable that knows the kind. */
export interface KindTrial {
  readonly kind: string;
  readonly configKey: string;
  /** A configuration without entries of the kind, with what `entry` refers to. */
  readonly around: object;
  readonly entry: object;
  /** A text in the entry that nothing else has. */
  readonly title: string;
  /** The same entry with one field changed, by no more than guards let pass. */
  readonly changed: { readonly field: string; readonly entry: object };
  /** The library on trial: the project's, or one that a kind was added to. */
  readonly library: { readonly plan: typeof plan; readonly apply: typeof apply };
  /** A directory and an account, both new. */
  open(): Promise<{ readonly cwd: string; readonly fetch: typeof fetch }>;
}

const NAME = "on-trial";
const RENAMED = "renamed";
const lockfile = "gstable.lock.json";

/** What holds for an entry of every kind, also for one that is only just added. */
export const kindLaws: Readonly<Record<string, (trial: KindTrial) => Promise<void>>> = {
  "is made once: nothing is left to do afterwards, and a second apply writes nothing": async (trial) => {
    const stage = await open(trial);
    stage.declare(trial.entry);
    expect(await stage.plannedActions()).toEqual(["create"]);
    await stage.apply();
    expect(await stage.plannedActions()).toEqual([]);
    expect(stage.creates()).toBe(1);
    const written = stage.writes();
    await stage.apply();
    expect(stage.writes()).toBe(written);
  },

  "is made once although the answer to its create is lost": async (trial) => {
    const stage = await open(trial, { loseCreate: true });
    stage.declare(trial.entry);
    await stage.apply();
    expect(stage.creates()).toBe(1);
    expect(stage.id()).toBeDefined();
    expect(await stage.plannedActions()).toEqual([]);
  },

  "changes in the field that was edited, and in no other": async (trial) => {
    const stage = await openApplied(trial);
    stage.declare(trial.changed.entry);
    const [change] = await stage.planned();
    expect(change?.actions).toEqual(["update"]);
    expect(new Set(change?.fields.map(({ path }) => path.split(/[.[]/)[0]))).toEqual(
      new Set([trial.changed.field]),
    );
    const id = stage.id();
    await stage.apply();
    expect(stage.id()).toBe(id);
    expect(await stage.plannedActions()).toEqual([]);
  },

  "is closed when its entry leaves, never deleted, and comes back as the same object": async (trial) => {
    const stage = await openApplied(trial);
    const id = stage.id();
    stage.declare(undefined);
    expect(await stage.plannedActions()).toEqual([expect.stringMatching(/^(disable|archive)$/)]);
    await stage.apply();
    expect(stage.locked()).toMatchObject({ id, retired: true });
    stage.declare(trial.entry);
    await stage.apply();
    expect(stage.locked()).toMatchObject({ id });
    expect(stage.locked()).not.toHaveProperty("retired");
    expect(stage.creates()).toBe(1);
  },

  "keeps its object when it is renamed with `moved`": async (trial) => {
    const stage = await openApplied(trial);
    const id = stage.id();
    stage.declare(trial.entry, RENAMED);
    expect(await stage.plannedActions()).toEqual(["move"]);
    await stage.apply();
    expect(stage.locked(RENAMED)).toMatchObject({ id });
  },

  "is adopted, not made again, when the lockfile is lost": async (trial) => {
    const stage = await openApplied(trial);
    const id = stage.id();
    stage.loseLockfile();
    expect(await stage.plannedActions()).toEqual(["adopt"]);
    await stage.apply();
    expect(stage.id()).toBe(id);
    expect(stage.creates()).toBe(1);
  },
};

async function openApplied(trial: KindTrial) {
  const stage = await open(trial);
  stage.declare(trial.entry);
  await stage.apply();
  return stage;
}

async function open(trial: KindTrial, { loseCreate = false } = {}) {
  const { cwd, fetch } = await trial.open();
  const counted = countWrites(trial, { fetch, lose: loseCreate });
  const context: LibraryContext = {
    cwd,
    baseUrl: "https://api.gstable.example/api/v1",
    apiKey: "sk_live_0123456789",
    fetch: counted.fetch,
  };
  // The tool wrote it a moment ago.
  const lock = () => JSON.parse(readFileSync(join(cwd, lockfile), "utf8")) as Lock;
  const locked = (name = NAME) => lock().entries[`${trial.kind}.${name}`];
  const planned = async () => {
    const { document, text } = await trial.library.plan({ refresh: "full" }, context);
    expect(document.complete, text()).toBe(true);
    const ours = [NAME, RENAMED].map((name) => `${trial.kind}.${name}`);
    return (document.changes ?? []).filter(({ address }) => ours.includes(address));
  };
  return {
    ...counted.counts,
    planned,
    plannedActions: async () => (await planned()).flatMap(({ actions }) => actions),
    locked,
    id: () => locked()?.id,
    loseLockfile: () => rmSync(join(cwd, lockfile)),
    declare: (entry: object | undefined, name = NAME) => {
      const moved = name === NAME ? {} : { moved: [move(trial, name)] };
      const entries = entry === undefined ? {} : { [name]: entry };
      const config = { ...trial.around, ...moved, [trial.configKey]: { ...kept(trial), ...entries } };
      writeFileSync(join(cwd, "gstable.config.yaml"), JSON.stringify(config));
    },
    apply: async () => {
      const applied = await trial.library.apply({ autoApprove: true, settleMs: 1 }, context);
      expect(applied.exitCode, applied.text()).toBe(0);
    },
  };
}

const move = ({ kind }: KindTrial, name: string) => ({ from: `${kind}.${NAME}`, to: `${kind}.${name}` });

/** What the configuration around has of the kind already. */
const kept = ({ around, configKey }: KindTrial): object => Object(Reflect.get(around, configKey) ?? {});

/** Counts what is written, and what is made of the entry on trial; with `lose` the first answer to that never arrives. */
function countWrites(
  { title }: KindTrial,
  { fetch, lose }: { fetch: typeof globalThis.fetch; lose: boolean },
) {
  let [writes, creates] = [0, 0];
  const counting: typeof fetch = async (input, init) => {
    const path = String(input);
    if (init?.method === "POST" && !path.endsWith("/product/list/by/ids")) writes += 1;
    const answer = await fetch(input, init);
    if (!path.endsWith("/create") || !String(init?.body).includes(title)) return answer;
    creates += 1;
    if (!lose || creates > 1) return answer;
    throw new TypeError("fetch failed", { cause: Object.assign(new Error(), { code: "ECONNRESET" }) });
  };
  return { fetch: counting, counts: { creates: () => creates, writes: () => writes } };
}
