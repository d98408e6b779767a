import { type Look, signsOf } from "../look.js";
import type { ChangeView, UrlFate } from "../view/change.js";
import { count, verbsOf } from "../view/words.js";
import { fieldRows } from "./field.js";
import { blank, paragraph, type Row, row, type Span, say, sayNumber } from "./row.js";
import { signOf } from "./words.js";

/** One change: what, to which object, where it is written; the URL's fate; why; the fields. */
export function changeRows(change: ChangeView, look: Look): readonly Row[] {
  const isNew = change.actions.includes("create");
  const fields = fieldRows(
    change.fields,
    { indent: 8, source: change.source, showLines: !isNew, driftWords: "changed outside" },
    look,
  );
  return [
    titleRow(change, look),
    ...guardRows(change),
    ...urlRows(change.url),
    row(6, say("muted", change.reason)),
    ...fields,
    ...footRows(change, look),
    blank,
  ];
}

/** `#2  ~ update  paymentLink.x  "Name"`, with the place at the right. */
export function titleRow(change: ChangeView, look: Look): Row {
  const sign = signOf(change.actions, look);
  const flag = change.tripped.length > 0 ? say("danger", "!") : { text: " " };
  return {
    indent: 0,
    hang: 6,
    spans: [
      flag,
      { text: " " },
      sayNumber(change.number),
      say(sign.tone, `${sign.text} ${verbsOf(change.actions, change.kind)}`),
      { text: "  " },
      say("strong", change.address),
      { text: `  "${change.name}"` },
    ],
    ...(change.source === undefined
      ? {}
      : { right: [say("muted", `${change.source.file}:${change.source.line}`)] }),
  };
}

function guardRows(change: ChangeView): readonly Row[] {
  const rows: Row[] = [];
  if (change.tripped.length > 0)
    rows.push(row(6, say("danger", `needs approval: ${change.tripped.join(", ")}`)));
  if (change.allowed.length > 0) rows.push(row(6, say("warning", `allowed: ${change.allowed.join(", ")}`)));
  return rows;
}

function urlRows(fate: UrlFate | null): readonly Row[] {
  if (fate === null) return [];
  const url: readonly Span[] = fate.url === null ? [] : [{ text: " " }, say("info", fate.url)];
  switch (fate.is) {
    case "kept":
      return [row(6, "URL kept", ...url)];
    case "closed":
      return [row(6, say("danger", "page closed to payers"), ", URL kept", ...url)];
    case "opened":
      return [row(6, say("warning", "page open to payers"), ", URL kept", ...url)];
    case "unwatched":
      return [row(6, say("warning", "URL kept, and nobody watches it from now on"), ...url)];
    case "new":
      return [row(6, say("warning", "new URL"), ...newUrl(fate, url))];
    case "gone":
      return [row(6, say("danger", "URL leads nowhere already"), ...lostUrl(fate))];
    case "replaced":
      return [
        row(6, say("danger", "URL lost"), ...lostUrl(fate)),
        row(6, say("danger", "new URL"), ...newUrl(fate, url)),
      ];
  }
}

function lostUrl({ lost }: UrlFate): readonly string[] {
  return lost === undefined ? [] : [` ${lost}`];
}

function newUrl(fate: UrlFate, url: readonly Span[]): readonly (string | Span)[] {
  return [
    ...(url.length === 0 ? [", known after apply"] : url),
    ...(fate.bornClosed ? ["; page closed right after"] : []),
  ];
}

function footRows(change: ChangeView, look: Look): readonly Row[] {
  const parts: string[] = [];
  if (change.unchangedFields > 0) parts.push(`${count(change.unchangedFields, "field")} unchanged`);
  if (change.after.length > 0) {
    parts.push(`after ${change.after.map((other) => `#${other.number}`).join(", ")}`);
  }
  return [
    ...(parts.length === 0 ? [] : [row(8, say("muted", parts.join(` ${signsOf(look).dot} `)))]),
    ...change.notes.map((note) => paragraph(6, say("info", "note: "), note)),
  ];
}
