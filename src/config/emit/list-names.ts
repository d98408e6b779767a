import type { Address } from "../../state/address.js";
import { entryNamePattern, nameOf } from "../../state/address.js";
import { type LoadOptions, validateConfig } from "../load-config.js";
import { readTexts } from "./edit-texts.js";
import { recordFiles } from "./recorded-files.js";
import { findTakenNames } from "./taken-names.js";

/** The names that a configuration has, sorted. */
export interface ConfigNames {
  readonly entries: readonly Address[];
  readonly environments: readonly string[];
}

/** Names for somebody who is typing: also those of a configuration that is not valid yet, as far as it can be read. */
export async function listNames(options: LoadOptions): Promise<ConfigNames> {
  const recorded = recordFiles(options.files);
  const { environment: _, ...all } = options;
  const { summary } = await validateConfig({ ...all, files: recorded.files });
  const { entries } = findTakenNames(readTexts(options.path, recorded.texts));
  return {
    entries: [...entries].filter((address) => entryNamePattern.test(nameOf(address))).sort(),
    environments: summary.environments.filter((name) => entryNamePattern.test(name)).toSorted(),
  };
}
