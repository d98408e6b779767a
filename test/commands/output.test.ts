import {
  lstatSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseEnv } from "node:util";
import fc from "fast-check";
import ts from "typescript";
import { describe, expect, it, onTestFinished } from "vitest";
import { type OutputOptions, output } from "../../src/commands/output.js";
import { renderOutputTypeScript } from "../../src/render/index.js";
import { variablePart } from "../../src/render/output/dotenv.js";
import { entryNamePattern } from "../../src/state/address.js";
import {
  type OutputCatalogue,
  type OutputDocument,
  type OutputLink,
  outputCatalogueSchema,
  outputDocumentSchema,
} from "../../src/state/output-document.js";
import { link, shop } from "../cli/shop.js";

const lifecycle = { protect: false, ignoreChanges: [], onRemove: "disable" };

/** A link in a lockfile. */
function lockedLink(id: string, values: object = {}, more: object = {}) {
  return {
    id,
    values: {
      linkType: "fixed",
      linkName: "Page of beans",
      account: "acc_01",
      settlementToken: "polygon::usdc",
      feeModel: "payer",
      lineItems: [{ product: "prd_1", quantity: 3, unitPrice: 9_990_000 }],
      ...values,
    },
    open: true,
    lifecycle,
    linkUrl: `https://pay.gstable.io/link/${id}`,
    versionCode: "ver_1",
    ...more,
  };
}

const product = {
  id: "prd_1",
  values: { name: "Beans", commonPrices: [9_990_000, 500] },
  open: true,
  lifecycle,
};

const entries: Readonly<Record<string, object>> = {
  "product.beans": product,
  "paymentLink.beans": lockedLink("lnk_1"),
  "paymentLink.tip": lockedLink("lnk_2", {
    linkType: "custom",
    linkName: "Tips",
    lineItems: [{ product: "prd_9", quantity: 1, unitPrice: null }],
  }),
  "paymentLink.old": lockedLink("lnk_3", {}, { open: false, retired: true }),
  "paymentLink.shut": lockedLink("lnk_4", {}, { open: false }),
  "webhook.ledger": {
    id: "wkid_1",
    values: { webhookUrl: "https://acme.example/hook" },
    open: true,
    lifecycle,
  },
};

function scene(changes: Readonly<Record<string, object>> = entries) {
  const cwd = mkdtempSync(join(tmpdir(), "gstable-output-"));
  onTestFinished(() => rmSync(cwd, { recursive: true, force: true }));
  const at = (name: string) => join(cwd, name);
  const lockfile = {
    lockfileVersion: 1,
    project: "acme-store",
    environment: null,
    origin: "https://api.gstable.io",
    accounts: { treasury: { id: "acc_01", address: `0x${"1".repeat(40)}` } },
    entries: changes,
  };
  writeFileSync(
    at("gstable.config.yaml"),
    JSON.stringify(shop({ paymentLinks: { new: link("beans", "$1") } })),
  );
  writeFileSync(at("gstable.lock.json"), JSON.stringify(lockfile));
  const run = async (options: Partial<OutputOptions> = {}) => {
    const context = {
      ...{ cwd, env: {}, version: "0.0.0", readStdin: async () => new Uint8Array(), progress: () => {} },
      ...{ ask: undefined, look: { colour: false, unicode: true, width: 100 } },
      signal: new AbortController().signal,
      fetch: () => Promise.reject(new Error("no network")),
    };
    const { exitCode, document, render } = await output(
      { config: "gstable.config.yaml", ...options },
      context,
    );
    return { exitCode, document: document as OutputDocument, text: render(context.look) };
  };
  return { at, run, read: (name: string) => readFileSync(at(name), "utf8") };
}

describe("output", () => {
  it("has ids, URLs and prices by name, sorted, and no retired entry", async () => {
    const { exitCode, document, text } = await scene().run();
    expect(exitCode).toBe(0);
    expect(outputDocumentSchema.parse(JSON.parse(text))).toEqual(outputDocumentSchema.parse(document));
    expect(Object.keys(document.paymentLinks)).toEqual(["beans", "shut", "tip"]);
    expect(document.paymentLinks.beans).toEqual({
      id: "lnk_1",
      url: "https://pay.gstable.io/link/lnk_1",
      state: "open",
      linkName: "Page of beans",
      linkType: "fixed",
      account: "treasury",
      accountId: "acc_01",
      settlementToken: "polygon::usdc",
      feeModel: "payer",
      total: "29.97",
      lineItems: [
        {
          product: "beans",
          productId: "prd_1",
          quantity: 3,
          unitPrice: "9.99",
          unitPriceMicroUsd: 9_990_000,
        },
      ],
    });
    expect(document.paymentLinks.shut?.state).toBe("closed");
    expect(document.paymentLinks.tip).toMatchObject({
      total: null,
      lineItems: [{ product: null, unitPrice: null }],
    });
    expect(document.products.beans).toMatchObject({ id: "prd_1", commonPrices: ["9.99", "0.0005"] });
    expect(document.accounts).toEqual({ treasury: { id: "acc_01", address: `0x${"1".repeat(40)}` } });
  });

  it("is exact beyond what a float holds", async () => {
    const lineItems = [{ product: "prd_1", quantity: 1_000_003, unitPrice: 9_007_199_254_740_991 }];
    const { document } = await scene({ "paymentLink.big": lockedLink("lnk_1", { lineItems }) }).run();
    expect(document.paymentLinks.big?.total).toBe("9007226276338755.222973");
  });

  it("takes what an interrupted run left into account, and says what is wrong with a lockfile", async () => {
    const { at, run, read } = scene();
    const { project, environment, origin } = JSON.parse(read("gstable.lock.json"));
    const records = [
      { journal: 1, project, environment, origin },
      { type: "entry", address: "paymentLink.late", entry: lockedLink("lnk_9") },
    ];
    writeFileSync(at("gstable.lock.json.journal"), records.map((one) => `${JSON.stringify(one)}\n`).join(""));
    expect((await run()).document.paymentLinks.late?.id).toBe("lnk_9");
    writeFileSync(at("gstable.lock.json"), "{");
    expect(await run()).toMatchObject({ exitCode: 1, document: { diagnostics: [{ code: "GS3001" }] } });
  });
});

describe("output --format dotenv", () => {
  it("is read back by Node and by a shell's rules", async () => {
    const { text } = await scene().run({ format: "dotenv" });
    const read = parseEnv(text);
    expect(read).toMatchObject({
      GSTABLE_PAYMENT_LINK_BEANS_ID: "lnk_1",
      GSTABLE_PAYMENT_LINK_BEANS_URL: "https://pay.gstable.io/link/lnk_1",
      GSTABLE_PAYMENT_LINK_BEANS_TOTAL_USD: "29.97",
      GSTABLE_PAYMENT_LINK_TIP_TOTAL_USD: "",
      GSTABLE_PRODUCT_BEANS_ID: "prd_1",
      GSTABLE_ACCOUNT_TREASURY_ID: "acc_01",
      GSTABLE_WEBHOOK_LEDGER_ID: "wkid_1",
    });
  });

  it("quotes what a reader would expand", async () => {
    const url = "https://pay.gstable.io/$(id)?a=1&b=`x`#c";
    const { text } = await scene({ "paymentLink.a": lockedLink("lnk_1", {}, { linkUrl: url }) }).run({
      format: "dotenv",
    });
    expect(text).toContain(`GSTABLE_PAYMENT_LINK_A_URL='${url}'\n`);
    expect(parseEnv(text).GSTABLE_PAYMENT_LINK_A_URL).toBe(url);
  });

  it.each(["lnk_'x", "lnk_\nGSTABLE_API_KEY=y", "lnk_\\x", "lnk_é"])(
    "refuses %j, which has no form in it",
    async (id) => {
      const { run } = scene({ "paymentLink.a": lockedLink(id, {}, { linkUrl: "https://pay.gstable.io/" }) });
      expect(await run({ format: "dotenv" })).toMatchObject({
        exitCode: 1,
        document: { diagnostics: [{ code: "GS7032" }] },
      });
    },
  );

  it("gives each name a variable of its own", () => {
    expect(["a-b", "a_b", "a--b", "a-_b"].map(variablePart)).toEqual(["A_B", "A__U_B", "A__DD_B", "A__DU_B"]);
    const name = fc
      .stringMatching(/^[a-d0-9][a-dud0-9_-]{0,8}$/)
      .filter((text) => entryNamePattern.test(text));
    fc.assert(
      fc.property(fc.uniqueArray(name, { minLength: 2, maxLength: 40 }), (names) => {
        const fields = ["_ID", "_URL", "_STATE", "_TOTAL_USD"];
        const keys = names.flatMap((one) => fields.map((field) => variablePart(one) + field));
        expect(new Set(keys.map((key) => key.toUpperCase())).size).toBe(keys.length);
        expect(keys.every((key) => /^[A-Z0-9_]+$/.test(key))).toBe(true);
      }),
    );
  });
});

/** Names as a stranger would choose them. */
const hostile = [
  "*/ process.exit(1) /*",
  `\`\${process.exit(1)}\``,
  '"; process.exit(1); "',
  "line\nbreak\r\u2028\u2029end",
  "\u202eesrever\u2066 \u200b\ufeff",
  "</script><!-- {@link javascript:x} [a](command:b) https://a.example @deprecated",
  "\\u002a/ \\",
  "\ud800 lone",
];

describe("output --format ts", () => {
  it("compiles under strict rules and means what strangers wrote, as nothing but data", () => {
    const catalogue = hostileCatalogue(hostile);
    const text = renderOutputTypeScript(catalogue);
    expect(compile(text)).toEqual([]);
    expect(text).toMatch(/^[\x20-\x7e\n]*$/);
    const { accounts, products, paymentLinks, webhooks } = catalogue;
    expect(evaluate(text)).toEqual({ accounts, products, paymentLinks, webhooks });
    const { statements } = ts.createSourceFile("x.ts", text, ts.ScriptTarget.Latest);
    expect(statements.every((one) => ts.isVariableStatement(one) || ts.isTypeAliasDeclaration(one))).toBe(
      true,
    );
    const comments = text.match(/\/\*\*.*\*\//g) ?? [];
    expect(comments.length).toBeGreaterThan(hostile.length);
    for (const comment of comments) expect(comment.slice(3, -2)).not.toMatch(/[@<`[*]|:\/\//);
  });

  it("has literal types, so that code which names a retired link or another price does not compile", async () => {
    const { text } = await scene().run({ format: "ts" });
    const uses = (code: string) => compile(`${text}\n${code}`);
    expect(uses('export const ok: "29.97" = paymentLinks["beans"].total;')).toEqual([]);
    expect(uses('export const name: PaymentLinkName = "tip";')).toEqual([]);
    expect(uses('export const wrong: "29.98" = paymentLinks["beans"].total;')).not.toEqual([]);
    expect(uses('export const gone = paymentLinks["old"];')).not.toEqual([]);
    expect(uses('paymentLinks["beans"].state = "closed";')).not.toEqual([]);
    expect(text).toContain("/** Page of beans: $29.97, open */");
  });

  it("compiles with nothing applied, and marks what is not real", async () => {
    const { text } = await scene({}).run({ format: "ts" });
    expect(compile(text)).toEqual([]);
    expect(text).not.toContain("SANDBOX");
    expect(renderOutputTypeScript({ ...hostileCatalogue(["x"]), sandbox: true })).toContain("SANDBOX");
  });
});

describe("output --out and --check", () => {
  it.each([
    ["links.ts", "ts"],
    ["shop.env", "dotenv"],
    [".env.shop", "dotenv"],
    ["links.json", "json"],
  ])("writes %s in the format that its name says, and finds it up to date", async (name, format) => {
    const { run, read, at } = scene();
    expect(await run({ out: name })).toMatchObject({
      exitCode: 0,
      document: { file: { format, state: "written" } },
    });
    const written = statSync(at(name));
    expect(await run({ out: name })).toMatchObject({ document: { file: { state: "unchanged" } } });
    expect(statSync(at(name)).ino).toBe(written.ino);
    expect(await run({ check: name })).toMatchObject({ exitCode: 0, document: { differences: [] } });
    expect(read(name)).not.toContain("exitCode");
    expect(readdirSync(at(".")).filter((file) => file.endsWith(".tmp"))).toEqual([]);
  });

  it("says in which lines a file is out of date", async () => {
    const { run, read, at } = scene();
    await run({ out: "links.ts" });
    writeFileSync(at("links.ts"), read("links.ts").replace('total: "29.97"', 'total: "28.97"'));
    const { exitCode, document, text } = await run({ check: "links.ts" });
    expect(exitCode).toBe(1);
    expect(document.file?.state).toBe("outOfDate");
    expect(document.diagnostics).toMatchObject([{ code: "GS7031" }]);
    expect(document.differences).toEqual([
      { is: "surplus", line: '    total: "28.97",' },
      { is: "missing", line: '    total: "29.97",' },
    ]);
    expect(text).toContain('-     total: "28.97",');
    expect(text).toContain("gstable-sync output --format ts --out links.ts");
    expect(read("links.ts")).toContain("28.97");
  });

  it("takes Windows line ends, another layout of JSON and printed JSON for up to date; no other JSON", async () => {
    const { run, read, at } = scene();
    await run({ out: "links.ts" });
    writeFileSync(at("links.ts"), read("links.ts").replaceAll("\n", "\r\n"));
    expect((await run({ check: "links.ts" })).exitCode).toBe(0);
    const { text } = await run();
    writeFileSync(at("a.json"), JSON.stringify(JSON.parse(text)));
    expect((await run({ check: "a.json" })).exitCode).toBe(0);
    expect(outputCatalogueSchema.safeParse(JSON.parse(text)).success).toBe(true);
    for (const wrong of ["{}", "[", text.replace("29.97", "29.98")]) {
      writeFileSync(at("a.json"), wrong);
      expect((await run({ check: "a.json" })).exitCode).toBe(1);
    }
  });

  it("says so of a file that is missing, or that cannot be read or written", async () => {
    const { run } = scene();
    expect(await run({ check: "none.ts" })).toMatchObject({
      exitCode: 1,
      document: { diagnostics: [{ code: "GS7031" }] },
    });
    expect(await run({ check: "." })).toMatchObject({
      exitCode: 1,
      document: { diagnostics: [{ code: "GS7033" }] },
    });
    expect(await run({ out: "no/such/links.ts" })).toMatchObject({
      exitCode: 1,
      document: { diagnostics: [{ code: "GS7003" }] },
    });
  });

  it("writes through a link, and leaves it one", async () => {
    const { run, read, at } = scene();
    writeFileSync(at("real.ts"), "");
    symlinkSync("real.ts", at("links.ts"));
    await run({ out: "links.ts" });
    expect(lstatSync(at("links.ts")).isSymbolicLink()).toBe(true);
    expect(read("real.ts")).toContain("lnk_1");
  });
});

function hostileCatalogue(names: readonly string[]): OutputCatalogue {
  const named = <T>(entry: (name: string) => T) =>
    Object.fromEntries(names.map((name, index) => [`a-${index}`, entry(name)]));
  return {
    ...{ formatVersion: 1, project: "acme", environment: "eu", sandbox: false },
    accounts: named((name) => ({ id: name, address: "0x11" })),
    products: named((name) => ({ id: "prd_1", state: "active", name, commonPrices: [] })),
    paymentLinks: {
      constructor: linkNamed("x"),
      ...named(linkNamed),
    },
    webhooks: named((name) => ({ id: name, state: "active", url: name })),
  };
}

function linkNamed(name: string): OutputLink {
  return {
    ...{ id: "lnk_1", url: name, state: "open", linkName: name, linkType: "fixed", account: null },
    ...{ accountId: "acc", settlementToken: "t", feeModel: "payer", total: null, lineItems: [] },
  };
}

/** What TypeScript has to say of a module, as strict as it can be. */
function compile(text: string): readonly string[] {
  const options: ts.CompilerOptions = {
    ...{
      strict: true,
      noUnusedLocals: true,
      isolatedModules: true,
      verbatimModuleSyntax: true,
      noEmit: true,
    },
    ...{ exactOptionalPropertyTypes: true, noUncheckedIndexedAccess: true, types: [] },
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.ESNext,
    lib: ["lib.es2022.d.ts"],
  };
  const host = ts.createCompilerHost(options);
  const readSource = host.getSourceFile.bind(host);
  host.getSourceFile = (file, languageVersion, ...rest) => {
    if (file === "links.ts") return ts.createSourceFile(file, text, languageVersion);
    libraries.set(file, libraries.get(file) ?? readSource(file, languageVersion, ...rest));
    return libraries.get(file);
  };
  const program = ts.createProgram(["links.ts"], options, host);
  return ts
    .getPreEmitDiagnostics(program)
    .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, " "));
}

const libraries = new Map<string, ts.SourceFile | undefined>();

function evaluate(text: string): unknown {
  const { outputText } = ts.transpileModule(text, { compilerOptions: { module: ts.ModuleKind.CommonJS } });
  const exports = {};
  new Function("exports", outputText)(exports);
  return exports;
}
