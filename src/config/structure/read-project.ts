import { entryNamePattern } from "../../state/address.js";
import { type MapNode, valueAt } from "../parse/node.js";
import type { Report } from "../report.js";
import { usesVariable } from "../variables/scope.js";
import { expectText } from "./expect.js";

/** What the root file says of the whole: the same in every environment. */
export interface Project {
  readonly project: string;
  readonly client: "builtin" | "gstable-js";
}

/** Reads `version`, `project` and `client`. */
export function readProject(root: MapNode, report: Report): Project {
  checkVersion(root, report);
  return { project: readName(root, report), client: readClient(root, report) };
}

function checkVersion(root: MapNode, report: Report): void {
  const version = valueAt(root, "version");
  if (version?.kind === "scalar" && version.value === 1 && version.raw === "1") return;
  const number = version?.kind === "scalar" && typeof version.value === "number";
  if (version === undefined)
    report.add(missing("version", "version: 1"), { file: root.file, start: root.start, end: root.start });
  else {
    report.add(
      {
        code: "GS1109",
        summary: number
          ? `Version ${version.raw} of the configuration is not known`
          : "`version` must be the number 1",
        detail: "This program knows version 1.",
        remedy: "Write `version: 1`, or use a newer gstable-sync.",
      },
      version,
    );
  }
}

function readName(root: MapNode, report: Report): string {
  const node = valueAt(root, "project");
  if (node === undefined)
    report.add(missing("project", "project: acme-store"), {
      file: root.file,
      start: root.start,
      end: root.start,
    });
  const text = expectText(node, "`project`", report);
  if (text === undefined) return "";
  if (usesVariable(text)) {
    report.add(
      {
        code: "GS1605",
        summary: "`project` cannot use variables",
        detail: "It names the owner of the lockfile and must be the same everywhere.",
        remedy: "Write it out.",
      },
      text,
    );
  } else if (!entryNamePattern.test(text.value)) {
    report.add(
      {
        code: "GS1107",
        summary: `\`${text.value}\` cannot be the name of a project`,
        detail:
          "Names are a-z, 0-9, `-` and `_`, begin with a letter or digit and have at most 100 characters.",
        remedy: "Write e.g. `acme-store`.",
      },
      text,
    );
  }
  return text.value;
}

function readClient(root: MapNode, report: Report): Project["client"] {
  const node = valueAt(root, "client");
  if (node === undefined) return "builtin";
  const value = node.kind === "scalar" ? node.value : undefined;
  if (value === "builtin" || value === "gstable-js") return value;
  report.add({ code: "GS1209", summary: "`client` must be `builtin` or `gstable-js`" }, node);
  return "builtin";
}

function missing(key: string, example: string) {
  return { code: "GS1103", summary: `\`${key}\` is missing`, remedy: `Write \`${example}\`.` } as const;
}
