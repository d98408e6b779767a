import type { ChangeAction } from "../../state/action.js";
import type { Look } from "../look.js";
import type { Risk } from "../view/change.js";
import { leadingAction } from "../view/words.js";
import type { Tone } from "./tone.js";

const signs: Record<ChangeAction, { readonly unicode: string; readonly ascii: string; readonly tone: Tone }> =
  {
    remove: { unicode: "-", ascii: "-", tone: "danger" },
    create: { unicode: "+", ascii: "+", tone: "good" },
    adopt: { unicode: "↻", ascii: "<", tone: "info" },
    disable: { unicode: "✕", ascii: "x", tone: "danger" },
    archive: { unicode: "✕", ascii: "x", tone: "danger" },
    enable: { unicode: "●", ascii: "o", tone: "good" },
    unarchive: { unicode: "●", ascii: "o", tone: "good" },
    move: { unicode: "→", ascii: ">", tone: "info" },
    update: { unicode: "~", ascii: "~", tone: "change" },
    forget: { unicode: "·", ascii: ".", tone: "warning" },
    record: { unicode: "·", ascii: ".", tone: "muted" },
  };

/** The sign of a change, in the tone of its leading action. */
export function signOf(list: readonly ChangeAction[], look: Look): { text: string; tone: Tone } {
  const { unicode, ascii, tone } = signs[leadingAction(list)];
  return { text: look.unicode ? unicode : ascii, tone };
}

export const riskTones: Record<Risk, Tone> = {
  routing: "danger",
  exit: "danger",
  price: "danger",
  visibility: "warning",
  irreversible: "warning",
  cosmetic: "muted",
};
