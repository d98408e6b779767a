import { describe, expect, it } from "vitest";
import { boundariesOf, dieAndResume } from "./crash.js";
import { faultCases, meetFault } from "./faults.js";
import { born } from "./stories.js";

// A few of what `npm run proof` goes through one by one.
describe.concurrent("an apply that is killed between two things that it does", () => {
  // How many there are depends on what Node does by itself.
  const boundaries = boundariesOf(born);
  it.each([0.3, 0.5, 0.7, 0.9])("after %f of them leaves nothing twice and nothing lost", async (share) => {
    const at = Math.floor((await boundaries).length * share);
    expect(await dieAndResume(born, at)).toEqual({ deaths: 1 });
  });
});

describe.concurrent("an apply that meets a fault once", () => {
  const some = faultCases.filter((_, index) => index % 40 === 20);
  it.each(some.map((one) => [`${one.fault.name} at ${one.call.name}`, one] as const))(
    "%s is honest, and the next ones finish",
    async (_title, one) => {
      await meetFault(one, { times: 1 });
    },
  );
});
