// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the configuration language has `${name}` itself
import { describe, expect, it } from "vitest";
import { configJsonSchema } from "../../src/config/index.js";
import { resourceKinds } from "../../src/resources/registry.js";

const schema = JSON.parse(JSON.stringify(await configJsonSchema()));

describe("schema.json", () => {
  it("is the schema of this version (npx vitest run test/config/json-schema -u writes it)", async () => {
    await expect(`${JSON.stringify(await configJsonSchema(), undefined, 2)}\n`).toMatchFileSnapshot(
      "../../schema.json",
    );
  });

  it("is draft 7 and closed", () => {
    expect(schema.$schema).toBe("http://json-schema.org/draft-07/schema#");
    expect(schema.additionalProperties).toBe(false);
    expect(schema.required).toEqual(["version", "project"]);
  });

  it.each(resourceKinds.map(({ definition }) => definition))(
    "has every field of a $label, described",
    (definition) => {
      const entry = schema.definitions[definition.kind];
      expect(Object.keys(entry.properties).sort()).toEqual(
        [...definition.fields.map((rule) => rule.name), definition.openClose.field, "lifecycle"].sort(),
      );
      for (const property of Object.values<{ description?: string }>(entry.properties)) {
        expect(property.description).toMatch(/\.$/);
      }
      expect(schema.properties[definition.configKey].additionalProperties.anyOf[0].$ref).toBe(
        `#/definitions/${definition.kind}`,
      );
    },
  );

  it("lets `defaults` supply what is required, variables supply any value, and null unset", () => {
    const { paymentLink } = schema.definitions;
    expect(paymentLink.required).toBeUndefined();
    expect(paymentLink.properties.enabled.anyOf).toEqual([
      { type: "boolean" },
      { type: "string", pattern: "\\$\\{[^{}]+\\}" },
      { type: "null" },
    ]);
    expect(paymentLink.properties.lineItems.items.required).toEqual(["product", "quantity"]);
    expect(paymentLink.properties.successUrl.type).toEqual(["string", "null"]);
    // An override may take a pin away.
    expect(schema.definitions.account.properties.address.type).toEqual(["string", "null"]);
  });
});

describe("the schemas and the definitions", () => {
  it("agree on which fields are required", async () => {
    for (const { definition, schema: load } of resourceKinds) {
      const empty = (await load()).safeParse({});
      const missing = (empty.error?.issues ?? []).map((issue) => String(issue.path[0])).sort();
      expect(missing).toEqual(
        definition.fields
          .filter((rule) => rule.required)
          .map((rule) => rule.name)
          .sort(),
      );
    }
  });
});
