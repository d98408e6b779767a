import type { Desired } from "../../state/desired.js";
import { Draft } from "./draft.js";
import { editMap } from "./edit-map.js";
import { type EditSource, readEditSource } from "./edit-source.js";
import type { Texts } from "./locate.js";
import type { FilePatch } from "./patch.js";
import { type ConfigEdit, planEdits } from "./plan-edits.js";
import { saysThePatch } from "./verify.js";

/** The texts of a configuration as read, a byte order mark included. */
export type RawTexts = ReadonlyMap<string, string>;

/** New texts of the files that change, or why there are none. */
export type TextEdit =
  | { readonly ok: true; readonly texts: RawTexts }
  | { readonly ok: false; readonly why: string };

const byteOrderMark = "\ufeff";

/** The texts as trees with places. */
export function readTexts(rootPath: string, raw: RawTexts): Texts {
  const sources = new Map<string, EditSource>();
  for (const [path, text] of raw) {
    const source = readEditSource(path, withoutMark(text));
    if (source !== undefined) sources.set(path, source);
  }
  return { rootPath, sources };
}

/** Makes all of these edits or none. Each new text says what the old one said, but for them. */
export function editTexts(
  edits: readonly ConfigEdit[],
  { raw, texts, desired }: { raw: RawTexts; texts: Texts; desired: Desired },
): TextEdit {
  const { patches, obstacles } = planEdits(edits, { texts, desired });
  const [obstacle] = obstacles;
  if (obstacle !== undefined) return { ok: false, why: obstacle.why };
  return patchTexts(patches, { raw, texts });
}

/** The texts after these patches, all of them or none. Each says what it said before, but for its patch. */
export function patchTexts(
  patches: ReadonlyMap<string, FilePatch>,
  { raw, texts }: { raw: RawTexts; texts: Texts },
): TextEdit {
  const changed = new Map<string, string>();
  for (const [path, patch] of patches) {
    const source = texts.sources.get(path);
    if (source === undefined) return { ok: false, why: `${path} cannot be edited` };
    const draft = new Draft(source);
    editMap(source.root, patch, draft);
    const after = draft.text();
    const [why] = draft.obstacles;
    if (why !== undefined) return { ok: false, why };
    if (!saysThePatch(path, { before: source.text, after, patch }) || !staysJson(source, after)) {
      return { ok: false, why: "the text would say something else as well" };
    }
    const mark = raw.get(path)?.startsWith(byteOrderMark) === true ? byteOrderMark : "";
    if (after !== source.text) changed.set(path, mark + after);
  }
  return { ok: true, texts: changed };
}

function withoutMark(text: string): string {
  return text.startsWith(byteOrderMark) ? text.slice(1) : text;
}

function staysJson({ style }: EditSource, after: string): boolean {
  if (!style.json) return true;
  try {
    JSON.parse(after);
    return true;
  } catch {
    return false;
  }
}
