import fc from "fast-check";
import { describe, test } from "vitest";
import { liveThrough } from "./chaos.js";

// More by hand: APPLY_RUNS=5000 APPLY_SEED=7 npx vitest run test/engine/apply/once.test.ts
const numRuns = Number(process.env.APPLY_RUNS ?? 300);
const seed = Number(process.env.APPLY_SEED ?? 1);

describe("wherever a run dies and whichever answer is lost", () => {
  test("in the end each wanted object exists once, is recorded, and nothing is left to do", async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1 }), async (story) => void (await liveThrough(story))),
      { numRuns, seed, endOnFailure: true },
    );
  }, 600_000);
});
