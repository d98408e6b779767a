import type { PlanDiagnostic } from "../../state/plan-document.js";
import { sortRisks } from "../view/change.js";
import type { DriftView, PlanView } from "../view/plan.js";
import { remedyLines } from "../view/remedy.js";
import { count } from "../view/words.js";
import { fieldRow } from "./change.js";
import { clip, join, type Markdown, md, prose, term, words } from "./escape.js";
import type { Part } from "./fit.js";
import { items, section } from "./head.js";
import { phraseMd } from "./value.js";

/** What buyers will see on each page where they would notice; the other pages are counted. */
export function buyerParts({ buyers }: PlanView): readonly Part[] {
  const noticed = buyers.filter(({ isSame }) => !isSame);
  const same = buyers.length - noticed.length;
  const rest =
    same === 0
      ? []
      : [
          words(
            `On ${count(same, noticed.length === 0 ? "page" : "other page")} what is sold, charged and paid out stays as it is.`,
          ),
        ];
  const lines = noticed.map(
    ({ number, name, sentences }) =>
      md`${`#${number}`} ${clip(name, 200)}: ${join(sentences.map(phraseMd), " ")}`,
  );
  return section("What buyers will see", [
    ...items(lines, { harm: 4, what: "page" }),
    ...items(rest, { harm: 1, what: "remark" }),
  ]);
}

/** Drift in a plan: what stays, and what is put back by its number. */
export function driftParts(view: PlanView): readonly Part[] {
  return [
    ...section("Changed outside since the last apply, and left as it is", view.driftKept.map(driftPart)),
    ...section(
      "Changed outside since the last apply, and changed again by this plan",
      items(
        view.driftUndone.map(
          ({ undoneBy, address, paths }) =>
            md`${`#${undoneBy}`} ${address}: ${join(
              paths.map((path) => md`${path}`),
              ", ",
            )}`,
        ),
        { harm: 1, what: "change outside" },
      ),
    ),
  ];
}

/** One object that moved outside, from what was last applied to what is live now. */
export function driftPart(entry: DriftView): Part {
  const { address, name, source, fields } = entry;
  const place = source === undefined ? words("") : md` · ${`${source.file}:${source.line}`}`;
  const title = md`${clip(address, 120)} ${clip(name, 120)}`;
  const table = ["| field | last applied | live | |", "|---|---|---|---|"];
  const rows = fields.map((field) => fieldRow(field, { isNew: false, driftWords: "" }));
  const risks = sortRisks(fields.map(({ risk }) => risk));
  return {
    full: `**${title.text}**${place.text}\n\n${[...table, ...rows].join("\n")}`,
    short: md`- ${title}: ${words(`${count(fields.length, "field")} (${risks.join(", ")})`)}`.text,
    harm: risks[0] === "cosmetic" || risks.length === 0 ? 2 : 6,
    what: "change outside",
  };
}

/** What nobody declared; open things first. */
export function unmanagedParts(unmanaged: PlanView["unmanaged"]): readonly Part[] {
  const lines = unmanaged.map(({ open, kind, name, id, url }) => {
    const where = url === null ? words("") : md` ${url}`;
    return md`${words(open ? "**open**" : "closed")} ${kind} ${clip(name, 120)} ${id}${where}`;
  });
  return section(`Not in the configuration: ${count(unmanaged.length, "object")}`, [
    ...lines.map((line, index) => ({
      full: md`- ${line}`.text,
      isItem: true,
      harm: unmanaged[index]?.open === true ? 3 : 0,
      what: "unmanaged object",
    })),
  ]);
}

/** Diagnostics, shortly; errors are the last to go. */
export function remarkParts(diagnostics: readonly PlanDiagnostic[], title = "Remarks"): readonly Part[] {
  return section(
    title,
    diagnostics.map((one) => ({
      full: remark(one).text,
      isItem: true,
      harm: one.severity === "error" ? 8 : one.severity === "warning" ? 3 : 0,
      what: one.severity,
    })),
  );
}

function remark({ severity, code, summary, detail, remedy, source }: PlanDiagnostic): Markdown {
  const place = source === undefined ? words("") : md` · ${`${source.file}:${source.line}`}`;
  const lines = [
    md`- **${words(severity)} ${term(code)}** ${prose(summary)}${place}`,
    ...(detail === "" ? [] : [md`  ${prose(detail)}`]),
    ...remedyLines(remedy).map((line, index) => (index === 0 ? md`  ${prose(line)}` : md`  ${line.trim()}`)),
  ];
  return join(lines, "  \n");
}
