import { describe, expect, it } from "vitest";
import { renderPlan } from "../../src/render/index.js";
import { ascii, change, guard, plan } from "./builders.js";

const write = [
  "moved: [{ from: paymentLink.the-old-name-of-this-page, to: paymentLink.the-new-name-of-this-page }]",
  "imports: [{ to: paymentLink.the-new-name-of-this-page, id: lnk_0123456789abcdef }]",
];
const message = `There may be one already. If it is the same, write ${write.map((line) => `\`${line}\``).join(" or ")}.`;

describe("lines for the configuration", () => {
  it("stand whole on lines of their own, however narrow the page", () => {
    const document = plan({ changes: [change({})], guards: [guard({ id: "duplicate", message, write })] });
    const lines = renderPlan(document, { ...ascii, width: 40 }).split("\n");
    expect(lines.map((line) => line.trim())).toEqual(expect.arrayContaining(write));
    expect(lines.join("\n")).toContain("If it is another one:");
  });
});
