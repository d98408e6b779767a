import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { apply, plan } from "../../src/index.js";
import { openShop } from "./shop-scene.js";

/** An applied shop with a lockfile in which something was changed, and an API that never answers again. */
async function openSpoilt(spoil: (text: string) => string) {
  const { cwd, context } = openShop();
  await apply({ autoApprove: true }, context);
  const path = join(cwd, "gstable.lock.json");
  const text = readFileSync(path, "utf8");
  writeFileSync(path, spoil(text));
  expect(readFileSync(path, "utf8")).not.toBe(text);
  const signals: (AbortSignal | null | undefined)[] = [];
  const silent: typeof fetch = (_, init) => {
    signals.push(init?.signal);
    return new Promise(() => {});
  };
  return { context: { ...context, fetch: silent }, signals };
}

describe("the account is read", () => {
  it.each([
    ["of another API", (text: string) => text.replace("api.gstable.example", "elsewhere.example"), "GS3007"],
    ["of another project", (text: string) => text.replace('"project": "', '"project": "other-'), "GS3007"],
    [
      "of a newer version",
      (text: string) => text.replace('"lockfileVersion": 1', '"lockfileVersion": 2'),
      "GS3003",
    ],
    ["that is half a file", (text: string) => text.slice(0, 500), "GS3001"],
  ])("not at all with a lockfile %s: the key goes nowhere", async (_, spoil, code) => {
    const { context, signals } = await openSpoilt(spoil);
    expect(await plan({}, context)).toMatchObject({ exitCode: 1, document: { diagnostics: [{ code }] } });
    expect(signals).toEqual([]);
  });

  it("while the rest of the lockfile is checked; nobody waits for it where that is damaged", async () => {
    const { context, signals } = await openSpoilt((text) =>
      text.replace(/^( {6}"id": )"[^"]*"/gm, '$1"one_for_all"'),
    );
    const started = performance.now();
    expect(await plan({}, context)).toMatchObject({
      exitCode: 1,
      document: { diagnostics: expect.arrayContaining([expect.objectContaining({ code: "GS3006" })]) },
    });
    expect(performance.now() - started).toBeLessThan(4000);
    expect(signals.length).toBeGreaterThan(0);
    await expect.poll(() => signals.every((signal) => signal?.aborted)).toBe(true);
  });
});
