import { style, styleHash } from "./style.js";
import { Html, html, nothing } from "./template.js";
import { ownWords } from "./value.js";

export interface HtmlPage {
  readonly title: string;
  readonly kicker: string;
  readonly heading: Html;
  readonly body: readonly Html[];
  readonly tool?: { readonly name: string; readonly version: string };
}

/**
 * One file that needs nothing: no script, no picture, no font, no request. The policy forbids all of them, so that a
 * hole in the escaping would still do nothing.
 */
export function renderPage({ title, kicker, heading, body, tool }: HtmlPage): string {
  const policy = `default-src 'none'; style-src '${styleHash}'; base-uri 'none'; form-action 'none'`;
  const made = tool === undefined ? nothing : html` Made by ${tool.name} ${tool.version}.`;
  return `${
    html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${new Html(policy)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<meta name="color-scheme" content="light dark">
<title>${title}</title>
<style>${new Html(style)}</style>
</head>
<body>
<main>
<p class="kicker">${kicker}</p>
<h1>${heading}</h1>
${body}
<footer>This page runs no script and loads nothing.${made}</footer>
</main>
</body>
</html>`.text
  }\n`;
}

export type Grade = "danger" | "warn" | "good" | "";

/** The first thing to read: what this comes to. */
export function verdict(grade: Grade, said: string, more = ""): Html {
  return html`<div class="verdict ${grade}"><b>${said}</b>${ownWords(more)}</div>
`;
}

/** A section with its parts; nothing where there are none. */
export function section(title: string, parts: readonly Html[], wrap = ""): Html {
  if (parts.length === 0) return nothing;
  const inner = wrap === "" ? html`${parts}` : html`<div class="${wrap}">${parts}</div>`;
  return html`<section>
<h2>${title}</h2>
${inner}
</section>
`;
}
