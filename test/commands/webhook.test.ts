import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmdirSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { ApplyOptions } from "../../src/commands/apply/options.js";
import { apply } from "../../src/commands/apply.js";
import type { CommandContext } from "../../src/commands/context.js";
import { plan } from "../../src/commands/plan.js";
import { type WebhookOptions, webhook } from "../../src/commands/webhook.js";
import type { Fault } from "../../src/sandbox/index.js";
import type { ApplyDocument } from "../../src/state/apply-document.js";
import type { PlanDocument } from "../../src/state/plan-document.js";
import { type WebhookDocument, webhookDocumentSchema } from "../../src/state/webhook-document.js";
import { shop } from "../cli/shop.js";
import { openShop } from "./shop-scene.js";
import { shopContext } from "./waiting-context.js";

const config = "gstable.config.yaml";
const refreshPath = "/webhook/key/refresh";
const file = "webhook-keys.json";

function hook(name: string, changes: object = {}) {
  return {
    webhookName: name,
    webhookUrl: `https://acme.example/${name}`,
    subscribedEvents: ["session.paid"],
    ...changes,
  };
}

const catalogue = shop({ webhooks: { ledger: hook("ledger"), mail: hook("mail") } });

/** A shop with webhooks; nothing is applied yet. */
function open() {
  const scene = openShop(catalogue);
  const { context, slept, lines, lock } = shopContext(scene);
  const { sandbox, cwd } = scene;
  const look = context.look;
  const outputs: string[] = [];
  const at = (name: string) => join(cwd, name);
  const noted = <T extends { document: object; render(l: typeof look): string }>(result: T): T => {
    outputs.push(JSON.stringify(result.document), result.render(look), ...lines);
    return result;
  };
  const id = (name: string) => lock().entries[`webhook.${name}`]?.id ?? "";
  return {
    ...scene,
    ...{ context, slept, at, id, outputs },
    apply: async (options: Partial<ApplyOptions> = {}, changes: Partial<CommandContext> = {}) => {
      const flags = { config, autoApprove: true, settleMs: 1, ...options };
      const { exitCode, document } = noted(await apply(flags, { ...context, ...changes }));
      return { exitCode, document: document as ApplyDocument };
    },
    run: async (
      verb: "rotate" | "resume",
      name: string,
      options: Partial<WebhookOptions> = {},
      changes: Partial<CommandContext> = {},
    ) => {
      const flags = { config, ...options };
      const { exitCode, document } = noted(
        await webhook({ do: verb, name }, flags, { ...context, ...changes }),
      );
      return { exitCode, document: document as WebhookDocument };
    },
    keys: () => JSON.parse(readFileSync(at(file), "utf8")) as Record<string, string>,
    liveKey: (name: string) =>
      sandbox.snapshot().webhooks.find(({ webhookId }) => webhookId === id(name))?.key ?? "",
    status: (name: string) =>
      sandbox.snapshot().webhooks.find(({ webhookId }) => webhookId === id(name))?.status,
    writes: () => sandbox.requests.filter(({ write }) => write),
  };
}

async function applied() {
  const scene = open();
  expect((await scene.apply()).exitCode).toBe(0);
  scene.sandbox.clearRequests();
  return scene;
}

/** Every place but the file of keys. */
function expectNowhere(key: string, { cwd, outputs }: { cwd: string; outputs: readonly string[] }): void {
  expect(key).toMatch(/^wkk_/);
  for (const text of outputs) expect(text).not.toContain(key);
  for (const name of readdirSync(cwd)) {
    if (name !== file && statSync(join(cwd, name)).isFile())
      expect(readFileSync(join(cwd, name), "utf8"), name).not.toContain(key);
  }
}

describe("webhook rotate", () => {
  const yes = { yes: true, webhookKeys: file };

  it.each([false, true])(
    "puts the new key into the file, and nowhere else (answered at once: %s)",
    async (answers) => {
      const scene = await applied();
      scene.sandbox.setKnobs({ refreshAnswersKey: answers });
      const before = scene.liveKey("ledger");
      const { exitCode, document } = await scene.run("rotate", "ledger", yes);
      expect(exitCode).toBe(0);
      expect(webhookDocumentSchema.parse(document)).toEqual(document);
      expect(document).toMatchObject({ address: "webhook.ledger", outcome: "done", keyKept: true });
      expect(scene.liveKey("ledger")).not.toBe(before);
      expect(scene.keys()).toEqual({ "webhook.ledger": scene.liveKey("ledger") });
      expect(statSync(scene.at(file)).mode & 0o777).toBe(0o600);
      expect(scene.writes().map(({ path }) => path)).toEqual([`/api/v1${refreshPath}`]);
      for (const key of [before, scene.liveKey("ledger")]) expectNowhere(key, scene);
    },
  );

  it("does nothing without a file for the key, and without a yes", async () => {
    const scene = await applied();
    const ask = (answer: string) => ({ ask: async () => answer });
    const unasked = await scene.run("rotate", "ledger", { webhookKeys: file });
    expect(unasked).toMatchObject({ exitCode: 4, document: { diagnostics: [{ code: "GS2504" }] } });
    expect((await scene.run("rotate", "ledger", { webhookKeys: file }, ask("no"))).exitCode).toBe(4);
    const nowhere = await scene.run("rotate", "ledger", { yes: true });
    expect(nowhere).toMatchObject({ exitCode: 1, document: { diagnostics: [{ code: "GS2503" }] } });
    expect(scene.writes()).toEqual([]);
    expect(existsSync(scene.at(file))).toBe(false);
    expect((await scene.run("rotate", "webhook.ledger", { webhookKeys: file }, ask(" yes "))).exitCode).toBe(
      0,
    );
  });

  it("is for declared webhooks that were applied", async () => {
    const scene = await applied();
    for (const name of ["none", "paymentLink.mug"]) {
      const ended = await scene.run("rotate", name, yes);
      expect(ended).toMatchObject({ exitCode: 1, document: { diagnostics: [{ code: "GS2505" }] } });
    }
    scene.write(shop({ webhooks: { ledger: hook("ledger"), late: hook("late") } }));
    expect((await scene.run("rotate", "late", yes)).exitCode).toBe(1);
    expect((await scene.run("rotate", "mail", yes)).exitCode).toBe(1);
    expect(scene.writes()).toEqual([]);
  });

  it.each<[string, Fault["do"]]>([
    ["a lost answer", { kind: "loseAnswer" }],
    ["half an answer", { kind: "truncate" }],
    ["an error page", { kind: "failAfter", with: { status: 502, html: true } }],
    ["a string for a code", { kind: "stringCode" }],
  ])("finds out after %s that the key is a new one, and keeps it", async (_, fault) => {
    const scene = await applied();
    scene.sandbox.addFault({ match: { path: refreshPath, times: 0 }, do: fault });
    const { exitCode, document } = await scene.run("rotate", "ledger", yes);
    expect(exitCode).toBe(0);
    expect(document).toMatchObject({ outcome: "done", keyKept: true });
    expect(scene.keys()["webhook.ledger"]).toBe(scene.liveKey("ledger"));
    expect(scene.writes()).toHaveLength(1);
    expectNowhere(scene.liveKey("ledger"), scene);
  });

  it("says that nobody knows, when the webhook goes on showing the old key", async () => {
    const scene = await applied();
    const fault = { kind: "failBefore", with: { code: 999999 } } as const;
    scene.sandbox.addFault({ match: { path: refreshPath }, do: fault });
    const { exitCode, document } = await scene.run("rotate", "ledger", yes);
    expect(exitCode).toBe(5);
    expect(document).toMatchObject({ outcome: "unknown", keyKept: true, diagnostics: [{ code: "GS2507" }] });
    expect(scene.slept).toEqual([250, 500, 1000, 2000, 4000]);
    expect(scene.keys()["webhook.ledger"]).toBe(scene.liveKey("ledger"));
    expect(scene.writes()).toHaveLength(1);
  });

  it("is patient with a detail that lags, and never keeps a key that is invalid", async () => {
    const scene = await applied();
    const path = "/webhook/detail/";
    scene.sandbox.addFault({ match: { path, nth: 2, times: 2 }, do: { kind: "stale", writes: 1 } });
    expect((await scene.run("rotate", "ledger", yes)).exitCode).toBe(0);
    const first = scene.liveKey("ledger");
    expect(scene.keys()["webhook.ledger"]).toBe(first);
    scene.sandbox.addFault({ match: { path, nth: 2, times: 0 }, do: { kind: "stale", writes: 1 } });
    const { exitCode, document } = await scene.run("rotate", "mail", yes);
    expect(exitCode).toBe(5);
    expect(document).toMatchObject({ outcome: "done", keyKept: false, diagnostics: [{ code: "GS2502" }] });
    expect(scene.keys()).toEqual({ "webhook.ledger": first });
  });

  it("says how to get the key into a file that could not be written and has an older one", async () => {
    const scene = await applied();
    expect((await scene.run("rotate", "ledger", yes)).exitCode).toBe(0);
    const aside = scene.at("aside.json");
    const ask = async () => {
      renameSync(scene.at(file), aside);
      mkdirSync(scene.at(file));
      return "yes";
    };
    const { exitCode, document } = await scene.run("rotate", "ledger", { webhookKeys: file }, { ask });
    expect(exitCode).toBe(5);
    expect(document).toMatchObject({
      keyKept: false,
      diagnostics: [
        {
          code: "GS2502",
          remedy: expect.stringContaining(`webhook rotate webhook.ledger --webhook-keys ${file}`),
        },
      ],
    });
    rmdirSync(scene.at(file));
    renameSync(aside, scene.at(file));
    // An apply would take the older key for the one in use.
    expect((await scene.apply({ webhookKeys: file })).exitCode).toBe(0);
    expect(scene.keys()["webhook.ledger"]).not.toBe(scene.liveKey("ledger"));
    expect((await scene.run("rotate", "webhook.ledger", yes)).exitCode).toBe(0);
    expect(scene.keys()["webhook.ledger"]).toBe(scene.liveKey("ledger"));
  });

  it("says what GStable refuses, and what cannot be read before", async () => {
    const scene = await applied();
    scene.sandbox.addFault({
      match: { path: refreshPath },
      do: { kind: "failBefore", with: { code: 400101 } },
    });
    const refused = await scene.run("rotate", "ledger", yes);
    expect(refused).toMatchObject({
      exitCode: 1,
      document: { outcome: "refused", diagnostics: [{ code: "GS2506" }] },
    });
    scene.sandbox.clearRequests();
    scene.sandbox.addFault({ match: { path: "/webhook/detail", times: 0 }, do: { kind: "html200" } });
    expect(await scene.run("rotate", "ledger", yes)).toMatchObject({
      exitCode: 1,
      document: { diagnostics: [{ code: "GS2505" }] },
    });
    expect(scene.writes()).toEqual([]);
  });

  it("tells what was done when it is interrupted in the middle", async () => {
    const scene = await applied();
    const controller = new AbortController();
    scene.sandbox.setKnobs({ refreshAnswersKey: true });
    const late: typeof fetch = async (input, init) => {
      const answer = await scene.sandbox.fetch(input, init);
      if (String(input).endsWith(refreshPath)) controller.abort();
      return answer;
    };
    const ended = await scene.run("rotate", "ledger", yes, { fetch: late, signal: controller.signal });
    expect(ended).toMatchObject({ exitCode: 130, document: { outcome: "done", keyKept: true } });
    expect(scene.keys()["webhook.ledger"]).toBe(scene.liveKey("ledger"));
  });
});

describe("the file of --webhook-keys", () => {
  const unusable: readonly (readonly [string, (scene: ReturnType<typeof open>) => void])[] = [
    ["a link", ({ at }) => symlinkSync(at("elsewhere.json"), at(file))],
    [
      "a link to a file of keys",
      ({ at }) => {
        writeFileSync(at("elsewhere.json"), "{}");
        symlinkSync("elsewhere.json", at(file));
      },
    ],
    ["a directory", ({ at }) => mkdirSync(at(file))],
    ["no JSON", ({ at }) => writeFileSync(at(file), "sk_live_0123")],
    ["other JSON", ({ at }) => writeFileSync(at(file), '{"name":"gstable"}')],
    ["a list", ({ at }) => writeFileSync(at(file), "[]")],
    ["keys that are no texts", ({ at }) => writeFileSync(at(file), '{"webhook.ledger":1}')],
  ];

  it.each(unusable)("is refused before anything is sent when it is %s", async (_, prepare) => {
    const scene = open();
    prepare(scene);
    const before = lstatSync(scene.at(file)).isFile() ? readFileSync(scene.at(file), "utf8") : undefined;
    const ended = await scene.apply({ webhookKeys: file });
    expect(ended).toMatchObject({ exitCode: 1, document: { diagnostics: [{ code: "GS2501" }] } });
    expect(await scene.run("rotate", "ledger", { yes: true, webhookKeys: file })).toMatchObject({
      exitCode: 1,
    });
    expect(scene.sandbox.requests).toEqual([]);
    expect(JSON.stringify(ended.document)).not.toContain("sk_live_0123");
    if (before !== undefined) expect(readFileSync(scene.at(file), "utf8")).toBe(before);
  });

  it("is refused where no file can be made", async () => {
    const scene = open();
    const ended = await scene.apply({ webhookKeys: "no/such/keys.json" });
    expect(ended).toMatchObject({ exitCode: 1, document: { diagnostics: [{ code: "GS2501" }] } });
    expect(scene.sandbox.requests).toEqual([]);
  });
});

describe("apply --webhook-keys", () => {
  it("keeps the key of each webhook that it creates, for its owner alone", async () => {
    const scene = open();
    const { exitCode, document } = await scene.apply({ webhookKeys: file });
    expect(exitCode).toBe(0);
    expect(scene.keys()).toEqual({
      "webhook.ledger": scene.liveKey("ledger"),
      "webhook.mail": scene.liveKey("mail"),
    });
    expect(Object.keys(scene.keys())).toEqual(["webhook.ledger", "webhook.mail"]);
    expect(statSync(scene.at(file)).mode & 0o777).toBe(0o600);
    expect(document.summary.writes).toBe(6);
    // No more than the looks that follow every write.
    expect(scene.sandbox.requests.filter(({ path }) => path.includes("/webhook/detail/"))).toHaveLength(2);
    for (const name of ["ledger", "mail"]) expectNowhere(scene.liveKey(name), scene);
  });

  it("has the key on disk before the next operation", async () => {
    const scene = open();
    const seen: string[][] = [];
    const watched: typeof fetch = (input, init) => {
      if (String(input).endsWith("/webhook/create"))
        seen.push(existsSync(scene.at(file)) ? Object.keys(scene.keys()) : []);
      return scene.sandbox.fetch(input, init);
    };
    const ended = await scene.apply({ webhookKeys: file, parallelism: 1 }, { fetch: watched });
    expect(ended.exitCode).toBe(0);
    expect(seen).toEqual([[], ["webhook.ledger"]]);
  });

  it("completes what the file lacks from what GStable shows, and writes nothing to GStable", async () => {
    const scene = await applied();
    writeFileSync(
      scene.at(file),
      JSON.stringify({ "webhook.mail": "wkk_of_old", "webhook.else": "wkk_else" }),
    );
    chmodSync(scene.at(file), 0o644);
    expect((await scene.apply({ webhookKeys: file })).exitCode).toBe(0);
    expect(scene.keys()).toEqual({
      "webhook.else": "wkk_else",
      "webhook.ledger": scene.liveKey("ledger"),
      "webhook.mail": "wkk_of_old",
    });
    expect(statSync(scene.at(file)).mode & 0o777).toBe(0o600);
    expect(scene.writes()).toEqual([]);
  });

  it("completes the key of a webhook whose create was not answered, also over an old one", async () => {
    const scene = open();
    writeFileSync(scene.at(file), JSON.stringify({ "webhook.ledger": "wkk_of_former" }));
    scene.sandbox.addFault({
      match: { path: "/webhook/create", body: "ledger" },
      do: { kind: "loseAnswer" },
    });
    expect((await scene.apply({ webhookKeys: file })).exitCode).toBe(0);
    expect(scene.keys()["webhook.ledger"]).toBe(scene.liveKey("ledger"));
    expectNowhere(scene.liveKey("ledger"), scene);
  });

  it("tells a key that cannot be had", async () => {
    const scene = await applied();
    scene.sandbox.addFault({ match: { path: "/webhook/detail", times: 0 }, do: { kind: "html200" } });
    const { exitCode, document } = await scene.apply({ webhookKeys: file });
    expect(exitCode).toBe(1);
    expect(document.diagnostics.filter(({ code }) => code === "GS2502")).toHaveLength(2);
  });

  it("keeps no key without being told where", async () => {
    const scene = await applied();
    expect(readdirSync(scene.cwd).sort()).toEqual([config, "gstable.lock.json"]);
    for (const name of ["ledger", "mail"]) expectNowhere(scene.liveKey(name), scene);
  });
});

describe("a paused webhook", () => {
  it("is told in the plan, with the command that revives it, and left alone by apply", async () => {
    const scene = await applied();
    scene.sandbox.dashboard.pauseWebhook({ webhookId: scene.id("ledger") });
    const { document } = await plan({ config }, scene.context);
    const { changes, diagnostics } = document as PlanDocument;
    expect(changes).toEqual([]);
    expect(diagnostics).toMatchObject([{ code: "GS2509", severity: "note" }]);
    expect(diagnostics[0]?.remedy).toContain("gstable-sync webhook resume ledger");
    expect((await scene.apply()).exitCode).toBe(0);
    expect(scene.status("ledger")).toBe("paused");
  });

  it("is revived by webhook resume, once", async () => {
    const scene = await applied();
    scene.sandbox.dashboard.pauseWebhook({ webhookId: scene.id("ledger") });
    const revived = await scene.run("resume", "ledger");
    expect(revived).toMatchObject({
      exitCode: 0,
      document: { outcome: "done", status: "active", keyKept: false },
    });
    expect(scene.status("ledger")).toBe("active");
    expect(await scene.run("resume", "ledger")).toMatchObject({
      exitCode: 0,
      document: { outcome: "notSent" },
    });
    expect(scene.writes()).toHaveLength(1);
  });

  it("is not the same as one that somebody closed", async () => {
    const scene = await applied();
    scene.sandbox.dashboard.disableWebhook({ webhookId: scene.id("ledger") });
    const ended = await scene.run("resume", "ledger");
    expect(ended).toMatchObject({ exitCode: 4, document: { diagnostics: [{ code: "GS2508" }] } });
    expect(scene.writes()).toEqual([]);
    expect(scene.status("ledger")).toBe("inactive");
  });

  it("counts as revived when the answer was lost and it is active; otherwise nobody knows", async () => {
    const scene = await applied();
    const { dashboard } = scene.sandbox;
    dashboard.pauseWebhook({ webhookId: scene.id("ledger") });
    scene.sandbox.addFault({ match: { path: "/webhook/enable" }, do: { kind: "loseAnswer" } });
    expect((await scene.run("resume", "ledger")).exitCode).toBe(0);
    dashboard.pauseWebhook({ webhookId: scene.id("mail") });
    scene.sandbox.addFault({
      match: { path: "/webhook/enable" },
      do: { kind: "failBefore", with: { code: 999999 } },
    });
    const unknown = await scene.run("resume", "mail");
    expect(unknown).toMatchObject({
      exitCode: 5,
      document: { outcome: "unknown", diagnostics: [{ code: "GS2507" }] },
    });
  });
});
