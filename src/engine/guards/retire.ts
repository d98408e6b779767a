import type { Decision } from "../decision.js";
import type { KindDefinition } from "../kind.js";
import { basisPoints, exceeds, sayShare } from "./amount.js";
import type { Guard } from "./guard.js";
import { pin } from "./pin.js";

/** Too much closed at once, kind by kind, for whatever reason: the mark of a broken generator or a wrong file. */
export const retire: Guard = ({ decisions, kinds, policy, partial }) => {
  if (partial) return [];
  const counts = [...kinds.values()].map((definition) => countClosed(definition, decisions));
  const tooMany = counts.filter(({ closed, open }) => isTooMany(closed.length, open, policy.maxRetireBp));
  if (tooMany.length === 0) return [];
  const pages = counts.filter(({ definition, open }) => definition.pricing !== undefined && open > 0);
  const others = tooMany.filter(({ definition }) => definition.pricing === undefined);
  const said = [...pages.map(sayPages), ...others.map(sayOthers)];
  const closed = tooMany.flatMap((count) => count.closed);
  const message = `This plan ${said.join(", and ")}: ${list(closed)}. \`maxRetire\` is ${sayShare(policy.maxRetireBp)}.`;
  return [{ address: "config", message, value: pin(closed) }];
};

interface Count {
  readonly definition: KindDefinition;
  readonly closed: readonly string[];
  /** Open before; what was only just taken over counts where it is closed, so that it cannot thin out the rest. */
  readonly open: number;
}

function countClosed(definition: KindDefinition, decisions: readonly Decision[]): Count {
  const open = decisions.filter(
    (decision) =>
      decision.pair.definition.kind === definition.kind &&
      decision.pair.live?.open === true &&
      (decision.pair.takenOver === undefined || closes(decision)),
  );
  return { definition, closed: open.filter(closes).map(({ pair }) => pair.address), open: open.length };
}

/** Whether the plan takes a live, open object out of use. */
function closes({ actions, pair: { live, definition } }: Decision): boolean {
  return (
    live?.open === true && (actions.includes(definition.openClose.closeAction) || actions.includes("remove"))
  );
}

function isTooMany(closed: number, open: number, maxRetireBp: number): boolean {
  return closed > 1 && exceeds(BigInt(closed), BigInt(open), basisPoints(maxRetireBp));
}

const sayPages = ({ closed, open }: Count) => `closes ${closed.length} of ${open} pages that can take money`;
const sayOthers = ({ definition, closed, open }: Count) =>
  `closes ${closed.length} of ${open} open ${definition.label}s`;

const LISTED = 20;

function list(addresses: readonly string[]): string {
  const shown = addresses.slice(0, LISTED).map((address) => `\`${address}\``);
  const rest = addresses.length - shown.length;
  return rest > 0 ? `${shown.join(", ")} and ${rest} more` : shown.join(", ");
}
