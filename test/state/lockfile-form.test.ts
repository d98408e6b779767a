import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { emptyLockfile } from "../../src/state/lockfile.js";
import { hasFormOfLockfile } from "../../src/state/lockfile-form.js";
import { lockfileSchema } from "../../src/state/lockfile-schema.js";
import { encodeLockfile } from "../../src/state/lockfile-text.js";
import { canonicalJson } from "../../src/state/value.js";
import { anyLockfile } from "./arbitraries.js";

const odd = fc.constantFrom<unknown>(
  null,
  true,
  0,
  1.5,
  "",
  "text",
  [],
  ["a"],
  [1],
  {},
  { id: "a" },
  { a: null },
);
const anyKey = fc.constantFrom(
  "id",
  "open",
  "lifecycle",
  "values",
  "hosted",
  "kind",
  "__proto__",
  "stray",
  "origin",
);

/** A lockfile's data with something in it replaced, added or taken out, at any depth. */
const tampered = fc
  .record({
    lockfile: anyLockfile,
    deep: fc.nat({ max: 4 }),
    pick: fc.nat(),
    key: fc.option(anyKey, { freq: 3 }),
    value: fc.option(odd, { nil: undefined, freq: 5 }),
  })
  .map(({ lockfile, deep, pick, key, value }) => {
    const data: unknown = JSON.parse(encodeLockfile(lockfile));
    let at: unknown = data;
    for (let depth = 0; depth < deep; depth += 1) {
      const parts = Object.values(Object(at)).filter((part) => typeof part === "object" && part !== null);
      if (parts.length === 0) break;
      at = parts[(pick + depth) % parts.length];
    }
    const keys = Object.keys(Object(at));
    const name = key ?? keys[pick % Math.max(keys.length, 1)] ?? "stray";
    if (value === undefined) Reflect.deleteProperty(Object(at), name);
    else Object.defineProperty(at, name, { value, enumerable: true, configurable: true, writable: true });
    // As it would be read: no list of JSON has a hole.
    return JSON.parse(JSON.stringify(data)) as unknown;
  });

describe("the form of a lockfile", () => {
  it("lets through what was written, so that the schema is not needed", () => {
    fc.assert(
      fc.property(anyLockfile, (lockfile) => {
        expect(hasFormOfLockfile(JSON.parse(encodeLockfile(lockfile)))).toBe(true);
      }),
    );
    const owner = { project: "acme", environment: "live", origin: "https://api.gstable.example" };
    expect(hasFormOfLockfile(JSON.parse(encodeLockfile(emptyLockfile(owner))))).toBe(true);
  });

  it("lets nothing through that the schema refuses, or reads as something else", () => {
    let passed = 0;
    let stopped = 0;
    fc.assert(
      fc.property(tampered, (data) => {
        if (!hasFormOfLockfile(data)) {
          stopped += 1;
          return;
        }
        passed += 1;
        const parsed = lockfileSchema.safeParse(data);
        expect(parsed.error?.issues ?? []).toEqual([]);
        expect(canonicalJson(parsed.data)).toBe(canonicalJson(data));
      }),
      { numRuns: 2000 },
    );
    expect(passed, "enough is let through to tell").toBeGreaterThan(200);
    expect(stopped, "and enough is not").toBeGreaterThan(200);
  });

  it("leaves to the schema what an older lockfile may lack", () => {
    const data = JSON.parse(
      encodeLockfile({
        ...emptyLockfile({ project: "acme", environment: null, origin: "https://a" }),
      }),
    );
    const entry = { id: "prd_1", values: {}, open: true, lifecycle: { onRemove: "archive" } };
    const older = { ...data, entries: { "product.plan": entry } };
    expect(hasFormOfLockfile(older)).toBe(false);
    expect(lockfileSchema.parse(older).entries["product.plan"]?.lifecycle).toEqual({
      onRemove: "archive",
      protect: false,
      ignoreChanges: [],
    });
  });
});
