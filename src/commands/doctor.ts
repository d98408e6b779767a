import { redactSecret } from "../api/index.js";
import type { Diagnostic } from "../diagnostics/index.js";
import { renderDiagnostics, renderDoctor, toPlanDiagnostic } from "../render/index.js";
import type { DoctorDocument, GuardTrial } from "../state/doctor-document.js";
import { type CommandContext, type CommandResult, exitCodes, type NetworkOptions } from "./context.js";
import type { Finding } from "./doctor/check.js";
import { examine } from "./doctor/examine.js";
import { type GuardReport, tripGuards } from "./doctor/guards.js";
import { openPatient, type Patient } from "./doctor/patient.js";
import { checkConfiguration } from "./doctor/settings.js";
import { writeCommands } from "./flags.js";
import { maskTexts } from "./mask-keys.js";
import { type FailureDocument, interruptible } from "./result.js";

export interface DoctorOptions extends NetworkOptions {
  /** Trip every guard on purpose, on an account in memory. */
  readonly guards?: boolean;
}

/**
 * Says what a run would work with, what is wrong and how to mend it; with `--guards`, whether every guard still stops
 * what it has to stop. Only reads. Exit 1 where a check failed or a guard did not trip, 3 where that is an invalid
 * configuration.
 */
export function doctor(
  options: DoctorOptions,
  context: CommandContext,
): Promise<CommandResult<DoctorDocument | FailureDocument>> {
  return interruptible({ command: "doctor", options, context }, async () => {
    const patient = await openPatient(options, context);
    if (options.guards !== true) {
      const findings = await examine(patient, options, context);
      return report({ patient, findings, diagnostics: [] }, options);
    }
    const { findings, trials, diagnostics } = await examineGuards(patient, options, context);
    return report({ patient, findings, diagnostics, trials }, options);
  });
}

async function examineGuards(
  patient: Patient,
  options: DoctorOptions,
  context: CommandContext,
): Promise<GuardReport> {
  const configuration = checkConfiguration(patient, options);
  const { project } = patient;
  if (project === undefined) return { findings: [configuration], trials: [], diagnostics: [] };
  const tried = await tripGuards(project, context);
  return { ...tried, findings: [configuration, ...tried.findings] };
}

interface Examined {
  readonly patient: Patient;
  readonly findings: readonly Finding[];
  /** Beside those of the findings. */
  readonly diagnostics: readonly Diagnostic[];
  readonly trials?: readonly GuardTrial[];
}

/** The phases of all commands: usage, files and key, then the configuration, then everything else. */
function exitCodeOf({ patient, findings }: Examined): number {
  const isKeyless = findings.some(({ check }) => check.id === "key" && check.state === "failed");
  return isKeyless ? exitCodes.error : (patient.trouble?.exitCode ?? exitCodes.error);
}

function report(examined: Examined, options: DoctorOptions): CommandResult<DoctorDocument> {
  const { patient, findings, trials } = examined;
  // The key may have been picked up anywhere, such as from a server that echoes it.
  const mask = <T>(told: T): T => maskTexts(told, (text) => redactSecret(patient.key.secret, text));
  const said = [...findings.flatMap((finding) => finding.diagnostics), ...examined.diagnostics];
  const diagnostics = writeCommands(mask(said), options);
  const checks = findings.map(({ check }) => check);
  const isWell =
    checks.every(({ state }) => state !== "failed") &&
    (options.guards !== true || (trials?.length ?? 0) > 0) &&
    (trials ?? []).every(({ tripped }) => tripped);
  const exitCode = isWell ? exitCodes.done : exitCodeOf(examined);
  const { project } = patient;
  const document = mask<DoctorDocument>({
    formatVersion: 1,
    command: "doctor",
    exitCode,
    ...(project === undefined
      ? {}
      : { project: project.desired.project, environment: project.desired.environment }),
    sandbox: options.sandbox === true,
    checks,
    ...(trials === undefined ? {} : { guards: trials }),
    diagnostics: diagnostics.map(toPlanDiagnostic),
  });
  // The problems of a configuration are read with their source lines.
  const placed = project === undefined ? diagnostics.filter(({ source }) => source !== undefined) : [];
  return {
    exitCode,
    document,
    stream: "stdout",
    render: (look) =>
      `${renderDoctor(document, look, { quiet: options.quiet === true })}${placed.length === 0 ? "" : `\n${renderDiagnostics(placed, look)}`}`,
  };
}
