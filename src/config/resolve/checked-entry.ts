import type { ResourceKind, RuleEntry } from "../../resources/resource-kind.js";
import type { Address } from "../../state/address.js";
import type { Lifecycle } from "../../state/desired.js";
import type { FieldValues } from "../../state/value.js";
import { suggest } from "../nearest.js";
import { followPath, type MapNode, parsePath } from "../parse/node.js";
import type { Span } from "../parse/source-file.js";
import type { Owner, Report } from "../report.js";

/** One entry of one environment, merged, its variables filled in, its values canonical where they are right. */
export interface CheckedEntry {
  readonly resource: ResourceKind;
  readonly address: Address;
  readonly name: string;
  readonly owner: Owner;
  readonly node: MapNode;
  /** Fields with a problem are missing. */
  readonly values: FieldValues;
  readonly open: boolean;
  readonly lifecycle: Lifecycle;
  /** Shows the entry beside a place that lies outside it. */
  readonly report: Report;
  /** The same as the kinds' rules see it. */
  readonly rule: RuleEntry;
}

/** The place of a value; of what is not written, that of the entry. */
export function spanAt(
  entry: { readonly node: MapNode; readonly owner: Owner },
  path: string | readonly (string | number)[],
): Span {
  const steps = typeof path === "string" ? parsePath(path) : path;
  const found = followPath(entry.node, steps);
  return steps.length > 0 && found.exact ? found.node : entry.owner.key;
}

/** The entry as rules see it. A class, so that no entry has functions of its own: there may be thousands. */
export class CheckedRule implements RuleEntry {
  constructor(private readonly entry: Omit<CheckedEntry, "rule">) {}

  get address(): Address {
    return this.entry.address;
  }

  get values(): FieldValues {
    return this.entry.values;
  }

  get open(): boolean {
    return this.entry.open;
  }

  suggest(word: string, candidates: Iterable<string>): string | undefined {
    return suggest(word, candidates);
  }

  report(...[path, problem, also]: Parameters<RuleEntry["report"]>): void {
    const steps = typeof path === "string" ? parsePath(path) : path;
    const { node, owner, report } = this.entry;
    const found = followPath(node, steps);
    // What is missing there was to come from a `<<`, which has been reported.
    if (problem.code === "GS1103" && found.node.kind === "map" && found.node.merges) return;
    const related =
      also?.entry instanceof CheckedRule
        ? [{ label: also.label, span: spanAt(also.entry.entry, also.path) }]
        : [];
    report.add(problem, steps.length > 0 && found.exact ? found.node : owner.key, related);
  }
}
