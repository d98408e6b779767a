import { expect, it } from "vitest";
import { checkUrl } from "../../src/config/normalise/check-url.js";
import { readOrigin } from "../../src/engine/guards/origin.js";
import { readUrl } from "../../src/state/read-url.js";

const url = "https://b\u00fccher.example/danke";

it("reads a host in letters of its own as often as it is asked", () => {
  // Node 20 changes its mind after about eight thousand calls.
  for (let call = 0; call < 30_000; call += 1) {
    if (readUrl(url)?.hostname !== "xn--bcher-kva.example") throw new Error(`another answer to call ${call}`);
    if (readOrigin(url) === undefined || checkUrl(url) !== undefined)
      throw new Error(`no URL in call ${call}`);
  }
  expect(readUrl("no URL")).toBeUndefined();
});
