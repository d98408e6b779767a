import { describe, expect, it } from "vitest";
import { dieAndResume } from "./crash.js";
import { faultCases, meetFault } from "./faults.js";
import { born } from "./stories.js";

// A few of what `npm run proof` goes through one by one.
describe.concurrent("an apply that is killed between two things that it does", () => {
  it.each([30, 48, 61, 84])("at boundary %i leaves nothing twice and nothing lost", async (at) => {
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
