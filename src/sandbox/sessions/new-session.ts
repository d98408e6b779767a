import type { StoredSession } from "../state/state.js";
import type { World } from "../world.js";

/** Seconds that a session lives when its creator does not say, and at least when he does. */
export const sessionSeconds = 1800;

type Terms = Pick<
  StoredSession,
  | "sessionType"
  | "accountId"
  | "recipient"
  | "settlementToken"
  | "feeModel"
  | "payerEmailRequired"
  | "amount"
  | "lineItems"
> &
  Partial<Omit<StoredSession, "expirationTime">> & {
    /** Unix seconds; undefined: half an hour from now. */
    readonly expirationTime?: number | undefined;
  };

/** Opens a session on these terms, which it keeps whatever happens to link and products afterwards. */
export function newSession(world: World, terms: Terms): StoredSession {
  const nowMs = world.clock.nowMs();
  const session: StoredSession = {
    payer: "",
    payerEmail: "",
    signedOnce: 0,
    ...terms,
    sessionId: world.newId("sess", 32),
    clientCode: world.newId("cc", 16),
    expirationTime: terms.expirationTime ?? Math.floor(nowMs / 1000) + sessionSeconds,
    status: "initialized",
    createdAtMs: nowMs,
  };
  world.store.put("sessions", session);
  return session;
}
