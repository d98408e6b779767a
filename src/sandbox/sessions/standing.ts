import { ApiError } from "../codes.js";
import type { StoredSession } from "../state/state.js";
import type { ReadView } from "../state/tables.js";
import type { World } from "../world.js";

/** A session that can still be paid or cancelled; otherwise the code that says why not. */
export function openSession(world: World, view: ReadView, sessionId: string): StoredSession {
  const session = existingSession(view, sessionId);
  const status = statusNow(world, session);
  if (status === "expired") throw new ApiError(100203);
  if (status === "cancelled") throw new ApiError(100205);
  if (status !== "initialized") throw new ApiError(100204);
  return session;
}

/** The session, wherever it stands; 100201 for one that is not there. */
export function existingSession(view: ReadView, sessionId: string): StoredSession {
  const session = view.get("sessions", sessionId);
  if (session === undefined) throw new ApiError(100201);
  return session;
}

/** The status by the clock: a session is over at its second, whoever looks first. */
export function statusNow(world: World, session: StoredSession): StoredSession["status"] {
  const isOver = world.clock.nowMs() >= session.expirationTime * 1000;
  return session.status === "initialized" && isOver ? "expired" : session.status;
}
