import { nameOf } from "../../state/address.js";
import { findTarget, type Texts } from "./locate.js";
import { applyPatch, FilePatch } from "./patch.js";
import { type ConfigEdit, definitionOf, typeOf } from "./plan-edits.js";
import { renderInline } from "./render-written.js";
import { renderKey } from "./scalar.js";
import { unset, writeValue } from "./written.js";

/** What somebody would write by hand instead of us: the file, and one line from its root on. */
export interface Snippet {
  readonly file: string;
  readonly line: string;
}

/** The line that an edit amounts to, to be merged into a file by hand. One line: it survives every output. */
export function renderSnippet(
  { address, field, value }: ConfigEdit,
  { texts, environment }: { texts: Texts; environment: string | null },
): Snippet {
  const definition = definitionOf(address);
  const name = nameOf(address);
  const fallback = { file: texts.rootPath, path: [definition.configKey, name] };
  const target = findTarget(definition, name, { texts, environment }) ?? fallback;
  const [top = "", ...rest] = [...target.path, field];
  const patch = new FilePatch();
  patch.add(rest, {
    is: "set",
    value: value === null ? unset : writeValue(typeOf(definition, field), value),
  });
  const json = texts.sources.get(target.file)?.style.json === true;
  const whole = applyPatch(undefined, patch) ?? unset;
  return { file: target.file, line: `${renderKey(top, json)}: ${renderInline(whole, { json })}` };
}
