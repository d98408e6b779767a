import type { Failure, Outcome } from "../state/call.js";
import type { LiveObject } from "../state/live.js";
import type { KindDefinition } from "./kind.js";
import { fetchAll, type Reader } from "./reader.js";

/** Fact F16: 100 is the largest page; a server that refuses it (Fact F13) is asked for less. */
const PAGE_SIZES = [100, 50, 20, 10] as const;
const INVALID_FIELD = 400101;
const ATTEMPTS = 3;
/** A total beyond this many pages is a mistake of the server, not a catalogue. */
const MAX_PAGES = 20_000;
/** Pages of a kind asked for together with the first: those of two kinds and the small lists are under way at once. */
const MOST_AHEAD = 7;
/** Pages beyond the expected ones asked for at once, four times as many each time: a wrong total must not cost it all. */
const FIRST_WAVE = 16;

/** What the lists of a kind showed. `complete`: these are all; only then does absence mean anything. */
export interface Scan {
  readonly objects: ReadonlyMap<string, LiveObject>;
  readonly complete: boolean;
  /** Why not, in words. */
  readonly why: string | undefined;
  /** The call that failed, where one did. */
  readonly failed: (Failure & { readonly auth: boolean }) | undefined;
}

/**
 * Reads all pages of a kind, those that the `expected` number of objects would fill at once. Complete when the distinct
 * ids are as many as `total`, and `total` is the same on all pages; otherwise it is read again, twice. Fact gap G7:
 * objects that appear or vanish between two pages shift the rest.
 */
export function* scan(definition: KindDefinition, expected = 0): Reader<Scan> {
  let last = yield* scanOnce(definition, expected);
  for (let attempt = 1; attempt < ATTEMPTS && !last.complete && last.failed === undefined; attempt += 1) {
    last = yield* scanOnce(definition, expected);
  }
  return last;
}

function* scanOnce(definition: KindDefinition, expected: number): Reader<Scan> {
  const { reading } = definition;
  const seen = new Seen(definition);
  const { size, first, ahead } = yield* firstPages(definition, expected);
  seen.add(first);
  if (!reading.paged || seen.broken || seen.enough) return seen.result(reading.paged);
  const pages = Math.min(Math.ceil((seen.total ?? 0) / Math.max(seen.perPage, 1)), MAX_PAGES);
  const left: number[] = [];
  // Whatever a page after the last one answers says nothing; one that was tried once and failed is asked for again.
  for (let page = 2; page <= pages; page += 1) {
    const outcome = ahead[page - 2];
    if (outcome?.kind === "done") seen.add(outcome);
    else left.push(page);
  }
  let wave = Math.max(FIRST_WAVE, Math.ceil(expected / Math.max(seen.perPage, 1)));
  for (let from = 0; from < left.length && !seen.broken && !seen.exhausted; wave *= 4) {
    const calls = left.slice(from, from + wave).map((page) => reading.listCall(page, size));
    for (const page of yield* fetchAll(calls)) seen.add(page);
    from += calls.length;
  }
  return seen.result(true);
}

interface FirstPages {
  readonly size: number;
  readonly first: Outcome;
  readonly ahead: readonly Outcome[];
}

/** The first page, and `ahead` the ones that should follow it: the total is not known yet. */
function* firstPages({ reading }: KindDefinition, expected: number): Reader<FirstPages> {
  let refused: Outcome = unanswered;
  for (const size of PAGE_SIZES) {
    // Where the size was refused once, one page is enough to find a smaller one.
    const isFirst = size === PAGE_SIZES[0] && reading.paged;
    const pages = isFirst ? Math.min(Math.max(Math.ceil(expected / size), 1), MOST_AHEAD) : 1;
    const calls = Array.from({ length: pages }, (_, index) => reading.listCall(index + 1, size));
    const [first = unanswered, ...ahead] = yield* fetchAll(calls, calls.slice(1));
    if (first.kind === "done" || first.code !== INVALID_FIELD) return { size, first, ahead };
    refused = first;
  }
  return { size: PAGE_SIZES[0], first: refused, ahead: [] };
}

const unanswered: Outcome = { kind: "unknown", code: -1, message: "no answer" };

/** The pages of one scan, put together. */
class Seen {
  readonly #objects = new Map<string, LiveObject>();
  readonly #totals = new Set<number | undefined>();
  #why: string | undefined;
  #failed: Scan["failed"];
  perPage = 0;
  /** A page had nothing new: there are no more, whatever the total says. */
  exhausted = false;

  constructor(private readonly definition: KindDefinition) {}

  get total(): number | undefined {
    return [...this.#totals][0];
  }

  get broken(): boolean {
    return this.#why !== undefined || this.#failed !== undefined;
  }

  get enough(): boolean {
    return this.#objects.size >= (this.total ?? 0);
  }

  add(outcome: Outcome): void {
    if (outcome.kind !== "done") {
      const auth = outcome.kind === "refused" && outcome.reason === "auth";
      this.#failed ??= { code: outcome.code, message: outcome.message, auth };
      return;
    }
    const page = this.definition.reading.decodeList(outcome.data);
    if (!page.ok) {
      this.#why ??= page.why;
      return;
    }
    if (this.#totals.size === 0) this.perPage = page.objects.length;
    this.#totals.add(page.total);
    const before = this.#objects.size;
    for (const object of page.objects) this.#objects.set(object.id, object);
    this.exhausted ||= this.#objects.size === before;
  }

  result(paged: boolean): Scan {
    const why = this.#why ?? this.#failed?.message ?? (paged ? this.#shortfall() : undefined);
    return { objects: this.#objects, complete: why === undefined, why, failed: this.#failed };
  }

  #shortfall(): string | undefined {
    if (this.#totals.size > 1) return "the total changed while the pages were read";
    if (this.total === undefined) return "the list does not say its total";
    if (this.#objects.size === this.total) return undefined;
    return `the list shows ${this.#objects.size} objects where it counts ${this.total}`;
  }
}
