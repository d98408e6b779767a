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
  GS7005: {
    title: "The seed of the sandbox is not as it should be",
    meaning:
      "The file that `sandbox --seed` names cannot be read, or something in it is not what a sandbox can hold.",
    remedy:
      "docs/sandbox.md has the format. What /_sandbox/state shows of another sandbox is a seed as it stands.",
  },
  GS7006: {
    title: "An output would replace what the project lives on",
    meaning:
      "`--out`, `--report` or `--webhook-keys` names a lockfile, a journal, a file of the configuration, the reviewed plan, or a file that another output goes to.",
    remedy: "Name a file of its own.",
  },
  GS7007: {
    title: "A rehearsal would use the project's lockfile",
    meaning: "`--sandbox` and `--lockfile` were given together, and the lockfile is one of the project's.",
    remedy: "Leave out `--lockfile`: the sandbox has a lockfile of its own in `.gstable/`.",
  },
  GS7010: {
    title: "A configuration from standard input cannot be edited",
    meaning: "`drift --accept` and `import` write files, and there is none.",
    remedy: "Name the file with --config FILE.",
  },
  GS7011: {
    title: "There is no such entry",
    meaning: "The command was given an address that neither the configuration nor the lockfile has.",
    remedy: "gstable-sync state list shows the addresses.",
  },
  GS7012: {
    title: "A file of the configuration was not overwritten",
    meaning: "It changed since it was read, or a link leads out of the project's directory.",
    remedy: "Run the command again; edit a file that lies elsewhere by hand.",
  },
  GS7013: {
    title: "A file is there, but not part of the configuration",
    meaning:
      "`import --split` would write into a file that nobody includes: whatever is in it would count then.",
    remedy: "Include it, move it away, or name another directory with --split DIR.",
  },
  GS7014: {
    title: "Nothing to import is named",
    meaning: "There is no terminal to choose at, and the command line says neither what nor --all.",
    remedy: "Write ADDRESS=ID, such as product.NAME=prd_…, or --all.",
  },
  GS7015: {
    title: "Not something to import",
    meaning: "`import` takes ADDRESS=ID, each address and each id once.",
    remedy: "Write for example paymentLink.premium=lnk_….",
  },
  GS7021: {
    title: "A guard did not stop what it has to stop",
    meaning:
      "`doctor --guards` made a situation that must trip the guard, on an account in memory, and it did not trip, or the apply went on.",
    remedy:
      "Tighten the policy where the message names a threshold or an allowance. Otherwise don't apply, and report it as a bug.",
  },
  GS7022: {
    title: "The rehearsal is not the whole configuration",
    meaning:
      "`--sandbox` and `doctor --guards` work on a GStable of their own. What speaks of the real account was left out, or what the sandbox refuses.",
    remedy: "Nothing needs to be done: the rest was rehearsed.",
  },
  GS7031: {
    title: "An output file is out of date",
    meaning: "`output --check` compared the file with what was last applied. It differs, or it is missing.",
    remedy: "Write it again with gstable-sync output --out FILE, and commit it.",
  },
  GS7032: {
    title: "A value has no form in dotenv",
    meaning: "An id or URL of GStable holds a character that dotenv readers take for something else.",
    remedy: "Use --format json or ts.",
  },
  GS7033: {
    title: "An output file cannot be read",
    meaning: "`output` compares with what is there, and it could not be read.",
    remedy: "Mend the path or its permissions.",
  },
  GS9001: {
    title: "A bug in gstable-sync",
    meaning: "Something happened that must not; what was done before is saved.",
    remedy: "Please report it with the message. Running the same command again is safe.",
  },
} as const satisfies Record<string, CodeEntry>;
