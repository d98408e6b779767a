import { link, product, shop } from "../cli/shop.js";

/** The shop of the tests, as somebody edited it. */
export const slipped = priced("$240");
export const dearer = priced("$25");
export const beansAlone = shop({
  products: { beans: product("Beans") },
  paymentLinks: { beans: link("beans", "$24") },
});

function priced(price: string) {
  return shop({ paymentLinks: { beans: link("beans", price), mug: link("mug", "$12") } });
}
