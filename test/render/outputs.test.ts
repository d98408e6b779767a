import { describe, expect, it } from "vitest";
import { renderAnnotations, renderHtml, renderMarkdown } from "../../src/render/forms.js";
import {
  renderApply,
  renderDiagnostics,
  renderDrift,
  renderJson,
  renderProgress,
  toPlanDiagnostic,
} from "../../src/render/index.js";
import type { ApplyDocument } from "../../src/state/apply-document.js";
import { ascii, diagnostic, field, fullPlan, partialApply, plan, terminal } from "./builders.js";

const source = (line: number, column: number, lineText: string) => ({
  file: "gstable.config.yaml",
  line,
  column,
  endColumn: column + 2,
  lineText,
});

const problems = [
  diagnostic({ code: "GS2115", summary: "no place", remedy: "Write:\n  moved: [{ from: a, to: b }]" }),
  diagnostic({
    code: "GS1103",
    severity: "warning",
    summary: "`premium` is defined twice",
    source: source(30, 3, "  premium: {}"),
    related: [{ label: "the first one", source: source(3, 3, "  premium: {}") }],
  }),
  diagnostic({
    detail: "A bare integer is Micro-USD, as in the API, and at least 10000.",
    remedy: "Write `$10`.",
    source: source(12, 20, "\tcommonPrices: [日, 10, $99]"),
  }),
];

describe("the other outputs", () => {
  it("apply: three lists, and how to resume", async () => {
    await expect(renderApply(partialApply, terminal)).toMatchFileSnapshot("golden/apply-80.txt");
  });

  it.each([
    ["text", (document: ApplyDocument) => renderApply(document, terminal)],
    ["Markdown", (document: ApplyDocument) => renderMarkdown({ is: "apply", document })],
    ["HTML", (document: ApplyDocument) => renderHtml({ is: "apply", document })],
    [
      "annotations",
      (document: ApplyDocument) => renderAnnotations({ is: "apply", document }, { locate: () => undefined }),
    ],
  ])("apply: %s names a code where the API gave one, and none otherwise", (_name, render) => {
    const failed = (code: number) =>
      partialApply.failed.map((one) => ({ ...one, error: { ...one.error, code } }));
    expect(render({ ...partialApply, failed: failed(400101) })).toContain("(code 400101)");
    expect(render({ ...partialApply, failed: failed(-1) })).not.toMatch(/\(code/);
    const http = partialApply.failed.map((one) => ({
      ...one,
      error: { ...one.error, code: 502, message: "HTTP 502. It says: nothing" },
    }));
    expect(render({ ...partialApply, failed: http })).not.toMatch(/\(code/);
  });

  it("apply: a reason that several share is told once", () => {
    const skip = (number: number, because: string) => ({
      ...{ number, address: `product.p${number}`, action: "update" as const, id: null, because },
    });
    const notAttempted = [skip(1, "no time"), skip(2, "no time"), skip(3, "no time"), skip(4, "no key")];
    const text = renderApply({ ...partialApply, notAttempted }, terminal);
    expect(text.split("Not attempted: 4\n")[1]?.split("\n\n")[0]?.split("\n")).toEqual([
      "  #1  ~ update  product.p1",
      "  #2  ~ update  product.p2",
      "  #3  ~ update  product.p3",
      "      these 3: no time",
      "  #4  ~ update  product.p4",
      "      no key",
    ]);
  });

  it("apply: objects that moved call for a new plan", () => {
    const text = renderApply({ ...partialApply, exitCode: 6 }, terminal);
    expect(text).toMatch(/^ {2}gstable-sync plan --env eu$/m);
    expect(text).not.toContain("--plan-hash");
  });

  it("drift: from what was last applied to what is live", async () => {
    await expect(renderDrift(fullPlan, terminal, { unmanagedCounts: true })).toMatchFileSnapshot(
      "golden/drift-80.txt",
    );
  });

  it("drift: names no plan that would put back what is ignored", () => {
    const told = (...ignored: readonly boolean[]) => {
      const fields = ignored.map((each) => field({ cause: "drift", ...(each ? { ignored: true } : {}) }));
      const drift = [{ address: "paymentLink.a", kind: "paymentLink", id: "lnk_a", name: "A", fields }];
      return renderDrift(plan({ drift }), terminal, { unmanagedCounts: false });
    };
    expect(told(true)).toContain("--accept paymentLink.a");
    expect(told(true)).not.toContain("put it back");
    expect(told(true, false)).toContain("put it back");
  });

  it("drift: calm when there is none", () => {
    expect(renderDrift(plan({}), terminal, { unmanagedCounts: true })).toContain("No drift.");
  });

  it("diagnostics: as a compiler, by place, with a count", async () => {
    await expect(renderDiagnostics(problems, terminal)).toMatchFileSnapshot("golden/diagnostics-80.txt");
    expect(renderDiagnostics([], terminal)).toBe("");
  });

  it("diagnostics: a long source line is shown around its mark", () => {
    const long = diagnostic({ source: source(1, 300, `${"x".repeat(299)}10${"y".repeat(300)}`) });
    const lines = renderDiagnostics([long], ascii).split("\n");
    const [text = "", caret = ""] = lines.slice(2, 4);
    expect(text.length).toBeLessThanOrEqual(80);
    expect(text.slice(caret.indexOf("^"), caret.lastIndexOf("^") + 1)).toBe("10");
  });

  it("progress: one line each", () => {
    const [action] = partialApply.done;
    const [failed] = partialApply.failed;
    if (action === undefined || failed === undefined) throw new Error("the builder has both");
    const lines = [
      renderProgress({ is: "started", action }, ascii),
      renderProgress({ is: "done", action }, ascii),
      renderProgress({ is: "failed", action: failed }, ascii),
      renderProgress({ is: "reading", what: "payment links", seen: 100, total: 240 }, ascii),
      renderProgress({ is: "read", what: "the account", calls: 1, tookMs: 2345 }, ascii),
      renderProgress({ is: "waiting", waitMs: 4200, because: "GStable asks to slow down" }, ascii),
    ];
    expect(lines).toEqual([
      "#6 ~ update product.premium-plan ...",
      "#6 ~ update product.premium-plan ... done",
      "#4 x close (disable) paymentLink.summer ... failed (unknown): No answer within 30s.",
      "reading payment links: 100 of 240",
      "read the account: 1 API call in 2.3 s",
      "waiting 5 s: GStable asks to slow down",
    ]);
  });

  it("JSON: two spaces, a final newline, invisible characters escaped", () => {
    expect(renderJson({ a: "\u202e\n##[x]", b: [1] })).toBe(
      '{\n  "a": "\\u202e\\n#\\u0023[x]",\n  "b": [\n    1\n  ]\n}\n',
    );
  });

  it("JSON carries related places in the detail", () => {
    expect(problems.map(toPlanDiagnostic)[1]).toEqual({
      code: "GS1103",
      severity: "warning",
      summary: "`premium` is defined twice",
      detail: "the first one: gstable.config.yaml:3:3",
      source: { file: "gstable.config.yaml", line: 30, column: 3 },
    });
  });
});
