import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { faultsTable, knobsTable } from "../../src/sandbox/index.js";

const page = readFileSync(new URL("../../docs/sandbox.md", import.meta.url), "utf8");

describe("docs/sandbox.md", () => {
  it("has the table of all knobs, as they are", () => {
    expect(page).toContain(knobsTable());
  });

  it("has the table of all faults, as they are", () => {
    expect(page).toContain(faultsTable());
  });
});
