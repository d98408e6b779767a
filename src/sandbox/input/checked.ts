import { z } from "zod";
import { nearest } from "./nearest.js";

/** One thing that is wrong with what somebody wrote for the sandbox, and what to write instead. */
export interface InputIssue {
  readonly path: readonly (string | number)[];
  readonly message: string;
}

/** A seed, knob, fault or request of the side-door that is not as it should be; all that is wrong with it. */
export class InputError extends Error {
  constructor(readonly issues: readonly InputIssue[]) {
    super(issues.map(oneLine).join("; "));
    this.name = "InputError";
  }
}

/** The value as the schema wants it, or an InputError. */
export function checked<S extends z.ZodType>(schema: S, value: unknown, what = "key"): z.output<S> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const keys = keysIn(schema);
  throw new InputError(
    parsed.error.issues.flatMap((issue) =>
      explained(issue, { keys, what, value: valueAt(value, issue.path) }),
    ),
  );
}

function oneLine({ path, message }: InputIssue): string {
  const place = path.map((step) => (typeof step === "number" ? `[${step}]` : `.${step}`)).join("");
  return place === "" ? message : `${place.replace(/^\./, "")}: ${message}`;
}

interface Context {
  /** Every key that the schema knows, wherever. */
  readonly keys: ReadonlySet<string>;
  /** What a key is called here. */
  readonly what: string;
  readonly value: unknown;
}

function explained(issue: z.core.$ZodIssue, { keys, what, value }: Context): readonly InputIssue[] {
  const path = issue.path.filter((step) => typeof step !== "symbol");
  switch (issue.code) {
    case "unrecognized_keys":
      return issue.keys.map((key) => ({ path, message: unknown(what, key, keys) }));
    case "invalid_value":
      return [{ path, message: notOne(value, issue.values.map(String)) }];
    case "invalid_union":
      if ("options" in issue && Array.isArray(issue.options)) {
        return [{ path, message: notOne(value, issue.options.map(String)) }];
      }
      return [{ path, message: issue.message }];
    case "invalid_type":
      return [{ path, message: value === undefined ? "missing" : `must be ${article(issue.expected)}` }];
    default:
      return [{ path, message: issue.message }];
  }
}

function article(type: string): string {
  return /^[aeio]/.test(type) ? `an ${type}` : `a ${type}`;
}

function notOne(value: unknown, choices: readonly string[]): string {
  const listed = choices.map((choice) => `\`${choice}\``).join(", ");
  if (value === undefined) return `missing: one of ${listed}`;
  const meant = nearest(String(value), choices);
  return `\`${String(value)}\` is none of ${listed}${meant === undefined ? "" : `; did you mean \`${meant}\`?`}`;
}

/** What to say of a name that nobody knows. */
export function unknown(what: string, name: string, known: Iterable<string>): string {
  const meant = nearest(name, known);
  return `no ${what} \`${name}\`${meant === undefined ? "" : `; did you mean \`${meant}\`?`}`;
}

function keysIn(schema: z.ZodType): ReadonlySet<string> {
  const keys = new Set<string>();
  const visit = (node: unknown): void => {
    if (typeof node !== "object" || node === null) return;
    if ("properties" in node && typeof node.properties === "object" && node.properties !== null) {
      for (const key of Object.keys(node.properties)) keys.add(key);
    }
    for (const inner of Object.values(node)) visit(inner);
  };
  visit(z.toJSONSchema(schema, { io: "input", unrepresentable: "any" }));
  return keys;
}

function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  let at = value;
  for (const step of path) {
    if (typeof at !== "object" || at === null) return undefined;
    at = (at as Readonly<Record<PropertyKey, unknown>>)[step]; // any object can be asked
  }
  return at;
}
