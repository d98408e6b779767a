import { z } from "zod";
import { kindNames } from "./address.js";
import { diagnosticSchema } from "./plan-document.js";

const kind = z.enum(kindNames);

/** What `import --json` prints; `formatVersion` 1 is only ever added to. */
export const importDocumentSchema = z.object({
  formatVersion: z.literal(1),
  command: z.literal("import"),
  exitCode: z.int(),
  project: z.string(),
  environment: z.string().nullable(),
  sandbox: z.boolean(),
  imported: z
    .array(
      z.object({
        address: z.string(),
        kind,
        id: z.string(),
        name: z.string().describe("What people call it."),
        open: z.boolean(),
        file: z.string().describe("The file that has the entry."),
        existing: z.boolean().describe("The entry was there already, and equal: only its id was recorded."),
      }),
    )
    .describe("Sorted by address."),
  accounts: z
    .array(z.object({ name: z.string(), id: z.string(), address: z.string().nullable() }))
    .describe("Receiving accounts that got a name, because an imported link is paid to them."),
  skipped: z.array(
    z.object({
      kind,
      id: z.string(),
      name: z.string(),
      address: z.string().nullable().describe("The entry that it would have been."),
      severity: z.enum(["error", "note"]).describe("A note is no failure: there is nothing to import."),
      code: z.string(),
      why: z.string(),
    }),
  ),
  files: z.array(z.string()).describe("Files of the configuration that were written, sorted."),
  apiCalls: z.int().describe("Requests that were made; all of them only read."),
  diagnostics: z.array(diagnosticSchema),
});

type Mutable = z.infer<typeof importDocumentSchema>;
export type ImportDocument = { readonly [K in keyof Mutable]: Readonly<Mutable[K]> };
export type SkippedObject = Readonly<Mutable["skipped"][number]>;
