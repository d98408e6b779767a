import type { Diagnostic } from "../../diagnostics/index.js";
import { renderCheckout, toPlanDiagnostic } from "../../render/index.js";
import type { DecodedSession } from "../../resources/checkout-session/wire.js";
import type { CheckoutDocument, SessionView } from "../../state/checkout-document.js";
import { formatUsd } from "../../state/money.js";
import { type CommandResult, exitCodes, type NetworkOptions } from "../context.js";
import { writeCommands } from "../flags.js";
import type { Project } from "../project.js";

/** What a checkout command came to, before it is a document. */
export interface CheckoutOutcome {
  readonly action: CheckoutDocument["action"];
  readonly outcome: CheckoutDocument["outcome"];
  readonly exitCode: number;
  readonly address?: string;
  readonly request?: CheckoutDocument["request"];
  readonly session?: DecodedSession | undefined;
  readonly transaction?: CheckoutDocument["transaction"];
  readonly diagnostics?: readonly Diagnostic[];
}

/** The document of a checkout command; an interrupt is 130 whatever came of it, and says what did. */
export function reportCheckout(
  { action, outcome, exitCode, address, request, session, transaction, diagnostics = [] }: CheckoutOutcome,
  {
    project,
    options,
    interrupted,
    mask,
  }: {
    project: Project;
    options: NetworkOptions;
    interrupted: boolean;
    mask: <T>(told: T) => T;
  },
): CommandResult<CheckoutDocument> {
  const { desired } = project;
  const document = mask<CheckoutDocument>({
    ...{ formatVersion: 1, command: "checkout" },
    exitCode: interrupted ? exitCodes.interrupted : exitCode,
    action,
    project: desired.project,
    environment: desired.environment,
    sandbox: options.sandbox === true,
    address: address ?? null,
    request: request ?? null,
    outcome,
    session: session === undefined ? null : viewOf(session),
    transaction: transaction ?? null,
    diagnostics: writeCommands([...project.remarks(), ...diagnostics], options).map(toPlanDiagnostic),
  });
  return {
    exitCode: document.exitCode,
    document,
    wrote: action !== "status" && outcome !== "notSent" && outcome !== "refused",
    stream: "stdout",
    render: (look) => renderCheckout(document, look),
  };
}

function viewOf({ expiresAtSeconds, amountMicroUsd, ...session }: DecodedSession): SessionView {
  // A date of another century has no ISO form that anybody expects.
  const isDate = expiresAtSeconds !== null && expiresAtSeconds > 0 && expiresAtSeconds < 1e11;
  return {
    ...session,
    expiresAt: isDate ? new Date(expiresAtSeconds * 1000).toISOString() : null,
    amount: amountMicroUsd === null ? null : formatUsd(amountMicroUsd),
  };
}
