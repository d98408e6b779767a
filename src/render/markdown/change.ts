import type { ChangeView, UrlFate } from "../view/change.js";
import type { FieldView } from "../view/field.js";
import { count, verbsOf } from "../view/words.js";
import { clip, htmlCode, join, type Markdown, md, prose, term, words } from "./escape.js";
import { changeCells, differenceMd, valueMd } from "./value.js";

/** A change that can be folded: its title, the URL's fate, why, and its fields as a table. */
export function changeBlock(change: ChangeView, isOpen: boolean): Markdown {
  const rest = [
    urlLine(change.url),
    join([prose(change.reason), ...placeOf(change)], " · "),
    ...guardLines(change),
    ...(change.fields.length === 0 ? [] : [fieldTable(change)]),
    ...footLine(change),
    ...change.notes.map((note) => md`_Note:_ ${prose(note)}`),
  ].filter(({ text }) => text !== "");
  return md`<details${words(isOpen ? " open" : "")}><summary>${summary(change)}</summary>

${join(rest, "\n\n")}

</details>`;
}

/** The same on one line of a list. */
export function changeLine(change: ChangeView): Markdown {
  const { number, actions, kind, address, risks } = change;
  const approval =
    change.tripped.length === 0 ? "" : ` · **needs approval: ${change.tripped.map(shownTerm).join(", ")}**`;
  return md`- ${`#${number}`} ${words(verbsOf(actions, kind))} ${clip(address, 120)} (${words(risks.join(", "))})${words(approval)}`;
}

/** Inside of an HTML block: no Markdown is read there. */
function summary({ number, actions, kind, address, name, risks, tripped }: ChangeView): Markdown {
  const approval = tripped.length === 0 ? "" : " · <b>needs approval</b>";
  return words(
    `${htmlCode(`#${number}`)} <b>${verbsOf(actions, kind)}</b> ${htmlCode(address)} ${htmlCode(name)} · ${risks.join(", ")}${approval}`,
  );
}

const shownTerm = (id: string) => term(id).text;

function placeOf({ source }: ChangeView): readonly Markdown[] {
  return source === undefined ? [] : [md`${`${source.file}:${source.line}`}`];
}

function guardLines({ tripped, allowed }: ChangeView): readonly Markdown[] {
  return [
    ...(tripped.length === 0 ? [] : [words(`**Needs approval: ${tripped.map(shownTerm).join(", ")}**`)]),
    ...(allowed.length === 0 ? [] : [words(`Allowed: ${allowed.map(shownTerm).join(", ")}`)]),
  ];
}

function urlLine(fate: UrlFate | null): Markdown {
  if (fate === null) return words("");
  const url = fate.url === null ? words("") : md` ${fate.url}`;
  const known = fate.url === null ? words(", known after apply") : url;
  const lost = fate.lost === undefined ? words("") : md` ${fate.lost}`;
  const closing = words(fate.bornClosed ? "; page closed right after" : "");
  switch (fate.is) {
    case "kept":
      return md`URL kept${url}`;
    case "closed":
      return md`**Page closed to payers**, URL kept${url}`;
    case "opened":
      return md`**Page open to payers**, URL kept${url}`;
    case "unwatched":
      return md`**URL kept, and nobody watches it from now on**${url}`;
    case "new":
      return md`**New URL**${known}${closing}`;
    case "gone":
      return md`**URL leads nowhere already**${lost}`;
    case "replaced":
      return md`**URL lost**${lost}, **new URL**${known}${closing}`;
  }
}

function fieldTable(change: ChangeView): Markdown {
  const isNew = change.actions.includes("create");
  const head = isNew
    ? ["| field | value | |", "|---|---|---|"]
    : ["| field | now | after | |", "|---|---|---|---|"];
  return words(
    [
      ...head,
      ...change.fields.map((field) => fieldRow(field, { isNew, driftWords: "changed outside" })),
    ].join("\n"),
  );
}

/** One row of a table; also of drift, where "before" is what was last applied. */
export function fieldRow(
  field: FieldView,
  { isNew, driftWords }: { isNew: boolean; driftWords: string },
): string {
  const [before, after] = changeCells(field.change);
  const difference = field.change.is === "replaced" ? differenceMd(field.change.difference) : [];
  const remarks = join([...difference, ...marks(field, driftWords)], " · ");
  const cells = [md`${field.path}`, ...(isNew ? [] : [before]), after, remarks];
  return `| ${cells.map(({ text }) => text).join(" | ")} |`;
}

function marks(field: FieldView, driftWords: string): readonly Markdown[] {
  const { payout, base } = field;
  return [
    ...(field.cause === "drift" && driftWords !== "" ? [words(`_${driftWords}_`)] : []),
    ...(field.cause === "conflict" ? [words("**changed in YAML and outside**")] : []),
    ...(field.cause === "unknown" ? [words("_nothing recorded to compare with_")] : []),
    ...(field.ignored ? [words("_ignored (ignoreChanges)_")] : []),
    ...(field.looksTheSame ? [words("**looks the same, other Unicode form**")] : []),
    ...(base === undefined ? [] : [md`last applied: ${valueMd(base)}`]),
    ...(payout?.before === undefined ? [] : [md`paid out so far to ${payout.before}`]),
    ...(payout?.after === undefined ? [] : [md`**paid out to** ${payout.after}`]),
  ];
}

function footLine({ unchangedFields, after }: ChangeView): readonly Markdown[] {
  const parts = [
    ...(unchangedFields === 0 ? [] : [words(`${count(unchangedFields, "field")} unchanged`)]),
    ...(after.length === 0
      ? []
      : [
          md`after ${join(
            after.slice(0, 20).map(({ number }) => md`${`#${number}`}`),
            ", ",
          )}`,
        ]),
  ];
  return parts.length === 0 ? [] : [join(parts, " · ")];
}
