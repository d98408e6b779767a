import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { addressOf, kindNames, kindOf, nameOf, parseAddress } from "../../src/state/address.js";

const name = fc.stringMatching(/^[a-z0-9][a-z0-9_-]{0,99}$/);

describe("an address", () => {
  test("is taken apart into what it was made of", () => {
    fc.assert(
      fc.property(fc.constantFrom(...kindNames), name, (kind, entry) => {
        const address = addressOf(kind, entry);
        expect(parseAddress(address)).toEqual({ kind, name: entry, address });
        expect([kindOf(address), nameOf(address)]).toEqual([kind, entry]);
      }),
    );
  });

  test.each([
    "",
    "product",
    "product.",
    "product.A",
    "product.-a",
    "product._a",
    "product.a b",
    "product.a.b",
    "product.ä",
    "product.a\n",
    " product.a",
    "products.a",
    "account.a",
    "Product.a",
    "__proto__.a",
    `product.${"a".repeat(101)}`,
  ])("is not %j", (text) => {
    expect(parseAddress(text)).toBeUndefined();
  });

  test("may have a name of 100 characters", () => {
    expect(parseAddress(`webhook.${"a".repeat(100)}`)?.kind).toBe("webhook");
  });
});
