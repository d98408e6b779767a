import type { ChangeAction } from "../../state/plan-document.js";
import type { Look } from "../look.js";
import type { Risk } from "../view/change.js";
import type { Tone } from "./tone.js";

interface ActionWords {
  /** What it does to an object of this kind, in the words of the documentation. */
  readonly verb: string;
  readonly linkVerb?: string;
  readonly unicode: string;
  readonly ascii: string;
  readonly tone: Tone;
}

/** In the order in which one of several actions gives the change its sign: what cannot be undone first. */
const actions: Record<ChangeAction, ActionWords> = {
  remove: { verb: "remove for good", unicode: "-", ascii: "-", tone: "danger" },
  create: { verb: "create", unicode: "+", ascii: "+", tone: "good" },
  adopt: { verb: "adopt", unicode: "↻", ascii: "<", tone: "info" },
  disable: { verb: "disable", linkVerb: "close (disable)", unicode: "✕", ascii: "x", tone: "danger" },
  archive: { verb: "archive", unicode: "✕", ascii: "x", tone: "danger" },
  enable: { verb: "enable", linkVerb: "open (enable)", unicode: "●", ascii: "o", tone: "good" },
  unarchive: { verb: "unarchive", unicode: "●", ascii: "o", tone: "good" },
  move: { verb: "rename (move)", unicode: "→", ascii: ">", tone: "info" },
  update: { verb: "update", unicode: "~", ascii: "~", tone: "change" },
  forget: { verb: "forget", unicode: "·", ascii: ".", tone: "warning" },
  record: { verb: "record", unicode: "·", ascii: ".", tone: "muted" },
};

export function verbOf(action: ChangeAction, kind: string): string {
  const words = actions[action];
  return kind === "paymentLink" ? (words.linkVerb ?? words.verb) : words.verb;
}

/** `update, then close (disable)`. */
export function verbsOf(list: readonly ChangeAction[], kind: string): string {
  return list.map((action) => verbOf(action, kind)).join(", then ");
}

export function signOf(list: readonly ChangeAction[], look: Look): { text: string; tone: Tone } {
  const order = Object.keys(actions) as ChangeAction[]; // the record's keys are exactly the actions
  const words = actions[order.find((action) => list.includes(action)) ?? "record"];
  return { text: look.unicode ? words.unicode : words.ascii, tone: words.tone };
}

/** The kind of an address, which begins with it. */
export function kindOfAddress(address: string): string {
  return address.slice(0, Math.max(address.indexOf("."), 0));
}

export const riskTones: Record<Risk, Tone> = {
  routing: "danger",
  exit: "danger",
  price: "danger",
  visibility: "warning",
  irreversible: "warning",
  cosmetic: "muted",
};

/** `1 change`, `3 changes`. */
export function count(number: number, noun: string, plural = `${noun}s`): string {
  return `${number} ${number === 1 ? noun : plural}`;
}
