import type { ChangeAction } from "../../state/action.js";
import type { FailedAction } from "../../state/apply-document.js";

const verbs: Record<ChangeAction, string> = {
  remove: "remove for good",
  create: "create",
  adopt: "adopt",
  disable: "disable",
  archive: "archive",
  enable: "enable",
  unarchive: "unarchive",
  move: "rename (move)",
  update: "update",
  forget: "forget",
  record: "record",
};

/** What it does to an object of this kind, in the words of the documentation. */
export function verbOf(action: ChangeAction, kind: string): string {
  if (kind === "paymentLink" && action === "disable") return "close (disable)";
  if (kind === "paymentLink" && action === "enable") return "open (enable)";
  return verbs[action];
}

/** `update, then close (disable)`. */
export function verbsOf(list: readonly ChangeAction[], kind: string): string {
  return list.map((action) => verbOf(action, kind)).join(", then ");
}

/** In the order in which one of several actions gives the change its sign: what cannot be undone first. */
const leading: readonly ChangeAction[] = [
  ...(["remove", "create", "adopt", "disable", "archive", "enable", "unarchive", "move"] as const),
  ...(["update", "forget", "record"] as const),
];

/** Of several actions the one that the change is known by. */
export function leadingAction(list: readonly ChangeAction[]): ChangeAction {
  return leading.find((action) => list.includes(action)) ?? "record";
}

/** The kind of an address, which begins with it. */
export function kindOfAddress(address: string): string {
  return address.slice(0, Math.max(address.indexOf("."), 0));
}

/** `1 change`, `3 changes`. */
export function count(number: number, noun: string, plural = `${noun}s`): string {
  return `${number} ${number === 1 ? noun : plural}`;
}

export const outcomeWords: Record<FailedAction["error"]["outcome"], string> = {
  refused: "not carried out, nothing changed",
  unknown: "it may have been carried out; the next run finds out before it does anything else",
  differs: "carried out, but the live object reads differently",
  stale: "the live object moved since the plan; not sent",
};

export const groupTitles = {
  money: "Money and routing",
  reach: "What payers can reach",
  rest: "The rest",
} as const;

export const notices = {
  sandbox: "A rehearsal on this machine: no real money, no real page.",
  incomplete:
    "The account could not be read to the end. Nothing is created or retired here, and apply refuses this plan: run it again.",
  partial: "Only what --target names, and what that references. Nothing is retired.",
  howToAllow:
    "apply refuses this plan. Change the YAML; or let it through, once with --allow, or as a reviewed exception under policy.allow.",
} as const;

export const keyWords = {
  secret: "secret key",
  restricted: "restricted key",
  other: "key of unknown kind",
} as const;

export const clientWords = { builtin: "built-in client", "gstable-js": "gstable-js client" } as const;

/** The host of a URL, with its port; all of it where it is none. */
export function hostOf(baseUrl: string): string {
  return /^[a-z]+:\/\/([^/?#]+)/i.exec(baseUrl)?.[1] ?? baseUrl;
}
