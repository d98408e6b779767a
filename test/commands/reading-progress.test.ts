import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { type ReadingProgress, showReading } from "../../src/commands/reading-progress.js";

const look = { colour: false, unicode: true, width: 80 };

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

/** Three requests side by side, each answered later than the one before. */
function read(progress: ReadingProgress, everyMs: number): void {
  progress.asked(3);
  for (let answer = 0; answer < 3; answer += 1) {
    vi.advanceTimersByTime(everyMs);
    progress.answered();
  }
  progress.end();
}

describe("a reading", () => {
  it("that takes less than a second says nothing", () => {
    const said: (string | undefined)[] = [];
    const say = (line: string | undefined) => said.push(line);
    read(showReading({ progress: say, status: say, look }), 300);
    expect(said).toEqual([]);
  });

  it("in a log says how far it is now and then, and at the end how many calls it took", () => {
    const said: string[] = [];
    read(showReading({ progress: (line) => said.push(line), look }), 4000);
    expect(said).toEqual([
      "reading the account, requests: 0 of 3",
      "reading the account, requests: 1 of 3",
      "reading the account, requests: 2 of 3",
      "read the account: 3 API calls in 12.0 s",
    ]);
    vi.advanceTimersByTime(60_000);
    expect(said).toHaveLength(4);
  });

  it("at a terminal has one line, which is gone before the last word", () => {
    const said: string[] = [];
    const progress = (line: string) => said.push(`line ${line}`);
    const status = (line: string | undefined) => said.push(`live ${line}`);
    read(showReading({ progress, status, look }), 600);
    expect(said.at(0)).toBe("live reading the account, requests: 1 of 3");
    expect(said).toContain("live reading the account, requests: 2 of 3");
    expect(said.slice(-2)).toEqual(["live undefined", "line read the account: 3 API calls in 1.8 s"]);
  });
});
