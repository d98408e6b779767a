import type { CodeEntry } from "../code-entry.js";

/** GS24xx: checkout sessions. */
export const sessionCodes = {
  GS2401: {
    title: "No session with the terms of this link",
    meaning:
      "The link was never applied, or it is closed or retired: whoever closed it did not want it to be paid. Nothing was sent.",
    remedy: "Apply it, or open it in the configuration and apply, before you open sessions with its terms.",
  },
  GS2402: {
    title: "The amount does not fit the link",
    meaning:
      "A custom link needs --amount, a fixed link takes none; it is money with its unit, such as $9.99, and can be divided by the quantity.",
    remedy: "Write it as in the configuration: --amount '$9.99'.",
  },
  GS2403: {
    title: "The receiving account is not as recorded",
    meaning:
      "Before a session is opened, its receiving account is read: it is gone, not `normal`, pays out elsewhere than when the link was applied, or cannot be read. Nothing was sent.",
    remedy:
      "Find out who changed it: gstable-sync drift. A change that is right is applied under the guard `routing`.",
  },
  GS2404: {
    title: "GStable refused the session",
    meaning: "Nothing was carried out. The message is GStable's.",
    remedy: "Mend what it names, then run the same command again.",
  },
  GS2405: {
    title: "Nobody knows whether it was carried out",
    meaning:
      "The answer was lost or says nothing. It was not sent again: there is no idempotency key, and a second session could be paid as well.",
    remedy:
      "A session moves no money until somebody pays it, and expires by itself. Look into the dashboard before you open another one.",
  },
  GS2406: {
    title: "The session has other terms than were asked for",
    meaning: "It exists, but amount, token or recipient in GStable's answer differ.",
    remedy: "Don't hand its URL out; cancel it: gstable-sync checkout cancel SESSION.",
  },
  GS2407: {
    title: "There is nothing to cancel",
    meaning: "The session was cancelled or has expired already: nobody can pay it.",
    remedy: "Nothing needs to be done.",
  },
  GS2408: {
    title: "The session cannot be read",
    meaning: "There is no such session, or GStable gave no answer that can be judged.",
    remedy: "Check the id; try again later.",
  },
} as const satisfies Record<string, CodeEntry>;
