import { type Clock, createClock } from "./clock.js";
import { digest, randomText } from "./ids.js";
import { type Knobs, turnKnobs } from "./knobs.js";
import type { SignerOf } from "./payer/claim.js";
import { createPast, type Past } from "./state/past.js";
import { openStore, type Store } from "./state/store.js";
import type { Change, ReadView } from "./state/tables.js";

/** What everything in a sandbox shares. */
export interface World {
  readonly store: Store;
  readonly past: Past;
  readonly clock: Clock;
  readonly random: () => number;
  knobs: Knobs;
  /** A fresh id such as `lnk_` and 32 letters and digits. */
  newId(prefix: string, length: number): string;
  /** Makes what was put durable, before it is answered. */
  commit(): void;
  /** The same for what shall count as having been there all along: no read lags behind it. */
  commitAsInitial(): void;
}

/** One merchant request that reached its endpoint. */
export interface ApiCall {
  readonly world: World;
  /** How this request sees the tables; writes look at `world.store`. */
  readonly view: ReadView;
  readonly params: Readonly<Record<string, string>>;
  readonly body: unknown;
  /** Whose signature it is; there for endpoints that want one. */
  readonly signerOf?: SignerOf | undefined;
}

/** An endpoint: its `data`, or a thrown ApiError. It never waits, so no two interleave. */
export type Endpoint = (call: ApiCall) => unknown;

/** The one merchant of a sandbox. */
export const merchantId = digest("merchant of the sandbox", 64);

interface WorldOptions {
  readonly stateFile?: string | undefined;
  readonly knobs?: Partial<Knobs> | undefined;
  readonly now: () => number;
  readonly random: () => number;
  /** Told of every commit, after it. */
  readonly committed: (changes: readonly Change[]) => void;
}

/** Opens the store and makes everything that hangs on it. */
export function createWorld(options: WorldOptions): World {
  const store = openStore(options.stateFile);
  const past = createPast(store);
  const world: World = {
    store,
    past,
    clock: createClock(options.now),
    random: options.random,
    knobs: turnKnobs({}, options.knobs ?? {}),
    newId: (prefix, length) => `${prefix}_${randomText(options.random, length)}`,
    commit: () => {
      const changes = store.commit();
      past.remember(changes, world.knobs.readLag);
      options.committed(changes);
    },
    commitAsInitial: () => past.supersede(store.commit()),
  };
  return world;
}
