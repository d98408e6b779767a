import { z } from "zod";
import { lifecycleSchema, moneySchema } from "../entry-schema.js";
import { productDefinition } from "./definition.js";
import { productListLimits, productTextLimits } from "./limits.js";

const attributeSchema = z.strictObject({
  name: z.string().meta({ description: "What it is.", examples: ["Duration"] }),
  value: z
    .string()
    .meta({ description: "The value as text; numbers in quotes.", examples: ["1 Month", "12"] }),
});

/** A product as written in the configuration. */
export const productSchema = z
  .strictObject({
    name: z.string().meta({
      description: "What payers read, at most 100 characters.",
      examples: ["Premium Plan"],
      maxLength: productTextLimits.name,
    }),
    description: z
      .string()
      .optional()
      .meta({
        description: "More for payers to read, at most 1000 characters.",
        examples: ["Everything, every month"],
        maxLength: productTextLimits.description,
      }),
    imageUrl: z
      .string()
      .optional()
      .meta({
        description: "An https picture, at most 500 characters; GStable downloads it and hosts its own copy.",
        examples: ["https://acme.example/premium.png"],
        maxLength: productTextLimits.imageUrl,
      }),
    commonPrices: z.array(moneySchema("A price.")).meta({
      description:
        "One to five prices that the dashboard offers when somebody builds a link. They charge nobody: the price of a link is its `unitPrice`.",
      examples: [["$9.99", "$99"]],
      minItems: 1,
      maxItems: productListLimits.commonPrices,
    }),
    attributes: z
      .array(attributeSchema)
      .optional()
      .meta({
        description: "At most ten facts for payers, in the order of the page.",
        examples: [[{ name: "Duration", value: "1 Month" }]],
        maxItems: productListLimits.attributes,
      }),
    archived: z
      .boolean()
      .optional()
      .meta({ description: "An archived product cannot be sold.", default: false }),
    lifecycle: lifecycleSchema(productDefinition.retirements),
  })
  .meta({ id: "product", description: "What is sold." });
