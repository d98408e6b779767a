import type { AppliedAction, FailedAction } from "../../state/apply-document.js";
import { type Look, signsOf } from "../look.js";
import { count, kindOfAddress, verbOf } from "../view/words.js";
import { layOutLine } from "./layout.js";
import { row, type Span, say } from "./row.js";
import { signOf } from "./words.js";

/** What a run tells while it works. */
export type ProgressEvent =
  | { readonly is: "started" | "done"; readonly action: AppliedAction }
  | { readonly is: "failed"; readonly action: FailedAction }
  /** Reading: how much of it was answered so far, and of how much where that is known. */
  | { readonly is: "reading"; readonly what: string; readonly seen: number; readonly total?: number }
  /** A reading is over that took long enough to be told of. */
  | { readonly is: "read"; readonly what: string; readonly calls: number; readonly tookMs: number }
  /** Any wait that a person would notice. */
  | { readonly is: "waiting"; readonly waitMs: number; readonly because: string };

/** One line without its newline: `#3 ~ update paymentLink.x … done`. */
export function renderProgress(event: ProgressEvent, look: Look): string {
  return layOutLine(row(0, ...spansOfEvent(event, look)), look);
}

function spansOfEvent(event: ProgressEvent, look: Look): readonly (string | Span)[] {
  const { cut } = signsOf(look);
  switch (event.is) {
    case "started":
      return [...actionSpans(event.action, look), ` ${cut}`];
    case "done":
      return [...actionSpans(event.action, look), ` ${cut} `, say("good", "done")];
    case "failed": {
      const { outcome, message } = event.action.error;
      return [
        ...actionSpans(event.action, look),
        ` ${cut} `,
        say("danger", `failed (${outcome})`),
        `: ${message}`,
      ];
    }
    case "reading":
      return [`reading ${event.what}: ${event.seen}${event.total === undefined ? "" : ` of ${event.total}`}`];
    case "read":
      return [
        `read ${event.what}: ${count(event.calls, "API call")} in ${(event.tookMs / 1000).toFixed(1)} s`,
      ];
    case "waiting":
      return [`waiting ${Math.ceil(event.waitMs / 1000)} s: ${event.because}`];
  }
}

function actionSpans(action: AppliedAction, look: Look): readonly (string | Span)[] {
  const sign = signOf([action.action], look);
  const verb = verbOf(action.action, kindOfAddress(action.address));
  return [
    say("strong", `#${action.number}`),
    " ",
    say(sign.tone, `${sign.text} ${verb}`),
    ` ${action.address}`,
  ];
}
