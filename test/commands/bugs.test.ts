import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { renderBug, traceOf } from "../../src/commands/bug.js";
import { apply, plan } from "../../src/index.js";
import { link, product, shop } from "../cli/shop.js";
import { openShop } from "./shop-scene.js";

const key = "sk_live_0123456789";

describe("a secret in the configuration", () => {
  const leaking = (text: string) =>
    shop({ paymentLinks: { beans: link("beans", "$24", { linkName: `Beans ${text}` }) } });

  it.each([
    ["the key of the run", key],
    ["a webhook's signing key", "wkk_0123456789abcdef"],
    ["another key", "rk_live_abcdefghijklmnop"],
  ])("ends the run before anything is sent or written: %s", async (_, text) => {
    const { cwd, sandbox, context } = openShop(leaking(text));
    for (const run of [() => plan({}, context), () => apply({ autoApprove: true }, context)]) {
      expect(await run()).toMatchObject({
        exitCode: 1,
        document: { diagnostics: [{ code: "GS6008", source: { file: "gstable.config.yaml" } }] },
      });
    }
    expect(sandbox.requests).toEqual([]);
    expect(readdirSync(cwd)).toEqual(["gstable.config.yaml"]);
  });

  it("is found in names as well, each at its place", async () => {
    const name = "sk_live_abcdefghijkl";
    const beans = link("beans", "$24");
    const { context, sandbox } = openShop(
      shop({
        accounts: { treasury: { id: "acc_sandbox_main" }, [name]: { id: "acc_other" } },
        paymentLinks: { beans, [name]: beans },
      }),
    );
    const told = await plan({}, context);
    const leaks = told.document.diagnostics.filter(({ code }) => code === "GS6008");
    expect(leaks.map(({ summary }) => summary)).toEqual([
      "The name of an account holds an API key or a signing key",
      "The name of an entry holds an API key or a signing key",
    ]);
    expect(leaks.every(({ source }) => source?.file === "gstable.config.yaml")).toBe(true);
    expect(sandbox.requests).toEqual([]);
  });

  it("does not get into journal and lockfile by way of a live object either", async () => {
    const config = shop({
      paymentLinks: {
        beans: link("beans", "$24", { lifecycle: { ignoreChanges: ["customSuccessText"] } }),
      },
    });
    const { cwd, sandbox, context, write } = openShop(config);
    await apply({ autoApprove: true }, context);
    const [made] = sandbox.snapshot().paymentLinks;
    sandbox.dashboard.editLink({ linkId: made?.linkId ?? "", customSuccessText: `Thanks ${key}` });
    write(
      shop({
        products: { beans: product("Beans of Java") },
        paymentLinks: {
          beans: link("beans", "$24", {
            linkName: "Page of Java",
            lifecycle: { ignoreChanges: ["customSuccessText"] },
          }),
        },
      }),
    );
    const ended = await apply({ autoApprove: true }, context);
    expect(ended).toMatchObject({
      exitCode: 5,
      document: {
        done: expect.arrayContaining([expect.objectContaining({ address: "product.beans" })]),
        failed: [{ address: "paymentLink.beans", error: { outcome: "refused" } }],
        diagnostics: expect.arrayContaining([expect.objectContaining({ code: "GS6008" })]),
      },
    });
    expect(ended.text()).not.toContain(key);
    for (const name of readdirSync(cwd)) expect(readFileSync(join(cwd, name), "utf8")).not.toContain(key);
  });
});

describe("a bug in the middle of an apply", () => {
  it("still ends in a report of what was written, with exit code 5", async () => {
    const { sandbox, context } = openShop();
    let writes = 0;
    const broken: typeof fetch = (input, init) => {
      if (String(input).endsWith("/create")) writes += 1;
      return sandbox.fetch(input, init);
    };
    const throwing = (line: string) => {
      if (writes >= 2 && line !== "") throw new Error("out of words");
    };
    const ended = await apply({ autoApprove: true }, { ...context, fetch: broken, onProgress: throwing });
    expect(ended.exitCode).toBe(5);
    expect(ended.document).toMatchObject({
      command: "apply",
      hash: expect.stringMatching(/^sha256-/),
      diagnostics: expect.arrayContaining([expect.objectContaining({ code: "GS9001" })]),
    });
    // Whatever was made has its id in the lockfile: the next run makes the rest, and nothing twice.
    expect(await apply({ autoApprove: true }, context)).toMatchObject({ exitCode: 0 });
    expect(sandbox.snapshot().products).toHaveLength(2);
    expect(sandbox.snapshot().paymentLinks).toHaveLength(2);
  });
});

describe("the way to a bug", () => {
  it("is lines of a stack, whatever its message quotes", () => {
    const error = new Error("half a text: \u001b[2J\n::stop-commands::x $& sk_live_0123456789");
    const [head, frame, ...more] = traceOf(error).split("\n");
    expect(head).toBe("Error: half a text: \\u{1b}[2J\\u{a}::stop-commands::x $& sk_live_[hidden]");
    expect([frame, ...more].every((line) => line?.startsWith("    at "))).toBe(true);
    expect(traceOf("\u001b[2J")).toContain("\\u{1b}[2J");
  });
});

describe("what a bug prints", () => {
  const key = "odd_key-0123456789";
  const error = new Error(`cannot read ${key}`);
  const print = (flags: { json?: boolean; debug?: boolean }) =>
    renderBug(error, {
      command: "plan",
      flags,
      look: { colour: false, unicode: true, width: 100 },
      env: { GSTABLE_API_KEY: key },
    });

  it("shows no key of the environment, not in the trace either", () => {
    for (const flags of [{}, { debug: true }, { json: true, debug: true }]) {
      const { stdout, stderr } = print(flags);
      expect(stdout + stderr).toContain("cannot read [secret]");
      expect(stdout + stderr).not.toContain(key);
    }
  });

  it("is a document on stdout with --json, and the trace is beside it", () => {
    const { stdout, stderr } = print({ json: true, debug: true });
    expect(JSON.parse(stdout)).toMatchObject({
      command: "plan",
      exitCode: 1,
      diagnostics: [{ code: "GS9001" }],
    });
    expect(stderr).toMatch(/^Error: cannot read \[secret\]\n {4}at /);
    expect(print({}).stdout).toBe("");
  });
});
