import type { CheckoutDocument } from "../../state/checkout-document.js";
import { type Look, signsOf } from "../look.js";
import { redactDeep } from "../terminal-text.js";
import { dollars, readAmount } from "../view/money.js";
import { layOut } from "./layout.js";
import { remarkRows } from "./remark.js";
import { blank, copyable, type Row, row, say, section } from "./row.js";
import type { Tone } from "./tone.js";

/** What became of a checkout session, and what to hand to the payer. */
export function renderCheckout(original: CheckoutDocument, look: Look): string {
  const document = redactDeep(original);
  const { dot } = signsOf(look);
  const { project, environment, sandbox, address, request, diagnostics } = document;
  const where = environment === null ? "" : ` ${dot} environment ${environment}`;
  const command = document.action === "open" ? "checkout" : `checkout ${document.action}`;
  const mark = sandbox
    ? [row(0, say("sandbox", " SANDBOX "), "  A rehearsal on this machine: nobody can pay this."), blank]
    : [];
  return layOut(
    [
      row(0, say("strong", `gstable-sync ${command}`), `  ${project}${where}`),
      blank,
      ...mark,
      ...(address === null ? [] : [row(2, "terms of ", say("strong", address), " as last applied"), blank]),
      ...(request !== null && document.outcome === "notSent" ? requestRows(request) : []),
      ...sessionRows(document),
      ...section([say("strong", "Remarks")], remarkRows(diagnostics)),
      verdict(document),
    ],
    look,
  );
}

function requestRows(request: NonNullable<CheckoutDocument["request"]>): readonly Row[] {
  const lines = JSON.stringify(request, null, 2).split("\n");
  return [
    ...lines.map((line) => {
      const text = line.trimStart();
      return row(2 + line.length - text.length, text);
    }),
    blank,
  ];
}

function sessionRows({ session, transaction, sandbox }: CheckoutDocument): readonly Row[] {
  if (session === null) return [];
  const { id, paymentUrl, amount, ...rest } = session;
  const facts: readonly (readonly [string, string | null])[] = [
    ["session", id],
    ["status", rest.status],
    ["amount", amount === null ? null : `${sayAmount(amount)}${sandbox ? " (not real)" : ""}`],
    ["settles in", rest.settlementToken],
    ["pays out to", rest.recipient],
    ["expires", rest.expiresAt],
    ["payer", rest.payer],
    ["paid with", rest.paidToken],
    ["paid at", rest.paidAt],
    ["settled at", rest.settledAt],
    ["receipt", rest.receiptId],
    ...Object.entries(transaction ?? {}),
  ];
  const known = facts.filter((fact): fact is readonly [string, string] => fact[1] !== null);
  return [
    ...(paymentUrl === null ? [] : [row(2, say("muted", "pay at".padEnd(14)), copyable(paymentUrl))]),
    ...known.map(([name, value]) => row(2, say("muted", name.padEnd(14)), value)),
    blank,
  ];
}

/** As in a plan: `$1,250.00`. */
function sayAmount(amount: string): string {
  return readAmount(amount) === undefined ? `$${amount}` : dollars(amount);
}

function verdict({ action, outcome }: CheckoutDocument): Row {
  const words: Record<CheckoutDocument["outcome"], readonly [Tone, string]> = {
    done: ["good", { open: "The session is open.", status: "Read.", cancel: "Nobody can pay it." }[action]],
    refused: ["danger", "Refused: nothing was carried out."],
    unknown: ["danger", action === "status" ? "Not seen." : "Unknown: it may have been carried out."],
    differs: ["danger", "Carried out, but it is not what was asked for."],
    notSent: ["strong", "Nothing was sent."],
  };
  const [tone, text] = words[outcome];
  return row(0, say(tone, text));
}
