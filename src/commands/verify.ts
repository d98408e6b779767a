import { DEFAULT_BASE_URL } from "../api/index.js";
import { renderVerify, toPlanDiagnostic } from "../render/index.js";
import { readUrl } from "../state/read-url.js";
import type { VerifyDocument } from "../state/verify-document.js";
import {
  type CommandContext,
  type CommandResult,
  exitCodes,
  isStop,
  type NetworkOptions,
  stop,
} from "./context.js";
import { writeCommands } from "./flags.js";
import { maskKeys } from "./mask-keys.js";
import { openProject, type Project } from "./project.js";
import { type FailureDocument, interruptible, rehearsed } from "./result.js";
import { openOwnLockfile } from "./state-files/own-lockfile.js";
import { chooseSights } from "./verify/choose.js";
import { lookAsPayers, type Sights } from "./verify/look-as-payers.js";
import { openPayers, type PayerBaseUrls, type Payers, payerBaseUrlsOf } from "./verify/payers.js";
import { exitCodeOfVerification, sayVerification } from "./verify/say.js";

export type VerifyOptions = NetworkOptions;

/**
 * Looks at the public page of each link as a payer does, without a key, and compares it with what was last applied.
 * Exit 5 where payers see something else, 1 where a page could not be seen.
 */
export async function verify(
  addresses: readonly string[],
  options: VerifyOptions,
  context: CommandContext,
): Promise<CommandResult<VerifyDocument | FailureDocument>> {
  const result = await interruptible({ command: "verify", options, context }, async () => {
    const project = await openProject(options, context);
    if (isStop(project)) return project;
    const urls = payerBaseUrlsOf(options, context);
    const opened = await openOwnLockfile(project, { origin: originOf(urls), cwd: context.cwd });
    if (!opened.ok) return stop(exitCodes.error, opened.diagnostics);
    const { lockfile } = opened.value;
    const sights = chooseSights(addresses, { desired: project.desired, lockfile });
    if (!sights.ok) return stop(exitCodes.error, sights.diagnostics);
    const baseUrl = urls.baseUrl ?? (lockfile.origin === "" ? undefined : lockfile.origin);
    const payers = await openPayers({ project, urls: { ...urls, baseUrl } }, options, context);
    if (isStop(payers)) return payers;
    try {
      return await lookAtPages(sights.value, { payers, project, options, context });
    } finally {
      await payers.close();
    }
  });
  return rehearsed(result, options);
}

/** Of which server the lockfile has to be: not known where only the payers' host was named. */
function originOf({ baseUrl, payerBaseUrl }: PayerBaseUrls): string | undefined {
  const known = baseUrl ?? (payerBaseUrl === undefined ? DEFAULT_BASE_URL : undefined);
  return known === undefined ? undefined : readUrl(known)?.origin;
}

async function lookAtPages(
  sights: Sights,
  {
    payers,
    project,
    options,
    context,
  }: { payers: Payers; project: Project; options: VerifyOptions; context: CommandContext },
): Promise<CommandResult<VerifyDocument>> {
  const verification = await lookAsPayers(sights, payers.api, context);
  const exitCode = exitCodeOfVerification(verification);
  const { project: name, environment } = project.desired;
  const told: VerifyDocument = {
    ...{ formatVersion: 1, command: "verify", exitCode, project: name, environment },
    sandbox: options.sandbox === true,
    ...verification,
    diagnostics: writeCommands([...project.remarks(), ...sayVerification(verification)], options).map(
      toPlanDiagnostic,
    ),
  };
  const document = maskKeys(told, context.env);
  return {
    exitCode,
    document,
    stream: "stdout",
    render: (look) => renderVerify(document, look, { quiet: options.quiet === true }),
  };
}
