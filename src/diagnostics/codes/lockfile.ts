import type { CodeEntry } from "../code-entry.js";

const restore = "Take the last good one from git: git checkout -- <lockfile>.";

/** GS3xxx: the lockfile and its journal. */
export const lockfileCodes = {
  GS3001: {
    title: "The lockfile is not whole",
    meaning: "It is empty, cut off, or no JSON. Read as empty, everything would be created a second time.",
    remedy: restore,
  },
  GS3002: {
    title: "The lockfile has a git conflict in it",
    meaning: "Both sides may hold ids of live objects, so nothing is read until a person has merged them.",
    remedy: "Keep every entry of both sides, remove the markers, run plan.",
  },
  GS3003: {
    title: "The lockfile is newer than this tool",
    meaning: "A newer gstable-sync wrote it, and may have stored what this one would lose.",
    remedy: "Use at least the version that wrote it.",
  },
  GS3004: {
    title: "The lockfile is damaged",
    meaning: "A part of it does not have the form that this tool writes.",
    remedy: restore,
  },
  GS3005: {
    title: "An entry is in the lockfile twice",
    meaning: "A merge kept both sides; JSON would silently drop one of the two ids.",
    remedy: "Remove the one that is not live, or give it back its own name.",
  },
  GS3006: {
    title: "One id belongs to two entries",
    meaning: "One live object cannot be two entries: each would undo what the other writes.",
    remedy:
      "Take the block of the name that it does not belong to out of the file, or remove a journal of an older lockfile.",
  },
  GS3007: {
    title: "The lockfile belongs to another project, environment or API",
    meaning: "Its ids name other objects than the configuration means.",
    remedy:
      "Use the lockfile of this project and environment (--lockfile), or the base URL that it was made with.",
  },
  GS3008: {
    title: "The key belongs to another merchant",
    meaning: "None of the recorded receiving accounts, or hardly any recorded object, is in this account.",
    remedy: "Use the key of the merchant that the lockfile was made with.",
  },
  GS3009: {
    title: "The journal is damaged",
    meaning: "The journal of an interrupted run has a line in it that this tool did not write.",
    remedy: "Restore the journal from the run's artifacts; it holds ids that the lockfile lacks.",
  },
  GS3010: {
    title: "The lockfile cannot be read or written",
    meaning: "Without it no id is safe, so nothing is sent.",
    remedy: "Mend the file's or the directory's permissions, or make room on the disk.",
  },
  GS3011: {
    title: "Another run holds the lock",
    meaning: "Two applies at once could create everything twice.",
    remedy: "Wait for the other run. A lock whose process is dead is taken over by itself.",
  },
  GS3012: {
    title: "The lockfile changed during the run",
    meaning: "Somebody else wrote it while this run was open; overwriting could lose an id.",
    remedy: "This run's own state is kept in the journal; merge the lockfile, then run apply again.",
  },
  GS3013: {
    title: "No such entry in the lockfile",
    meaning: "The address is not recorded.",
    remedy: "gstable-sync state list shows what is.",
  },
  GS3014: {
    title: "That entry already exists in the lockfile",
    meaning: "Two objects cannot share one name.",
    remedy: "Choose another name.",
  },
  GS3015: {
    title: "An earlier run was interrupted",
    meaning: "Its journal has ids and values that the lockfile lacks. They are taken into account.",
    remedy: "Nothing needs to be done: the next apply folds the journal into the lockfile.",
  },
  GS3016: {
    title: "Another run is applying at this moment",
    meaning: "Its journal is taken into account; what is shown may be done a moment later.",
    remedy: "Run the command again when the other run is over.",
  },
  GS3017: {
    title: "Another run has taken over the lock",
    meaning:
      "This machine slept, or did not reach its disk, for so long that the other run took this one for dead.",
    remedy:
      "Wait for the other run, then run apply again. Nothing was sent from the moment that it was seen.",
  },
} as const satisfies Record<string, CodeEntry>;
