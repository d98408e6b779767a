import type { LiveObject } from "../../state/live.js";
import type { Decision } from "../decide.js";
import { type KindDefinition, references } from "../kind.js";
import { bodyOf } from "../work.js";
import type { Guard, Review } from "./guard.js";
import { pin } from "./pin.js";
import { titleOf } from "./subject.js";

/** What is protected stays in use, and what an open page outside the configuration sells stays on sale. */
export const protect: Guard = (review) =>
  review.decisions.flatMap((decision) => {
    const { pair } = decision;
    if (pair.live === undefined || pair.gone !== undefined) return [];
    const ending = endingActions(decision);
    if (ending.length === 0) return [];
    const sellers = ending.some((action) => action !== "forget") ? findSellers(decision, review) : [];
    if (!isProtected(decision) && sellers.length === 0) return [];
    const what = ending.map((action) => endings[action]).join(" and ");
    const reasons = [
      ...(isProtected(decision) ? [`is protected and would be ${what}.`] : []),
      ...sellers.map((seller) => `would be ${what}, but ${saySeller(seller)}.`),
    ];
    const value = [ending.join("+"), ...(sellers.length > 0 ? [pin(sellers.map(({ id }) => id))] : [])].join(
      "/",
    );
    const message = reasons.map((reason) => `${titleOf(pair)} ${reason}`).join(" ");
    return [{ address: pair.address, message, value }];
  });

const endings = {
  disable: "disabled",
  archive: "archived",
  remove: "removed for good",
  forget: "forgotten: nobody watches it then",
} as const;
type Ending = keyof typeof endings;

function endingActions({ actions }: Decision): readonly Ending[] {
  return actions.filter((action): action is Ending => action in endings);
}

/** The flag of either side: dropping it in the change that it should stop does not help. */
function isProtected({ pair: { lock, desired } }: Decision): boolean {
  return lock?.lifecycle.protect === true || desired?.lifecycle.protect === true;
}

interface Seller extends LiveObject {
  readonly definition: KindDefinition;
  readonly blind: boolean;
}

/**
 * Open objects that refer to this one and go on doing so after the plan: unmanaged ones, another environment's,
 * forgotten ones, and those that the plan leaves alone. One that doesn't show what it refers to may be one.
 */
function findSellers({ pair }: Decision, { decisions, observed, kinds }: Review): readonly Seller[] {
  const managed = new Map(
    decisions.flatMap((one) => (one.pair.live ? [[one.pair.live.id, one] as const] : [])),
  );
  return [...kinds.values()].flatMap((definition) => {
    const referring = definition.fields.filter(({ type }) => refersTo(type, pair.definition.kind));
    if (referring.length === 0) return [];
    return [...(observed.kinds.get(definition.kind)?.objects.values() ?? [])]
      .filter((object) => staysOpen(object, managed.get(object.id)))
      .flatMap((object) => {
        const by = managed.get(object.id);
        const values = (by === undefined ? undefined : bodyOf(by)) ?? by?.pair.live?.values ?? object.values;
        const blind = referring.some(({ name }) => !Object.hasOwn(values, name));
        const refers = references(definition, values).some(
          ({ to, target }) => to === pair.definition.kind && target === pair.live?.id,
        );
        return blind || refers ? [{ ...object, definition, blind }] : [];
      });
  });
}

function refersTo(type: KindDefinition["fields"][number]["type"], kind: string): boolean {
  if (type.is === "items") return type.fields.some((field) => refersTo(field.type, kind));
  return type.is === "reference" && type.to === kind;
}

function staysOpen(object: LiveObject, by: Decision | undefined): boolean {
  if (!object.open || object.archivedForGood) return false;
  return by === undefined || by.open !== false;
}

function saySeller({ definition, id, url, blind, values }: Seller): string {
  const title = values[definition.titleField];
  const name = `the open ${definition.label} ${typeof title === "string" ? `\`${title}\` ` : ""}(${id}${url === undefined ? "" : `, ${url}`})`;
  return blind ? `${name} does not show what it sells` : `${name} goes on selling it`;
}
