import { resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { type CodeEntry, diagnosticCodes } from "../../src/diagnostics/index.js";

const path = resolve(import.meta.dirname, "../../docs/diagnostics.md");

const families: readonly (readonly [prefix: string, title: string])[] = [
  ["GS10", "Files and syntax"],
  ["GS11", "Structure and keys"],
  ["GS12", "Values"],
  ["GS13", "References"],
  ["GS14", "Limits of the API"],
  ["GS15", "Consistency"],
  ["GS16", "Environments, variables, includes"],
  ["GS17", "Policy"],
  ["GS2", "Plan and live account"],
  ["GS3", "Lockfile"],
  ["GS4", "Guards and approval"],
  ["GS5", "Apply"],
  ["GS6", "Key, network and API"],
  ["GS7", "Usage and files"],
  ["GS9", "Our own bugs"],
];

const head = `# Diagnostics

Every message has a code that keeps its meaning: look it up here, search for it, or branch on it in \`--json\`.
A message in a run adds the place, your own names, and what to write instead.

This page is written by \`npm run generate\` from \`src/diagnostics/codes/\`.
`;

function familyOf(code: string): string | undefined {
  return families.find(([prefix]) => code.startsWith(prefix))?.[1];
}

function renderReference(): string {
  const codes: readonly (readonly [string, CodeEntry])[] = Object.entries(diagnosticCodes).sort(([a], [b]) =>
    a < b ? -1 : 1,
  );
  const sections = families.flatMap(([, title]) => {
    const own = codes.filter(([code]) => familyOf(code) === title);
    if (own.length === 0) return [];
    return [`## ${title}\n\n${own.map(([code, entry]) => renderEntry(code, entry)).join("\n")}`];
  });
  return [head, ...sections].join("\n");
}

function renderEntry(code: string, { title, meaning, remedy }: CodeEntry): string {
  return `### ${code}\n\n**${escapeMarkdown(title)}.** ${escapeMarkdown(meaning)}\n\n${escapeMarkdown(remedy)}\n`;
}

/** Outside of code, Markdown reads `<` and `*` as its own. */
function escapeMarkdown(text: string): string {
  return text
    .split(/(`[^`]*`)/)
    .map((part, index) => (index % 2 === 1 ? part : part.replaceAll(/[<>*_]/g, "\\$&")))
    .join("");
}

describe("docs/diagnostics.md", () => {
  it("says of every code what the program says; `npm run generate` writes it", async () => {
    await expect(renderReference()).toMatchFileSnapshot(path);
  });

  it("leaves no code out", () => {
    expect(Object.keys(diagnosticCodes).filter((code) => familyOf(code) === undefined)).toEqual([]);
  });

  it.each(Object.entries(diagnosticCodes))("%s says what is wrong, why, and what to do", (_code, entry) => {
    expect(entry.title).toMatch(/^\S.*[^.]$/);
    expect(entry.meaning).toMatch(/\.$/);
    expect(entry.remedy).toMatch(/\S/);
  });
});
