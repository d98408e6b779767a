import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { redactText, safeJsonText, safeText } from "../../src/render/terminal-text.js";
import { textWidth } from "../../src/render/text-width.js";

describe("a stranger's text", () => {
  it.each([
    ["a newline", "a\nb", "a\\u{a}b"],
    ["a carriage return", "a\rb", "a\\u{d}b"],
    ["an escape sequence", "\u001b[2Jx", "\\u{1b}[2Jx"],
    ["a bell", "\u0007", "\\u{7}"],
    ["a C1 control", "\u009b31m", "\\u{9b}31m"],
    ["delete", "\u007f", "\\u{7f}"],
    ["line separators", "\u2028\u2029", "\\u{2028}\\u{2029}"],
    ["bidi controls", "\u202e\u2066\u200f\u061c", "\\u{202e}\\u{2066}\\u{200f}\\u{61c}"],
    ["zero-width characters", "a\u200bb\ufeff", "a\\u{200b}b\\u{feff}"],
    ["a joiner, also in an emoji", "👩\u200d💻", "👩\\u{200d}💻"],
    ["tags", "\u{e0041}", "\\u{e0041}"],
    ["fillers and odd spaces", "\u3164\u2800\u00a0", "\\u{3164}\\u{2800}\\u{a0}"],
    ["a lone surrogate", "\ud800x", "\\u{d800}x"],
    ["hidden text in variation selectors", "a\ufe0f\ufe01\ufe02", "a\ufe0f\\u{fe01}\\u{fe02}"],
    ["a combining mark without a letter", "\u0301a", "\\u{301}a"],
    ["a log command", "x ##[error]y", "x #\\u{23}[error]y"],
  ])("shows %s as an escape", (_what, text, shown) => {
    expect(safeText(text)).toBe(shown);
  });

  it.each(["Ünïcode", "日本語　名前", "עברית", "❤️", "a\u0301", "C:\\n", "polygon::usdc"])(
    "leaves %s as it is",
    (text) => {
      expect(safeText(text)).toBe(text);
    },
  );

  it("changes nothing the second time", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => safeText(safeText(text)) === safeText(text)),
    );
  });

  it("means the same in JSON, escaped", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        const json = safeJsonText(JSON.stringify({ [text]: text }, null, 2));
        expect(JSON.parse(json)).toEqual({ [text]: text });
        expect(json.replaceAll("\n", "")).not.toMatch(/[\p{Cc}\p{Cs}\u200b-\u200f\u202a-\u202e]|##\[/u);
      }),
    );
  });

  it("never shows a key", () => {
    expect(redactText("key sk_live_abcdef123 and wkk_0123456789")).toBe(
      "key sk_live_[hidden] and wkk_[hidden]",
    );
  });

  it("also glued to something else, but no ordinary word that only looks like one", () => {
    expect(redactText("KEY_sk_live_abcdef123 1wkk_0123456789")).toBe("KEY_sk_live_[hidden] 1wkk_[hidden]");
    expect(redactText("task_live_feed, desk_test_cards")).toBe("task_live_feed, desk_test_cards");
  });
});

describe("the width of a text", () => {
  it.each([
    ["abc", 3],
    ["日本", 4],
    ["e\u0301", 1],
    ["👩", 2],
    ["❤️", 2],
    ["Ａ", 2],
    ["", 0],
  ])("of %s is %d columns", (text, width) => {
    expect(textWidth(text)).toBe(width);
  });
});
