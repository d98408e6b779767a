import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fileSchemas } from "../../src/config/file-schemas.js";
import { environmentKeys, includedKeys, overrideKeys, rootKeys } from "../../src/config/keys.js";
import { toPlain } from "../../src/config/parse/node.js";
import { parseYaml } from "../../src/config/parse/parse-yaml.js";
import { createSourceFile } from "../../src/config/parse/source-file.js";
import { createCollector } from "../../src/config/report.js";
import { type Form, fits, fitsSoFar, type MapForm, mapForm } from "../../src/config/shape/form.js";
import {
  accountShape,
  entryShape,
  importShape,
  moveShape,
  policyShape,
} from "../../src/config/shape/shapes.js";
import { resourceKinds } from "../../src/resources/registry.js";

const shapes = [
  ["account", accountShape],
  ["import", importShape],
  ["move", moveShape],
  ["policy", policyShape],
  ...resourceKinds.map((resource) => [resource.definition.kind, entryShape(resource)] as const),
] as const;

function readMap(text: string) {
  const map = parseYaml(createSourceFile("a.yaml", text), createCollector());
  if (map === undefined) throw new Error(`no map: ${text}`);
  return map;
}

const odd = fc.oneof(
  fc.constantFrom<unknown>(null, true, 0, 7, 1.5, "", "text", "fixed", "payer", [], {}, [null], ["a"], [1]),
  fc.array(fc.constantFrom<unknown>("a", 1, true, null, { name: "a", value: "b" }), { maxLength: 2 }),
);

/** What a form lets through, and now and then something else. */
function valueFor(form: Form): fc.Arbitrary<unknown> {
  const right = (): fc.Arbitrary<unknown> => {
    switch (form.is) {
      case "text":
        return fc.string();
      case "flag":
        return fc.boolean();
      case "number":
        return fc.oneof(fc.integer(), fc.double({ noNaN: true, noDefaultInfinity: true }));
      case "amount":
        return fc.oneof(fc.string(), fc.integer());
      case "choice":
        return fc.constantFrom(...form.choices);
      case "list":
        return fc.array(valueFor(form.of), { maxLength: 3 });
      case "map":
        return mapFor(form);
      default:
        return form satisfies never;
    }
  };
  return fc.oneof({ arbitrary: right(), weight: 20 }, { arbitrary: odd, weight: 1 });
}

function mapFor({ fields }: MapForm): fc.Arbitrary<Record<string, unknown>> {
  const known = Object.fromEntries(fields.map(({ name, form }) => [name, valueFor(form)]));
  const required = fields.filter(({ isRequired }) => isRequired).map(({ name }) => name);
  const usual = fc.record(known, { requiredKeys: required });
  return fc.oneof(
    { arbitrary: usual, weight: 8 },
    { arbitrary: fc.record({ ...known, stray: odd }, { requiredKeys: ["stray"] }), weight: 1 },
  );
}

describe("a form says without a schema that a map is right:", () => {
  it.each(shapes)(
    "what the form of a %s lets through the schema lets through",
    async (_, { form, schema }) => {
      const loaded = await schema();
      let passed = 0;
      let stopped = 0;
      fc.assert(
        fc.property(mapFor(form), (data) => {
          const map = readMap(JSON.stringify(data));
          const { error } = loaded.safeParse(toPlain(map));
          const isStray = error?.issues.some(({ code }) => code === "unrecognized_keys") === true;
          if (fitsSoFar(map, form)) expect(isStray).toBe(false);
          if (!fits(map, form)) {
            stopped += 1;
            return;
          }
          expect(error?.issues ?? []).toEqual([]);
          passed += 1;
        }),
        { numRuns: 400 },
      );
      expect(passed, "enough is let through to tell").toBeGreaterThan(40);
      expect(stopped, "and enough is not").toBeGreaterThan(40);
    },
  );

  it.each(shapes)("the form of a %s knows the keys of the schema", async (_, { form, schema }) => {
    expect(form.fields.map(({ name }) => name).sort()).toEqual(Object.keys((await schema()).shape).sort());
  });

  it("a number that is none, and one without end, are left to the schema", () => {
    const form = mapForm({ quantity: { is: "number" } }, {});
    expect(fits(readMap("quantity: 2"), form)).toBe(true);
    expect(fits(readMap("quantity: .nan"), form)).toBe(false);
    expect(fits(readMap("quantity: .inf"), form)).toBe(false);
  });
});

describe("the keys that the reader knows are those of schema.json:", () => {
  it("root file, included files, environments and overrides", async () => {
    const { root, included } = await fileSchemas();
    expect(rootKeys).toEqual(Object.keys(root.shape));
    expect(includedKeys).toEqual(Object.keys(included.shape));
    const environments = JSON.parse(JSON.stringify(root.toJSONSchema({ io: "input" }))).$defs.environment;
    expect(environmentKeys).toEqual(Object.keys(environments.properties));
    expect(overrideKeys).toEqual(Object.keys(environments.properties.overrides.properties));
  });
});
