import { type Diagnostic, type Result, success } from "../../diagnostics/index.js";
import { nameOf } from "../../state/address.js";
import type { Desired } from "../../state/desired.js";
import type { ConfigFiles } from "../files.js";
import { type LoadOptions, loadConfig } from "../load-config.js";
import { editTexts, type RawTexts, readTexts } from "./edit-texts.js";
import { findTarget, type Texts } from "./locate.js";
import { type ConfigEdit, definitionOf } from "./plan-edits.js";
import { overlay, recordFiles } from "./recorded-files.js";
import { renderSnippet } from "./snippet.js";
import { wantsTheEdits } from "./verify.js";

export interface EditRequest extends LoadOptions {
  readonly edits: readonly ConfigEdit[];
}

/** A configuration after its edits; nothing was written anywhere. */
export interface EditedConfig {
  /** The files that change: the text as read, a byte order mark included, and the new one. */
  readonly files: ReadonlyMap<string, { readonly before: string; readonly after: string }>;
  /** What the new texts want. */
  readonly desired: Desired;
  /** What was read before them. */
  readonly before: Desired;
  /** With the file that says it. */
  readonly made: readonly { readonly edit: ConfigEdit; readonly file: string }[];
  /** Edits that could not be made honestly, each with the lines to paste by hand (GS2120). */
  readonly refused: readonly { readonly edit: ConfigEdit; readonly diagnostic: Diagnostic }[];
}

/**
 * Gives fields of entries other values, in the texts: layout and comments stay byte for byte, and the new texts mean
 * what the old ones meant with exactly these values changed, in this environment, and nothing changed in others.
 * An edit for which that cannot be had is refused, the others are made. Fails where the configuration is invalid.
 */
export async function editConfig(request: EditRequest): Promise<Result<EditedConfig>> {
  const recorded = recordFiles(request.files);
  const loaded = await loadConfig({ ...request, files: recorded.files });
  if (!loaded.ok) return loaded;
  const start: State = { raw: recorded.texts, desired: loaded.value };
  const editor = new Editor(request, recorded.files);
  const outcome = await editor.makeAll(request.edits, start);
  const files = [...outcome.state.raw].flatMap(([path, after]) => {
    const before = recorded.texts.get(path);
    return before === undefined || before === after ? [] : [[path, { before, after }] as const];
  });
  const { desired } = outcome.state;
  const texts = readTexts(request.path, outcome.state.raw);
  const refused = new Set(outcome.refused.map(({ edit }) => edit));
  const made = request.edits.filter((edit) => !refused.has(edit));
  return success({
    files: new Map(files),
    before: loaded.value,
    desired,
    made: made.map((edit) => ({ edit, file: fileOf(edit, { texts, environment: desired.environment }) })),
    refused: outcome.refused.map(({ edit, why }) => ({
      edit,
      diagnostic: cannotEdit(edit, { why, texts, desired }),
    })),
  });
}

function fileOf(
  { address }: ConfigEdit,
  { texts, environment }: { texts: Texts; environment: string | null },
): string {
  const target = findTarget(definitionOf(address), nameOf(address), { texts, environment });
  return target?.file ?? texts.rootPath;
}

interface State {
  readonly raw: RawTexts;
  readonly desired: Desired;
}

interface Refusal {
  readonly edit: ConfigEdit;
  readonly why: string;
}

interface Outcome {
  readonly state: State;
  readonly refused: readonly Refusal[];
}

class Editor {
  constructor(
    private readonly request: EditRequest,
    private readonly files: ConfigFiles,
  ) {}

  /** Some edits are only possible together, or after others: what was refused is tried again while that helps. */
  async makeAll(edits: readonly ConfigEdit[], start: State): Promise<Outcome> {
    let { state, refused } = await this.#make(edits, start);
    for (let left = edits.length; refused.length > 0 && refused.length < left; ) {
      left = refused.length;
      const again = await this.#make(
        refused.map(({ edit }) => edit),
        state,
      );
      state = again.state;
      refused = again.refused;
    }
    return { state, refused };
  }

  /** All together where that works; otherwise one half after the other, down to the edits that don't. */
  async #make(edits: readonly ConfigEdit[], state: State): Promise<Outcome> {
    if (edits.length === 0) return { state, refused: [] };
    const tried = await this.#try(edits, state);
    if (typeof tried !== "string") return { state: tried, refused: [] };
    const [only] = edits;
    if (only !== undefined && edits.length === 1) return { state, refused: [{ edit: only, why: tried }] };
    const middle = Math.ceil(edits.length / 2);
    const first = await this.#make(edits.slice(0, middle), state);
    const second = await this.#make(edits.slice(middle), first.state);
    return { state: second.state, refused: [...first.refused, ...second.refused] };
  }

  /** What the texts are after these edits, or why they cannot be made. */
  async #try(edits: readonly ConfigEdit[], { raw, desired }: State): Promise<State | string> {
    const edited = editTexts(edits, { raw, texts: readTexts(this.request.path, raw), desired });
    if (!edited.ok) return edited.why;
    const after = new Map([...raw, ...edited.texts]);
    const files = overlay(this.files, after);
    const loaded = await loadConfig({ ...this.request, files });
    if (!loaded.ok) {
      const [first] = loaded.diagnostics.filter(({ severity }) => severity === "error");
      return `the configuration would be invalid: ${first?.code} ${first?.summary}`;
    }
    if (!wantsTheEdits(desired, loaded.value, edits)) return "the configuration would mean something else";
    return { raw: after, desired: loaded.value };
  }
}

function cannotEdit(
  edit: ConfigEdit,
  { why, texts, desired }: { why: string; texts: Texts; desired: Desired },
): Diagnostic {
  const { file, line } = renderSnippet(edit, { texts, environment: desired.environment });
  const source = desired.entries.get(edit.address)?.placeOf(edit.field);
  return {
    code: "GS2120",
    severity: "warning",
    summary: `\`${edit.field}\` of \`${edit.address}\` was not written into ${file}`,
    detail: `The edit cannot be made by itself: ${why}.`,
    remedy: `If it is to stay as it is live, write it by hand:\n  ${line}`,
    ...(source !== undefined && { source }),
  };
}
