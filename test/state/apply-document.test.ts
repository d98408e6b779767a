import { Ajv } from "ajv";
import { describe, expect, it } from "vitest";
import { applyJsonSchema } from "../../src/commands/schema.js";
import { change, plan } from "../render/builders.js";

const satisfies = new Ajv().compile(applyJsonSchema());
const head = { formatVersion: 1, command: "apply", exitCode: 1 };
const diagnostic = { code: "GS6001", severity: "error", summary: "There is no API key", detail: "" };
const action = { number: 1, address: "product.beans", action: "create", id: null };
const whole = {
  ...head,
  hash: "sha256-1",
  plan: plan({ changes: [change({})] }),
  done: [],
  failed: [{ ...action, error: { code: -1, message: "no answer", outcome: "unknown" } }],
  notAttempted: [{ ...action, because: "the run was interrupted" }],
  summary: { done: 0, failed: 1, notAttempted: 1, apiCalls: 4, writes: 1 },
  diagnostics: [],
};

/** That what the command prints satisfies it is checked wherever a test runs it: test/cli/run.ts. */
describe("the JSON Schema of an apply", () => {
  it.each([
    ["a run", whole],
    ["a run with something that a later version adds", { ...whole, later: true }],
    ["an end before there was a plan", { ...head, diagnostics: [diagnostic] }],
  ])("takes %s", (_, document) => {
    expect(satisfies(document), JSON.stringify(satisfies.errors)).toBe(true);
  });

  const { done: _, ...withoutDone } = whole;
  it.each([
    ["half a run", withoutDone],
    ["a failure without an outcome", { ...whole, failed: [{ ...action, error: { code: 1, message: "" } }] }],
    ["an action that there is not", { ...whole, done: [{ ...action, action: "replace" }] }],
    ["an early end without a reason", { ...head, diagnostics: [] }],
    ["another command's document", { ...head, command: "plan", diagnostics: [diagnostic] }],
  ])("does not take %s", (_, document) => {
    expect(satisfies(document)).toBe(false);
  });
});
