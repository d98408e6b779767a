import { describe, expect, it } from "vitest";
import type { ApiPort } from "../../src/api/index.js";
import { runReader } from "../../src/commands/run-reader.js";
import { fetchAll, together } from "../../src/engine/reader.js";
import type { Call } from "../../src/state/call.js";

const call = (name: string): Call => ({ method: "product.list", args: [name] });

describe("driving a reader", () => {
  it("gives each call its outcome in order, and repeats none that is to be tried once", async () => {
    const asked: unknown[] = [];
    const api: Pick<ApiPort, "run"> = {
      run: async ({ args: [name] }, { retry = true } = {}) => {
        asked.push([name, retry ? "as often as it takes" : "once"]);
        return { kind: "done", data: name };
      },
    };
    const [a, b, c] = [call("a"), call("b"), call("c")];
    const reader = together([fetchAll([a, b], [b]), fetchAll([c])]);
    const outcomes = await runReader(reader, api as ApiPort);
    expect(outcomes).toEqual([
      [
        { kind: "done", data: "a" },
        { kind: "done", data: "b" },
      ],
      [{ kind: "done", data: "c" }],
    ]);
    expect(asked).toEqual([
      ["a", "as often as it takes"],
      ["b", "once"],
      ["c", "as often as it takes"],
    ]);
  });
});
