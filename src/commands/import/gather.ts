import { type Diagnostic, failure, hasErrors, type Result, success } from "../../diagnostics/index.js";
import { rivalsOf, type Takeover } from "../../engine/import.js";
import { type KindDefinition, references } from "../../engine/kind.js";
import { readWhole, type Whole } from "../../engine/observe.js";
import { unmanaged } from "../../engine/pair/candidates.js";
import type { Reader } from "../../engine/reader.js";
import { provider } from "../../resources/provider.js";
import { type Address, type Kind, kindOf } from "../../state/address.js";
import type { SkippedObject } from "../../state/import-document.js";
import type { LiveObject, Observed } from "../../state/live.js";
import type { Planned } from "../planning.js";
import { type Candidate, cannot, type Reason, skip } from "./candidate.js";
import { findNamed, otherKind, unknownId } from "./find-named.js";

/** What was asked for. */
export interface Selection {
  readonly requests: readonly Takeover[];
  /** Unmanaged objects beside the named ones, by id. */
  readonly ids: ReadonlySet<string>;
}

/** The objects to import, read whole, and what became of the others. */
export interface Gathered {
  readonly candidates: readonly Candidate[];
  readonly skipped: readonly SkippedObject[];
  readonly observed: Observed;
}

/** Runs a reader on the account. */
export type Read = <T>(reader: Reader<T>) => Promise<T>;

/** Objects that nobody manages, of every kind whose list is whole. */
export function listUnmanaged({ input, input: { observed } }: Planned): readonly Candidate[] {
  return [...input.kinds.values()].flatMap((definition) => {
    const seen = unmanaged(input, definition);
    const archived = [...(observed.kinds.get(definition.kind)?.objects.values() ?? [])].filter(
      ({ archivedForGood, id }) => archivedForGood && !input.foreignIds.has(id),
    );
    return [...seen, ...archived].map((live) => ({ live, definition, to: undefined, named: false }));
  });
}

/** Finds what was asked for and the products that it sells, and reads all of it whole. */
export async function gather(
  selection: Selection,
  { planned, read }: { planned: Planned; read: Read },
): Promise<Result<Gathered>> {
  const gatherer = new Gatherer(planned, read);
  const said = await gatherer.addNamed(selection.requests);
  if (hasErrors(said)) return failure(...said);
  for (const one of listUnmanaged(planned)) if (selection.ids.has(one.live.id)) gatherer.addListed(one);
  await gatherer.readLinks();
  await gatherer.addSold();
  const clash = gatherer.checkRivals();
  if (clash.length > 0) return failure(...clash);
  return success(gatherer.result(), said);
}

class Gatherer {
  readonly #candidates = new Map<string, Candidate>();
  readonly #skipped: SkippedObject[] = [];
  readonly #objects = new Map<Kind, Map<string, LiveObject>>();
  /** Entries without an object that the next apply would give one of these: by the object's id. */
  readonly #adoptions: ReadonlyMap<string, Address>;

  constructor(
    private readonly planned: Planned,
    private readonly read: Read,
  ) {
    this.#adoptions = new Map(
      planned.plan.work.flatMap(({ address, decision: { pair } }) =>
        pair.takenOver === undefined || pair.live === undefined ? [] : [[pair.live.id, address] as const],
      ),
    );
  }

  async addNamed(requests: readonly Takeover[]): Promise<readonly Diagnostic[]> {
    const said: Diagnostic[] = [];
    const unlisted: Takeover[] = [];
    for (const found of requests.map((request) => findNamed(request, this.planned))) {
      if (found.is === "said") said.push(found.diagnostic);
      else if (found.is === "unlisted") unlisted.push(found.request);
      else if (found.live.archivedForGood) said.push(unknownId(found.request, "archived"));
      else this.#addNamed(found.request, found.live);
    }
    for (const request of unlisted) said.push(...(await this.#addUnlisted(request)));
    return said;
  }

  /** A list may hide what can still be read by its id. */
  async #addUnlisted(request: Takeover): Promise<readonly Diagnostic[]> {
    const definition = this.#definition(kindOf(request.to));
    const whole = await this.read(readWhole(definition, [request.id]));
    const live = whole.objects.get(request.id);
    if (live !== undefined && !live.archivedForGood) {
      if (live.kind !== definition.kind) return [otherKind(request, live)];
      this.#remember(definition.kind, whole);
      this.#addNamed(request, live);
      return [];
    }
    const gone = whole.gone.get(request.id) ?? (live === undefined ? undefined : "archived");
    const how = gone ?? (whole.failed.has(request.id) ? "unreadable" : "missing");
    return [unknownId(request, how)];
  }

  #addNamed({ to }: Takeover, live: LiveObject): void {
    const definition = this.#definition(live.kind);
    this.#candidates.set(live.id, { live, definition, to, named: true });
  }

  /** What an entry of the configuration is waiting for goes to that entry. */
  addListed(candidate: Candidate): void {
    const { live } = candidate;
    if (this.#candidates.has(live.id)) return;
    const to = this.#adoptions.get(live.id);
    if (live.archivedForGood) this.#skip(candidate, archivedForGood);
    else this.#candidates.set(live.id, { ...candidate, to });
  }

  /** A list leaves fields out: what is imported is read whole. */
  async readLinks(): Promise<void> {
    for (const definition of this.planned.input.kinds.values()) {
      if (!definition.reading.listIsPartial) continue;
      const mine = [...this.#candidates.values()].filter((one) => one.definition === definition);
      const whole = await this.read(
        readWhole(
          definition,
          mine.map(({ live }) => live.id),
        ),
      );
      this.#remember(definition.kind, whole);
      for (const candidate of mine) this.#takeWhole(candidate, whole);
    }
  }

  #takeWhole(candidate: Candidate, whole: Whole): void {
    const { id } = candidate.live;
    const live = whole.objects.get(id);
    if (live !== undefined && !live.archivedForGood) {
      this.#candidates.set(id, { ...candidate, live });
      return;
    }
    this.#candidates.delete(id);
    if (live !== undefined || whole.gone.get(id) === "archived") this.#skip(candidate, archivedForGood);
    else this.#skip(candidate, cannot("it is listed, but cannot be read by its id"));
  }

  /** A link refers to its products by name, so they are imported with it. */
  async addSold(): Promise<void> {
    const sold = new Set(
      [...this.#candidates.values()].flatMap(({ live, definition }) =>
        references(definition, live.values).flatMap(({ to, target }) => (to === "product" ? [target] : [])),
      ),
    );
    const { input, opened } = this.planned;
    const { observed } = input;
    const locked = new Set([...opened.lockfile.entries.values()].map(({ id }) => id));
    const definition = this.#definition("product");
    const listed = observed.kinds.get("product")?.objects;
    const wanted = [...sold].filter((id) => !locked.has(id) && !input.foreignIds.has(id));
    const hidden = wanted.filter((id) => listed?.has(id) !== true);
    const whole = await this.read(readWhole(definition, hidden));
    this.#remember("product", whole);
    for (const id of wanted) {
      const live = whole.objects.get(id) ?? listed?.get(id);
      if (live === undefined || live.archivedForGood) continue;
      this.addListed({ live, definition, to: undefined, named: false });
    }
  }

  /** An object that a planned create may mean goes to that entry, or nowhere. */
  checkRivals(): readonly Diagnostic[] {
    const clashes: Diagnostic[] = [];
    for (const candidate of this.#candidates.values()) {
      const { live, to, named } = candidate;
      const adopter = this.#adoptions.get(live.id);
      const rivals = [
        ...(adopter === undefined ? [] : [adopter]),
        ...rivalsOf(this.planned.plan, candidate),
      ].filter((address) => address !== to);
      const [rival] = rivals;
      if (rival === undefined) continue;
      if (named) clashes.push(mayBeMeant(live.id, rival));
      else {
        this.#candidates.delete(live.id);
        this.#skip(candidate, { code: "GS2129", severity: "error", why: sayRival(live.id, rival) });
      }
    }
    return clashes;
  }

  result(): Gathered {
    const { observed } = this.planned.input;
    const kinds = new Map(observed.kinds);
    for (const [kind, objects] of this.#objects) {
      const before = kinds.get(kind);
      if (before !== undefined)
        kinds.set(kind, { ...before, objects: new Map([...before.objects, ...objects]) });
    }
    return {
      candidates: [...this.#candidates.values()].sort((a, b) => (a.live.id < b.live.id ? -1 : 1)),
      skipped: this.#skipped,
      observed: { ...observed, kinds },
    };
  }

  #skip(candidate: Candidate, reason: Reason): void {
    this.#skipped.push(skip(candidate, reason));
  }

  #remember(kind: Kind, { objects }: Whole): void {
    this.#objects.set(kind, new Map([...(this.#objects.get(kind) ?? []), ...objects]));
  }

  #definition(kind: Kind): KindDefinition {
    const definition = provider.kinds.get(kind);
    if (definition === undefined) throw new Error(`no kind ${kind}`);
    return definition;
  }
}

const archivedForGood: Reason = {
  code: "GS2127",
  severity: "note",
  why: "it was archived for good in the dashboard: nobody can change it any more",
};

const sayRival = (id: string, rival: Address): string =>
  `it may be what \`${rival}\` of the configuration means; if so, import it as \`${rival}=${id}\``;

function mayBeMeant(id: string, rival: Address): Diagnostic {
  return {
    code: "GS2129",
    severity: "error",
    summary: `\`${id}\` may be what \`${rival}\` means`,
    detail:
      "The plan takes that entry for this object, or would create it beside one that is like it. Imported under another name, there would be two.",
    remedy: "Import it under that name:",
    command: ["import", `${rival}=${id}`],
  };
}
