import type { PlanOptions } from "./plan.js";

export interface ApplyOptions extends Omit<PlanOptions, "detailedExitcode" | "out"> {
  readonly autoApprove?: boolean;
  /** The file of a reviewed plan; only its hashes count. */
  readonly plan?: string;
  readonly planHash?: string;
}
