import { readdirSync, readFileSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import ts from "typescript";
import { describe, expect, it } from "vitest";

const root = resolve(import.meta.dirname, "../..");

/** Rooms that give the same answer to the same question, whenever and wherever they are asked. */
const pureRooms = ["diagnostics", "state", "engine", "resources", "config", "render"];

/** Names through which the world gets in or out. Only as globals: a parameter may be called `process`. */
const worldly = new Set([
  ...["Date", "process", "console", "fetch", "performance", "globalThis", "navigator", "crypto"],
  ...["setTimeout", "setInterval", "setImmediate", "queueMicrotask", "require", "eval", "Function"],
]);

function sourceFiles(directory: string): string[] {
  return readdirSync(directory, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".ts"))
    .map((name) => join(directory, name));
}

/** `name` of each use of the world in a text: `Date`, `Math.random`, `process` … */
function usesOfTheWorld(text: string): string[] {
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isTypeNode(node)) return;
    if (ts.isIdentifier(node) && worldly.has(node.text) && isReference(node)) found.push(node.text);
    if (ts.isPropertyAccessExpression(node) && node.getText() === "Math.random") found.push("Math.random");
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile("text.ts", text, ts.ScriptTarget.Latest, true));
  return found;
}

/** Not a property, a key or a declaration of that name. */
function isReference(node: ts.Identifier): boolean {
  const { parent } = node;
  if (ts.isPropertyAccessExpression(parent)) return parent.expression === node;
  if (ts.isPropertyAssignment(parent)) return parent.initializer === node;
  return !(
    ts.isPropertySignature(parent) ||
    ts.isMethodSignature(parent) ||
    ts.isMethodDeclaration(parent) ||
    ts.isBindingElement(parent) ||
    ts.isParameter(parent)
  );
}

describe.each(pureRooms)("src/%s", (room) => {
  const files = sourceFiles(join(root, "src", room));

  it("knows no clock, no chance, no console, no process and no network", () => {
    const uses = files.flatMap((file) =>
      usesOfTheWorld(readFileSync(file, "utf8")).map((name) => `${relative(root, file)}: ${name}`),
    );
    expect(uses).toEqual([]);
  });
});

describe("the scan", () => {
  it.each([
    ["const now = Date.now();", "Date"],
    ["const at = new Date();", "Date"],
    ["const roll = Math.random();", "Math.random"],
    ["if (process.env.CI) {}", "process"],
    ['console.log("hi");', "console"],
    ['await fetch("https://acme.example");', "fetch"],
    ["await globalThis.fetch(url);", "globalThis"],
    ["setTimeout(go, 10);", "setTimeout"],
    ["const t = { now: Date.now };", "Date"],
  ])("sees `%s`", (text, name) => {
    expect(usesOfTheWorld(text)).toContain(name);
  });

  it.each([
    "step.process(call);",
    "const shape = { fetch: 1 };",
    "// Date.now() is forbidden",
    "type T = typeof fetch;",
  ])("is not taken in by `%s`", (text) => {
    expect(usesOfTheWorld(text)).toEqual([]);
  });
});

describe("src", () => {
  it("asks no URL whether it can be parsed: after some thousand questions Node 20 says no to names that are not ASCII", () => {
    const asking = sourceFiles(join(root, "src")).filter((file) =>
      /\bURL\.canParse\(/.test(readFileSync(file, "utf8")),
    );
    expect(asking.map((file) => relative(root, file))).toEqual([]);
  });
});
