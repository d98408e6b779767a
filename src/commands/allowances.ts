import { parseAllowance } from "../config/index.js";
import { failure, type Result, success } from "../diagnostics/index.js";
import type { Allowance } from "../state/policy.js";

/** The values of `--allow`, all problems at once. */
export function parseAllowances(texts: readonly string[]): Result<readonly Allowance[]> {
  const parsed = texts.map(parseAllowance);
  const problems = parsed.flatMap((one) => (one.ok ? [] : one.diagnostics));
  if (problems.length > 0) return failure(...problems);
  return success(parsed.flatMap((one) => (one.ok ? [one.value] : [])));
}
