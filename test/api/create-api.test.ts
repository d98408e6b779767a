import { describe, expect, it } from "vitest";
import { type ApiOptions, createApi, createSecret } from "../../src/api/index.js";
import { fakeServer, ok, testKey } from "./doubles.js";

async function codesOf(options: Partial<ApiOptions>, importModule?: (name: string) => Promise<unknown>) {
  const complete = { apiKey: createSecret(testKey), access: "read", ...options } as const;
  const result = await (importModule === undefined ? createApi(complete) : createApi(complete, importModule));
  return result.diagnostics.map(({ code }) => code);
}

describe("a base URL", () => {
  it.each([
    "https://api.gstable.io/payment/v1",
    "https://staging.example:8443/api/v1/",
    "http://127.0.0.1:4010/api/v1",
    "http://localhost:4010/api/v1",
    "http://[::1]:4010/api/v1",
  ])("may be %s", async (baseUrl) => {
    expect(await codesOf({ baseUrl })).toEqual([]);
    expect(await codesOf({ publicBaseUrl: baseUrl })).toEqual([]);
  });

  it.each([
    "http://api.gstable.io/api/v1",
    "http://127.0.0.1.evil.example/api/v1",
    "http://localhost.evil.example/api/v1",
    "https://user:hunter2hunter2@api.gstable.io/api/v1",
    "https://api.gstable.io/api/v1?token=hunter2hunter2",
    "https://api.gstable.io/api/v1#x",
    "ftp://api.gstable.io/api/v1",
    "file:///etc/passwd",
    "https://aipay.gstable.io/api/v1",
    "api.gstable.io/api/v1",
    "",
  ])("cannot be %j, and its secrets are not repeated", async (baseUrl) => {
    expect(await codesOf({ baseUrl })).toEqual(["GS6002"]);
    expect(await codesOf({ publicBaseUrl: baseUrl })).toEqual(["GS6002"]);
    const result = await createApi({ apiKey: createSecret(testKey), access: "read", baseUrl });
    expect(JSON.stringify(result)).not.toContain("hunter2");
  });
});

describe("a key", () => {
  it.each([
    ["", "GS6001"],
    ["  \n", "GS6001"],
    [`${testKey}\n`, "GS6003"],
    [`${testKey} x`, "GS6003"],
    [`Bearer ${testKey}`, "GS6003"],
    [`"${testKey}"`, "GS6003"],
    ["sk_live_ключключключключ", "GS6003"],
    ["sk_live_0123456789\u0000abc", "GS6003"],
  ])("%j is refused before it is sent, and not repeated", async (text, code) => {
    const result = await createApi({ apiKey: createSecret(text), access: "read" });
    expect(result.diagnostics.map((diagnostic) => diagnostic.code)).toEqual([code]);
    expect(JSON.stringify(result)).not.toContain("0123456789");
  });
});

describe("every problem", () => {
  it("is told at once", async () => {
    const codes = await codesOf({ apiKey: createSecret(""), baseUrl: "x", timeoutMs: 0, parallelism: 0.5 });
    expect(codes).toEqual(["GS6001", "GS6002", "GS6007", "GS6007"]);
  });
});

describe("a limit", () => {
  it.each([
    { timeoutMs: -1 },
    { timeoutMs: Number.NaN },
    { deadlineMs: 2 ** 31 },
    { parallelism: 0 },
    { parallelism: Number.POSITIVE_INFINITY },
    { rps: 0 },
    { rps: Number.POSITIVE_INFINITY },
  ])("of %j is refused", async (options) => {
    expect(await codesOf(options)).toEqual(["GS6007"]);
  });
});

describe("a proxy", () => {
  const baseUrl = "https://api.gstable.io/api/v1";
  it.each([
    ["that applies", { HTTPS_PROXY: "http://user:pw@proxy:3128" }, ["GS6006"]],
    ["in lower case", { https_proxy: "http://proxy:3128" }, ["GS6006"]],
    ["for http only", { HTTP_PROXY: "http://proxy:3128" }, []],
    ["that is empty", { HTTPS_PROXY: "" }, []],
    ["with the host exempt", { HTTPS_PROXY: "http://p", NO_PROXY: "a.example, api.gstable.io" }, []],
    ["with the domain exempt", { HTTPS_PROXY: "http://p", no_proxy: ".gstable.io" }, []],
    ["with everything exempt", { HTTPS_PROXY: "http://p", NO_PROXY: "*" }, []],
    ["with the port exempt", { HTTPS_PROXY: "http://p", NO_PROXY: "gstable.io:443" }, []],
    ["with another port exempt", { HTTPS_PROXY: "http://p", NO_PROXY: "gstable.io:80" }, ["GS6006"]],
    ["with a lookalike exempt", { HTTPS_PROXY: "http://p", NO_PROXY: "stable.io" }, ["GS6006"]],
  ])("%s", async (_, env, codes) => {
    expect(await codesOf({ baseUrl, env })).toEqual(codes);
    expect(await codesOf({ baseUrl, env, fetch: fakeServer(ok({})).fetch })).toEqual([]);
    expect(await codesOf({ baseUrl: "http://127.0.0.1:1/api/v1", env })).toEqual([]);
  });

  it("warns without the proxy's password", async () => {
    const env = { HTTPS_PROXY: "http://user:hunter2@proxy:3128" };
    const result = await createApi({ apiKey: createSecret(testKey), access: "read", env });
    expect(result.ok).toBe(true);
    expect(JSON.stringify(result.diagnostics)).not.toContain("hunter2");
  });
});

describe("gstable-js", () => {
  it("is never looked for unless it is asked for", async () => {
    const importModule = () => Promise.reject(new Error("it was looked for"));
    expect(await codesOf({}, importModule)).toEqual([]);
    expect(await codesOf({ client: "builtin" }, importModule)).toEqual([]);
  });

  it("that is asked for and not installed is an error, not another client", async () => {
    expect(await codesOf({ client: "gstable-js" })).toEqual(["GS6004"]);
  });

  it.each([
    ["has no client", {}],
    ["has a client without calls", { GStableClient: class {} }],
  ])("that %s is not used", async (_, module) => {
    expect(await codesOf({ client: "gstable-js" }, () => Promise.resolve(module))).toEqual(["GS6005"]);
  });
});
