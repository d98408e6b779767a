import type { CheckoutDocument } from "../state/checkout-document.js";
import type { Lockfile } from "../state/lockfile.js";
import { expectedOrigin } from "./base-urls.js";
import { checkAccount } from "./checkout/check-account.js";
import { cancelSession, lookAtSession } from "./checkout/look-at-session.js";
import { openSession } from "./checkout/open-session.js";
import { type CheckoutOutcome, reportCheckout } from "./checkout/report.js";
import { termsOf } from "./checkout/terms.js";
import {
  type CommandContext,
  type CommandResult,
  exitCodes,
  isStop,
  type NetworkOptions,
  type Stop,
  stop,
} from "./context.js";
import { openProject, type Project } from "./project.js";
import { type FailureDocument, interruptible, rehearsed } from "./result.js";
import { openScene, type Scene } from "./scene.js";
import { openOwnLockfile } from "./state-files/own-lockfile.js";

export interface CheckoutOptions extends NetworkOptions {
  /** Shows what would be sent; needs no key. */
  readonly dryRun?: boolean;
  /** What the payer pays on a custom link, with its unit: `$5`. */
  readonly amount?: string;
}

export type CheckoutAction =
  | { readonly do: "open"; readonly link: string }
  | { readonly do: "status"; readonly session: string }
  | { readonly do: "cancel"; readonly session: string };

/**
 * Opens a checkout session with the terms of a link as last applied, or looks at one, or cancels one. Nobody is asked:
 * a session moves no money by itself, and expires.
 */
export async function checkout(
  action: CheckoutAction,
  options: CheckoutOptions,
  context: CommandContext,
): Promise<CommandResult<CheckoutDocument | FailureDocument>> {
  const result = await interruptible({ command: "checkout", options, context }, () =>
    action.do === "open" && options.dryRun === true
      ? rehearse(action.link, options, context)
      : withAccount(action, options, context),
  );
  return rehearsed(result, options);
}

async function rehearse(
  link: string,
  options: CheckoutOptions,
  context: CommandContext,
): Promise<CommandResult<CheckoutDocument> | Stop> {
  const project = await openProject(options, context);
  if (isStop(project)) return project;
  const lockfile = await lockfileOf(project, { origin: expectedOrigin(options, context), cwd: context.cwd });
  if (isStop(lockfile)) return lockfile;
  const terms = termsOf(link, { desired: project.desired, lockfile, options });
  if (isStop(terms)) return terms;
  const { address, request } = terms;
  const outcome = { action: "open", outcome: "notSent", exitCode: exitCodes.done, address, request } as const;
  return reportCheckout(outcome, { project, options, interrupted: false, mask: (told) => told });
}

async function withAccount(
  action: CheckoutAction,
  options: CheckoutOptions,
  context: CommandContext,
): Promise<CommandResult<CheckoutDocument> | Stop> {
  const scene = await openScene(action.do === "status" ? "read" : "write", options, context);
  if (isStop(scene)) return scene;
  const { project, connection } = scene;
  try {
    const lockfile = await lockfileOf(project, { origin: connection.api.origin, cwd: context.cwd });
    if (isStop(lockfile)) return lockfile;
    const outcome = await carryOut(action, { scene, lockfile, options, context });
    const { mask } = connection;
    if (isStop(outcome)) return mask(outcome);
    return reportCheckout(outcome, { project, options, interrupted: context.signal.aborted, mask });
  } finally {
    await connection.close();
  }
}

async function carryOut(
  action: CheckoutAction,
  {
    scene: { connection, project },
    lockfile,
    options,
    context,
  }: { scene: Scene; lockfile: Lockfile; options: CheckoutOptions; context: CommandContext },
): Promise<CheckoutOutcome | Stop> {
  const { api } = connection;
  if (action.do === "status") return lookAtSession(action.session, api);
  if (action.do === "cancel") return cancelSession(action.session, { api, context });
  const terms = termsOf(action.link, { desired: project.desired, lockfile, options });
  if (isStop(terms)) return terms;
  const checked = await checkAccount(terms.request.accountId, { lockfile, api });
  if (isStop(checked)) return checked;
  // Nothing was sent yet: `interruptible` says so.
  if (context.signal.aborted) return stop(exitCodes.error, []);
  return openSession(terms, { api, recipient: checked.address });
}

/** Sessions rest on the lockfile: one of another project or server stops them. */
async function lockfileOf(
  project: Project,
  at: { origin: string | undefined; cwd: string },
): Promise<Lockfile | Stop> {
  const opened = await openOwnLockfile(project, at);
  return opened.ok ? opened.value.lockfile : stop(exitCodes.error, opened.diagnostics);
}
