import { describe, expect, it } from "vitest";
import { renderAnnotations, renderHtml, renderMarkdown } from "../../src/render/forms.js";
import { renderPlan, type Subject } from "../../src/render/index.js";
import { shownUrl } from "../../src/render/view/shown-url.js";
import type { PlanField } from "../../src/state/plan-document.js";
import { change, field, plan, terminal } from "./builders.js";

const source = { file: "f", line: 3, column: 7 };

/** The same plan in every form for people. */
function shown(one: Partial<PlanField>): readonly (readonly [form: string, text: string])[] {
  const document = plan({
    changes: [
      change({
        risks: ["exit"],
        fields: [field({ path: "successUrl", type: "url", risk: "exit", ...one })],
        source,
      }),
    ],
  });
  const subject: Subject = { is: "plan", document };
  return [
    ["text", renderPlan(document, { ...terminal, width: 100_000 })],
    ["markdown", renderMarkdown(subject)],
    ["html", renderHtml(subject)],
    ["github", renderAnnotations(subject, { locate: (file) => file })],
  ];
}

describe("two values that look alike", () => {
  const before = "https://acme.example/thanks";

  it("are told apart by the host that they lead to", () => {
    for (const [form, text] of shown({ before, after: "https://\u0430cme.example/thanks" })) {
      expect(text, form).toContain("xn--cme-5cd.example");
    }
  });

  it.each([
    ["https://acme.example/xn--", "https://acme.example/xn--"],
    ["https://xn--cme-5cd.example/a", "https://xn--cme-5cd.example/a"],
    ["https://XN--cme-5cd.example/a", "https://XN--cme-5cd.example/a"],
    ["https://b\u00fccher.example/a", "https://b\u00fccher.example/a (xn--bcher-kva.example)"],
    ["no URL", "no URL"],
  ])("the URL %s is shown as %s", (url, expected) => {
    expect(shownUrl(url)).toBe(expected);
  });

  it("are told apart where they differ, however far behind", () => {
    const long = `https://acme.example/?q=${"x".repeat(5_000)}`;
    for (const [form, text] of shown({ before: `${long}&to=shop`, after: `${long}&to=thief` })) {
      if (form === "github") continue; // says that it is cut, and where the whole is
      expect(text, form).toContain("to=shop");
      expect(text, form).toContain("to=thief");
    }
    const [, [, markdown] = ["", ""]] = shown({ before: `${long}&to=shop`, after: `${long}&to=thief` });
    expect(markdown).toContain("characters as before");
    expect(markdown.length).toBeLessThan(6_000);
  });
});
