import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { renderAnnotations, renderOutputs } from "../../src/render/forms.js";
import type { Subject } from "../../src/render/index.js";
import { change, diagnostic, field, fullPlan, guard, partialApply, plan } from "./builders.js";
import { hostile, markup, poison } from "./strangers.js";

const locate = (file: string) => (file.startsWith("<") ? undefined : `shop/${file}`);
const annotate = (subject: Subject) => renderAnnotations(subject, { locate }).split("\n").slice(0, -1);
const source = (line: number) => ({ file: "gstable.config.yaml", line, column: 7, endColumn: 12 });
const problems = (diagnostics: readonly ReturnType<typeof diagnostic>[]): Subject => ({
  ...{ is: "problems", command: "validate", exitCode: 3, sandbox: false, project: null, environment: null },
  diagnostics,
});

/** As GitHub's runner reads a line of a log. */
function readCommand(line: string) {
  const [, level = "", properties = "", message = ""] = /^::(\w+) (.*?)::(.*)$/s.exec(line) ?? [];
  const decode = (text: string) =>
    text
      .replace(/%3A/g, ":")
      .replace(/%2C/g, ",")
      .replace(/%0D/g, "\r")
      .replace(/%0A/g, "\n")
      .replace(/%25/g, "%");
  const pairs = properties.split(",").map((pair) => {
    const at = pair.indexOf("=");
    return [pair.slice(0, at), decode(pair.slice(at + 1))] as const;
  });
  return { level, message: decode(message), ...Object.fromEntries(pairs) } as Record<string, string>;
}

describe("annotations", () => {
  it("stand at the lines of the configuration, worst first", () => {
    const read = annotate({ is: "plan", document: fullPlan }).map(readCommand);
    expect(read.map(({ level, file, line }) => `${level} ${file}:${line}`)).toEqual([
      "error shop/catalog/links.yaml:44",
      "error shop/gstable.config.yaml:33",
      "warning shop/gstable.config.yaml:14",
      "warning shop/catalog/links.yaml:44",
      "warning shop/gstable.config.yaml:33",
      "notice shop/gstable.config.yaml:52",
      "notice undefined:undefined",
      "notice shop/gstable.config.yaml:73",
      "notice shop/gstable.config.yaml:16",
    ]);
    expect(read[0]?.title).toBe("Guard routing: #1 paymentLink.donate");
    expect(read[0]?.message).toContain("--allow routing:paymentLink.donate");
    expect(read[4]?.message).toContain("lineItems[0].unitPrice: $9.99 → $99.90");
  });

  it("of a rehearsal say SANDBOX, also where there is nothing else to say", () => {
    const target = { ...fullPlan.target, sandbox: true };
    const crowd = Array.from({ length: 30 }, (_, index) => change({ number: index + 1 }));
    for (const document of [plan({ target }), plan({ target, changes: crowd }), { ...fullPlan, target }]) {
      const subjects: readonly Subject[] = [
        { is: "plan", document },
        { is: "drift", document, unmanagedCounts: false },
        { is: "apply", document: { ...partialApply, plan: document } },
      ];
      for (const subject of subjects) {
        const marks = annotate(subject).filter((line) => /^::notice title=SANDBOX::/.test(line));
        expect(marks, subject.is).toHaveLength(1);
      }
    }
    expect(annotate({ ...problems([]), sandbox: true } as Subject)).toHaveLength(1);
    expect(annotate({ is: "plan", document: fullPlan }).join()).not.toContain("SANDBOX");
  });

  it("of a configuration that is wrong mark what is wrong", () => {
    const [line = ""] = annotate(
      problems([diagnostic({ source: source(12), detail: "Why.", remedy: "Write:\n  $10" })]),
    );
    expect(line).toBe(
      "::error file=shop/gstable.config.yaml,line=12,col=7,endColumn=12,title=GS1203 `10` is not money::`10` is not money%0AWhy.%0AWrite:%0A  $10",
    );
  });

  it("have no place where the configuration came from standard input", () => {
    const [line = ""] = annotate(problems([diagnostic({ source: { ...source(1), file: "<stdin>" } })]));
    expect(line).toMatch(/^::error title=/);
  });

  it("are at most ten of a level, and the last one says how many more", () => {
    const many = (severity: "error" | "warning" | "note", count: number) =>
      Array.from({ length: count }, (_, index) => diagnostic({ severity, source: source(index + 1) }));
    const lines = annotate(problems([...many("error", 25), ...many("warning", 10), ...many("note", 11)]));
    const levels = lines.map((line) => readCommand(line).level);
    expect(levels).toEqual([
      ..."error ".repeat(10).trim().split(" "),
      ..."warning ".repeat(10).trim().split(" "),
      ..."notice ".repeat(10).trim().split(" "),
    ]);
    expect(lines[9]).toContain("+15 more");
    expect(lines.slice(10, 20).join("")).not.toContain("more");
    expect(lines[29]).toContain("+1 more");
  });

  it("tell what failed, what drifted and what refused", () => {
    expect(annotate({ is: "apply", document: partialApply })[0]).toMatch(
      /^::error .*title=#4 close \(disable\) paymentLink\.summer%3A unknown/,
    );
    expect(annotate({ is: "drift", document: fullPlan, unmanagedCounts: false })[0]).toMatch(
      /^::warning .*changed outside/,
    );
    const refused = { ...partialApply, exitCode: 4, done: [], failed: [] };
    expect(annotate({ is: "apply", document: refused })[0]).toMatch(/^::error .*title=Guard/);
  });

  it("are each one line and one command, whatever strangers write", () => {
    const check = (texts: readonly string[]) => {
      const one = poison(diagnostic({ detail: "d", remedy: "r", source: source(1) }), texts);
      const subjects: readonly Subject[] = [
        { is: "plan", document: poison(fullPlan, texts) },
        { is: "apply", document: poison(partialApply, texts) },
        { is: "drift", document: poison(fullPlan, texts), unmanagedCounts: true },
        problems([one]),
      ];
      const lines = subjects.map(annotate);
      for (const some of lines) expect(some).not.toEqual([]);
      for (const line of lines.flat()) {
        expect(line).toMatch(
          /^::(error|warning|notice) (?:(?:file|line|col|endColumn|title)=[^:,\r\n]*,?)+::[^\r\n]*$/,
        );
        expect(line).not.toMatch(/\p{Cc}|##\[/u);
      }
    };
    for (const text of [...markup, "a,file=/etc/passwd::b", "%0A::error::x"]) check([text]);
    fc.assert(fc.property(fc.array(hostile, { minLength: 1, maxLength: 12 }), check), { numRuns: 60 });
  });
});

describe("outputs of a step", () => {
  /** As GitHub's runner reads the file. */
  const read = (text: string) => {
    const found: Record<string, string> = {};
    const lines = text.split("\n");
    for (let index = 0; index < lines.length - 1; index += 1) {
      const [, name = "", delimiter] = /^([\w-]+)<<(.+)$/.exec(lines[index] ?? "") ?? [];
      const end = lines.indexOf(delimiter ?? "", index + 1);
      found[name] = lines.slice(index + 1, end).join("\n");
      index = end;
    }
    return found;
  };
  const facts = { exitCode: 2, delimiter: "d1" };

  it("of a plan say what a workflow decides by", () => {
    const document = plan({
      changes: [change({}), change({ number: 2, address: "product.b" })],
      guards: [guard({})],
    });
    expect(read(renderOutputs({ is: "plan", document }, { ...facts, commentFile: "c.md" }))).toEqual({
      "exit-code": "2",
      hash: "sha256-5f0c91aa",
      "has-changes": "true",
      changes: "2",
      "tripped-guards": "1",
      summary: "2 changes: 2 cosmetic; 41 unchanged; 0 unmanaged; 1 guard to approve",
      "comment-file": "c.md",
    });
  });

  it("of an apply, a drift and a failure as well", () => {
    expect(read(renderOutputs({ is: "apply", document: partialApply }, facts))).toMatchObject({
      "has-changes": "true",
      failed: "1",
      summary: "2 done, 1 failed, 1 not attempted",
    });
    expect(
      read(renderOutputs({ is: "drift", document: fullPlan, unmanagedCounts: false }, facts)),
    ).toMatchObject({
      "has-changes": "true",
      changes: "2",
    });
    expect(read(renderOutputs(problems([diagnostic({})]), facts))).toEqual({
      "exit-code": "2",
      summary: "1 error",
    });
  });

  it("cannot be set by a stranger", () => {
    const texts = ["x\nd1\nhash<<E\nforged\nE", "x\nsummary=forged"];
    const poisoned = poison(fullPlan, texts);
    const found = read(renderOutputs({ is: "plan", document: { ...poisoned, hash: "h" } }, facts));
    expect(Object.keys(found).sort()).toEqual([
      "changes",
      "exit-code",
      "has-changes",
      "hash",
      "summary",
      "tripped-guards",
    ]);
    expect(found.hash).toBe("h");
  });

  it("carry no field's text", () => {
    const document = plan({
      changes: [change({ name: "Secret name", fields: [field({ after: "Secret name" })] })],
    });
    expect(renderOutputs({ is: "plan", document }, facts)).not.toContain("Secret name");
  });
});
