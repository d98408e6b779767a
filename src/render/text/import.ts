import type { ImportDocument } from "../../state/import-document.js";
import type { Look } from "../look.js";
import { redactDeep } from "../terminal-text.js";
import { commandLine } from "../view/command.js";
import { count } from "../view/words.js";
import { layOut } from "./layout.js";
import { remarkRows } from "./remark.js";
import { blank, copyable, paragraph, type Row, row, type Span, say, section } from "./row.js";

export interface ImportExtras {
  /** Words of the user's command line that the next command needs too. */
  readonly flags: readonly string[];
}

/** What `import` wrote, file by file, and what it left and why. */
export function renderImport(whole: ImportDocument, look: Look, extras: ImportExtras): string {
  const document = redactDeep(whole);
  const rows = [
    ...(document.sandbox
      ? [
          row(
            0,
            say("sandbox", " SANDBOX "),
            "  read from the sandbox, but written into the real configuration",
          ),
          blank,
        ]
      : []),
    ...section(
      [say("good", "Imported")],
      filesOf(document).flatMap((file) => fileRows(file, document)),
    ),
    ...section([say("strong", "Accounts named")], document.accounts.map(accountRow)),
    ...section([say("warning", "Not imported")], document.skipped.flatMap(skippedRows)),
    ...section([say("strong", "Remarks")], remarkRows(document.diagnostics)),
    row(0, ...summary(document)),
    ...(document.imported.length === 0 ? [] : nextRows(document, extras)),
  ];
  return layOut(rows, look);
}

const filesOf = ({ imported }: ImportDocument): readonly string[] =>
  [...new Set(imported.map(({ file }) => file))].sort();

function fileRows(file: string, { imported }: ImportDocument): readonly Row[] {
  return [
    row(2, say("info", file)),
    ...imported
      .filter((one) => one.file === file)
      .map(({ address, id, name, existing, open }) => ({
        ...row(4, say("strong", address), `  ${name}`, say("muted", note({ existing, open }))),
        right: [say("muted", id)],
      })),
  ];
}

function note({ existing, open }: { existing: boolean; open: boolean }): string {
  const words = [...(open ? [] : ["closed"]), ...(existing ? ["entry was there"] : [])];
  return words.length === 0 ? "" : `  (${words.join(", ")})`;
}

function accountRow({ name, id, address }: ImportDocument["accounts"][number]): Row {
  return row(
    2,
    say("strong", `account.${name}`),
    `  ${id}`,
    address === null ? "" : `, pinned to ${address}`,
  );
}

function skippedRows({ kind, id, name, severity, why }: ImportDocument["skipped"][number]): readonly Row[] {
  const tone = severity === "error" ? "danger" : "info";
  return [row(2, say(tone, severity), `  ${kind} ${id}  ${name}`), paragraph(4, why)];
}

function summary({ imported, skipped, files, apiCalls }: ImportDocument): readonly (string | Span)[] {
  const rest = skipped.length === 0 ? "" : `, ${skipped.length} not imported`;
  const calls = say("muted", `  ${count(apiCalls, "API call")}, none of them wrote`);
  if (imported.length === 0 && skipped.length === 0) {
    return [say("good", "Nothing to import."), " Everything that was looked at is managed.", calls];
  }
  return [
    say("strong", `Imported: ${count(imported.length, "object")}`),
    ` into ${count(files.length, "file")}${rest}`,
    calls,
  ];
}

function nextRows({ environment, sandbox }: ImportDocument, { flags }: ImportExtras): readonly Row[] {
  const plan = commandLine("plan", { environment, sandbox, flags });
  return [
    row(0, "Look at the difference in git, and at the plan, which has nothing to do:"),
    row(2, copyable(plan)),
  ];
}
