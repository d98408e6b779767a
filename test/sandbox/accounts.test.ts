import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { createSandbox, type SandboxAccount } from "../../src/sandbox/index.js";

const pin = "0x1111111111111111111111111111111111111111";
const otherPin = "0x2222222222222222222222222222222222222222";
const main = "acc_sandbox_main";

/** The address that an account has after the sandbox was opened, again and again, with these accounts. */
async function addressAfter(...openings: (SandboxAccount | undefined)[]): Promise<string | undefined> {
  const directory = mkdtempSync(join(tmpdir(), "gstable-accounts-"));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  const stateFile = join(directory, "sandbox.json");
  let address: string | undefined;
  for (const account of openings) {
    const sandbox = createSandbox({ stateFile, accounts: account === undefined ? [] : [account] });
    address = sandbox.snapshot().accounts.find(({ accountId }) => accountId === main)?.accountAddress;
    await sandbox.close();
  }
  return address;
}

describe("an account that the configuration names", () => {
  it("has the pinned address, the sandbox's own account too", async () => {
    expect(await addressAfter({ accountId: main, accountAddress: pin })).toBe(pin);
    expect(await addressAfter(undefined, { accountId: main, accountAddress: pin })).toBe(pin);
  });

  it("follows the pin when it is edited, and keeps it when the sandbox is opened without one", async () => {
    const pinned = { accountId: main, accountAddress: pin };
    expect(await addressAfter(pinned, { accountId: main, accountAddress: otherPin })).toBe(otherPin);
    expect(await addressAfter(pinned, undefined)).toBe(pin);
  });

  it("keeps an address that was changed in the dashboard", () => {
    const sandbox = createSandbox({ accounts: [{ accountId: "acc_01", accountAddress: pin }] });
    sandbox.dashboard.changeAccountAddress({ accountId: "acc_01", accountAddress: otherPin });
    sandbox.ensureAccount({ accountId: "acc_01", accountAddress: pin });
    const account = sandbox.snapshot().accounts.find(({ accountId }) => accountId === "acc_01");
    expect(account?.accountAddress).toBe(otherPin);
  });
});
