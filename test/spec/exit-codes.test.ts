import { describe, expect, it } from "vitest";
import { exitCodes } from "../../src/commands/context.js";
import { openScene } from "../cli/scene.js";
import { shop } from "../cli/shop.js";
import { dearer, slipped } from "./catalogues.js";
import { configFile, type Merchant, openAppliedMerchant, openMerchant } from "./merchant.js";

interface Ending {
  readonly meaning: string;
  /** Brings it about, with the functions that the commands are. */
  readonly happen: () => Promise<{ readonly exitCode: number; readonly merchant: Merchant }>;
  /** What the account was asked to change by then. */
  readonly written: number;
}

/** One way to come to each exit code; test/cli/refusals has many more. One that is forgotten does not compile. */
const endings: { readonly [Name in keyof typeof exitCodes]: Ending } = {
  done: { meaning: "done", happen: () => applying(), written: 4 },
  error: {
    meaning: "an error before anything was written",
    happen: () => applying({ env: {} }),
    written: 0,
  },
  changes: {
    meaning: "changes pending, where a plan is asked for it; drift found",
    happen: async () => {
      const merchant = await openAppliedMerchant();
      merchant.write(dearer);
      return { merchant, ...(await merchant.plan({ detailedExitcode: true })) };
    },
    written: 0,
  },
  invalid: {
    meaning: "the configuration is invalid",
    happen: () => applying({}, openMerchant(shop({ producst: {} }))),
    written: 0,
  },
  refused: {
    meaning: "refused by a guard, before the first write",
    happen: async () => {
      const merchant = await openAppliedMerchant();
      merchant.write(slipped);
      return applying({}, merchant);
    },
    written: 0,
  },
  partial: {
    meaning: "something was written, and something failed",
    happen: () => {
      const merchant = openMerchant();
      const failing = { kind: "failBefore", with: { code: 400101 } } as const;
      merchant.sandbox.addFault({ match: { path: "/product/create", body: "Mug" }, do: failing });
      return applying({}, merchant);
    },
    written: 2,
  },
  stale: {
    meaning: "the reviewed plan is no longer the plan",
    happen: async () => {
      const merchant = openMerchant();
      return { merchant, ...(await merchant.apply({ autoApprove: false, planHash: "sha256-other" })) };
    },
    written: 0,
  },
  interrupted: {
    meaning: "interrupted, with the state saved",
    happen: () => {
      const interrupt = new AbortController();
      const merchant = openMerchant();
      const fetch: typeof globalThis.fetch = async (input, init) => {
        if (String(input).endsWith("/product/create")) interrupt.abort();
        return merchant.sandbox.fetch(input, init);
      };
      return applying({ signal: interrupt.signal, fetch }, merchant, { parallelism: 1 });
    },
    written: 1,
  },
};

async function applying(
  world: Parameters<Merchant["apply"]>[1] = {},
  merchant = openMerchant(),
  options: Parameters<Merchant["apply"]>[0] = {},
) {
  const { exitCode } = await merchant.apply(options, world);
  return { exitCode, merchant };
}

describe("the exit code", () => {
  it.each(
    Object.entries(endings).map(
      ([name, ending]) => [exitCodes[name as keyof typeof exitCodes], ending.meaning, ending] as const,
    ),
  )("%d: %s", async (code, _meaning, { happen, written }) => {
    const { exitCode, merchant } = await happen();
    expect(exitCode).toBe(code);
    expect(merchant.written()).toHaveLength(written);
  });

  it("is the same after an interrupt, and nothing that was made is lost or made twice", async () => {
    const { merchant } = await endings.interrupted.happen();
    expect((await merchant.apply()).exitCode).toBe(0);
    const { products, paymentLinks } = merchant.sandbox.snapshot();
    expect([products.length, paymentLinks.length]).toEqual([2, 2]);
  });

  // Depth: test/cli/refusals, test/cli/streams.
  it("is the process's own, and stands in its JSON", async () => {
    const scene = await openScene(slipped);
    scene.write(configFile, { ...slipped, version: 2 });
    const ended = await scene.run("plan", "--json");
    expect(ended.code).toBe(3);
    expect(ended.json()).toMatchObject({ formatVersion: 1, command: "plan", exitCode: 3 });
  });
});
