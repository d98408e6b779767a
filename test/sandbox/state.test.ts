import {
  appendFileSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createSandbox } from "../../src/sandbox/index.js";
import { cpuTimeMs } from "../setup/cpu-time.js";
import { clientOf, createClient, productBody, webhookBody } from "./client.js";

let directory = "";
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "sandbox-"));
});
afterEach(() => rmSync(directory, { recursive: true }));

const stateFile = () => join(directory, "deep", "state.json");

describe("the sandbox's state", () => {
  it("is all there after a kill", async () => {
    const first = createClient({ stateFile: stateFile() });
    await first.shop();
    await first.write("/webhook/create", webhookBody);
    // Not closed: as after kill -9.
    const second = createSandbox({ stateFile: stateFile() });
    expect(second.snapshot()).toEqual(first.sandbox.snapshot());
  });

  it("is all there after a proper end, in one snapshot", async () => {
    const first = createClient({ stateFile: stateFile() });
    const { link } = await first.shop();
    first.sandbox.dashboard.eraseLink({ linkId: link.linkId });
    const before = first.sandbox.snapshot();
    await first.sandbox.close();
    expect(statSync(`${stateFile()}.log`).size).toBe(0);
    expect(createSandbox({ stateFile: stateFile() }).snapshot()).toEqual(before);
  });

  it("is on disk before a lost answer is lost", async () => {
    const first = createClient({ stateFile: stateFile() });
    first.sandbox.addFault({ do: { kind: "loseAnswer" } });
    await expect(first.post("/product/create", productBody)).rejects.toThrow("fetch failed");
    expect(createSandbox({ stateFile: stateFile() }).snapshot().products).toHaveLength(1);
  });

  it("drops a last line that a crash cut off, and goes on after it", async () => {
    const first = createClient({ stateFile: stateFile() });
    await first.write("/product/create", productBody);
    appendFileSync(`${stateFile()}.log`, '[["products","prd_half",{"na');
    const second = clientOf(createSandbox({ stateFile: stateFile() }));
    expect(second.sandbox.snapshot().products).toHaveLength(1);
    await second.write("/product/create", productBody);
    expect(createSandbox({ stateFile: stateFile() }).snapshot().products).toHaveLength(2);
  });

  it("does not take a broken file for an empty one", async () => {
    await createClient({ stateFile: stateFile() }).sandbox.close();
    writeFileSync(stateFile(), "{");
    expect(() => createSandbox({ stateFile: stateFile() })).toThrow(/not the state of a sandbox/);
  });

  it("is shared by the processes that use the file, also when one of them ends", async () => {
    const one = createClient({ stateFile: stateFile() });
    const two = clientOf(createSandbox({ stateFile: stateFile() }));
    const { productId } = await one.write("/product/create", productBody);
    await two.write("/product/update", { ...productBody, productId, name: "From the other" });
    expect((await one.read("/product/list/1/10")).products).toMatchObject([{ name: "From the other" }]);
    await one.sandbox.close();
    await two.write("/product/create", productBody);
    const three = createSandbox({ stateFile: stateFile() });
    expect(three.snapshot().products).toHaveLength(2);
    expect(three.snapshot()).toEqual(two.sandbox.snapshot());
  });

  it("costs one line for one write, however much there is", async () => {
    const client = createClient({ stateFile: stateFile() });
    for (let made = 0; made < 20; made += 1) await client.write("/product/create", productBody);
    const lines = readFileSync(`${stateFile()}.log`, "utf8").trimEnd().split("\n");
    expect(lines).toHaveLength(21);
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThan(400);
    expect(existsSync(stateFile())).toBe(false);
  });

  it("is the same from the same seed", async () => {
    const [one, two] = [createClient(), createClient()];
    await one.shop();
    await two.shop();
    expect(one.sandbox.snapshot()).toEqual(two.sandbox.snapshot());
  });

  it("can be taken from one sandbox to another", async () => {
    const one = createClient();
    const { product } = await one.shop();
    const other = createClient();
    const { paymentLinks, products } = one.sandbox.snapshot();
    other.sandbox.seed({ paymentLinks, products: products.map((each) => ({ ...each, used: false })) });
    expect(await other.read("/payment/link/list/1/10")).toEqual(await one.read("/payment/link/list/1/10"));
    expect(await other.post("/product/remove", { productId: product.productId })).toMatchObject({
      code: 100305,
    });
  });

  it("shows what it began with to every read, whatever the lag", async () => {
    const client = createClient({ knobs: { readLag: 3 }, accounts: [{ accountId: "acc_01" }] });
    expect(await client.read("/account/list")).toHaveLength(2);
    client.sandbox.seed({ products: [{ ...productBody, productId: "prd_seed" }] });
    expect((await client.read("/product/list/1/10")).total).toBe(1);
    client.sandbox.addFault({ do: { kind: "stale" } });
    expect((await client.read("/product/list/1/10")).total).toBe(1);
    await client.write("/product/update", { ...productBody, productId: "prd_seed", name: "Changed" });
    client.sandbox.seed({ products: [{ ...productBody, productId: "prd_seed", name: "Put over it" }] });
    expect((await client.read("/product/list/1/10")).products).toMatchObject([{ name: "Put over it" }]);
    client.sandbox.reset();
    expect(await client.read("/account/list")).toHaveLength(2);
  });

  it("is new after a reset, knobs aside", async () => {
    const client = createClient({ stateFile: stateFile(), knobs: { listOrder: "oldest" } });
    await client.shop();
    client.sandbox.reset();
    expect(client.sandbox.snapshot()).toMatchObject({ products: [], paymentLinks: [], accounts: [{}] });
    expect(client.sandbox.requests).toEqual([]);
    expect(client.sandbox.knobs.listOrder).toBe("oldest");
    expect(createSandbox({ stateFile: stateFile() }).snapshot().products).toEqual([]);
  });

  it("lists ten thousand objects quickly", async () => {
    const client = createClient();
    const products = Array.from({ length: 10_000 }, (_, index) => ({
      ...productBody,
      productId: `prd_${index}`,
    }));
    client.sandbox.seed({ products });
    const startedMs = cpuTimeMs();
    const ids = new Set<string>();
    for (let page = 1; page <= 100; page += 1) {
      for (const product of (await client.read(`/product/list/${page}/100`)).products)
        ids.add(product.productId);
    }
    expect(ids.size).toBe(10_000);
    expect(cpuTimeMs() - startedMs).toBeLessThan(2_000);
  });
});
