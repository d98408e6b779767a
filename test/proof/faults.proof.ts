import { describe, expect, it, vi } from "vitest";
import { type FaultCase, faultCases, meetFault } from "./faults.js";

// Retries of reads wait at random: here they don't.
vi.spyOn(Math, "random").mockReturnValue(0);

const title = ({ call, fault, nth }: FaultCase) =>
  `${call.name}${nth === 1 ? "" : ` (number ${nth})`}: ${fault.name}`;

describe.concurrent("a fault that strikes once, at", () => {
  it.each(faultCases.map((one) => [title(one), one] as const))("%s", async (_title, one) => {
    await meetFault(one, { times: 1 });
  });
});

describe.concurrent("a fault that stays for the whole run, at", () => {
  const first = faultCases.filter(({ nth }) => nth === 1);
  it.each(first.map((one) => [title(one), one] as const))("%s", async (_title, one) => {
    await meetFault(one, { times: 0 });
  });
});

describe("the cases", () => {
  it("have every kind of fault at every call that an apply makes", () => {
    expect(faultCases.length).toBeGreaterThan(150);
  });
});
