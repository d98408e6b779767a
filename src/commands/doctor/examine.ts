import type { CheckId } from "../../state/doctor-document.js";
import { checkIds } from "../../state/doctor-document.js";
import type { CommandContext, NetworkOptions } from "../context.js";
import { showReading } from "../reading-progress.js";
import type { Finding } from "./check.js";
import { checkClock } from "./clock.js";
import { checkIdentity } from "./identity.js";
import { checkLockfile } from "./lockfile.js";
import type { Patient } from "./patient.js";
import { openProbe } from "./probe.js";
import { reach } from "./reach.js";
import { checkSettings } from "./settings.js";

/** Every check, in the order of their ids. One that fails hides none that can do without it. Only reads. */
export async function examine(
  patient: Patient,
  options: NetworkOptions,
  context: CommandContext,
): Promise<readonly Finding[]> {
  const { project } = patient;
  const settings = checkSettings(patient, options, context);
  const probe = await openProbe(patient, options, context);
  try {
    const lockfile = await checkLockfile(project, probe.api?.origin);
    const reached = await reach(probe, showReading(context));
    const { accounts } = reached;
    const identity = checkIdentity({ project, lockfile: lockfile.lockfile, accounts });
    return inOrder([
      ...Object.values({ ...settings, key: probe.keyTrouble ?? settings.key }),
      ...Object.values(probe.findings),
      lockfile.finding,
      ...reached.findings,
      checkClock(probe.sightings),
      ...Object.values(identity),
    ]);
  } finally {
    await probe.close();
  }
}

function inOrder(findings: readonly Finding[]): readonly Finding[] {
  const order: readonly CheckId[] = checkIds;
  return findings.toSorted((a, b) => order.indexOf(a.check.id) - order.indexOf(b.check.id));
}
