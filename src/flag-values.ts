import { InvalidArgumentError } from "commander";
import type { ReportFile, ReportForm } from "./commands/context.js";

/** `30s`, `1.5m`, `200ms` as milliseconds. */
export function duration(text: string): number {
  const parts = /^(\d+(?:\.\d+)?)(ms|s|m|h)$/.exec(text);
  const units = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 } as const;
  if (parts === null) throw new InvalidArgumentError("Write a number and ms, s, m or h, such as 30s.");
  // The expression lets no other unit through.
  return Number(parts[1]) * units[parts[2] as keyof typeof units];
}

export function wholeNumber(text: string): number {
  if (!/^\d+$/.test(text)) throw new InvalidArgumentError("Write a whole number.");
  return Number(text);
}

export function positive(text: string): number {
  const number = Number(text);
  if (!(number > 0)) throw new InvalidArgumentError("Write a number above 0.");
  return number;
}

export function choice<const T extends string>(choices: readonly T[]): (text: string) => T {
  return (text) => {
    const chosen = choices.find((one) => one === text);
    if (chosen === undefined) throw new InvalidArgumentError(`Write one of ${choices.join(", ")}.`);
    return chosen;
  };
}

const reportForms: readonly ReportForm[] = [
  "json",
  "markdown",
  "html",
  "github-comment",
  "gitlab-terraform",
  "gitlab-codequality",
];

/** `html=plan.html`; may be repeated. */
export function reportFile(text: string, previous: readonly ReportFile[] = []): readonly ReportFile[] {
  const [, name, path] = /^([^=]*)=(.+)$/s.exec(text) ?? [];
  const form = reportForms.find((one) => one === name);
  if (form === undefined || path === undefined) {
    throw new InvalidArgumentError(`Write FORM=FILE, with one of ${reportForms.join(", ")}.`);
  }
  return [...previous, { form, path }];
}

/** For flags that may be repeated. */
export function collect(value: string, previous: readonly string[] = []): readonly string[] {
  return [...previous, value];
}
