import type { CheckId } from "../../state/doctor-document.js";
import { checkIds } from "../../state/doctor-document.js";
import type { CommandContext, NetworkOptions } from "../context.js";
import { showReading } from "../reading-progress.js";
import type { Finding } from "./check.js";
import { checkClock } from "./clock.js";
import { connect } from "./connection.js";
import { checkIdentity } from "./identity.js";
import { checkLockfile } from "./lockfile.js";
import type { Patient } from "./patient.js";
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
  const connection = await connect(patient, options, context);
  try {
    const lockfile = await checkLockfile(project, connection.api?.origin);
    const reached = await reach(connection, showReading(context));
    const { accounts } = reached;
    const identity = checkIdentity({ project, lockfile: lockfile.lockfile, accounts });
    return inOrder([
      ...Object.values({ ...settings, key: connection.keyTrouble ?? settings.key }),
      ...Object.values(connection.findings),
      lockfile.finding,
      ...reached.findings,
      checkClock(connection.sightings),
      ...Object.values(identity),
    ]);
  } finally {
    await connection.close();
  }
}

function inOrder(findings: readonly Finding[]): readonly Finding[] {
  const order: readonly CheckId[] = checkIds;
  return findings.toSorted((a, b) => order.indexOf(a.check.id) - order.indexOf(b.check.id));
}
