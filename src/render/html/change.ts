import type { ChangeView, Risk, UrlFate } from "../view/change.js";
import type { FieldView } from "../view/field.js";
import { count, verbsOf } from "../view/words.js";
import { type Html, html, join, nothing, value } from "./template.js";
import { differenceHtml, messageHtml, sides, valueHtml } from "./value.js";

const grades: Record<Risk, "danger" | "warn" | ""> = {
  routing: "danger",
  exit: "danger",
  price: "danger",
  visibility: "warn",
  irreversible: "warn",
  cosmetic: "",
};

function riskBadge(risk: Risk): Html {
  return html`<span class="badge ${grades[risk]}">${risk}</span>`;
}

/** One change: what, to what, where it is written; the URL's fate; why; old and new side by side. */
export function changeCard(change: ChangeView): Html {
  const { number, name, address, actions, kind, risks, source, fields, tripped, allowed } = change;
  const isNew = actions.includes("create");
  return html`<article class="card ${grades[change.gravest]}" id="change-${number}">
<div class="head"><span class="number">#${number}</span><h3>${verbsOf(actions, kind)} ${value(name, "name")}</h3>${join(risks.map(riskBadge), " ")}<span class="where">${value(address)}${source === undefined ? nothing : html` · <bdi>${source.file}:${source.line}</bdi>`}</span></div>
${tripped.length === 0 ? nothing : html`<p class="note danger">Needs approval: ${tripped.join(", ")}</p>`}${
  allowed.length === 0 ? nothing : html`<p class="note warn">Allowed: ${allowed.join(", ")}</p>`
}${urlLine(change.url)}<p class="small soft">${messageHtml(change.reason)}</p>
${fields.length === 0 ? nothing : fieldTable(fields, { isNew, before: "Now", after: isNew ? "Value" : "After", driftWords: "changed outside" })}${footLine(change)}${change.notes.map(
  (note) => html`<p class="small">Note: ${messageHtml(note)}</p>
`,
)}</article>
`;
}

function urlLine(fate: UrlFate | null): Html {
  if (fate === null) return nothing;
  const url = fate.url === null ? nothing : html` ${value(fate.url)}`;
  const known = fate.url === null ? html`, known after apply` : url;
  const lost = fate.lost === undefined ? nothing : html` ${value(fate.lost, "was")}`;
  const closing = fate.bornClosed ? html`; page closed right after` : nothing;
  return html`<p class="small">${said()}</p>
`;

  function said(): Html {
    switch (fate?.is) {
      case "closed":
        return html`<b>Page closed to payers</b>, URL kept${url}`;
      case "opened":
        return html`<b>Page open to payers</b>, URL kept${url}`;
      case "unwatched":
        return html`<b>URL kept, and nobody watches it from now on</b>${url}`;
      case "new":
        return html`<b>New URL</b>${known}${closing}`;
      case "gone":
        return html`<b>URL leads nowhere already</b>${lost}`;
      case "replaced":
        return html`<b>URL lost</b>${lost}; <b>new URL</b>${known}${closing}`;
      default:
        return html`URL kept${url}`;
    }
  }
}

/** Fields as a table; on a phone each cell says what it is. */
export function fieldTable(
  fields: readonly FieldView[],
  words: { isNew: boolean; before: string; after: string; driftWords: string },
): Html {
  const heads = words.isNew
    ? html`<th>Field</th><th>${words.after}</th>`
    : html`<th>Field</th><th>${words.before}</th><th>${words.after}</th>`;
  return html`<table>
<thead><tr>${heads}</tr></thead>
<tbody>
${fields.map((field) => fieldRow(field, words))}</tbody>
</table>
`;
}

function fieldRow(
  field: FieldView,
  { isNew, before, after, driftWords }: { isNew: boolean; before: string; after: string; driftWords: string },
): Html {
  const [was, becomes] = sides(field.change);
  const old = isNew ? nothing : html`<td data-of="${before}">${was}${oldNotes(field)}</td>`;
  return html`<tr><td><bdi>${field.path}</bdi></td>${old}<td data-of="${after}">${becomes}${notes(field, driftWords)}</td></tr>
`;
}

function oldNotes({ base, payout }: FieldView): Html {
  return html`${payout?.before === undefined ? nothing : html`<span class="note">${value(payout.before)}</span>`}${
    base === undefined ? nothing : html`<span class="note">last applied: ${valueHtml(base)}</span>`
  }`;
}

function notes(field: FieldView, driftWords: string): Html {
  const { change, payout } = field;
  const warn = (text: string) => html`<span class="note warn">${text}</span>`;
  return html`${[
    ...(change.is === "replaced" ? [differenceHtml(change.difference)] : []),
    ...(payout?.after === undefined ? [] : [html`<span class="note">${value(payout.after)}</span>`]),
    ...(field.cause === "drift" && driftWords !== "" ? [warn(driftWords)] : []),
    ...(field.cause === "conflict"
      ? [html`<span class="note danger">changed in YAML and outside</span>`]
      : []),
    ...(field.cause === "unknown" ? [warn("nothing recorded to compare with")] : []),
    ...(field.ignored ? [html`<span class="note">ignored (ignoreChanges)</span>`] : []),
    ...(field.looksTheSame ? [warn("looks the same, other Unicode form")] : []),
  ]}`;
}

function footLine({ unchangedFields, after }: ChangeView): Html {
  const parts = [
    ...(unchangedFields === 0 ? [] : [html`${count(unchangedFields, "field")} unchanged`]),
    ...(after.length === 0
      ? []
      : [
          html`after ${join(
            after.map(({ number }) => html`#${number}`),
            ", ",
          )}`,
        ]),
  ];
  return parts.length === 0
    ? nothing
    : html`<p class="small soft">${join(parts, " · ")}</p>
`;
}
