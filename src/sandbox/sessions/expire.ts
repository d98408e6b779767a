import type { World } from "../world.js";
import { statusNow } from "./standing.js";

/** Writes down which sessions are over by now, so that somebody is told. Whoever reads goes by the clock anyway. */
export function expireSessions(world: World): void {
  const over = world.store
    .rows("sessions")
    .filter((session) => session.status === "initialized" && statusNow(world, session) === "expired");
  if (over.length === 0) return;
  for (const session of over) world.store.put("sessions", { ...session, status: "expired" });
  world.commit();
}
