import { z } from "zod";
import { ApiError } from "./codes.js";
import type { Knobs } from "./knobs.js";
import { readUrl } from "./read-url.js";

/** What `""` does to an optional field. */
type EmptyRule = Knobs["emptyInLinks"];

/** Schemas that depend on knobs, built once for each setting of them: building one costs more than using it. */
export function schemasFor<T>(build: (knobs: Knobs) => T): (knobs: Knobs) => T {
  const built = new WeakMap<Knobs, { readonly schemas: T }>();
  return (knobs) => {
    const known = built.get(knobs) ?? { schemas: build(knobs) };
    built.set(knobs, known);
    return known.schemas;
  };
}

/** The body as the endpoint wants it, or 400101 with the first thing that is wrong with it. */
export function parseBody<S extends z.ZodType>(schema: S, body: unknown): z.output<S> {
  const parsed = schema.safeParse(body);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw new ApiError(400101, `${issue?.path.join(".") || "body"}: ${issue?.message ?? "not as expected"}`);
}

/** A text that must be there; `max` is its documented limit, in the knob's unit. */
export function requiredText(knobs: Knobs, max?: number) {
  return limited(knobs, max).refine((text) => text !== "", { message: "must not be empty" });
}

/** A text that may be left out, with the rule for `""`; null counts as `""` where the knob lets it through. */
export function optionalText(knobs: Knobs, empty: EmptyRule, max?: number) {
  const text = limited(knobs, max).refine((value) => value !== "" || empty !== "refused", {
    message: "must not be empty",
  });
  return z.preprocess(nullAsEmpty(knobs, ""), text.optional());
}

/** A list that may be left out. */
export function optionalList<S extends z.ZodType>(knobs: Knobs, list: z.ZodArray<S>) {
  return z.preprocess(nullAsEmpty(knobs, []), list.optional());
}

/** A whole URL with one of these schemes; `""` is left to the rule for empty texts. */
export function isUrl(text: string, protocols: readonly string[]): boolean {
  return text === "" || protocols.includes(readUrl(text)?.protocol ?? "");
}

/** The value of an optional field after a full replacement. */
export function replaced<T extends string | readonly unknown[]>(
  sent: T | undefined,
  before: T | undefined,
  rules: { readonly knobs: Knobs; readonly empty: EmptyRule },
): T | undefined {
  if (sent === undefined) return rules.knobs.omittedOptional === "keep" ? before : undefined;
  if (sent.length > 0) return sent;
  return rules.empty === "keep" && sent === "" ? before : undefined;
}

function nullAsEmpty(knobs: Knobs, empty: unknown): (value: unknown) => unknown {
  return (value) => (value === null && knobs.nullInBody === "empty" ? empty : value);
}

function limited(knobs: Knobs, max: number | undefined) {
  const limit = max ?? (knobs.undocumentedTextLimit || Number.POSITIVE_INFINITY);
  return z
    .string()
    .transform((text) => tidied(text, knobs.texts))
    .refine((text) => lengthOf(text, knobs.textUnit) <= limit, {
      message: `must have at most ${limit} characters`,
    });
}

function tidied(text: string, how: Knobs["texts"]): string {
  switch (how) {
    case "kept":
      return text;
    case "trimmed":
      return text.trim();
    case "normalised":
      return text.trim().normalize("NFC");
    case "stripped":
      return text.replaceAll(/<[^>]*>/g, "");
  }
}

function lengthOf(text: string, unit: Knobs["textUnit"]): number {
  switch (unit) {
    case "codePoints":
      return [...text].length;
    case "utf16":
      return text.length;
    case "bytes":
      return Buffer.byteLength(text);
  }
}
