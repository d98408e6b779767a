import type { Look } from "../look.js";
import { redactDeep } from "../terminal-text.js";
import { layOut } from "./layout.js";
import { row, say } from "./row.js";

/** An object that somebody may choose. */
export interface ImportChoice {
  readonly kind: string;
  readonly id: string;
  readonly name: string;
  readonly url: string | null;
  readonly open: boolean;
}

/** Objects that nobody manages, numbered. */
export function renderChoices(choices: readonly ImportChoice[], look: Look): string {
  const width = String(choices.length).length;
  const rows = redactDeep(choices).map(({ kind, id, name, url, open }, index) => ({
    ...row(
      2,
      say("strong", String(index + 1).padStart(width)),
      `  ${kind}  ${name}`,
      open ? "" : "  (closed)",
    ),
    right: [say("muted", url ?? id)],
  }));
  return layOut([row(0, say("strong", "Nobody manages:")), ...rows], look);
}
