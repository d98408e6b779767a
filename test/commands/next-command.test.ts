import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { apply } from "../../src/commands/apply.js";
import { checkout } from "../../src/commands/checkout.js";
import type { CommandContext, CommandResult } from "../../src/commands/context.js";
import { importObjects } from "../../src/commands/import.js";
import { plan } from "../../src/commands/plan.js";
import { state } from "../../src/commands/state.js";
import { verify } from "../../src/commands/verify.js";
import { webhook } from "../../src/commands/webhook.js";
import { commandWord } from "../../src/render/view/command.js";
import type { PlanDiagnostic } from "../../src/state/plan-document.js";
import { shop } from "../cli/shop.js";
import { openShop } from "./shop-scene.js";
import { shopContext } from "./waiting-context.js";

const flags = { config: "gstable.config.yaml", env: "eu", lockfile: "my shop.lock.json" };
const repeated = "--env eu --lockfile 'my shop.lock.json'";
const hook = { webhookName: "L", webhookUrl: "https://acme.example/l", subscribedEvents: ["session.paid"] };
const catalogue = shop({
  webhooks: { ledger: hook },
  environments: { eu: { apiKeyEnv: "GSTABLE_API_KEY" } },
});

/** Changes the `data` of answers whose path ends so. */
type Twist = (data: Record<string, unknown>) => unknown;

async function applied() {
  const scene = openShop(catalogue);
  const { context } = shopContext(scene);
  expect((await apply({ ...flags, autoApprove: true }, context)).exitCode).toBe(0);
  return { ...scene, context, twisting: (path: string, twist: Twist) => twisted(context, path, twist) };
}

function twisted(context: CommandContext, path: string, twist: Twist): CommandContext {
  const inner = context.fetch;
  if (inner === undefined) throw new Error("no fetch");
  const fetch: typeof inner = async (input, init) => {
    const answer = await inner(input, init);
    if (!new URL(String(input)).pathname.includes(path)) return answer;
    const body = (await answer.json()) as { data: Record<string, unknown> };
    return new Response(JSON.stringify({ ...body, data: twist(body.data) }));
  };
  return { ...context, fetch };
}

const saidOf = (result: CommandResult) =>
  (result.document as { diagnostics: readonly PlanDiagnostic[] }).diagnostics;
const remedyOf = (result: CommandResult) => saidOf(result)[0]?.remedy ?? "";

describe("a command that the plan's remedies end with", () => {
  it("is no text before the command line writes it", () => {
    const rooms = ["engine", "resources"].map((room) => join(import.meta.dirname, "../../src", room));
    const files = rooms.flatMap((room) =>
      readdirSync(room, { recursive: true, encoding: "utf8" }).map((name) => join(room, name)),
    );
    const commands = files
      .filter((file) => file.endsWith(".ts"))
      .flatMap((file) => readFileSync(file, "utf8").match(/.{0,4}gstable-sync [a-z]+.*/g) ?? [])
      .filter((text) => !text.startsWith("wer "));
    expect(files.length).toBeGreaterThan(50);
    expect(commands).toEqual([]);
  });

  it("is about the same thing where there is no plan", async () => {
    const { context, write } = await applied();
    write({ ...catalogue, imports: [{ to: "webhook.ledger", id: "whk_else" }] });
    const [remedy] = saidOf(await plan(flags, context)).flatMap((one) => one.remedy ?? []);
    expect(remedy).toMatch(new RegExp(`gstable-sync state rm webhook.ledger ${repeated}$`));
  });

  it("is about the same thing where there is one", async () => {
    const { context, sandbox } = await applied();
    const [made] = sandbox.snapshot().webhooks;
    sandbox.dashboard.pauseWebhook({ webhookId: made?.webhookId ?? "" });
    const remedies = saidOf(await plan(flags, context)).flatMap((one) => one.remedy ?? []);
    expect(remedies.join("\n")).toMatch(new RegExp(`gstable-sync webhook resume ledger ${repeated}$`));
  });
});

describe("--target is repeated", () => {
  const target = ["webhook.ledger"];

  it("where a plan is made again, and not to a command that takes none", async () => {
    const { context, sandbox } = await applied();
    const [made] = sandbox.snapshot().webhooks;
    sandbox.dashboard.pauseWebhook({ webhookId: made?.webhookId ?? "" });
    const result = await plan({ ...flags, target }, context);
    const remedies = saidOf(result).flatMap((one) => one.remedy ?? []);
    expect(remedies.join("\n")).toMatch(new RegExp(`gstable-sync webhook resume ledger ${repeated}$`));
    const again = await apply({ ...flags, target, plan: "none.json" }, context);
    expect(remedyOf(again)).toContain(
      `gstable-sync plan ${repeated} --target webhook.ledger --out none.json`,
    );
  });

  it("where an apply is resumed, and not where it says how to see the new URLs", async () => {
    const scene = openShop(catalogue);
    const { context } = shopContext(scene);
    const only = { ...flags, target: ["paymentLink.beans"] };
    const refused = await apply(only, context);
    expect(refused.render(context.look)).toContain(
      `gstable-sync apply ${repeated} --target paymentLink.beans --plan-hash`,
    );
    const done = await apply({ ...only, autoApprove: true }, context);
    expect(done.exitCode).toBe(0);
    expect(done.render(context.look)).toMatch(new RegExp(`gstable-sync state list ${repeated}$`, "m"));
  });
});

describe("a command to copy is about what this one was about", () => {
  const harmless = { path: "no such path", twist: (data: unknown) => data };
  const refuse = { path: "/account/detail", twist: () => ({ accountId: "acc_else" }) };
  const closePages = { path: "/aipay/", twist: (data: object) => ({ ...data, linkVersion: "ver_else" }) };
  const cases: readonly (readonly [
    command: string,
    twist: { path: string; twist: Twist },
    run: (context: CommandContext) => Promise<CommandResult>,
  ])[] = [
    ["drift", refuse, (context) => checkout({ do: "open", link: "beans" }, flags, context)],
    ["drift", closePages, (context) => verify([], flags, context)],
    ["state list", harmless, (context) => verify(["nothing-like-it"], flags, context)],
    ["state list", harmless, (context) => webhook({ do: "resume", name: "none" }, flags, context)],
    ["state list", harmless, (context) => state({ do: "show", address: "product.none" }, flags, context)],
    [
      "webhook rotate ledger",
      harmless,
      (context) => webhook({ do: "rotate", name: "ledger" }, flags, context),
    ],
    ["import", harmless, (context) => importObjects([], flags, context)],
    ["import", harmless, (context) => importObjects(["nonsense"], flags, context)],
    [
      "state rm product.beans",
      harmless,
      (context) => importObjects(["product.beans=prd_else"], flags, context),
    ],
    ["plan", harmless, (context) => apply({ ...flags, plan: "none.json" }, context)],
  ];

  it.each(cases)("gstable-sync %s …", async (command, { path, twist }, run) => {
    const { twisting } = await applied();
    const [verb = "", ...words] = command.split(" ");
    const isVerbOfTwo = ["state", "webhook"].includes(verb);
    const head = isVerbOfTwo ? `${verb} ${words[0]}` : verb;
    const rest = (isVerbOfTwo ? words.slice(1) : words).map((word) => ` ${word}`).join("");
    expect(remedyOf(await run(twisting(path, twist)))).toContain(
      `\n  gstable-sync ${head} ${repeated}${rest}`,
    );
  });

  it("gstable-sync plan --sandbox, where there is no key: with a lockfile of its own", async () => {
    const { context } = await applied();
    const result = await plan(flags, { ...context, env: {} });
    expect(remedyOf(result)).toMatch(/\n {2}gstable-sync plan --env eu --sandbox$/);
  });
});

describe("a command to copy runs nothing else", () => {
  const harm =
    "sess_1; touch pwned\n  gstable-sync state rm product.beans\u001b[2J `touch pwned` $(touch pwned)";

  it("whatever id a session has", async () => {
    const { twisting } = await applied();
    const context = twisting("/session/checkout/create", (data) => ({ ...data, sessionId: harm, amount: 1 }));
    const result = await checkout({ do: "open", link: "beans" }, flags, context);
    expect(saidOf(result)).toMatchObject([{ code: "GS2406" }]);
    expectOneCommand(remedyOf(result));
    const cancelled = await checkout({ do: "cancel", session: harm }, flags, {
      ...context,
      fetch: async () => new Response("{}"),
    });
    expect(saidOf(cancelled)).toMatchObject([{ code: "GS2405" }]);
    expectOneCommand(remedyOf(cancelled));
  });

  it("whatever id an object has that is to be imported", async () => {
    const { write, twisting, sandbox } = await applied();
    write(
      shop({ ...catalogue, products: { ...catalogue.products, cup: { name: "Cup", commonPrices: ["$1"] } } }),
    );
    sandbox.dashboard.createProduct({ name: "Cup", commonPrices: [1_000_000] });
    const rename = (product: { productId: string; name: string }) =>
      product.name === "Cup" ? { ...product, productId: harm } : product;
    const list = (data: Record<string, unknown>) =>
      Array.isArray(data) ? data.map(rename) : { ...data, products: (data.products as []).map(rename) };
    const context = twisting("/product/list", list);
    const result = await importObjects([`product.tea=${harm}`], flags, context);
    expect(saidOf(result)).toMatchObject([{ code: "GS2129" }]);
    expectOneCommand(remedyOf(result));
  });

  function expectOneCommand(remedy: string): void {
    const [, command = "", ...more] = remedy.split("\n");
    expect(more).toEqual([]);
    // A shell takes it apart: one word has all of the harm in it.
    const words = execFileSync("sh", ["-c", `set -- ${command.trim()}; printf '%s\\n' "$@"`])
      .toString()
      .split("\n");
    expect(words.filter((word) => word.includes("pwned"))).toHaveLength(1);
    expect(command).not.toMatch(/\p{Cc}/u);
  }

  it.each([
    ["plain.yaml", "plain.yaml"],
    ["it's", "'it'\\''s'"],
    ["a\nb", "'a\\u{a}b'"],
    ["\u202egnp.yaml", "'\\u{202e}gnp.yaml'"],
  ])("the word %j is written as %s", (word, written) => {
    expect(commandWord(word)).toBe(written);
  });
});

describe("an answer about something else", () => {
  const another: Twist = (data) => {
    const session = (data.session ?? data) as object;
    return { ...data, session: { ...session, sessionId: "sess_another", status: "cancelled" } };
  };

  it("is not told as the session that was asked for", async () => {
    const { context, twisting } = await applied();
    const opened = await checkout({ do: "open", link: "beans" }, flags, context);
    const { session } = opened.document as { session: { id: string } };
    const other = twisting(`/session/${session.id}`, another);
    const seen = await checkout({ do: "status", session: session.id }, flags, other);
    expect(seen).toMatchObject({
      exitCode: 1,
      document: { session: null, diagnostics: [{ code: "GS2408" }] },
    });
  });

  it("does not prove that a session was cancelled", async () => {
    const { context, sandbox } = await applied();
    const opened = await checkout({ do: "open", link: "beans" }, flags, context);
    const { session } = opened.document as { session: { id: string } };
    sandbox.addFault({
      match: { path: "/session/checkout/cancel" },
      do: { kind: "failBefore", with: { code: 900202 } },
    });
    const other = twisted(context, `/session/${session.id}`, another);
    const ended = await checkout({ do: "cancel", session: session.id }, flags, other);
    expect(ended).toMatchObject({ exitCode: 5, document: { outcome: "unknown", session: null } });
    expect(remedyOf(ended)).toContain(`\n  gstable-sync checkout status ${repeated} ${session.id}`);
  });

  it("is no answer about the account that a session pays into", async () => {
    const { sandbox, twisting } = await applied();
    const context = twisting("/account/detail", (data) => ({ ...data, accountId: "acc_another" }));
    sandbox.clearRequests();
    const ended = await checkout({ do: "open", link: "beans" }, flags, context);
    expect(ended).toMatchObject({ exitCode: 1, document: { diagnostics: [{ code: "GS2403" }] } });
    expect(sandbox.requests.filter(({ write }) => write)).toEqual([]);
  });
});

describe("a question at the terminal", () => {
  it("shows the id of a lockfile that somebody else wrote as what it is", async () => {
    const { context, cwd } = await applied();
    const path = `${cwd}/${flags.lockfile}`;
    const id = "wkid_\u001b[2K\rledger (is safe)";
    const lock = JSON.parse(readFileSync(path, "utf8"));
    lock.entries["webhook.ledger"].id = id;
    writeFileSync(path, JSON.stringify(lock));
    const shown: string[] = [];
    const ask: CommandContext["ask"] = async (_, text) => {
      shown.push(text);
      return "no";
    };
    await webhook(
      { do: "rotate", name: "ledger" },
      { ...flags, webhookKeys: "keys.json" },
      { ...context, ask },
    );
    expect(shown).toEqual([expect.stringContaining("wkid_\\u{1b}[2K\\u{d}ledger (is safe)")]);
  });
});
