import { describe, expect, it } from "vitest";
import { lockfile, openScene } from "./scene.js";
import { atTerminal, hasTerminal } from "./terminal.js";

const question = "taken for yes: ";

describe.skipIf(!hasTerminal)("apply at a terminal", { concurrent: true }, () => {
  it("shows the plan and asks, also under --quiet, and applies after yes", async () => {
    for (const args of [["apply"], ["apply", "--quiet"]]) {
      const scene = await openScene();
      const { screen, code } = await atTerminal(scene, args, [[question, "yes\n"]]);
      expect(screen).toContain("paymentLink.beans");
      expect(screen.indexOf("Plan:")).toBeLessThan(screen.indexOf(question));
      expect(code).toBe(0);
      expect(scene.writes()).toHaveLength(4);
    }
  });

  it.each(["no\n", "y\n", "\n", "\u0004"])("takes %j for no", async (answer) => {
    const scene = await openScene();
    const { screen, code } = await atTerminal(scene, ["apply"], [[question, answer]]);
    expect(code).toBe(4);
    expect(screen).toContain("GS4302");
    expect(scene.writes()).toEqual([]);
    expect(scene.has(`${lockfile}.lock`)).toBe(false);
  });

  it.each(["\u0003", "TERM"])("ends with 130 when it is interrupted at the question by %j", async (key) => {
    const scene = await openScene();
    const { code } = await atTerminal(scene, ["apply"], [[question, key]]);
    expect(code).toBe(130);
    expect(scene.writes()).toEqual([]);
    expect(scene.has(`${lockfile}.lock`)).toBe(false);
  });

  it("does not ask when nothing is to do, when a guard refuses, or for JSON", async () => {
    const scene = await openScene();
    const json = await atTerminal(scene, ["apply", "--json"], []);
    expect(json.code).toBe(4);
    await scene.apply();
    const nothing = await atTerminal(scene, ["apply"], []);
    expect(nothing.code).toBe(0);
    expect(nothing.screen).not.toContain(question);
  });
});

describe.skipIf(!hasTerminal)("a reading at a terminal", () => {
  it("has a live line that leaves nothing behind, and none under --quiet", async () => {
    const scene = await openScene(undefined, { latencyMs: 1300 });
    const { screen } = await atTerminal(scene, ["plan"], []);
    expect(screen).toContain("\u001b[2Kreading the account, requests: 0 of");
    const after = screen.slice(screen.lastIndexOf("reading the account"));
    const [live, end] = after.split("\r\u001b[2K");
    expect(live).toMatch(/^reading the account, requests: \d+ of \d+$/);
    expect(end).toMatch(/^read the account: \d+ API calls in/);
    expect((await atTerminal(scene, ["plan", "--quiet"], [])).screen).not.toContain("the account");
  });
});
