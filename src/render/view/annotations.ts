import { type Source, sayFailure } from "../../diagnostics/index.js";
import { toPlanDiagnostic } from "../../state/plan-diagnostic.js";
import type { PlanDiagnostic } from "../../state/plan-document.js";
import type { ApplySubject, DriftSubject, PlanSubject, ProblemsSubject, Subject } from "../subject.js";
import { redactDeep } from "../terminal-text.js";
import type { ChangeView } from "./change.js";
import { allowFlag } from "./command.js";
import type { FieldView } from "./field.js";
import { plainValue } from "./plain-value.js";
import { type DriftView, type GuardView, type PlanView, sortDiagnostics, viewPlan } from "./plan.js";
import { kindOfAddress, notices, outcomeWords, verbOf, verbsOf } from "./words.js";

/** Something to say at a line of the configuration. Texts are redacted, not yet escaped. */
export interface Annotation {
  readonly level: "error" | "warning" | "notice";
  readonly about: "rehearsal" | "guard" | "diagnostic" | "change" | "drift" | "action";
  /** What it is, the same in every run: a guard's id, a diagnostic's code. */
  readonly rule: string;
  readonly title: string;
  /** Lines. */
  readonly message: readonly string[];
  readonly source?: Pick<Source, "file" | "line" | "column" | "endColumn">;
}

/** Everything that a subject has to say, worst first. */
export function viewAnnotations(subject: Subject): readonly Annotation[] {
  const found = [...sandboxOf(subject), ...annotationsOf(subject)];
  const levels = ["error", "warning", "notice"];
  return found.toSorted((a, b) => levels.indexOf(a.level) - levels.indexOf(b.level));
}

/** First of the notices, which are cut from the end: what is said of a rehearsal must not be taken for real. */
function sandboxOf(subject: Subject): readonly Annotation[] {
  if (!isRehearsal(subject)) return [];
  const title = "SANDBOX";
  return [{ level: "notice", about: "rehearsal", rule: "sandbox", title, message: [notices.sandbox] }];
}

function isRehearsal(subject: Subject): boolean {
  switch (subject.is) {
    case "plan":
    case "drift":
      return subject.document.target.sandbox;
    case "apply":
      return subject.document.plan.target.sandbox;
    case "problems":
      return subject.sandbox;
  }
}

function annotationsOf(subject: Subject): readonly Annotation[] {
  switch (subject.is) {
    case "plan":
      return ofPlan(subject);
    case "apply":
      return ofApply(subject);
    case "drift":
      return ofDrift(subject);
    case "problems":
      return ofProblems(subject);
  }
}

function ofPlan({ document }: PlanSubject): readonly Annotation[] {
  const view = viewPlan(document);
  return [
    ...guardsOf(view),
    ...view.diagnostics.map(ofDiagnostic),
    ...view.groups.flatMap(({ id, changes }) =>
      changes.map((change) => ofChange(change, id === "money" ? "warning" : "notice")),
    ),
    ...view.driftKept.filter(({ fields }) => fields.some(({ ignored }) => !ignored)).map(ofDriftEntry),
  ];
}

function ofApply({ document: whole }: ApplySubject): readonly Annotation[] {
  const document = redactDeep(whole);
  const view = viewPlan(document.plan);
  const sourceOf = (number: number) =>
    document.plan.changes.find((change) => change.number === number)?.source;
  const failed = document.failed.map(({ number, action, address, error }): Annotation => {
    const source = sourceOf(number);
    return {
      level: "error",
      about: "action",
      rule: `apply-${error.outcome}`,
      title: `#${number} ${verbOf(action, kindOfAddress(address))} ${address}: ${error.outcome}`,
      message: [outcomeWords[error.outcome], sayFailure(error)],
      ...(source === undefined ? {} : { source }),
    };
  });
  const isRefused = document.exitCode === 4;
  return [
    ...failed,
    ...(isRefused ? guardsOf(view) : []),
    ...sortDiagnostics(document.diagnostics).map(ofDiagnostic),
  ];
}

function ofDrift({ document }: DriftSubject): readonly Annotation[] {
  const view = viewPlan({ ...document, changes: [] });
  return [...view.driftKept.map(ofDriftEntry), ...view.diagnostics.map(ofDiagnostic)];
}

function ofProblems({ diagnostics }: ProblemsSubject): readonly Annotation[] {
  return redactDeep(diagnostics).map((diagnostic) => ({
    ...ofDiagnostic(toPlanDiagnostic(diagnostic)),
    ...(diagnostic.source === undefined ? {} : { source: diagnostic.source }),
  }));
}

function guardsOf(view: PlanView): readonly Annotation[] {
  const changes = view.groups.flatMap((group) => group.changes);
  return view.tripped.map((guard) => {
    const source = placeOf(changes.find(({ number }) => number === guard.number));
    return {
      level: "error",
      about: "guard",
      rule: guard.id,
      title: `Guard ${guard.id}: ${numbered(guard)}${guard.address}`,
      message: [guard.because, ...(guard.write ?? []), ...howToAllow(guard)],
      ...(source === undefined ? {} : { source }),
    };
  });
}

const numbered = ({ number }: GuardView) => (number === undefined ? "" : `#${number} `);

function howToAllow(guard: GuardView): readonly string[] {
  return ["To let it through once:", allowFlag(guard), "or reviewed, in policy.allow:", guard.allowWith];
}

function ofDiagnostic(diagnostic: PlanDiagnostic): Annotation {
  const { severity, code, summary, detail, remedy = "", source } = diagnostic;
  return {
    level: severity === "note" ? "notice" : severity,
    about: "diagnostic",
    rule: code,
    title: `${code} ${summary}`,
    message: [
      summary,
      ...(detail === "" ? [] : [detail]),
      ...remedy.split("\n").filter((line) => line !== ""),
    ],
    ...(source === undefined ? {} : { source }),
  };
}

function ofChange(change: ChangeView, level: Annotation["level"]): Annotation {
  const source = placeOf(change);
  return {
    level,
    about: "change",
    rule: `change-${change.gravest}`,
    title: `#${change.number} ${verbsOf(change.actions, change.kind)} ${change.address} (${change.risks.join(", ")})`,
    message: [change.reason, ...change.fields.map(fieldLine)],
    ...(source === undefined ? {} : { source }),
  };
}

function ofDriftEntry(entry: DriftView): Annotation {
  return {
    level: "warning",
    about: "drift",
    rule: "drift",
    title: `${entry.address} changed outside`,
    message: entry.fields.map(fieldLine),
    ...(entry.source === undefined ? {} : { source: entry.source }),
  };
}

/** The line of what is most at stake; the entry's own where it has none. */
function placeOf(change: ChangeView | undefined): Annotation["source"] {
  return change?.fields.find((field) => field.source !== undefined)?.source ?? change?.source;
}

function fieldLine({ path, change }: FieldView): string {
  switch (change.is) {
    case "set":
      return `${path}: ${plainValue(change.after)}`;
    case "replaced":
      return `${path}: ${plainValue(change.before)} → ${plainValue(change.after)}`;
    case "itemAdded":
      return `${path}: + ${plainValue(change.item)}`;
    case "itemRemoved":
      return `${path}: - ${plainValue(change.item)}`;
    case "members":
      return `${path}: ${[...change.added.map((one) => `+ ${one}`), ...change.removed.map((one) => `- ${one}`)].join(" ")}`;
    case "words":
      return `${path}: the text changes`;
  }
}
