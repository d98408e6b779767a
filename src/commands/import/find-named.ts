import type { Diagnostic } from "../../diagnostics/index.js";
import type { Takeover } from "../../engine/import.js";
import type { LiveObject, Observed } from "../../state/live.js";
import type { LockEntry } from "../../state/lockfile.js";
import type { Planned } from "../planning.js";
import { isOfKind } from "./candidate.js";

/** What became of a request: an object to import, nothing to do, or an error. */
export type Found =
  | { readonly is: "live"; readonly request: Takeover; readonly live: LiveObject }
  /** Not listed: it has to be asked for by its id. */
  | { readonly is: "unlisted"; readonly request: Takeover }
  | { readonly is: "said"; readonly diagnostic: Diagnostic };

/** Looks a request up among what is recorded and what the lists showed. */
export function findNamed(request: Takeover, planned: Planned): Found {
  const recorded = checkRecorded(request, planned);
  if (recorded !== undefined) return { is: "said", diagnostic: recorded };
  const live = objectOf(request.id, planned.input.observed);
  if (live === undefined) return { is: "unlisted", request };
  if (!isOfKind(request.to, live)) return { is: "said", diagnostic: otherKind(request, live) };
  return { is: "live", request, live };
}

function objectOf(id: string, { kinds }: Observed): LiveObject | undefined {
  for (const { objects } of kinds.values()) {
    const live = objects.get(id);
    if (live !== undefined) return live;
  }
  return undefined;
}

function checkRecorded({ to, id }: Takeover, { opened, input }: Planned): Diagnostic | undefined {
  const { entries } = opened.lockfile;
  const owner = [...entries].find(([, entry]) => entry.id === id);
  if (owner?.[0] === to) return managed(to, owner[1]);
  if (owner !== undefined) return ofAnother({ to, id }, owner[0]);
  const mine = entries.get(to);
  if (mine !== undefined) return hasAnother({ to, id }, mine);
  if (input.foreignIds.has(id)) return ofAnotherEnvironment({ to, id });
  const pending = input.desired.imports.find((one) => one.to === to || one.id === id);
  if (pending !== undefined && (pending.to !== to || pending.id !== id)) {
    return { ...ofAnother({ to, id }, pending.to), source: pending.source };
  }
  return undefined;
}

function managed(to: string, entry: LockEntry): Diagnostic {
  if (entry.retired !== true) {
    return { code: "GS2124", severity: "note", summary: `\`${to}\` has \`${entry.id}\` already` };
  }
  return {
    code: "GS2124",
    severity: "error",
    summary: `\`${to}\` has \`${entry.id}\` already, and is retired`,
    detail: "The entry left the configuration; its object was closed and is kept that way.",
    remedy: "Put the entry back into the configuration: it comes back with its id and its URL.",
  };
}

function ofAnother({ to, id }: Takeover, owner: string): Diagnostic {
  return {
    code: "GS2115",
    severity: "error",
    summary: `\`${id}\` cannot become \`${to}\`: it is \`${owner}\``,
    detail: "One live object cannot be two entries: each would undo what the other writes.",
    remedy: `To rename the entry, write:\n  moved: [{ from: ${owner}, to: ${to} }]`,
  };
}

function hasAnother({ to, id }: Takeover, entry: LockEntry): Diagnostic {
  return {
    code: "GS2114",
    severity: "error",
    summary: `\`${id}\` cannot become \`${to}\`: that entry has \`${entry.id}\``,
    detail: "The object that it has now would be lost sight of.",
    remedy: "Choose another name, or let go of the present object first:",
    command: ["state rm", to],
  };
}

function ofAnotherEnvironment({ to, id }: Takeover): Diagnostic {
  return {
    code: "GS2116",
    severity: "error",
    summary: `\`${id}\` cannot become \`${to}\`: another environment manages it`,
    detail: "Two environments would undo each other's changes to the same live object.",
    remedy: "Let go of it in the other environment first, with `state rm` there.",
  };
}

/** Said of a request whose object is of another kind than its address. */
export function otherKind({ to, id }: Takeover, live: LiveObject): Diagnostic {
  const name = to.slice(to.indexOf(".") + 1);
  return {
    code: "GS2125",
    severity: "error",
    summary: `\`${id}\` cannot become \`${to}\`: it is a ${live.kind}`,
    remedy: `Write \`${live.kind}.${name}=${id}\`, or the id that was meant.`,
  };
}

/** Said of a request whose object nobody knows. */
export function unknownId({ to, id }: Takeover, how: "missing" | "archived" | "unreadable"): Diagnostic {
  const words = {
    missing: {
      said: "does not exist",
      detail: "It is neither listed nor readable by its id in this account.",
    },
    archived: {
      said: "was archived for good",
      detail: "The API lets nobody read or change it any more, so there is nothing to manage.",
    },
    unreadable: { said: "cannot be read", detail: "It is not listed, and asking for it failed." },
  }[how];
  return {
    code: "GS2101",
    severity: "error",
    summary: `\`${id}\`, for \`${to}\`, ${words.said}`,
    detail: words.detail,
    remedy: "Check the id in the dashboard. Nothing was written.",
  };
}
