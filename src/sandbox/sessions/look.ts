import { numberOf } from "../answers.js";
import { createPager } from "../listing.js";
import type { StoredSession } from "../state/state.js";
import type { Endpoint } from "../world.js";
import { sessionEntry } from "./session-answer.js";
import { existingSession } from "./standing.js";

/** GET /session/:sessionId of the merchant API, for sessions of every origin. */
export const sessionDetail: Endpoint = ({ world, view, params }) =>
  sessionEntry(world, view, existingSession(view, params.sessionId ?? ""));

/** The list of all sessions, or of those with one status. Its page and size are numbers, unlike those of other lists. */
export function listSessions(status: StoredSession["status"] | undefined): Endpoint {
  const pageOf = createPager<StoredSession>({
    idOf: (session) => session.sessionId,
    shows: (session) => status === undefined || session.status === status,
  });
  return ({ world, view, params }) => {
    const { total, page, size, items } = pageOf(world, view.rows("sessions"), params);
    const sessions = items.map((session) => sessionEntry(world, view, session));
    return { total: numberOf(world.knobs, total), page, size, sessions };
  };
}
