import type { PlanOptions } from "../plan.js";

export interface ApplyOptions extends Omit<PlanOptions, "detailedExitcode" | "out"> {
  readonly autoApprove?: boolean;
  /** The file of a reviewed plan; only its hashes count. */
  readonly plan?: string;
  readonly planHash?: string;
  /** The file that signing keys of webhooks go to. */
  readonly webhookKeys?: string;
  /** Afterwards looks at the changed pages as payers do. */
  readonly verify?: boolean;
}
