import { readdirSync, readFileSync } from "node:fs";
import { createServer } from "node:net";
import { resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createSandbox, type Sandbox, type Served, serveSandbox } from "../../src/sandbox/index.js";
import { checkIds } from "../../src/state/doctor-document.js";
import { guardIds } from "../../src/state/policy.js";
import { shop } from "../cli/shop.js";
import { ask, directoryWith, type Told } from "./doctor-scene.js";

/** Recognisable wherever it turns up. */
const canary = "sk_live_canary0123456789ABCDEFcanary";
const configFile = "gstable.config.yaml";
const globalFetch: typeof fetch = (input, init) => globalThis.fetch(input, init);

let sandbox: Sandbox;
let served: Served;
beforeAll(async () => {
  sandbox = createSandbox();
  served = await serveSandbox(sandbox);
});
afterAll(async () => {
  await served.close();
  await sandbox.close();
});

interface Parts {
  readonly config?: string | object;
  readonly files?: Readonly<Record<string, string | object>>;
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly fetch?: typeof fetch;
}

/** Doctor over HTTP, with a key and the served sandbox, unless a case says otherwise. */
async function examine({
  config = shop(),
  files = {},
  env = {},
  fetch = globalFetch,
}: Parts = {}): Promise<Told> {
  const base = { GSTABLE_API_KEY: canary, GSTABLE_BASE_URL: `${served.url}/api/v1` };
  const told = await ask(
    directoryWith({ [configFile]: config, ...files }),
    {},
    { env: { ...base, ...env }, fetch },
  );
  expect(told.text + JSON.stringify(told.document)).not.toContain(canary);
  expect(told.text + JSON.stringify(told.document)).not.toContain(canary.slice(-8));
  return told;
}

function checkOf({ document }: Told, id: string) {
  const found = document.checks.find((one) => one.id === id);
  if (found === undefined) throw new Error(`no check ${id}`);
  return found;
}

const failedIn = ({ document }: Told) =>
  document.checks.filter(({ state }) => state === "failed").map(({ id }) => id);

const entry = {
  id: "prd_1",
  values: {},
  open: true,
  lifecycle: { protect: false, ignoreChanges: [], onRemove: "archive" },
};
const lockfile = (parts: object = {}) => ({
  lockfileVersion: 1,
  project: "acme-store",
  environment: null,
  origin: served.url,
  accounts: {},
  entries: { "product.beans": entry },
  ...parts,
});

describe("doctor says what a run would work with", () => {
  it("with everything in order, in the same order each time", async () => {
    const told = await examine({ files: { "gstable.lock.json": lockfile() } });
    expect(told.document).toMatchObject({
      formatVersion: 1,
      command: "doctor",
      exitCode: 0,
      diagnostics: [],
    });
    expect(told.document.checks.map(({ id }) => id)).toEqual([...checkIds]);
    expect(failedIn(told)).toEqual([]);
    expect(checkOf(told, "clock").state).toBe("ok");
    expect(checkOf(told, "account-limit").summary).toBe("1 of 20 receiving accounts");
    expect(checkOf(told, "webhook-limit").summary).toBe("0 of 10 webhooks");
    expect(checkOf(told, "lockfile").summary).toBe("gstable.lock.json: 1 entry");
  });

  it("names the key by kind, variable and last four characters, the base URL by where it came from", async () => {
    const told = await examine();
    expect(checkOf(told, "key").summary).toBe("A secret key (sk_live_), ends in nary, from GSTABLE_API_KEY");
    expect(checkOf(told, "base-url").summary).toBe(`${served.url}/api/v1, from GSTABLE_BASE_URL`);
    expect(checkOf(told, "client").summary).toBe("The built-in client, the default");
    expect(checkOf(told, "accounts").detail).toContain("0x5a00000000000000000000000000000000000001");
  });

  it("spares the end of a short key", async () => {
    const told = await examine({ env: { GSTABLE_API_KEY: "sk_live_short" } });
    expect(checkOf(told, "key").summary).toBe("A secret key (sk_live_), from GSTABLE_API_KEY");
  });

  it("with a restricted key, and with the variable and environment that the configuration names", async () => {
    const config = shop({ environments: { eu: { apiKeyEnv: "GSTABLE_API_KEY_EU" } } });
    const env = {
      GSTABLE_API_KEY_EU: "rk_live_0123456789abcdef01234567",
      GSTABLE_BASE_URL: `${served.url}/api/v1`,
    };
    const told = await ask(
      directoryWith({ [configFile]: config }),
      { env: "eu" },
      { env, fetch: globalFetch },
    );
    expect(told.document.exitCode).toBe(0);
    expect(checkOf(told, "environment").summary).toBe("`eu`");
    expect(checkOf(told, "key").summary).toContain("from GSTABLE_API_KEY_EU, which the configuration names");
    expect(checkOf(told, "key").detail).toContain("apply needs a secret key");
  });

  it("on the embedded sandbox, without key and network", async () => {
    const dir = directoryWith({ [configFile]: shop() });
    const told = await ask(dir, { sandbox: true });
    expect(told.document).toMatchObject({ exitCode: 0, sandbox: true });
    expect(told.text).toContain("SANDBOX");
    expect(checkOf(told, "clock").state).toBe("skipped");
    expect(readdirSync(dir).sort()).toEqual([".gstable", configFile]);
  });

  it("and writes nothing, neither to the account nor to the directory", async () => {
    sandbox.clearRequests();
    const dir = directoryWith({ [configFile]: shop() });
    const env = { GSTABLE_API_KEY: canary, GSTABLE_BASE_URL: `${served.url}/api/v1` };
    await ask(dir, {}, { env, fetch: globalFetch });
    expect(sandbox.requests.map(({ path, write }) => [path, write])).toEqual(
      expect.arrayContaining([["/api/v1/account/list", false]]),
    );
    expect(sandbox.requests.filter(({ write }) => write)).toEqual([]);
    expect(readdirSync(dir)).toEqual([configFile]);
  });
});

describe("doctor says what is wrong, and goes on", () => {
  it("without a key: what needs none is still asked", async () => {
    const told = await examine({ env: { GSTABLE_API_KEY: " ", GSTABLE_API_KEY_EU: "x" } });
    expect(told.document.exitCode).toBe(1);
    expect(failedIn(told)).toEqual(["key"]);
    expect(checkOf(told, "key").detail).toBe("Set, but not used here: GSTABLE_API_KEY_EU.");
    expect(checkOf(told, "merchant-api")).toMatchObject({ state: "skipped", summary: "It needs a key" });
    expect(checkOf(told, "public-api").state).toBe("ok");
  });

  it("with an invalid configuration and no key: both are told, with the place", async () => {
    const told = await examine({ config: shop({ producst: {} }), env: { GSTABLE_API_KEY: undefined } });
    expect([told.document.exitCode, failedIn(told)]).toEqual([1, ["configuration", "key"]]);
    expect(told.document.diagnostics).toMatchObject([{ severity: "error", source: { file: configFile } }]);
    expect(told.text).toContain("producst");
    expect(checkOf(told, "public-api").state).toBe("ok");
  });

  it("with an invalid configuration, as every command does", async () => {
    const told = await examine({ config: shop({ producst: {} }) });
    expect([told.document.exitCode, failedIn(told)]).toEqual([3, ["configuration"]]);
  });

  it("without a configuration", async () => {
    const env = { GSTABLE_API_KEY: canary, GSTABLE_BASE_URL: `${served.url}/api/v1` };
    const told = await ask(directoryWith({}), {}, { env, fetch: globalFetch });
    expect([told.document.exitCode, failedIn(told)]).toEqual([1, ["configuration"]]);
    expect(checkOf(told, "merchant-api").state).toBe("ok");
  });

  it.each(["json", "html", "empty"] as const)(
    "with a key that the API refuses in %s",
    async (authErrorBody) => {
      const strict = createSandbox({ knobs: { acceptedKeys: ["sk_live_another"], authErrorBody } });
      const told = await examine({ fetch: strict.fetch });
      expect(told.document.exitCode).toBe(1);
      expect(failedIn(told)).toEqual(["merchant-api"]);
      expect(checkOf(told, "merchant-api").summary).toBe("The API refuses the key");
      expect(checkOf(told, "merchant-api").remedy).toBeDefined();
      expect(checkOf(told, "accounts").state).toBe("skipped");
    },
  );

  it("with a key that no header can carry", async () => {
    const told = await examine({ env: { GSTABLE_API_KEY: `"${canary}"` } });
    expect(failedIn(told)).toEqual(["key"]);
    expect(told.document.diagnostics.map(({ code }) => code)).toEqual(["GS6003"]);
  });

  it("where a page answers instead of an API", async () => {
    const page = async () => new Response("<html><body>Log in</body></html>", { status: 200 });
    const told = await examine({ fetch: page });
    expect(failedIn(told)).toEqual(["merchant-api"]);
    expect(checkOf(told, "merchant-api").detail).toContain("a page instead of JSON");
    expect(checkOf(told, "public-api").state).toBe("warning");
  });

  it("where nobody listens", async () => {
    const told = await examine({
      env: { GSTABLE_BASE_URL: `http://127.0.0.1:${await closedPort()}/api/v1` },
    });
    expect(failedIn(told)).toEqual(["merchant-api"]);
    expect(checkOf(told, "merchant-api")).toMatchObject({ summary: "Cannot be reached" });
    expect(checkOf(told, "merchant-api").detail).toContain("ECONNREFUSED");
    expect(checkOf(told, "clock").state).toBe("skipped");
  });

  it("with a base URL in the clear, or with a key in it", async () => {
    const told = await examine({ env: { GSTABLE_BASE_URL: `http://api.example/${canary}` } });
    expect(failedIn(told)).toEqual(["base-url"]);
    expect(told.document.diagnostics.map(({ code }) => code)).toEqual(["GS6002"]);
    expect(checkOf(told, "merchant-api").state).toBe("skipped");
  });

  it("with an account that the merchant lacks", async () => {
    const told = await examine({ config: shop({ accounts: { treasury: { id: "acc_unknown" } } }) });
    expect(failedIn(told)).toEqual(["accounts"]);
    expect(told.document.diagnostics.map(({ code }) => code)).toEqual(["GS2003"]);
  });

  it("with the lockfile of another merchant, and of another API", async () => {
    const accounts = {
      treasury: { id: "acc_of_somebody", address: "0x1111111111111111111111111111111111111111" },
    };
    const merchant = await examine({ files: { "gstable.lock.json": lockfile({ accounts }) } });
    expect(failedIn(merchant)).toEqual(["merchant"]);
    const api = await examine({
      files: { "gstable.lock.json": lockfile({ origin: "https://api.gstable.io" }) },
    });
    expect(failedIn(api)).toEqual(["lockfile"]);
  });

  it("with a lockfile cut in half: the rest is still looked at", async () => {
    const told = await examine({ files: { "gstable.lock.json": '{ "lockfileVersion": 1, ' } });
    expect(failedIn(told)).toEqual(["lockfile"]);
    expect(checkOf(told, "accounts").state).toBe("ok");
  });

  it("with the journal of an interrupted run", async () => {
    const owner = { journal: 1, project: "acme-store", environment: null, origin: served.url };
    const record = { type: "entry", address: "product.beans", entry };
    const journal = `${JSON.stringify(owner)}\n${JSON.stringify(record)}\n`;
    const told = await examine({ files: { "gstable.lock.json.journal": journal } });
    expect(checkOf(told, "lockfile")).toMatchObject({ state: "warning" });
    expect(checkOf(told, "lockfile").summary).toContain("an earlier run was interrupted");
    expect(told.document.exitCode).toBe(0);
  });

  it("with a clock that is off", async () => {
    const early: typeof fetch = async (input, init) => {
      const response = await sandbox.fetch(input, init);
      response.headers.set("date", new Date(Date.now() - 3_600_000).toUTCString());
      return response;
    };
    const told = await examine({ fetch: early });
    expect(checkOf(told, "clock")).toMatchObject({ state: "warning" });
    expect(checkOf(told, "clock").summary).toMatch(/^3600 s ahead of|^3599 s ahead of|^3601 s ahead of/);
    expect(told.document.exitCode).toBe(0);
  });

  it("with a configuration that holds the key", async () => {
    const config = shop({ project: canary });
    const told = await examine({ config });
    expect(told.document.exitCode).toBe(3);
  });
});

describe("docs/doctor.md", () => {
  it("lists every check and every guard, in their order", () => {
    const page = readFileSync(resolve(import.meta.dirname, "../../docs/doctor.md"), "utf8");
    const listed = [...page.matchAll(/^\| `([a-z-]+)` \|/gm)].map(([, id]) => id);
    expect(listed).toEqual([...checkIds, ...guardIds]);
  });
});

/** A port on which nobody listens any more. */
function closedPort(): Promise<number> {
  return new Promise((done) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => done(typeof address === "object" && address !== null ? address.port : 1));
    });
  });
}
