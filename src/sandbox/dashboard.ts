import { z } from "zod";
import { mainAccount, maxAccounts } from "./accounts.js";
import { linkActions } from "./dashboard-links.js";
import { productActions } from "./dashboard-products.js";
import { action, changedRow, type DashboardAction, existingRow } from "./dashboard-rows.js";
import { checked, unknown } from "./input/checked.js";
import { sessionStatuses, storedAccount, storedWebhook } from "./state/state.js";
import { madeUpAddress } from "./tokens.js";
import { maxWebhooks } from "./webhooks.js";
import type { World } from "./world.js";

const accountId = z.string();
const webhookId = z.string();

const accountActions = {
  addAccount: action(
    storedAccount
      .pick({ accountId: true, accountName: true, accountAddress: true, settlementCurrencies: true })
      .partial()
      .strict(),
    (world, args) => {
      const there = world.store.rows("accounts").filter((account) => account.status !== "removed");
      if (there.length >= maxAccounts) throw new Error(`there are ${maxAccounts} accounts already`);
      const id = args.accountId ?? world.newId("acc", 16);
      const nowMs = world.clock.nowMs();
      const account = storedAccount.parse({
        accountName: id,
        accountAddress: madeUpAddress(id),
        settlementCurrencies: [...(mainAccount.settlementCurrencies ?? [])],
        ...args,
        accountId: id,
        version: world.newId("ver", 16),
        createdAtMs: nowMs,
        updatedAtMs: nowMs,
      });
      world.store.put("accounts", account);
      return account;
    },
  ),
  renameAccount: action(z.strictObject({ accountId, accountName: z.string() }), (world, args) =>
    changedRow(world, "accounts", { id: args.accountId, changes: { accountName: args.accountName } }),
  ),
  changeAccountAddress: action(z.strictObject({ accountId, accountAddress: z.string() }), (world, args) =>
    changedRow(world, "accounts", {
      id: args.accountId,
      changes: {
        accountAddress: args.accountAddress,
        addressFrom: "dashboard",
        version: world.newId("ver", 16),
      },
    }),
  ),
  setAccountStatus: action(z.strictObject({ accountId, status: z.string() }), (world, args) =>
    changedRow(world, "accounts", { id: args.accountId, changes: { status: args.status } }),
  ),
  setAccountCurrencies: action(
    z.strictObject({ accountId, settlementCurrencies: z.array(z.string()) }),
    (world, args) =>
      changedRow(world, "accounts", {
        id: args.accountId,
        changes: { settlementCurrencies: args.settlementCurrencies },
      }),
  ),
  removeAccount: action(z.strictObject({ accountId }), (world, args) => {
    const account = changedRow(world, "accounts", { id: args.accountId, changes: { status: "removed" } });
    if (world.knobs.removedAccountInLink === "disablesLink") disableLinksInto(world, args.accountId);
    return account;
  }),
};

const webhookStatus = (status: string) =>
  action(z.strictObject({ webhookId }), (world, args) =>
    changedRow(world, "webhooks", { id: args.webhookId, changes: { status } }),
  );

const webhookActions = {
  createWebhook: action(
    storedWebhook.omit({ key: true, webhookId: true }).partial().required({ webhookUrl: true }).strict(),
    (world, args) => {
      if (world.store.rows("webhooks").length >= maxWebhooks)
        throw new Error(`there are ${maxWebhooks} webhooks already`);
      const nowMs = world.clock.nowMs();
      const webhook = storedWebhook.parse({
        webhookName: "Made in the dashboard",
        subscribedEvents: ["session.completed"],
        ...args,
        webhookId: world.newId("wkid", 16),
        key: world.newId("wkk", 32),
        createdAtMs: nowMs,
        updatedAtMs: nowMs,
      });
      world.store.put("webhooks", webhook);
      return webhook;
    },
  ),
  editWebhook: action(
    storedWebhook.partial().omit({ key: true }).required({ webhookId: true }).strict(),
    (world, { webhookId: id, ...changes }) => changedRow(world, "webhooks", { id, changes }),
  ),
  pauseWebhook: webhookStatus("paused"),
  disableWebhook: webhookStatus("inactive"),
  enableWebhook: webhookStatus("active"),
  removeWebhook: action(z.strictObject({ webhookId }), (world, args) => {
    world.store.erase("webhooks", existingRow(world, "webhooks", args.webhookId).webhookId);
  }),
};

const sessionActions = {
  /** Any status at once, without a payment: for what cannot come about otherwise. */
  setSessionStatus: action(
    z.strictObject({
      sessionId: z.string(),
      status: z.enum(sessionStatuses),
      signedOnce: z.int().optional(),
    }),
    (world, args) =>
      changedRow(world, "sessions", {
        id: args.sessionId,
        changes: {
          status: args.status,
          ...(args.signedOnce === undefined ? {} : { signedOnce: args.signedOnce }),
        },
      }),
  ),
};

/** Everything that somebody can do in the dashboard; each takes one object, the same over HTTP. */
export const dashboardActions = {
  ...productActions,
  ...linkActions,
  ...accountActions,
  ...webhookActions,
  ...sessionActions,
};

type Actions = typeof dashboardActions;

export type Dashboard = {
  readonly [Name in keyof Actions]: Actions[Name] extends DashboardAction<infer S, infer R>
    ? (args: z.input<S>) => R
    : never;
};

/** The action of that name, as scripts and the side-door name it; an Error that lists them when there is none. */
export function findAction(name: string): DashboardAction<z.ZodType, unknown> {
  // By name only: each checks its own arguments.
  const known: Readonly<Record<string, DashboardAction<z.ZodType, unknown>>> = dashboardActions as never;
  const wanted = Object.hasOwn(known, name) ? known[name] : undefined;
  if (wanted === undefined) {
    const names = Object.keys(known);
    throw new Error(`${unknown("dashboard action", name, names)}; there are ${names.join(", ")}`);
  }
  return wanted;
}

/** Does an action, and makes it durable. A field that is null is unset: JSON has no undefined. */
export function actInDashboard(world: World, name: string, args: Readonly<Record<string, unknown>>): unknown {
  const wanted = findAction(name);
  world.store.refresh();
  const fields = Object.fromEntries(
    Object.entries(args).map(([field, value]) => [field, value ?? undefined]),
  );
  const result = wanted.run(world, onlyNamed(checked(wanted.args, fields), fields));
  world.commit();
  return result;
}

/** What an action was not told stays as it is: a stored row's defaults are for new rows, not for edits. */
function onlyNamed(parsed: unknown, named: object): unknown {
  if (typeof parsed !== "object" || parsed === null) return parsed;
  return Object.fromEntries(Object.entries(parsed).filter(([field]) => Object.hasOwn(named, field)));
}

/** The dashboard of one sandbox. */
export function createDashboard(world: World): Dashboard {
  const entries = Object.keys(dashboardActions).map((name) => [
    name,
    (args: Readonly<Record<string, unknown>>) => actInDashboard(world, name, args),
  ]);
  return Object.fromEntries(entries) as Dashboard; // one function for each action, as the type says
}

function disableLinksInto(world: World, id: string): void {
  for (const link of world.store.rows("paymentLinks")) {
    if (link.accountId === id && link.status === "active") {
      world.store.put("paymentLinks", { ...link, status: "disabled" });
    }
  }
}
