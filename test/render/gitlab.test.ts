import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { renderCodeQuality, renderTerraformReport } from "../../src/render/forms.js";
import type { Subject } from "../../src/render/index.js";
import type { ChangeAction } from "../../src/state/action.js";
import { change, diagnostic, fullPlan, partialApply, plan } from "./builders.js";
import { hostile, poison } from "./strangers.js";

const facts = {
  locate: (file: string) => file,
  fallback: "gstable.config.yaml",
  fingerprint: (text: string) => text,
};
const quality = (subject: Subject) => JSON.parse(renderCodeQuality(subject, facts));

describe("GitLab's terraform report", () => {
  it.each([
    [["create"], { create: 1, update: 0, delete: 0 }],
    [["create", "disable"], { create: 1, update: 0, delete: 0 }],
    [["update"], { create: 0, update: 1, delete: 0 }],
    [["update", "enable"], { create: 0, update: 1, delete: 0 }],
    [["unarchive"], { create: 0, update: 1, delete: 0 }],
    [["update", "disable"], { create: 0, update: 0, delete: 1 }],
    [["archive", "remove"], { create: 0, update: 0, delete: 1 }],
    [["adopt"], { create: 0, update: 0, delete: 0 }],
    [["move", "record"], { create: 0, update: 0, delete: 0 }],
    [["forget"], { create: 0, update: 0, delete: 0 }],
  ] as [ChangeAction[], object][])("counts %j once", (actions, counts) => {
    const document = plan({ changes: [change({ actions })] });
    expect(renderTerraformReport({ is: "plan", document })).toBe(`${JSON.stringify(counts)}\n`);
  });

  it("of an apply counts the plan", () => {
    expect(JSON.parse(renderTerraformReport({ is: "apply", document: partialApply }))).toEqual({
      create: 1,
      update: 4,
      delete: 1,
    });
  });
});

describe("GitLab's code quality report", () => {
  it("has guards, diagnostics and drift, and no ordinary change", () => {
    expect(quality({ is: "plan", document: fullPlan })).toMatchObject([
      {
        check_name: "gstable-sync/routing",
        severity: "blocker",
        location: { path: "catalog/links.yaml", lines: { begin: 44 } },
      },
      { check_name: "gstable-sync/price", severity: "blocker" },
      { check_name: "gstable-sync/GS2104", severity: "major" },
    ]);
  });

  it("puts what has no line at the first one", () => {
    const subject: Subject = {
      ...{ is: "problems", command: "plan", exitCode: 1, sandbox: false, project: null, environment: null },
      diagnostics: [diagnostic({})],
    };
    expect(quality(subject)).toMatchObject([
      { severity: "critical", location: { path: "gstable.config.yaml", lines: { begin: 1 } } },
    ]);
  });

  it("knows a finding again that only moved, and tells two alike apart", () => {
    const at = (line: number) => diagnostic({ source: { file: "f", line, column: 1 } });
    const of = (...diagnostics: ReturnType<typeof at>[]) =>
      quality({
        ...{ is: "problems", command: "plan", exitCode: 3, sandbox: false, project: null, environment: null },
        diagnostics,
      }).map(({ fingerprint }: { fingerprint: string }) => fingerprint);
    expect(of(at(3))).toEqual(of(at(300)));
    expect(new Set(of(at(3), at(4))).size).toBe(2);
  });

  it("is JSON of the five fields, whatever strangers write", () => {
    fc.assert(
      fc.property(fc.array(hostile, { minLength: 1, maxLength: 8 }), (texts) => {
        const found = quality({ is: "plan", document: poison(fullPlan, texts) });
        expect(found).not.toEqual([]);
        for (const one of found) {
          expect(Object.keys(one).sort()).toEqual([
            "check_name",
            "description",
            "fingerprint",
            "location",
            "severity",
          ]);
          expect(one.description).not.toMatch(/[\p{Cc}\u202e\u200b]/u);
        }
      }),
      { numRuns: 30 },
    );
  });
});
