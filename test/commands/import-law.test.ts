import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { ImportOptions } from "../../src/commands/import/usage.js";
import { type LiveAccountPlan, liveAccounts } from "./import-accounts.js";
import { bare, CONFIG, link, openImportScene, product } from "./import-scene.js";

const runs = Number(process.env.IMPORT_RUNS ?? 60);

function optionsOf({ split, environment }: LiveAccountPlan): Partial<ImportOptions> {
  return { all: true, ...(split && { split: true as const }), ...(environment && { env: "eu" }) };
}

describe("whatever an account holds", () => {
  it("import --all leaves a plan without a change for what it imported, says why of the rest, and writes nothing to the account", {
    timeout: 180_000,
  }, async () => {
    await fc.assert(
      fc.asyncProperty(liveAccounts, async (account) => {
        const text = account.environment ? `${bare}environments: { eu: {}, us: {} }\n` : bare;
        const scene = openImportScene({ [CONFIG]: text });
        try {
          scene.sandbox.seed(account.seed);
          scene.say(account.words);
          const { imported, skipped, exitCode } = await scene.import([], optionsOf(account));
          const isOpen = account.environment ? { env: "eu" } : {};
          const plan = imported.length === 0 ? undefined : await scene.plan(isOpen);
          expect(plan?.changes ?? []).toEqual([]);
          expect(plan?.drift ?? []).toEqual([]);
          expect(scene.writes()).toBe(0);
          // Every object that the account shows is either in or explained.
          expect([...imported, ...skipped].map(({ id }) => id).sort()).toEqual([...account.shown].sort());
          expect(skipped.every(({ why }) => why.length > 10)).toBe(true);
          const failed = skipped.some(({ severity }) => severity === "error");
          expect(exitCode).toBe(failed ? (imported.length > 0 ? 5 : 1) : 0);
          if (account.environment) expect((await scene.plan({ env: "us" })).changes).toEqual([]);
        } finally {
          await scene.close();
        }
      }),
      { numRuns: runs },
    );
  });

  it("of two hundred objects none is left to do", async () => {
    const scene = openImportScene();
    try {
      const numbers = Array.from({ length: 100 }, (_, at) => at);
      scene.sandbox.seed({
        products: numbers.map((at) => product(`prd_${at}`, { name: `Product ${at % 7}` })),
        paymentLinks: numbers.map((at) => link(`lnk_${at}`, `prd_${at}`, { linkName: `Page ${at % 7}` })),
      });
      const document = await scene.import([], { all: true });
      expect(document).toMatchObject({ exitCode: 0, skipped: [] });
      expect(document.imported).toHaveLength(200);
      expect(new Set(document.imported.map(({ address }) => address)).size).toBe(200);
      expect((await scene.plan()).changes).toEqual([]);
      expect(scene.writes()).toBe(0);
    } finally {
      await scene.close();
    }
  });
});
