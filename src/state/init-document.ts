import { z } from "zod";
import { type ImportDocument, importDocumentSchema } from "./import-document.js";
import { diagnosticSchema } from "./plan-document.js";

/** What `init --json` prints; `formatVersion` 1 is only ever added to. */
export const initDocumentSchema = z.object({
  formatVersion: z.literal(1),
  command: z.literal("init"),
  exitCode: z.int(),
  files: z.array(
    z.object({
      file: z.string(),
      state: z
        .enum(["written", "extended", "kept"])
        .describe("New, with a line more, or left as it was: init overwrites nothing."),
      purpose: z.string(),
    }),
  ),
  import: importDocumentSchema.optional().describe("What was imported right after, where somebody said so."),
  diagnostics: z.array(diagnosticSchema),
});

type Mutable = z.infer<typeof initDocumentSchema>;
export type InitDocument = { readonly [K in Exclude<keyof Mutable, "import">]: Readonly<Mutable[K]> } & {
  readonly import?: ImportDocument;
};
export type InitFile = Readonly<Mutable["files"][number]>;
