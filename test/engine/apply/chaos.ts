import type { Instruction } from "../../../src/engine/apply/step.js";
import type { Desired, DesiredEntry } from "../../../src/state/desired.js";
import type { Lockfile } from "../../../src/state/lockfile.js";
import type { FieldValues } from "../../../src/state/value.js";
import { item, link, product, usd, wants, webhook } from "../builders.js";
import { type Chaos, type Fate, Shop, seededRandom } from "./drive.js";

/** Draws from one seed, so that a run can be repeated by its number. */
export class Dice {
  readonly #random: () => number;

  constructor(seed: number) {
    this.#random = seededRandom(seed);
  }

  below(n: number): number {
    return Math.floor(this.#random() * n);
  }

  chance(share: number): boolean {
    return this.#random() < share;
  }

  oneOf<T>(things: readonly T[]): T {
    const thing = things[this.below(things.length)];
    if (thing === undefined) throw new Error("nothing to choose from");
    return thing;
  }
}

/** A few mishaps at random places, at most `budget`; then all goes well. */
export function mishaps(dice: Dice, { budget, share }: { budget: number; share: number }): Chaos {
  let left = budget;
  const spend = <T>(what: T): T => {
    left -= 1;
    return what;
  };
  return {
    pick: (n) => dice.below(n),
    fate: (instruction) =>
      left > 0 && dice.chance(share) ? spend(dice.oneOf(possible(instruction))) : "plain",
  };
}

function possible(instruction: Instruction): readonly Fate[] {
  const crashes = ["crashBefore", "crashAfter"] as const;
  if (instruction.do !== "send") return crashes;
  const answers = ["lostBefore", "lostAfter", "late", "refused", "busy"] as const;
  // A create carried out twice makes two objects, whatever a client does: a case of its own.
  const isCreate = instruction.call.method.endsWith(".create");
  return [...crashes, ...answers, ...(isCreate ? [] : ["doubled" as const])];
}

/** A catalogue drawn at random; several entries may have equal bodies. */
export function drawCatalogue(dice: Dice): Desired {
  const all = names("p", dice.below(3) + 1).map((name) => drawProduct(name, dice));
  const products = dice.chance(0.4) ? all.map(asTwin) : all;
  const active = products.filter(({ open }) => open);
  const links =
    active.length === 0 ? [] : names("l", dice.below(4)).map((name) => drawLink(name, active, dice));
  const webhooks = names("w", dice.below(2)).map((name) => drawWebhook(name, dice));
  return wants([...products, ...links, ...webhooks]);
}

/** The same catalogue after an afternoon of edits. */
export function edit(desired: Desired, dice: Dice): Desired {
  const kept = [...desired.entries.values()]
    .filter(() => dice.chance(0.75))
    .map((one) => (dice.chance(0.5) ? touched(one, dice) : one));
  const fresh = [...drawCatalogue(dice).entries.values()].filter(() => dice.chance(0.4));
  const entries = new Map([...kept, ...fresh].map((one) => [one.address, one]));
  const sold = (one: DesiredEntry) =>
    (one.values.lineItems as readonly { readonly product: string }[]).every(
      ({ product: name }) => entries.get(`product.${name}`)?.open === true,
    );
  return wants([...entries.values()].filter((one) => one.kind !== "paymentLink" || sold(one)));
}

/** Equal but for picture and order: when objects are compared, nobody can tell such products apart. */
function asTwin(one: DesiredEntry): DesiredEntry {
  const commonPrices = [...(one.values.commonPrices as readonly number[]), usd(10), usd(99)].slice(-2);
  return { ...one, values: { ...one.values, name: "Plan", description: null, commonPrices } };
}

/** One field redrawn: what compares as equal otherwise, such as a picture or an order, is easily overlooked. */
function touched(one: DesiredEntry, dice: Dice): DesiredEntry {
  if (one.kind !== "product") return one;
  const redrawn = drawProduct(one.name, dice).values;
  const field = dice.oneOf(["imageUrl", "commonPrices", "description"]);
  return { ...one, values: { ...one.values, [field]: redrawn[field] ?? null } };
}

const names = (letter: string, n: number) => Array.from({ length: n }, (_, index) => `${letter}${index}`);

function drawProduct(name: string, dice: Dice): DesiredEntry {
  const imageUrl = dice.oneOf([null, null, "https://acme.example/a.png", "https://acme.example/b.png"]);
  const parts = {
    name: dice.oneOf(["Plan", "Plan", "Pro"]),
    description: dice.oneOf([null, "All of it"]),
    imageUrl,
    commonPrices: dice.oneOf([[usd(10)], [usd(10), usd(99)], [usd(99), usd(10)]]),
  };
  // Not `forget`: what is adopted again later keeps its picture and its order, whatever the YAML says.
  const onRemove = dice.oneOf(["archive", "archive", "remove"] as const);
  return product(name, parts, { open: dice.chance(0.85), lifecycle: { onRemove } });
}

function drawLink(name: string, products: readonly DesiredEntry[], dice: Dice): DesiredEntry {
  const sold = dice.oneOf(products).name;
  const isCustom = dice.chance(0.2);
  const parts = {
    linkName: dice.oneOf(["Premium", "Premium", "Basic"]),
    linkType: isCustom ? "custom" : "fixed",
    lineItems: [item(sold, 1, isCustom ? null : dice.oneOf([usd(10), usd(12.99)]))],
    successUrl: dice.oneOf([null, "https://acme.example/thanks"]),
    customDisabledText: dice.oneOf([null, "Back soon."]),
  };
  const onRemove = dice.oneOf(["disable", "disable", "forget"] as const);
  return link(name, parts, { open: dice.chance(0.7), lifecycle: { onRemove } });
}

function drawWebhook(name: string, dice: Dice): DesiredEntry {
  const parts = {
    webhookUrl: `https://api.acme.example/${name}`,
    webhookDescription: dice.oneOf([null, "Books payments"]),
    subscribedEvents: dice.oneOf([["session.paid"], ["session.completed", "session.paid"]]),
  };
  const onRemove = dice.oneOf(["disable", "remove", "forget"] as const);
  return webhook(name, parts, { open: dice.chance(0.8), lifecycle: { onRemove } });
}

/** One story: catalogues applied through mishaps and crashes, then in peace until nothing is left to do. */
export async function liveThrough(seed: number): Promise<Shop> {
  const dice = new Dice(seed);
  const shop = new Shop({ seed, parallelism: dice.oneOf([1, 2, 4]) });
  const stranger = shop.sandbox.dashboard.createProduct({ name: "Somebody else's" });
  let desired = drawCatalogue(dice);
  for (let phase = dice.below(3); phase >= 0; phase -= 1) {
    const chaos = mishaps(dice, { budget: dice.below(7), share: dice.oneOf([0.05, 0.15, 0.4]) });
    for (let runs = dice.below(4); runs >= 0; runs -= 1) {
      const { crashed } = await shop.apply(desired, chaos);
      if (dice.chance(0.3)) await shop.advance(dice.below(12_000));
      if (!crashed && dice.chance(0.5)) break;
    }
    if (phase > 0) desired = edit(desired, dice);
  }
  await settle(shop, desired);
  await check(shop, desired, new Set([stranger.productId]));
  return shop;
}

/** Runs in peace until a plan is empty; the first may still meet what earlier ones left under way. */
export async function settle(shop: Shop, desired: Desired): Promise<void> {
  for (let runs = 0; runs < 6; runs += 1) {
    const { plan } = await shop.apply(desired);
    if (plan.failed) throw new Error(`no plan: ${JSON.stringify(plan.document.diagnostics)}`);
    await shop.advance(20_000);
    if (runs > 0 && plan.work.length === 0 && plan.catchUps().length === 0) return;
  }
  const { plan } = await shop.plan(desired);
  throw new Error(
    `never at rest: ${JSON.stringify(plan.document.changes)} ${JSON.stringify(plan.catchUps())}`,
  );
}

const idOf = (stored: object): unknown =>
  Reflect.get(stored, "productId") ?? Reflect.get(stored, "linkId") ?? Reflect.get(stored, "webhookId");

/**
 * An order or a picture that a crashed update has changed, and the YAML changed back since, can look like the API's
 * own: three sides cannot tell. So neither is compared here; cases of their own follow them through lost answers.
 */
const inOrder = (value: unknown): unknown => (Array.isArray(value) ? [...value].sort() : value);

/** What the account must hold of the fields whose loss would be easiest to overlook. */
function asStored(values: FieldValues, { entries }: Lockfile): object {
  if ("commonPrices" in values) {
    const { name, description, commonPrices } = values;
    return { name, description: description ?? undefined, commonPrices };
  }
  if (!("linkName" in values)) {
    const { webhookUrl, subscribedEvents } = values;
    return { webhookUrl, subscribedEvents, webhookDescription: values.webhookDescription ?? undefined };
  }
  const { linkType, linkName, successUrl, customDisabledText } = values;
  const { product: sold = "" } = (values.lineItems as readonly { readonly product: string }[])[0] ?? {};
  if (!entries.has(`product.${sold}`)) throw new Error(`${sold} is not recorded`);
  return {
    linkType,
    linkName,
    successUrl: successUrl ?? undefined,
    customDisabledText: customDisabledText ?? undefined,
  };
}

/** What must hold in the end, judged from the account itself. */
export async function check(shop: Shop, desired: Desired, strangers: ReadonlySet<string>): Promise<void> {
  const { products, paymentLinks, webhooks } = shop.sandbox.snapshot();
  const lockfile = await shop.lockfile();
  const open = new Map([
    ...products
      .filter(({ status }) => status !== "removed")
      .map((one) => [one.productId, one.status] as const),
    ...paymentLinks.map((one) => [one.linkId, one.status] as const),
    ...webhooks.map((one) => [one.webhookId, one.status] as const),
  ]);
  const wrong: string[] = [];
  const say = (fails: boolean, words: string) => void (fails && wrong.push(words));
  say(lockfile.intents.size > 0, `intents left: ${[...lockfile.intents.keys()]}`);
  for (const { address, open: wanted, values } of desired.entries.values()) {
    const lock = lockfile.entries.get(address);
    say(lock === undefined, `${address} is not recorded`);
    if (lock === undefined) continue;
    say(!open.has(lock.id), `${address} does not exist`);
    say((open.get(lock.id) === "active") !== wanted, `${address} is ${open.get(lock.id)}`);
    const stored = [...products, ...paymentLinks, ...webhooks].find((one) => idOf(one) === lock.id);
    for (const [field, value] of Object.entries(asStored(values, lockfile))) {
      const shown = JSON.stringify(inOrder(Reflect.get(stored ?? {}, field)));
      say(shown !== JSON.stringify(inOrder(value)), `${address} has ${field} ${shown}`);
    }
    say(lock.retired === true, `${address} is retired`);
  }
  for (const [address, { id, retired }] of lockfile.entries) {
    if (desired.entries.has(address)) continue;
    say(retired !== true, `${address} left, and is not retired`);
    say(open.get(id) === "active", `${address} left, and is open`);
  }
  const recorded = new Set([...shop.everRecorded.values()].flatMap((ids) => [...ids]));
  for (const id of open.keys()) say(!recorded.has(id) && !strangers.has(id), `${id} belongs to nobody`);
  if (wrong.length > 0) throw new Error(wrong.join("\n"));
}
