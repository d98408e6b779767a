/** What a plan does to an entry, and what its parts are called in the document of a plan. */
export const changeActions = [
  "create",
  "adopt",
  "update",
  "enable",
  "disable",
  "archive",
  "unarchive",
  "remove",
  "move",
  "record",
  "forget",
] as const;
export type ChangeAction = (typeof changeActions)[number];
