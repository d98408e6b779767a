import type { AcceptDocument } from "../../state/accept-document.js";
import type { Look } from "../look.js";
import { redactDeep } from "../terminal-text.js";
import { count } from "../view/words.js";
import { layOut } from "./layout.js";
import { remarkRows } from "./remark.js";
import { blank, paragraph, type Row, row, say, section } from "./row.js";

/** What `drift --accept` wrote, file by file, and what it left and why. */
export function renderAccept(whole: AcceptDocument, look: Look): string {
  const document = redactDeep(whole);
  const rows = [
    ...(document.sandbox ? [row(0, say("sandbox", " SANDBOX "), "  nothing real was read"), blank] : []),
    ...section(
      [say("good", "Written as it is live")],
      document.written.flatMap((one) => fileRows(one, document)),
    ),
    ...section([say("warning", "Left as it is")], document.left.flatMap(leftRows)),
    ...section([say("strong", "Remarks")], remarkRows(document.diagnostics)),
    row(0, ...summary(document)),
  ];
  return layOut(rows, look);
}

function fileRows(
  { file, addresses }: AcceptDocument["written"][number],
  { accepted }: AcceptDocument,
): readonly Row[] {
  const entries = accepted.filter(({ address }) => addresses.includes(address));
  return [
    row(2, say("info", file)),
    ...entries.map(({ address, fields }) => row(4, say("strong", address), `  ${fields.join(", ")}`)),
  ];
}

function leftRows({ address, fields, why }: AcceptDocument["left"][number]): readonly Row[] {
  return [row(2, say("strong", address), `  ${fields.join(", ")}`), paragraph(4, why)];
}

function summary({
  accepted,
  left,
  files,
  exitCode,
}: AcceptDocument): readonly (string | ReturnType<typeof say>)[] {
  if (accepted.length === 0 && left.length === 0 && exitCode === 0) {
    return [say("good", "Nothing to accept."), " Nothing changed outside since the last apply."];
  }
  const rest = left.length === 0 ? "" : `, ${new Set(left.map(({ address }) => address)).size} left`;
  return [
    say("strong", `Accepted: ${count(accepted.length, "object")}`),
    ` in ${count(files.length, "file")}${rest}`,
  ];
}
