// What a user writes first: list everything, read each link, compare. `node script.mjs CONFIG LOCKFILE WORKERS`.
import { readFileSync } from "node:fs";
import { parse } from "yaml";
import { client } from "./client.mjs";
import { linkDiffers, productDiffers, readIds } from "./compare.mjs";

const [configPath, lockfilePath, workers] = process.argv.slice(2);
const config = parse(readFileSync(configPath, "utf8"));
const ids = readIds(lockfilePath);

const products = new Map((await listAll("product", "products")).map((one) => [one.productId, one]));
const links = new Map((await listAll("paymentLink", "links")).map((one) => [one.linkId, one]));
const idOf = (name) => ids.get(`product.${name}`).id;

let differences = Object.entries(config.products).filter(([name, wanted]) =>
  productDiffers(wanted, products.get(idOf(name))),
).length;
await atOnce(Object.entries(config.paymentLinks), Number(workers), async ([name, wanted]) => {
  const { id } = ids.get(`paymentLink.${name}`);
  if (!links.has(id) || linkDiffers(wanted, await client.paymentLink.detail(id), idOf)) differences += 1;
});
console.log(JSON.stringify({ differences }));

async function listAll(resource, key) {
  const all = [];
  for (let page = 1; ; page += 1) {
    const { total, [key]: part } = await client[resource].list(page, 100);
    all.push(...part);
    if (all.length >= total) return all;
  }
}

async function atOnce(items, limit, work) {
  const rest = items.values();
  await Promise.all(
    Array.from({ length: limit }, async () => {
      for (const item of rest) await work(item);
    }),
  );
}
