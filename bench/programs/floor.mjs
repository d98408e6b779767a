// As little as anybody could do by hand: pages only, 16 at a time on kept connections, details of what moved.
// `node floor.mjs CONFIG LOCKFILE`; a configuration that ends in .json is read as JSON, any other with js-yaml.
import { readFileSync } from "node:fs";
import { linkDiffers, listedLinkDiffers, productDiffers, readIds } from "./compare.mjs";
import { get } from "./wire.mjs";

const [configPath, lockfilePath] = process.argv.slice(2);
const pages = Promise.all([listAll("/product/list", "products"), listAll("/payment/link/list", "links")]);
const ids = readIds(lockfilePath);
const text = readFileSync(configPath, "utf8");
const config = configPath.endsWith(".json") ? JSON.parse(text) : (await import("js-yaml")).load(text);

const [productList, linkList] = await pages;
const products = new Map(productList.map((one) => [one.productId, one]));
const links = new Map(linkList.map((one) => [one.linkId, one]));
const idOf = (name) => ids.get(`product.${name}`).id;

let differences = Object.entries(config.products).filter(([name, wanted]) =>
  productDiffers(wanted, products.get(idOf(name))),
).length;
const moved = Object.entries(config.paymentLinks).filter(([name, wanted]) => {
  const { id, values, versionCode } = ids.get(`paymentLink.${name}`);
  const live = links.get(id);
  const isOld =
    values.customSuccessText === wanted.customSuccessText && values.successUrl === wanted.successUrl;
  return !isOld || listedLinkDiffers(wanted, live) || live.versionCode !== versionCode;
});
await Promise.all(
  moved.map(async ([name, wanted]) => {
    const live = await get(`/payment/link/${ids.get(`paymentLink.${name}`).id}`);
    if (linkDiffers(wanted, live, idOf)) differences += 1;
  }),
);
console.log(JSON.stringify({ differences }));

async function listAll(path, key) {
  const first = await get(`${path}/1/100`);
  const count = Math.ceil(first.total / 100);
  const rest = await Promise.all(
    Array.from({ length: count - 1 }, (_, index) => get(`${path}/${index + 2}/100`)),
  );
  return [first, ...rest].flatMap((page) => page[key]);
}
