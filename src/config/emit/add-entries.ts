import { type Diagnostic, failure, hasErrors, type Result, success } from "../../diagnostics/index.js";
import { type Address, kindNames } from "../../state/address.js";
import type { Desired } from "../../state/desired.js";
import { type ConfigFiles, joinPath } from "../files.js";
import { type LoadOptions, loadConfig } from "../load-config.js";
import { blame, type Region, regionsOf } from "./blame.js";
import { patchTexts, type RawTexts, readTexts } from "./edit-texts.js";
import type { Texts } from "./locate.js";
import { applyPatch, type FilePatch } from "./patch.js";
import { type Additions, certainlyFinds, patchesOf, splitFile, targetOf } from "./place-entries.js";
import { overlay, recordFiles } from "./recorded-files.js";
import { renderBlock } from "./render-written.js";
import { findTakenNames, type TakenNames } from "./taken-names.js";
import { wantsTheAdditions } from "./verify.js";

export interface AddedText {
  /** As read, a byte order mark included; `undefined`: the file is new. */
  readonly before: string | undefined;
  readonly after: string;
}

/** A configuration with entries added; nothing was written anywhere. */
export interface AddedConfig {
  /** The files that change, in the order in which they are to be written: what others rest on comes first. */
  readonly files: ReadonlyMap<string, AddedText>;
  readonly desired: Desired;
  /** The file that each new entry stands in. */
  readonly fileOf: ReadonlyMap<Address, string>;
  /** Warnings about what was added. */
  readonly warnings: readonly Diagnostic[];
}

/** Entries that the configuration language refuses, each with the first reason; nothing came of the others either. */
export interface RefusedEntries {
  readonly refused: ReadonlyMap<Address, Diagnostic>;
}

/** A configuration that was read once, ready for additions. */
export interface Addition {
  readonly before: Desired;
  readonly taken: TakenNames;
  /** All of it or nothing. Fails where not even leaving out single entries would help. */
  add(additions: Additions): Promise<Result<AddedConfig | RefusedEntries>>;
}

/** Reads a configuration that entries are to be added to. Fails where it is invalid. */
export async function openAddition(options: LoadOptions): Promise<Result<Addition>> {
  const recorded = recordFiles(options.files);
  const loaded = await loadConfig({ ...options, files: recorded.files });
  if (!loaded.ok) return loaded;
  const texts = readTexts(options.path, recorded.texts);
  const adder = new Adder({
    options,
    files: recorded.files,
    raw: recorded.texts,
    texts,
    before: loaded.value,
  });
  return success({
    before: loaded.value,
    taken: findTakenNames(texts),
    add: (additions) => adder.add(additions),
  });
}

interface Start {
  readonly options: LoadOptions;
  readonly files: ConfigFiles;
  readonly raw: RawTexts;
  readonly texts: Texts;
  readonly before: Desired;
}

interface Attempt {
  readonly after: RawTexts;
  readonly texts: Texts;
  readonly regions: readonly Region[];
}

class Adder {
  constructor(private readonly start: Start) {}

  async add(additions: Additions): Promise<Result<AddedConfig | RefusedEntries>> {
    const occupied = await this.#findOccupied(additions);
    return occupied === undefined ? this.#try(additions) : failure(occupied);
  }

  /** A file that nobody includes may hold anything: it would become part of the configuration. */
  async #findOccupied({ splitInto, entries }: Additions): Promise<Diagnostic | undefined> {
    if (splitInto === undefined || entries.length === 0) return undefined;
    const { texts, options, files } = this.start;
    for (const kind of kindNames) {
      const path = splitFile(kind, splitInto, options.path);
      if (texts.sources.has(path)) continue;
      const found = await files.read(path);
      if (found.ok || found.why !== "missing") return notIncluded(path);
    }
    return undefined;
  }

  async #try(additions: Additions): Promise<Result<AddedConfig | RefusedEntries>> {
    const { options, files, before } = this.start;
    const written = this.#write(additions);
    if (!written.ok) return failure(cannotAdd(written.why));
    const attempt = this.#attempt(additions, written.texts);
    const loaded = await loadConfig({
      ...options,
      files: withNewFiles(files, attempt.after, this.start.raw),
    });
    if (!loaded.ok) return blameErrors(loaded.diagnostics, attempt.regions);
    if (!wantsTheAdditions(before, loaded.value, additions)) {
      return failure(cannotAdd("the configuration would mean something else as well"));
    }
    const fileOf = additions.entries.map(
      (entry) => [entry.address, targetOf(entry, additions, this.#place()).file] as const,
    );
    return success({
      files: this.#changes(attempt.after),
      desired: loaded.value,
      fileOf: new Map(fileOf),
      warnings: loaded.diagnostics.filter((one) => blame(one, attempt.regions) !== undefined),
    });
  }

  #place() {
    return { texts: this.start.texts, environment: this.start.before.environment };
  }

  /** The texts that change, and the new ones. */
  #write(additions: Additions): ReturnType<typeof patchTexts> {
    const { raw, texts } = this.start;
    const patches = [...patchesOf(additions, this.#place())];
    const old = patches.filter(([path]) => raw.has(path));
    const changed = patchTexts(new Map(old), { raw, texts });
    if (!changed.ok) return changed;
    const fresh = patches.filter(([path]) => !raw.has(path));
    return {
      ok: true,
      texts: new Map([...changed.texts, ...fresh.map(([path, patch]) => [path, newText(patch)] as const)]),
    };
  }

  #attempt(additions: Additions, changed: RawTexts): Attempt {
    const { options, raw } = this.start;
    const after = new Map([...raw, ...changed]);
    const texts = readTexts(options.path, after);
    const entries = additions.entries.map((entry) => ({
      address: entry.address,
      target: targetOf(entry, additions, this.#place()),
    }));
    return { after, texts, regions: regionsOf(entries, texts) };
  }

  /** New files before the root file that includes them. */
  #changes(after: RawTexts): ReadonlyMap<string, AddedText> {
    const { raw, options } = this.start;
    const changed = [...after].filter(([path, text]) => raw.get(path) !== text);
    const rank = ([path]: readonly [string, string]) => (path === options.path ? 1 : 0);
    return new Map(
      changed
        .toSorted((a, b) => rank(a) - rank(b))
        .map(([path, text]) => [path, { before: raw.get(path), after: text }]),
    );
  }
}

/** A file of its own for what a patch writes. */
function newText(patch: FilePatch): string {
  const whole = applyPatch(undefined, patch);
  const style = { json: false, step: 2, literals: true };
  const lines = whole?.is === "map" ? renderBlock(whole, { column: 0, style }) : [];
  return `${lines.join("\n")}\n`;
}

/** Which new entries the errors are about. */
function blameErrors(diagnostics: readonly Diagnostic[], regions: readonly Region[]): Result<RefusedEntries> {
  const errors = diagnostics.filter((one) => hasErrors([one]));
  const refused = new Map<Address, Diagnostic>();
  for (const error of errors) {
    const address = blame(error, regions);
    if (address !== undefined && !refused.has(address)) refused.set(address, error);
  }
  return refused.size === 0 ? failure(...errors) : success({ refused });
}

/** The same files with other texts, and with files that are only going to be there. */
function withNewFiles(files: ConfigFiles, after: RawTexts, before: RawTexts): ConfigFiles {
  const fresh = [...after.keys()].filter((path) => !before.has(path));
  return {
    read: overlay(files, after).read,
    glob: async (pattern, base) => {
      const found = await files.glob(pattern, base);
      const named = fresh.filter(
        (file) => file === joinPath(base, pattern) || certainlyFinds(pattern, { file, directory: base }),
      );
      return found.ok ? { ...found, paths: [...new Set([...found.paths, ...named])] } : found;
    },
  };
}

function notIncluded(path: string): Diagnostic {
  return {
    code: "GS7013",
    severity: "error",
    summary: `${path} exists, and the configuration does not include it`,
    detail: "Whatever is in it would become a part of the configuration.",
    remedy: "Include it, move it away, or name another directory with --split DIR.",
  };
}

function cannotAdd(why: string): Diagnostic {
  return {
    code: "GS2123",
    severity: "error",
    summary: "The entries cannot be added to the configuration",
    detail: `The edit cannot be made by itself: ${why}. Nothing was written.`,
    remedy: "Try --split, which puts them into files of their own.",
  };
}
