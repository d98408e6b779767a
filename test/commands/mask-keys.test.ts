import { describe, expect, it } from "vitest";
import { createSecret, redactSecret } from "../../src/api/index.js";
import { maskKeys, maskTexts } from "../../src/commands/mask-keys.js";

const env = {
  GSTABLE_API_KEY: "sk_live_0123456789",
  GSTABLE_API_KEY_EU: 'odd"key\\with/quotes',
  PATH: "/usr/bin",
};

describe("masking the keys of the environment", () => {
  it("finds them in every text, however deep, and in names", () => {
    const told = { a: ["x sk_live_0123456789 y", { sk_live_0123456789: 1 }], b: null, c: 5, d: undefined };
    expect(maskKeys(told, env)).toEqual({
      a: ["x [secret] y", { "[secret]": 1 }],
      b: null,
      c: 5,
      d: undefined,
    });
  });

  it.each([
    ["as it is", env.GSTABLE_API_KEY_EU],
    ["as JSON writes it", JSON.stringify(env.GSTABLE_API_KEY_EU).slice(1, -1)],
  ])("finds one with quotes %s, in a text and in a document", (_, key) => {
    expect(maskKeys(`before ${key} after`, env)).toBe("before [secret] after");
    expect(maskKeys({ text: `before ${key} after` }, env)).toEqual({ text: "before [secret] after" });
  });

  it("gives back the very value where there is nothing to mask", () => {
    const told = { a: ["sk_live", { b: "/usr/bin" }] };
    expect(maskKeys(told, env)).toBe(told);
    expect(maskKeys(told, {})).toBe(told);
  });

  it("finds the key of an account in whatever spelling", () => {
    const key = 'pass word"\\%1234';
    const mask = (text: string) => redactSecret(createSecret(key), text);
    for (const spelling of [key, encodeURIComponent(key), JSON.stringify(key).slice(1, -1)]) {
      expect(maskTexts({ a: [`?key=${spelling}`] }, mask), spelling).toEqual({ a: ["?key=[secret]"] });
    }
  });
});
