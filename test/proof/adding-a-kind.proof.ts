import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative, resolve } from "node:path";
import ts from "typescript";
import { afterAll, describe, expect, it } from "vitest";
import { createSandbox } from "../../src/sandbox/index.js";
import { shop } from "../cli/shop.js";
import { kindLaws } from "../spec/kind-laws.js";
import { ownFiles, steps } from "./made-up-kind/edits.js";

const root = resolve(import.meta.dirname, "../..");
/** A copy of the sources, to which a kind is added as docs/adding-a-kind.md says. */
const copy = mkdtempSync(join(tmpdir(), "gstable-kind-"));
for (const name of ["src", "package.json", "tsconfig.json"]) {
  cpSync(join(root, name), join(copy, name), { recursive: true });
}
symlinkSync(join(root, "node_modules"), join(copy, "node_modules"), "junction");
afterAll(() => rmSync(copy, { recursive: true, force: true }));

describe.sequential("adding a kind", { timeout: 300_000 }, () => {
  let program: ts.Program | undefined;

  it.each(steps)("$what: the compiler says where something is missing still", ({ edits, thenMissing }) => {
    for (const { file, after, put } of edits) {
      const path = join(copy, file);
      const text = readFileSync(path, "utf8");
      expect(text.split(after), `${file} has it once`).toHaveLength(2);
      writeFileSync(path, text.replace(after, after + put));
      if (file === "src/resources/registry.ts") copyOwnFolder();
    }
    program = compile(program);
    const files = ts
      .getPreEmitDiagnostics(program)
      .map(({ file }) => (file === undefined ? "?" : relative(copy, file.fileName)));
    expect([...new Set(files)].sort()).toEqual([...thenMissing].sort());
  });

  it("then plans, applies, changes and retires it like every other", async () => {
    program?.emit();
    const { plan, apply } = await import(join(copy, "dist", "src", "index.js"));
    const world = madeUpWorld();
    const cwd = join(copy, "merchant");
    mkdirSync(cwd);
    const run = async (coupons: object) => {
      const config = { ...shop(), coupons };
      writeFileSync(join(cwd, "gstable.config.yaml"), JSON.stringify(config));
      const context = {
        cwd,
        baseUrl: "https://api.gstable.example/api/v1",
        apiKey: "sk_live_0123456789",
        fetch: world.fetch,
      };
      const planned = await plan({}, context);
      const applied = await apply({ autoApprove: true }, context);
      expect(applied.exitCode, applied.text()).toBe(0);
      const again = await plan({}, context);
      expect(again.document.changes).toEqual([]);
      return planned.document.changes.filter(({ address }: { address: string }) =>
        address.startsWith("coupon."),
      );
    };
    const spring = { code: "SPRING", amountOff: "$2", product: "beans" };
    expect(await run({ spring })).toMatchObject([
      { actions: ["create"], name: "SPRING", dependsOn: ["product.beans"] },
    ]);
    expect(await run({ spring: { ...spring, amountOff: "$3" } })).toMatchObject([
      { actions: ["update"], fields: [{ path: "amountOff", type: "money", before: "2.00", after: "3.00" }] },
    ]);
    expect(await run({})).toMatchObject([{ actions: ["disable"] }]);
    expect(await run({ spring })).toMatchObject([{ actions: ["update", "enable"] }]);
    expect([...world.coupons.values()]).toMatchObject([{ code: "SPRING", status: "active" }]);
  });

  it.each(Object.entries(kindLaws))("and keeps the laws of every kind: %s", async (_law, holds) => {
    const entry = { code: "SPRING", amountOff: "$2", product: "beans" };
    await holds({
      kind: "coupon",
      configKey: "coupons",
      around: shop(),
      entry,
      title: "SPRING",
      changed: { field: "amountOff", entry: { ...entry, amountOff: "$3" } },
      library: await import(join(copy, "dist", "src", "index.js")),
      open: async () => ({ cwd: mkdtempSync(join(copy, "merchant-")), fetch: madeUpWorld().fetch }),
    });
  });
});

function copyOwnFolder(): void {
  const folder = join(copy, "src/resources/coupon");
  mkdirSync(folder, { recursive: true });
  for (const name of ownFiles) {
    cpSync(join(import.meta.dirname, "made-up-kind", `${name}.ts.txt`), join(folder, `${name}.ts`));
  }
}

function compile(before: ts.Program | undefined): ts.Program {
  const { config } = ts.readConfigFile(join(copy, "tsconfig.json"), ts.sys.readFile);
  const options = { ...config, include: ["src"] };
  const parsed = ts.parseJsonConfigFileContent(options, ts.sys, copy, {
    noEmit: false,
    outDir: join(copy, "dist"),
    rootDir: copy,
  });
  return ts.createProgram({
    rootNames: parsed.fileNames,
    options: parsed.options,
    ...(before === undefined ? {} : { oldProgram: before }),
  });
}

/** The sandbox, and beside it an API for coupons as small as can be. */
function madeUpWorld() {
  const sandbox = createSandbox();
  const coupons = new Map<string, { [key: string]: unknown }>();
  const answer = (data: unknown) => Response.json({ code: 0, message: "success", data });
  const serve: { readonly [path: string]: (body: { [key: string]: unknown }) => unknown } = {
    create: (body) => {
      const couponId = `cpn_${coupons.size + 1}`;
      coupons.set(couponId, { couponId, status: "active", ...body });
      return coupons.get(couponId);
    },
    update: ({ couponId, ...body }) => change(String(couponId), body),
    enable: ({ couponId }) => change(String(couponId), { status: "active" }),
    disable: ({ couponId }) => change(String(couponId), { status: "inactive" }),
    list: () => ({ coupons: [...coupons.values()] }),
  };
  const change = (id: string, changes: object) => {
    coupons.set(id, { ...coupons.get(id), ...changes });
    return { success: true };
  };
  const fetch: typeof globalThis.fetch = async (input, init) => {
    const last = /\/coupon\/(\w+)$/.exec(String(input))?.[1];
    if (last === undefined) return sandbox.fetch(input, init);
    const body = JSON.parse(String(init?.body ?? "{}"));
    return answer(serve[last]?.(body) ?? coupons.get(last));
  };
  return { coupons, fetch };
}
