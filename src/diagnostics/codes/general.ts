import type { CodeEntry } from "../code-entry.js";

/** GS7xxx: usage and files. GS9xxx: our own bugs. */
export const generalCodes = {
  GS7001: {
    title: "The configuration file cannot be read",
    meaning: "There is no such file, it is a directory, or the permissions don't allow it.",
    remedy: "Name it with --config, or start one with gstable-sync init.",
  },
  GS7002: {
    title: "The command line is wrong",
    meaning: "An unknown command or flag, or a value that a flag does not take.",
    remedy: "gstable-sync COMMAND --help lists what there is.",
  },
  GS7003: {
    title: "A file cannot be written",
    meaning: "An output that was asked for could not be saved.",
    remedy: "Mend the path or its permissions.",
  },
  GS7004: {
    title: "The sandbox cannot be opened",
    meaning: "Its state file is damaged, or its directory cannot be written.",
    remedy: "Remove .gstable/sandbox.json to begin anew; nothing real is in it.",
  },
  GS9001: {
    title: "A bug in gstable-sync",
    meaning: "Something happened that must not; what was done before is saved.",
    remedy: "Please report it with the message. Running the same command again is safe.",
  },
} as const satisfies Record<string, CodeEntry>;
