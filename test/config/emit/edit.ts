import { type ConfigEdit, editConfig } from "../../../src/config/emit/index.js";
import type { Address } from "../../../src/state/address.js";
import type { FieldValue } from "../../../src/state/value.js";
import { memoryFiles, ROOT } from "../memory-files.js";

export interface EditOptions {
  readonly files?: Readonly<Record<string, string>>;
  readonly environment?: string;
  readonly variables?: Readonly<Record<string, string>>;
  readonly path?: string;
}

/** `product.plan.name` with its new value as an edit. */
export function edit(place: string, value: FieldValue): ConfigEdit {
  const at = place.lastIndexOf(".");
  return { address: place.slice(0, at) as Address, field: place.slice(at + 1), value };
}

/** Edits a configuration that must be valid. */
export async function editText(text: string, edits: readonly ConfigEdit[], options: EditOptions = {}) {
  const { files = {}, path = ROOT, environment, variables = {} } = options;
  const result = await editConfig({
    path,
    files: memoryFiles({ [path]: text, ...files }),
    variables,
    edits,
    ...(environment !== undefined && { environment }),
  });
  if (!result.ok) throw new Error(`not valid: ${JSON.stringify(result.diagnostics, undefined, 1)}`);
  const { refused, made } = result.value;
  const texts = Object.fromEntries([...result.value.files].map(([file, { after }]) => [file, after]));
  return { text: texts[path] ?? text, texts, made, refused };
}
