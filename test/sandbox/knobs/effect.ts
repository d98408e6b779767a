import type { Knobs } from "../../../src/sandbox/index.js";
import { type Client, type Data, productBody, webhookBody } from "../client.js";

/** What is seen with the knob turned; with the default it must look different. */
export interface Effect<V> {
  readonly to: V;
  readonly look: (client: Client) => Promise<unknown>;
  readonly seen: unknown;
}

export const codeOf = async (reply: Promise<{ code: unknown }>) => (await reply).code;
export const image = "https://acme.example/a.png";
export const firstProduct = async (client: Client): Promise<Data> =>
  (await client.read("/product/list/1/1")).products[0];
export const firstLink = async (client: Client): Promise<Data> =>
  (await client.read("/payment/link/list/1/1")).links[0];
export const made = (client: Client, change: object = {}): Promise<Data> =>
  client.write("/product/create", { ...productBody, ...change });
export const tryProduct = (change: object) => (client: Client) =>
  codeOf(client.post("/product/create", { ...productBody, ...change }));

export async function archivedProduct(client: Client): Promise<string> {
  const { productId } = await made(client);
  await client.write("/product/archive", { productId });
  return productId;
}

export async function removedProduct(client: Client): Promise<string> {
  const { productId } = await made(client);
  await client.write("/product/remove", { productId });
  return productId;
}

export const byIds = (client: Client, ...productIds: string[]) =>
  client.post("/product/list/by/ids", { productIds });

export async function updateLink(client: Client, change: object): Promise<unknown> {
  const { link, body } = await client.shop();
  return codeOf(client.post("/payment/link/update", { ...body, linkId: link.linkId, ...change }));
}

export async function names(client: Client, list = "/product/list/1/10"): Promise<string> {
  if ((await client.read("/product/list/1/1")).total === 0) {
    for (const name of "abcdef") await made(client, { name });
  }
  return (await client.read(list)).products.map((product: { name: string }) => product.name).join("");
}

export async function pausedWebhook(client: Client): Promise<string> {
  const { webhookId } = await client.write("/webhook/create", webhookBody);
  client.sandbox.dashboard.pauseWebhook({ webhookId });
  return webhookId;
}

export async function linkOfArchivedProduct(client: Client): Promise<{ link: Data; body: Data }> {
  const { link, body, product } = await client.shop();
  await client.write("/product/archive", { productId: product.productId });
  return { link, body: { ...body, linkId: link.linkId } };
}

/** Effects of some of the knobs. */
export type Effects<Name extends keyof Knobs> = { readonly [K in Name]: Effect<Knobs[K]> };
