import { describe, expect, test } from "vitest";
import { appliedLinkOf } from "../../../src/engine/verify/applied-link.js";
import { emptyLockfile } from "../../../src/state/lockfile.js";
import { lockEntry } from "../builders.js";

const lockfile = emptyLockfile({ project: "acme", environment: null, origin: "https://api.gstable.example" });
const link = lockEntry("paymentLink", "lnk_1");

describe("what a page has to show", () => {
  test("is what was last applied", () => {
    expect(appliedLinkOf("paymentLink.a", link, lockfile)).toMatchObject({ linkName: "Premium", open: true });
  });

  test("is closed, of a retired link", () => {
    expect(appliedLinkOf("paymentLink.a", { ...link, retired: true }, lockfile).open).toBe(false);
  });

  test("is any name, where the dashboard may change it", () => {
    const lifecycle = { ...link.lifecycle, ignoreChanges: ["linkName"] };
    expect(appliedLinkOf("paymentLink.a", { ...link, lifecycle }, lockfile).linkName).toBeUndefined();
  });
});
