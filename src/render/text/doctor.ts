import type { Check, CheckState, DoctorDocument, GuardTrial } from "../../state/doctor-document.js";
import { type Look, signsOf } from "../look.js";
import { redactDeep } from "../terminal-text.js";
import { count } from "../view/words.js";
import { layOut } from "./layout.js";
import { remedyRows } from "./remark.js";
import { blank, paragraph, type Row, row, say } from "./row.js";
import type { Tone } from "./tone.js";

export interface DoctorExtras {
  /** Only what is not well, and the last line. */
  readonly quiet: boolean;
}

const tones: Record<CheckState, Tone> = {
  ok: "good",
  warning: "warning",
  failed: "danger",
  skipped: "muted",
};
const STATE_WIDTH = 9;
const ID_WIDTH = 15;

/** What was looked at, what is wrong, and how to mend it. */
export function renderDoctor(found: DoctorDocument, look: Look, { quiet }: DoctorExtras): string {
  const document = redactDeep(found);
  const { checks, guards } = document;
  const shownChecks = quiet ? checks.filter(isUnwell) : checks;
  const shownGuards = (guards ?? []).filter(({ tripped }) => !quiet || !tripped);
  const rows = [
    ...headRows(document, look),
    ...shownChecks.flatMap(checkRows),
    ...(shownGuards.length === 0 ? [] : [blank, ...shownGuards.flatMap(guardRows)]),
    ...(shownChecks.length + shownGuards.length === 0 ? [] : [blank]),
    ...(guards === undefined ? [countRow(checks, look)] : [guardCountRow(document, guards)]),
  ];
  return layOut(rows, look);
}

function isUnwell({ state }: Check): boolean {
  return state === "failed" || state === "warning";
}

function headRows({ project, environment, sandbox, guards }: DoctorDocument, look: Look): readonly Row[] {
  const { dot } = signsOf(look);
  const where = typeof environment === "string" ? ` ${dot} environment ${environment}` : "";
  const whose = project === undefined ? "" : `  ${project}${where}`;
  const command = guards === undefined ? "gstable-sync doctor" : "gstable-sync doctor --guards";
  const made = "On an account in memory, made from the configuration: its ids and URLs are made up.";
  if (guards !== undefined)
    return [row(0, say("strong", command), whose), paragraph(2, say("muted", made)), blank];
  const mark = sandbox ? [row(0, say("sandbox", " SANDBOX "), "  A rehearsal on this machine."), blank] : [];
  return [row(0, say("strong", command), whose), blank, ...mark];
}

function checkRows({ id, state, summary, detail, remedy }: Check): readonly Row[] {
  const indent = 2 + STATE_WIDTH + ID_WIDTH;
  return [
    {
      indent: 2,
      hang: STATE_WIDTH + ID_WIDTH,
      spans: [
        say(tones[state], state),
        { text: " ".repeat(STATE_WIDTH - state.length) },
        say("strong", id),
        { text: " ".repeat(ID_WIDTH - id.length) },
        { text: summary },
      ],
    },
    ...(detail === "" ? [] : [paragraph(indent, say("muted", detail))]),
    ...remedyRows(remedy, indent),
  ];
}

/** One line for a guard, what was done to trip it, and what it said. */
function guardRows({ id, tripped, how, message, note }: GuardTrial): readonly Row[] {
  const verdict = tripped ? say("good", "tripped") : say("danger", "DID NOT TRIP");
  return [
    row(2, say("strong", id), " ".repeat(Math.max(12 - id.length, 1)), verdict, how === "" ? "" : `  ${how}`),
    paragraph(4, say("muted", message)),
    ...(note === undefined ? [] : [paragraph(4, say("warning", note))]),
  ];
}

function countRow(checks: readonly Check[], look: Look): Row {
  const { dot } = signsOf(look);
  const states: readonly CheckState[] = ["failed", "warning", "ok", "skipped"];
  const parts = states.flatMap((state) => {
    const number = checks.filter((check) => check.state === state).length;
    return number === 0 ? [] : [say(tones[state], `${number} ${state}`)];
  });
  return row(
    0,
    say("strong", "Doctor: "),
    ...parts.flatMap((part, index) => (index === 0 ? [part] : [` ${dot} `, part])),
  );
}

function guardCountRow({ exitCode }: DoctorDocument, guards: readonly GuardTrial[]): Row {
  const silent = guards.filter(({ tripped }) => !tripped).map(({ id }) => id);
  const writes = guards.reduce((sum, guard) => sum + guard.writes, 0);
  const tone: Tone = exitCode === 0 ? "good" : "danger";
  if (guards.length === 0) return row(0, say("danger", "No guard was tried."));
  const wrote = writes === 0 ? "nothing was written" : `${count(writes, "write")} to the account in memory`;
  const named = silent.length === 0 ? "" : `: ${silent.join(", ")} did not`;
  const tripped = guards.length - silent.length;
  return row(
    0,
    say(tone, `${count(guards.length, "guard")} armed, ${tripped} tripped on purpose${named}, ${wrote}`),
  );
}
