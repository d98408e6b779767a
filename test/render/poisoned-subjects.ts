import type { Subject } from "../../src/render/index.js";
import { diagnostic, fullPlan, partialApply } from "./builders.js";
import { poison } from "./strangers.js";

const source = { file: "f", line: 3, column: 7, endColumn: 12, lineText: "some text" };

/** Everything that can be shown, with strangers' texts wherever one can stand. */
export function poisonedSubjects({
  sandbox,
}: {
  sandbox: boolean;
}): readonly (readonly [name: string, make: (texts: readonly string[]) => Subject])[] {
  return [
    ["plan", (texts) => ({ is: "plan", document: poison(fullPlan, texts), planFile: texts[0] ?? "" })],
    ["apply", (texts) => ({ is: "apply", document: poison(partialApply, texts) })],
    [
      "refused apply",
      (texts) => ({
        is: "apply",
        document: { ...poison(partialApply, texts), done: [], failed: [], exitCode: 4 },
      }),
    ],
    ["drift", (texts) => ({ is: "drift", document: poison(fullPlan, texts), unmanagedCounts: true })],
    [
      "problems",
      (texts) => ({
        ...{ is: "problems", command: "plan", exitCode: 3, sandbox },
        diagnostics: [poison(diagnostic({ detail: "d", remedy: "r", source }), texts)],
        project: texts[0] ?? null,
        environment: texts[1] ?? null,
      }),
    ],
  ];
}
