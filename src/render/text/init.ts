import type { InitDocument } from "../../state/init-document.js";
import type { Look } from "../look.js";
import { redactDeep } from "../terminal-text.js";
import { commandLine } from "../view/command.js";
import { layOut } from "./layout.js";
import { remarkRows } from "./remark.js";
import { copyable, type Row, row, say, section } from "./row.js";
import type { Tone } from "./tone.js";

export interface InitExtras {
  /** Words of the user's command line that the next command needs too. */
  readonly flags: readonly string[];
}

const tones: Record<InitDocument["files"][number]["state"], Tone> = {
  written: "good",
  extended: "good",
  kept: "muted",
};

/** What `init` wrote, what it left alone, and what comes next. */
export function renderInit(whole: InitDocument, look: Look, extras: InitExtras): string {
  const document = redactDeep(whole);
  const rows = [
    ...document.files.map(({ file, state, purpose }) =>
      row(0, say(tones[state], state.padEnd(8)), "  ", say("strong", file), say("muted", `  ${purpose}`)),
    ),
    ...section([say("strong", "Remarks")], remarkRows(document.diagnostics)),
    ...(document.import === undefined && document.exitCode === 0 ? nextRows(extras) : []),
  ];
  return layOut(rows, look);
}

function nextRows({ flags }: InitExtras): readonly Row[] {
  const command = (name: string, sandbox: boolean) =>
    row(2, copyable(commandLine(name, { environment: null, sandbox, flags })));
  return [
    row(0, "Rehearse it; the local GStable has every account that the file names:"),
    command("apply", true),
    row(0, "With a key (GSTABLE_API_KEY), see what would happen to the real account, or import what it has:"),
    command("plan", false),
    command("import", false),
  ];
}
