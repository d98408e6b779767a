import type { OutputDocument } from "../../state/output-document.js";
import type { Look } from "../look.js";
import { redactDeep } from "../terminal-text.js";
import { count } from "../view/words.js";
import { layOut } from "./layout.js";
import { remarkRows } from "./remark.js";
import { blank, type Row, row, say } from "./row.js";

/** Lines that are shown of a file that is out of date; the document has them all. */
const MAX_LINES = 40;

/** Whether a written file is what would be written now, and if not, in which lines. */
export function renderOutputCheck(original: OutputDocument, look: Look): string {
  const { file, differences = [], diagnostics, sandbox } = redactDeep(original);
  const mark = sandbox ? [row(0, say("sandbox", " SANDBOX ")), blank] : [];
  if (file?.state === "upToDate") {
    return layOut([...mark, row(0, say("good", "Up to date: "), file.path)], look);
  }
  const left = differences.length - MAX_LINES;
  return layOut(
    [
      ...mark,
      ...differences.slice(0, MAX_LINES).map(lineRow),
      ...(left > 0 ? [row(2, say("muted", `and ${count(left, "more line")}`))] : []),
      ...(differences.length > 0 ? [blank] : []),
      ...remarkRows(diagnostics),
    ],
    look,
  );
}

function lineRow({ is, line }: NonNullable<OutputDocument["differences"]>[number]): Row {
  return is === "missing" ? row(2, say("added", `+ ${line}`)) : row(2, say("removed", `- ${line}`));
}
