// The floor of a first apply: every object created once, with nothing saved in between and nothing read back.
// `node create-all.mjs CONFIG`; as many at a time as BENCH_SOCKETS.
import { readFileSync } from "node:fs";
import { load } from "js-yaml";
import { microUsd } from "./compare.mjs";
import { post } from "./wire.mjs";

const config = load(readFileSync(process.argv[2], "utf8"));
const ids = new Map();
const account = config.accounts.treasury.id;

await Promise.all(
  Object.entries(config.products).map(async ([name, { commonPrices, ...rest }]) => {
    const body = { ...rest, commonPrices: commonPrices.map(microUsd) };
    ids.set(name, (await post("/product/create", body)).productId);
  }),
);
const made = await Promise.all(
  Object.values(config.paymentLinks).map(({ lineItems, account: _, feeModel, payerEmailRequired, ...rest }) =>
    post("/payment/link/create", {
      ...rest,
      accountId: account,
      feeModel: feeModel === "payer" ? 2 : 1,
      payerEmailRequired: payerEmailRequired ? 1 : 0,
      lineItems: lineItems.map(({ product, quantity, unitPrice }) => ({
        itemType: "product",
        productId: ids.get(product),
        quantity,
        unitPrice: microUsd(unitPrice),
      })),
    }),
  ),
);
console.log(JSON.stringify({ created: ids.size + made.length }));
