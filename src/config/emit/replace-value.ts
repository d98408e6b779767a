import { isMap, isScalar, isSeq, type Pair } from "yaml";
import { afterColon, contentEnd, type Draft } from "./draft.js";
import { isEmptyNode, isNode } from "./edit-source.js";
import { renderBlock, renderInline } from "./render-written.js";
import { renderLiteral, renderScalar } from "./scalar.js";
import type { Written } from "./written.js";

interface Place {
  /** Whether the map around it is written in braces. */
  readonly flow: boolean;
  readonly draft: Draft;
}

/** Puts another value behind a key; what stands around it stays. */
export function replaceValue(pair: Pair, written: Written, { flow, draft }: Place): void {
  const { key, value } = pair;
  if (!isNode(value) || isEmptyNode(value)) {
    fillIn(key, written, { flow, draft });
  } else if ((isMap(value) || isSeq(value)) && value.flow !== true) {
    replaceBlock(pair, written, draft);
  } else if (isScalar(value) && (value.type === "BLOCK_LITERAL" || value.type === "BLOCK_FOLDED")) {
    replaceBlockScalar(pair, written, draft);
  } else if (!flow && writesLiteral(key, written, draft)) {
    replaceByLiteral({ key, start: value.range[0], end: value.range[1] }, written, draft);
  } else {
    replaceNode(value, written, { flow, draft });
  }
}

/** Replaces what stands on its own: a scalar, an alias, a collection in brackets. */
export function replaceNode(node: unknown, written: Written, { flow, draft }: Place): void {
  if (!isNode(node) || ((isMap(node) || isSeq(node)) && node.flow !== true)) {
    draft.obstruct("the value cannot be found");
    return;
  }
  const [start, end] = node.range;
  if ((isMap(node) || isSeq(node)) && draft.hasComment(start, end)) {
    draft.obstruct("there are comments inside the value that would be lost");
    return;
  }
  const { json } = draft.source.style;
  const quote = isScalar(node) ? quotes[node.type ?? ""] : undefined;
  const text =
    written.is === "scalar"
      ? renderScalar(written, { flow, json, ...(quote !== undefined && { quote }) })
      : renderInline(written, { json });
  draft.replace(start, end, text);
}

const quotes: { readonly [type: string]: "single" | "double" } = {
  QUOTE_SINGLE: "single",
  QUOTE_DOUBLE: "double",
};

/** Behind a key that has nothing behind it. */
function fillIn(key: unknown, written: Written, { flow, draft }: Place): void {
  const at = afterColon(key, draft.source);
  if (at === undefined || !isNode(key)) {
    draft.obstruct("the key has no colon");
    return;
  }
  const { style } = draft.source;
  const isNested = written.is === "map" && written.entries.size > 0 && !flow;
  if (!isNested) draft.insert(at, ` ${renderInline(written, style, flow || written.is !== "scalar")}`);
  else {
    const column = draft.column(key.range[0]) + style.step;
    draft.insertLines(draft.nextLine(at), renderBlock(written, { column, style }));
  }
}

/** A collection on lines of its own becomes another one, or something short behind the key. */
function replaceBlock({ key, value }: Pair, written: Written, draft: Draft): void {
  const end = contentEnd(value, draft.source);
  const at = afterColon(key, draft.source);
  if (!isNode(value) || end === undefined || at === undefined || !draft.beginsLine(value.range[0])) {
    draft.obstruct("the end of the value cannot be found");
    return;
  }
  const from = draft.lineStart(value.range[0]);
  const to = draft.nextLine(end);
  if (draft.hasComment(from, to)) {
    draft.obstruct("there are comments inside the value that would be lost");
    return;
  }
  const { style, eol } = draft.source;
  if (written.is === "list" && isSeq(value) && written.items.length > 0) {
    const lines = renderBlock(written, { column: draft.column(value.range[0]), style });
    draft.replace(from, to, lines.map((line) => line + eol).join(""));
  } else {
    draft.insert(at, ` ${renderInline(written, style, written.is !== "scalar")}`);
    draft.replace(from, to, "");
  }
}

/** `|` and `>`: the comment behind the header stays. */
function replaceBlockScalar({ key, value }: Pair, written: Written, draft: Draft): void {
  const end = contentEnd(value, draft.source);
  if (!isNode(value) || end === undefined) {
    draft.obstruct("the end of the text cannot be found");
    return;
  }
  const [start] = value.range;
  if (writesLiteral(key, written, draft)) {
    replaceByLiteral({ key, start, end }, written, draft);
    return;
  }
  const header = draft.source.text.slice(start, draft.lineEnd(start));
  const comment = /\s+#.*$/.exec(header)?.[0] ?? "";
  draft.replace(start, end, renderInline(written, draft.source.style, written.is !== "scalar") + comment);
}

function writesLiteral(key: unknown, written: Written, draft: Draft): boolean {
  const { style } = draft.source;
  if (!style.literals || style.json || !isNode(key)) return false;
  return literalOf(key.range[0], written, draft) !== undefined;
}

function literalOf(keyStart: number, written: Written, draft: Draft) {
  if (written.is !== "scalar" || typeof written.value !== "string") return undefined;
  return renderLiteral(written.value, draft.column(keyStart) + draft.source.style.step);
}

/** A text of several lines; a comment that stood behind the value stands behind the header then. */
function replaceByLiteral(
  { key, start, end }: { key: unknown; start: number; end: number },
  written: Written,
  draft: Draft,
): void {
  const literal = isNode(key) ? literalOf(key.range[0], written, draft) : undefined;
  const tail = draft.tail(end);
  const header = draft.source.text.slice(start, Math.min(draft.lineEnd(start), end));
  const comment = /^[|>][-+0-9]*(\s+#.*)$/.exec(header)?.[1] ?? tail;
  if (literal === undefined || tail === undefined || comment === undefined) {
    draft.obstruct("something stands behind the text");
    return;
  }
  const { eol } = draft.source;
  const text = [`${literal.header}${comment}`, ...literal.lines].join(eol);
  draft.replace(start, draft.lineEnd(end), text);
}
