import type { WebhookDocument } from "../../state/webhook-document.js";
import { type Look, signsOf } from "../look.js";
import { redactDeep } from "../terminal-text.js";
import { layOut } from "./layout.js";
import { remarkRows } from "./remark.js";
import { blank, row, say, section } from "./row.js";
import type { Tone } from "./tone.js";

/** What came of a rotation or a revival. */
export function renderWebhook(original: WebhookDocument, look: Look): string {
  const document = redactDeep(original);
  const { dot } = signsOf(look);
  const { project, environment, sandbox, action, address, id, status, diagnostics } = document;
  const where = environment === null ? "" : ` ${dot} environment ${environment}`;
  const mark = sandbox ? [row(0, say("sandbox", " SANDBOX "), "  A rehearsal on this machine."), blank] : [];
  const [tone, words] = verdict(document);
  const state = status === null ? "" : `  ${status}`;
  return layOut(
    [
      row(0, say("strong", `gstable-sync webhook ${action}`), `  ${project}${where}`),
      blank,
      ...mark,
      row(2, say("strong", address), "  ", say("muted", id), state),
      blank,
      ...section([say("strong", "Remarks")], remarkRows(diagnostics)),
      row(0, say(tone, words)),
    ],
    look,
  );
}

function verdict({ action, outcome, keyKept }: WebhookDocument): readonly [Tone, string] {
  if (outcome === "refused") return ["danger", "Refused: nothing was carried out."];
  if (outcome === "unknown") return ["danger", "Unknown: it may have been carried out."];
  if (outcome === "notSent") return ["good", "It is not paused: there was nothing to do."];
  if (action === "resume") return ["good", "Revived: events are delivered again."];
  return keyKept
    ? ["good", "Rotated. The new signing key is in the file; the old one is invalid."]
    : ["danger", "Rotated, but the new signing key is not in the file. The old one is invalid."];
}
