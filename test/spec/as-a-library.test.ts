import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { describe, expect, it, onTestFinished } from "vitest";
import { apply, drift, loadConfig, output, plan, validateConfig, verify } from "../../src/index.js";
import { libraryPath } from "../cli/run.js";
import { givenClient } from "../commands/given-client.js";
import { openShop } from "../commands/shop-scene.js";

describe("the library", () => {
  it("loads and validates a configuration", async () => {
    const { context } = openShop();
    const loaded = await loadConfig({}, context);
    expect(loaded.ok && [...loaded.value.entries.keys()]).toContain("paymentLink.mug");
    expect((await validateConfig({}, context)).summary.entries).toMatchObject({ product: 2, paymentLink: 2 });
    const broken = await loadConfig({ config: "-" }, { ...context, stdin: "version: 2" });
    expect(broken.ok).toBe(false);
  });

  it("plans, applies and looks for drift with the same functions as the commands", async () => {
    const { context, sandbox } = openShop();
    const planned = await plan({ detailedExitcode: true }, context);
    expect(planned).toMatchObject({ exitCode: 2, document: { summary: { create: 4 } } });
    expect(planned.text()).toContain("paymentLink.mug");
    const hash = planned.document.hash ?? "";
    const lines: string[] = [];
    const applied = await apply({ planHash: hash }, { ...context, onProgress: (line) => lines.push(line) });
    expect(applied).toMatchObject({ exitCode: 0, document: { summary: { done: 4, writes: 4 } } });
    expect(lines).toHaveLength(8);
    expect((await drift({}, context)).exitCode).toBe(0);
    const { apiKey: _, ...keyless } = context;
    expect(
      (await output({}, { cwd: context.cwd ?? "", baseUrl: context.baseUrl ?? "" })).document.paymentLinks
        ?.mug?.state,
    ).toBe("open");
    expect(await verify(["mug"], {}, keyless)).toMatchObject({
      exitCode: 0,
      document: { links: [{ state: "agrees" }] },
    });
    const [link] = sandbox.snapshot().paymentLinks;
    sandbox.dashboard.editLink({ linkId: link?.linkId ?? "", linkName: "Edited" });
    expect(await drift({}, context)).toMatchObject({
      exitCode: 2,
      document: { drift: [{ id: link?.linkId }] },
    });
  });

  it("runs every call through a client that was handed in, without a key of its own", async () => {
    const { context, sandbox } = openShop();
    const asked: string[] = [];
    const { apiKey: _, fetch: __, ...rest } = context;
    const given = { ...rest, gstableClient: givenClient(sandbox.fetch, asked) };
    const applied = await apply({ autoApprove: true }, given);
    expect(applied).toMatchObject({ exitCode: 0, document: { plan: { target: { client: "gstable-js" } } } });
    const merchant = sandbox.requests.filter(({ path }) => !path.startsWith("/public"));
    expect(merchant.length).toBeGreaterThan(4);
    expect(asked).toHaveLength(sandbox.requests.length);
    const { baseUrl: ___, ...unstated } = given;
    expect(await plan({}, unstated)).toMatchObject({
      exitCode: 1,
      document: { diagnostics: [{ code: "GS6002" }] },
    });
  });

  it("takes neither key nor base URL from the process", async () => {
    const { context } = openShop();
    const { apiKey: _, ...keyless } = context;
    process.env.GSTABLE_API_KEY = "sk_live_of_the_process";
    onTestFinished(() => {
      delete process.env.GSTABLE_API_KEY;
    });
    expect(await plan({}, keyless)).toMatchObject({
      exitCode: 1,
      document: { diagnostics: [{ code: "GS6001" }] },
    });
  });

  it("refuses without approval, and ends with 130 when it is aborted", async () => {
    const { context, sandbox } = openShop();
    expect((await apply({}, context)).exitCode).toBe(4);
    expect((await apply({ autoApprove: true }, { ...context, signal: AbortSignal.abort() })).exitCode).toBe(
      130,
    );
    expect(sandbox.requests.filter(({ write }) => write)).toEqual([]);
  });

  it("works on an embedded sandbox", async () => {
    const { cwd } = openShop();
    expect((await apply({ sandbox: true, autoApprove: true }, { cwd })).exitCode).toBe(0);
    expect(await plan({ sandbox: true }, { cwd })).toMatchObject({ document: { summary: { unchanged: 4 } } });
  });

  it("lets only one of two applies in one process write", async () => {
    const { context, sandbox } = openShop();
    const both = await Promise.all([
      apply({ autoApprove: true }, context),
      apply({ autoApprove: true }, context),
    ]);
    expect(both.map(({ exitCode }) => exitCode).sort()).toEqual([0, 1]);
    expect(sandbox.snapshot().paymentLinks).toHaveLength(2);
  });

  it("does not touch the process when it is imported", async () => {
    const script = `
      const touched = [];
      globalThis.process = new Proxy(process, {
        get: (target, name) => { touched.push(String(name)); return Reflect.get(target, name); },
        set: (target, name, value) => { touched.push("set " + String(name)); return Reflect.set(target, name, value); },
      });
      const library = await import(${JSON.stringify(libraryPath)});
      process.stdout.write(JSON.stringify({ touched, names: Object.keys(library) }));`;
    const { stdout, stderr } = await promisify(execFile)(process.execPath, [
      "--input-type=module",
      "-e",
      script,
    ]);
    const { touched, names } = JSON.parse(stdout) as { touched: string[]; names: string[] };
    const world = [
      "env",
      "argv",
      "cwd",
      "exit",
      "on",
      "stdin",
      "stdout",
      "stderr",
      "exitCode",
      "set exitCode",
    ];
    expect(touched.filter((name) => world.includes(name)).slice(0, -1)).toEqual([]); // the last one is the script's own
    expect(stderr).toBe("");
    expect(names).toEqual(expect.arrayContaining(["loadConfig", "validateConfig", "plan", "apply", "drift"]));
  });
});
