import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it, vi } from "vitest";
import { type StateAction, state } from "../../src/commands/state.js";
import { Journal } from "../../src/commands/state-files/journal-file.js";
import { openLockfile } from "../../src/commands/state-files/lockfile-store.js";
import { encodeJournalOwner, encodeRecords } from "../../src/state/journal-text.js";
import { emptyLockfile, type Intent, type LockEntry } from "../../src/state/lockfile.js";
import { encodeLockfile } from "../../src/state/lockfile-text.js";
import { lifecycleOf, lockEntry, values } from "../engine/builders.js";
import { openShop } from "./shop-scene.js";
import { shopContext } from "./waiting-context.js";

const owner = { project: "acme-store", environment: null, origin: "https://api.gstable.example" };
const mug: Intent = {
  kind: "product",
  values: { ...values.product() },
  knownIds: [],
  lifecycle: lifecycleOf("product"),
};
const move: StateAction = { do: "mv", from: "product.beans", to: "product.cup" };

interface Recorded {
  readonly entries: Readonly<Record<string, LockEntry>>;
  readonly intents?: Readonly<Record<string, Intent>>;
}

/** A lockfile with these, and the command on it. */
function openState({ entries, intents = {} }: Recorded) {
  const scene = openShop();
  const path = join(scene.cwd, "gstable.lock.json");
  const lockfile = {
    ...emptyLockfile(owner),
    entries: new Map(Object.entries(entries)),
    intents: new Map(Object.entries(intents)),
  };
  writeFileSync(path, encodeLockfile(lockfile as never));
  const run = (action: StateAction) =>
    state(action, { config: "gstable.config.yaml" }, shopContext(scene).context);
  return { path, run, read: () => JSON.parse(readFileSync(path, "utf8")), cwd: scene.cwd };
}

it("state mv takes a create in doubt along: what it made would be created again under the new name", async () => {
  const { run, read } = openState({
    entries: { "product.beans": lockEntry("product", "prd_1") },
    intents: { "product.beans": mug },
  });
  expect((await run(move)).exitCode).toBe(0);
  expect(read()).toMatchObject({
    entries: { "product.cup": { id: "prd_1" } },
    intents: { "product.cup": { kind: "product" } },
  });
});

it("state mv gives nobody the name of a create in doubt: its object would be lost sight of", async () => {
  const { run, read } = openState({
    entries: { "product.beans": lockEntry("product", "prd_1") },
    intents: { "product.cup": mug },
  });
  expect(await run(move)).toMatchObject({
    exitCode: 1,
    document: { diagnostics: [{ code: "GS3014" }] },
  });
  expect(read().entries).toHaveProperty(["product.beans"]);
});

it.each([
  [move, ["product.cup"]],
  [{ do: "rm", address: "product.beans" }, []],
] as const)("state %j is not undone by a journal that a crash left behind", async (action, names) => {
  const { path, run, cwd } = openState({ entries: {} });
  const entry = { type: "entry", address: "product.beans", entry: lockEntry("product", "prd_1") } as const;
  writeFileSync(`${path}.journal`, encodeJournalOwner(owner) + encodeRecords([entry]));
  const end = vi.spyOn(Journal.prototype, "end").mockRejectedValue(new Error("the process died"));
  await run(action);
  end.mockRestore();
  expect(existsSync(`${path}.journal`)).toBe(true);
  const opened = await openLockfile(path, owner, cwd);
  expect(opened.ok && [...opened.value.lockfile.entries.keys()]).toEqual(names);
});
