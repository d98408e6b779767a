import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { apply } from "../../src/commands/apply.js";
import { plan } from "../../src/commands/plan.js";
import { apply as applyInLibrary } from "../../src/index.js";
import type { ApplyDocument } from "../../src/state/apply-document.js";
import type { JournalRecord } from "../../src/state/journal.js";
import { encodeJournalOwner, encodeRecords } from "../../src/state/journal-text.js";
import type { PlanDocument } from "../../src/state/plan-document.js";
import { shop } from "../cli/shop.js";
import { openShop } from "./shop-scene.js";
import { shopContext } from "./waiting-context.js";

const origin = "https://api.gstable.example";
const ownerOf = (environment: string) => ({ project: "acme-store", environment, origin });

/** Two environments of one merchant with equal entries: nothing but the lockfiles tells their objects apart. */
function openTwo() {
  const scene = openShop(shop({ environments: { eu: {}, us: {} } }));
  const { context } = shopContext(scene);
  const file = (env: string) => join(scene.cwd, `gstable.lock.${env}.json`);
  const flags = (env: string) => ({ config: "gstable.config.yaml", env, settleMs: 0 });
  return {
    ...scene,
    file,
    lock: (env: string) => JSON.parse(readFileSync(file(env), "utf8")),
    plan: async (env: string) => (await plan(flags(env), context)).document as PlanDocument,
    apply: async (env: string) => {
      const { exitCode, document } = await apply({ ...flags(env), autoApprove: true }, context);
      expect(exitCode).toBe(0);
      return document as ApplyDocument;
    },
  };
}

describe("two environments of one merchant", () => {
  it("leave each other what an open run has made and not yet folded into its lockfile", async () => {
    const { lock, file, apply, plan } = openTwo();
    await apply("eu");
    const records = Object.entries(lock("eu").entries).map(
      ([address, entry]) => ({ type: "entry", address, entry }) as JournalRecord,
    );
    writeFileSync(`${file("eu")}.journal`, encodeJournalOwner(ownerOf("eu")) + encodeRecords(records));
    rmSync(file("eu"));
    const { changes } = await plan("us");
    expect(changes.map(({ actions }) => actions)).toEqual(Array(4).fill(["create"]));
  });

  it("stop where the journal of the other one is damaged", async () => {
    const { file, plan } = openTwo();
    writeFileSync(`${file("eu")}.journal`, "no journal\n");
    expect(await plan("us")).toMatchObject({ exitCode: 1, diagnostics: [{ code: "GS3009" }] });
  });

  it("never take the other one's object for what an interrupted create has made", async () => {
    const { file, lock, apply, sandbox } = openTwo();
    const entries = (await apply("us")) && lock("us").entries;
    const { values, lifecycle } = entries["product.beans"];
    const intents = { "product.beans": { kind: "product", values, knownIds: [], lifecycle } };
    const open = { lockfileVersion: 1, ...ownerOf("eu"), accounts: {}, entries: {}, intents };
    writeFileSync(file("eu"), `${JSON.stringify(open, null, 2)}\n`);
    await apply("eu");
    expect(lock("eu").entries["product.beans"].id).not.toBe(entries["product.beans"].id);
    expect(sandbox.snapshot().products).toHaveLength(4);
  });
});

it("rehearse on one sandbox without taking over each other's objects", async () => {
  const { cwd, context } = openShop(shop({ environments: { eu: {}, us: {} } }));
  const run = (env: string) =>
    applyInLibrary({ env, sandbox: true, autoApprove: true, settleMs: 0 }, { ...context, cwd });
  for (const env of ["eu", "us"]) {
    const { exitCode, document } = await run(env);
    expect(exitCode).toBe(0);
    expect(document.done?.map(({ action }) => action)).toEqual(Array(4).fill("create"));
  }
});
