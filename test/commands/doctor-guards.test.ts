import { cpSync, readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { afterEach, describe, expect, it, vi } from "vitest";
import { guards } from "../../src/engine/guards/index.js";
import { guardIds } from "../../src/state/policy.js";
import { link, product, shop } from "../cli/shop.js";
import { ask, directoryWith, type Told } from "./doctor-scene.js";

const root = resolve(import.meta.dirname, "../..");
const configFile = "gstable.config.yaml";
const rootConfig = readFileSync(join(root, configFile), "utf8");
const webhook = {
  webhookName: "Ledger",
  webhookUrl: "https://acme.example/hooks",
  subscribedEvents: ["session.paid"],
};

const tripGuards = (config: string | object, options: { env?: string } = {}) =>
  ask(directoryWith({ [configFile]: config }), { guards: true, ...options });

const silentIn = ({ document }: Told) =>
  (document.guards ?? []).filter(({ tripped }) => !tripped).map(({ id }) => id);

function trialOf({ document }: Told, id: string) {
  const trial = document.guards?.find((one) => one.id === id);
  if (trial === undefined) throw new Error(`${id} was not tried`);
  return trial;
}

afterEach(() => {
  vi.restoreAllMocks();
});

describe("doctor --guards trips every guard on purpose", () => {
  it("with the sample configuration, and says so in one line", async () => {
    const told = await tripGuards(rootConfig);
    expect(told.document).toMatchObject({
      formatVersion: 1,
      command: "doctor",
      exitCode: 0,
      diagnostics: [],
    });
    expect(told.document.guards?.map(({ id }) => id)).toEqual([...guardIds]);
    expect(told.document.guards?.every((trial) => trial.tripped && trial.writes === 0)).toBe(true);
    expect(told.document.guards?.filter(({ note }) => note !== undefined)).toEqual([]);
    expect(told.document.checks.map(({ id, state }) => [id, state])).toEqual([
      ["configuration", "ok"],
      ["rehearsal", "ok"],
      ["untouched", "ok"],
    ]);
    expect(told.text.trimEnd().split("\n").at(-1)).toBe(
      "10 guards armed, 10 tripped on purpose, nothing was written",
    );
  });

  it("names what tripped, and what would let exactly that through", async () => {
    const told = await tripGuards(shop());
    expect(trialOf(told, "price")).toMatchObject({
      allowWith: "price:paymentLink.beans=240.00",
      how: expect.stringContaining("paymentLink.beans"),
      message: expect.stringContaining("$240.00 instead of $24.00"),
    });
    expect(trialOf(told, "shrink").message).toContain("The configuration is empty");
    expect(trialOf(told, "protect").note).toContain("built-in");
  });

  it("without a file beside the configuration, and without lockfile, journal or network", async () => {
    const dir = directoryWith({ [configFile]: shop(), "gstable.lock.json": "not even JSON" });
    expect((await ask(dir, { guards: true })).document.exitCode).toBe(0);
    expect(readdirSync(dir).sort()).toEqual([configFile, "gstable.lock.json"]);
    expect(readFileSync(join(dir, "gstable.lock.json"), "utf8")).toBe("not even JSON");
  });

  it.each([
    ["an empty catalogue", { version: 1, project: "empty" }],
    ["webhooks alone", { version: 1, project: "hooks", webhooks: { ledger: webhook } }],
    ["links and webhooks", shop({ webhooks: { ledger: webhook } })],
    ["one product", { version: 1, project: "one", products: { doctor: product("Doctor") } }],
    [
      "payers who decide alone",
      shop({
        paymentLinks: {
          tip: { ...link("mug", "$1"), linkType: "custom", lineItems: [{ product: "mug", quantity: 1 }] },
        },
      }),
    ],
    ["closed pages alone", shop({ paymentLinks: { beans: link("beans", "$24", { enabled: false }) } })],
    [
      "fields that the dashboard has",
      shop({
        paymentLinks: {
          beans: link("beans", "$24", {
            successUrl: "https://acme.example/",
            lifecycle: { ignoreChanges: ["successUrl"] },
          }),
        },
      }),
    ],
    [
      "a pin for the sandbox's own account",
      shop({
        accounts: {
          treasury: { id: "acc_sandbox_main", address: "0x1111111111111111111111111111111111111111" },
        },
      }),
    ],
    [
      "an account by its address",
      shop({ accounts: { treasury: { address: "0x1111111111111111111111111111111111111111" } } }),
    ],
    [
      "prices outside the range for new pages",
      shop({ policy: { priceRange: ["$1", "$2"], allowedHosts: ["other.example"] } }),
    ],
    [
      "an account that is called like the one that the doctor makes up",
      shop({
        accounts: { elsewhere: { address: "0x1111111111111111111111111111111111111111" } },
        defaults: {
          paymentLinks: { account: "elsewhere", settlementToken: "polygon::usdc", feeModel: "payer" },
        },
      }),
    ],
  ])("with %s", async (_title, config) => {
    const told = await tripGuards(config);
    expect(silentIn(told), told.text).toEqual([]);
    expect(told.document.exitCode).toBe(0);
  });

  it("says which ones were tripped with built-in entries", async () => {
    const told = await tripGuards({ version: 1, project: "hooks", webhooks: { ledger: webhook } });
    const borrowed = told.document.guards
      ?.filter(({ note }) => note?.includes("built-in"))
      .map(({ id }) => id);
    expect(borrowed).toEqual(["price", "routing", "retire", "protect", "conflict"]);
    expect(trialOf(await tripGuards(shop()), "exit").how).toContain("paymentLink.beans");
    expect(trialOf(told, "exit").how).toContain("webhook.ledger");
  });

  it.each(["minimal", "donations", "catalogue"])("with the example %s", async (name) => {
    const dir = directoryWith({});
    cpSync(join(root, "examples", name), dir, { recursive: true });
    const told = await ask(dir, { guards: true });
    expect(silentIn(told), told.text).toEqual([]);
  });

  it("in the environment that is named, and in none where several are to choose from", async () => {
    const environments = { eu: {}, us: {} };
    const named = await tripGuards(shop({ environments }), { env: "eu" });
    expect(named.document).toMatchObject({ exitCode: 0, environment: "eu" });
    const unnamed = await tripGuards(shop({ environments }));
    expect(unnamed.document).toMatchObject({
      exitCode: 1,
      guards: [],
      checks: [{ id: "configuration", state: "failed" }],
    });
    expect(unnamed.document.diagnostics.map(({ code }) => code)).toContain("GS1601");
  });
});

describe("doctor --guards fails", () => {
  it.each(guardIds)("when %s has become a no-op, and names it", async (id) => {
    vi.spyOn(guards, id).mockReturnValue([]);
    const told = await tripGuards(rootConfig);
    expect(told.document.exitCode).toBe(1);
    expect(silentIn(told)).toEqual([id]);
    expect(trialOf(told, id)).toMatchObject({
      tripped: false,
      allowWith: "",
      message: expect.stringContaining("did not trip"),
    });
    expect(told.document.diagnostics).toMatchObject([
      { code: "GS7021", severity: "error", summary: expect.stringContaining(id) },
    ]);
    expect(told.text).toContain(`9 tripped on purpose: ${id} did not`);
  });

  it("when a guard is silent about what it should name and loud about something else", async () => {
    vi.spyOn(guards, "price").mockReturnValue([{ address: "paymentLink.other", message: "no", value: "1" }]);
    const told = await tripGuards(rootConfig);
    expect(silentIn(told)).toContain("price");
    expect(told.document.checks.find(({ id }) => id === "untouched")).toMatchObject({ state: "failed" });
  });

  it("counts what a silent guard let through", async () => {
    vi.spyOn(guards, "routing").mockReturnValue([]);
    const told = await tripGuards(rootConfig);
    expect(trialOf(told, "routing").writes).toBe(1);
    expect(told.text).not.toContain("nothing was written");
  });

  it("when the threshold lets nothing trip it", async () => {
    const told = await tripGuards(shop({ policy: { maxRetire: "100%" } }));
    expect(told.document.exitCode).toBe(1);
    expect(silentIn(told)).toEqual(["retire"]);
    expect(trialOf(told, "retire").note).toContain("`maxRetire` is 100%");
  });

  it("when the policy allows exactly what was tried", async () => {
    const told = await tripGuards(shop({ policy: { allow: ["price:paymentLink.beans=240.00"] } }));
    expect(silentIn(told)).toEqual(["price"]);
    expect(trialOf(told, "price").message).toContain("policy.allow");
  });

  it("without a valid configuration", async () => {
    const told = await tripGuards(shop({ producst: {} }));
    expect(told.document).toMatchObject({ exitCode: 3, guards: [] });
    expect(told.text).toContain("No guard was tried");
  });
});

describe("doctor --guards takes the policy and the catalogue as they are", () => {
  it("says of a loosened threshold what it lets through, and still trips on ten times as much", async () => {
    const told = await tripGuards(shop({ policy: { maxPriceChange: "1000%" } }));
    expect(told.document.exitCode).toBe(0);
    expect(trialOf(told, "price").note).toContain("`maxPriceChange` is 1000%");
  });

  it("leaves out what speaks of the real account, and says so", async () => {
    const told = await tripGuards(
      shop({
        imports: [{ to: "paymentLink.beans", id: "lnk_real" }],
        policy: { allow: ["protect:paymentLink.gone=disable"] },
      }),
    );
    expect(told.document.exitCode).toBe(0);
    const rehearsal = told.document.checks.find(({ id }) => id === "rehearsal");
    expect(rehearsal).toMatchObject({ state: "warning", detail: expect.stringContaining("`imports`") });
    expect(told.document.diagnostics.map(({ code }) => code)).toEqual(["GS7022"]);
  });

  it("leaves out what the sandbox cannot have, and says so", async () => {
    const strange = link("mug", "$12", { settlementToken: "moonbase::usdx" });
    const told = await tripGuards(shop({ paymentLinks: { beans: link("beans", "$24"), mug: strange } }));
    expect(silentIn(told), told.text).toEqual([]);
    expect(told.document.checks.find(({ id }) => id === "rehearsal")?.detail).toContain(
      "`paymentLink.mug` is left out",
    );
  });
});
