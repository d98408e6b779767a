import { renderKey, renderLiteral, renderScalar } from "./scalar.js";
import type { Written, WrittenList, WrittenMap } from "./written.js";

/** How a file is written. */
export interface WritingStyle {
  readonly json: boolean;
  /** Columns from one level to the next. */
  readonly step: number;
  /** Whether texts of several lines may be written as blocks. */
  readonly literals: boolean;
}

/** Longer collections get lines of their own. */
const MAX_LINE = 100;

/** A value on one line. */
export function renderInline(written: Written, style: Pick<WritingStyle, "json">, flow = true): string {
  switch (written.is) {
    case "scalar":
      return renderScalar(written, { flow, json: style.json });
    case "list":
      return `[${written.items.map((item) => renderInline(item, style)).join(", ")}]`;
    case "map": {
      const pairs = [...written.entries].map(
        ([key, value]) => `${renderKey(key, style.json)}: ${renderInline(value, style)}`,
      );
      return pairs.length === 0 ? "{}" : `{ ${pairs.join(", ")} }`;
    }
    default:
      return written satisfies never;
  }
}

/** The same as `renderInline`, over several lines where one would be too long; the first continues a line. */
export function renderFlow(
  written: Written,
  { margin, style }: { margin: number; style: Pick<WritingStyle, "json" | "step"> },
): readonly string[] {
  const inline = renderInline(written, style);
  if (written.is === "scalar" || (!holdsEntries(written) && margin + inline.length <= MAX_LINE))
    return [inline];
  const [open, close] = written.is === "map" ? ["{", "}"] : ["[", "]"];
  const inner = margin + style.step;
  const parts: readonly (readonly [string, Written])[] =
    written.is === "map"
      ? [...written.entries].map(([key, part]) => [`${renderKey(key, style.json)}: `, part])
      : written.items.map((part) => ["", part]);
  const lines = parts.flatMap(([key, part], index) => {
    const [first = "", ...rest] = renderFlow(part, { margin: inner, style });
    const whole = [`${" ".repeat(inner)}${key}${first}`, ...rest];
    const isLast = index === parts.length - 1;
    return whole.map((line, at) => (isLast || at < whole.length - 1 ? line : `${line},`));
  });
  return lines.length === 0 ? [inline] : [open, ...lines, `${" ".repeat(margin)}${close}`];
}

/** Whether a whole entry is somewhere in it. */
export function holdsEntries(written: Written): boolean {
  return isApart(written) || (written.is === "map" && [...written.entries.values()].some(holdsEntries));
}

/** A key with its value as lines of a block map whose keys begin in a column. */
export function renderPair(
  key: string,
  value: Written,
  { column, style }: { column: number; style: WritingStyle },
): readonly string[] {
  const margin = " ".repeat(column);
  const head = `${margin}${renderKey(key, style.json)}:`;
  if (value.is === "scalar") {
    const block = style.literals && typeof value.value === "string" ? value.value : "";
    const literal = renderLiteral(block, column + style.step);
    if (literal !== undefined) return [`${head} ${literal.header}`, ...literal.lines];
    return [`${head} ${renderInline(value, style, false)}`];
  }
  const inline = `${head} ${renderInline(value, style)}`;
  const isScaffold = value.is === "map" && value.entries.size > 0;
  if (!isScaffold && inline.length <= MAX_LINE) return [inline];
  return [head, ...renderBlock(value, { column: column + style.step, style })];
}

/** Whether an empty line belongs before it. */
export function isApart(written: Written): boolean {
  return written.is === "map" && written.apart === true;
}

/** A collection as lines, its keys or dashes in a column. */
export function renderBlock(
  value: WrittenList | WrittenMap,
  { column, style }: { column: number; style: WritingStyle },
): readonly string[] {
  if (value.is === "map") {
    return [...value.entries].flatMap(([key, part], index) => [
      ...(index > 0 && isApart(part) ? [""] : []),
      ...renderPair(key, part, { column, style }),
    ]);
  }
  return value.items.flatMap((item) => renderListItem(item, { column, style, compact: true }));
}

/** An item of a block list; a record on one line, if it is wanted so and fits. */
export function renderListItem(
  item: Written,
  {
    column,
    style,
    compact,
    gap = 1,
  }: { column: number; style: WritingStyle; compact: boolean; gap?: number },
): readonly string[] {
  const dash = `${" ".repeat(column)}-${" ".repeat(gap)}`;
  const inline = `${dash}${renderInline(item, style, item.is !== "scalar")}`;
  if (item.is !== "map" || item.entries.size === 0 || (compact && inline.length <= MAX_LINE)) return [inline];
  const [first = "", ...rest] = renderBlock(item, { column: column + 1 + gap, style });
  return [`${dash}${first.trimStart()}`, ...rest];
}
