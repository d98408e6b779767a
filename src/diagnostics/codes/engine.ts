import type { CodeEntry } from "../code-entry.js";

const again = "Run the command again.";

/** GS2xxx: plan and live account. GS4xxx: guards and approval. GS5xxx: apply. */
export const engineCodes = {
  GS2001: {
    title: "The list of receiving accounts cannot be read",
    meaning: "Without it nobody can say where money would go, so there is no plan.",
    remedy: "gstable-sync doctor says what is wrong with the key or the connection.",
  },
  GS2002: {
    title: "A list could not be read completely",
    meaning: "From half a list nothing can be created or retired: what is missing in it may exist.",
    remedy: again,
  },
  GS2003: {
    title: "An account does not exist",
    meaning: "The configuration names a receiving account that the live list lacks.",
    remedy: "Accounts are made in the GStable dashboard; write the id of one that exists.",
  },
  GS2004: {
    title: "Two live accounts have the address",
    meaning: "The configuration names an account by its address alone, and two have it.",
    remedy: "Write the id of the one that is meant, beside the address.",
  },
  GS2005: {
    title: "An account pays to another address than the one pinned",
    meaning: "Whoever changed the account decides where the money goes. It cannot be allowed, only edited.",
    remedy: "Find out who changed it. If it is right, change the pin.",
  },
  GS2006: {
    title: "An object cannot be read",
    meaning:
      "It is listed, or recorded and not listed. What it says now, or whether it is gone, is not known, so nothing about it can be decided.",
    remedy: again,
  },
  GS2007: {
    title: "The API refuses the key",
    meaning: "HTTP 401 or 403: the key is wrong, revoked, or may not do this.",
    remedy:
      "Check which key is used (gstable-sync doctor); plan needs at least a restricted key, apply a secret one.",
  },
  GS2101: {
    title: "An object to import does not exist",
    meaning: "`imports` names an id that is neither listed nor readable, or that was archived for good.",
    remedy: "Correct the id, or remove the line to have the entry created.",
  },
  GS2110: {
    title: "Nothing to move",
    meaning: "`moved` names an entry that the lockfile doesn't know.",
    remedy: "Correct the name, or remove the line.",
  },
  GS2111: {
    title: "Already moved",
    meaning: "The entry has its new name.",
    remedy: "The line in `moved` can be removed.",
  },
  GS2112: {
    title: "Moved onto an entry that has an object",
    meaning: "One of the two live objects would be lost sight of.",
    remedy: "Choose another name, or let go of one of them: gstable-sync state rm ADDRESS.",
  },
  GS2113: {
    title: "Already imported",
    meaning: "The entry has the object that `imports` names.",
    remedy: "The line in `imports` can be removed.",
  },
  GS2114: {
    title: "Import onto an entry that has another object",
    meaning: "The object that it has now would be lost sight of.",
    remedy: "Remove the line, or let go of the present object first: gstable-sync state rm ADDRESS.",
  },
  GS2115: {
    title: "Import of an object that another entry has",
    meaning: "One live object cannot be two entries: each would undo what the other writes.",
    remedy: "To rename the entry, use `moved`.",
  },
  GS2116: {
    title: "Import of an object that another environment manages",
    meaning: "Two environments would undo each other's changes to the same live object.",
    remedy:
      "Remove the line, or let go of the object in the other environment first: gstable-sync state rm ADDRESS.",
  },
  GS2120: {
    title: "A live value was not written into the configuration",
    meaning: "No edit of the text would mean exactly that and nothing else.",
    remedy: "Paste the lines that the message shows, or let apply put the live object back.",
  },
  GS2122: {
    title: "Nothing drifted there",
    meaning: "`drift --accept` was given an address whose live object is as last applied.",
    remedy: "Nothing needs to be done.",
  },
  GS2123: {
    title: "Entries cannot be added to the configuration",
    meaning: "No edit of the text would mean exactly that and nothing else, or the whole would not be valid.",
    remedy: "Try `import --split`, or mend what the message names.",
  },
  GS2124: {
    title: "Already managed",
    meaning: "The entry has exactly this object.",
    remedy: "Nothing needs to be done.",
  },
  GS2125: {
    title: "An object of another kind",
    meaning: "The id belongs to a product where a link was meant, or the like.",
    remedy: "Correct the address or the id.",
  },
  GS2126: {
    title: "An interrupted run left creates open",
    meaning: "What they made may be among the objects to import, and would be created a second time.",
    remedy: "Let apply finish first.",
  },
  GS2127: {
    title: "An object that cannot be imported",
    meaning:
      "The configuration cannot say what is live: a word that this version doesn't know, a value beyond the documented limits, a reference to something that is gone.",
    remedy: "Mend it in the dashboard and import it then, or leave it unmanaged.",
  },
  GS2128: {
    title: "An entry that is there says something else",
    meaning: "An import never overwrites what somebody wrote.",
    remedy: "Have it applied with a line in `imports`, or remove the entry and import the object as it is.",
  },
  GS2129: {
    title: "The object may be what another entry means",
    meaning:
      "The plan would create an entry that is like it. Imported under another name there would be two.",
    remedy: "Import it under the name of that entry.",
  },
  GS2201: {
    title: "Left alone: the API uses a word that this version doesn't know",
    meaning: "An update replaces everything, so what is not understood is not touched.",
    remedy: "Look at it in the dashboard; a newer gstable-sync may know the word.",
  },
  GS2202: {
    title: "An unmanaged object equals a managed one",
    meaning: "There are two of them, and only one is looked after. A second link takes money as well.",
    remedy: "Close the one that is not wanted in the dashboard, or bring it under management with `imports`.",
  },
  GS2203: {
    title: "A picture could not be fetched",
    meaning: "GStable shows none. It is not tried again until `imageUrl` changes.",
    remedy: "Make the picture reachable from outside and change its URL (a query such as ?2 is enough).",
  },
  GS2204: {
    title: "The public capabilities cannot be read",
    meaning: "Tokens and amounts were not checked against what payers can pay with.",
    remedy: "Nothing needs to be done; the API has the last word.",
  },
  GS2205: {
    title: "No payer can pay for this settlement token",
    meaning: "The public capabilities don't list the token, or no route to it.",
    remedy: "Choose a token that the capabilities list.",
  },
  GS2206: {
    title: "The amount is outside what can be paid",
    meaning: "By the public capabilities, no route takes an amount this small or this large.",
    remedy: "Change the price, or ask GStable for its limits.",
  },
  GS2207: {
    title: "This is a partial plan",
    meaning: "--target looks at some entries only; nothing is retired.",
    remedy: "Plan without --target before you rely on the account being as configured.",
  },
  GS2208: {
    title: "A target names no entry",
    meaning: "--target takes addresses of the configuration, such as product.NAME.",
    remedy: "Correct the address.",
  },
  GS2209: {
    title: "Several objects could be the one that an interrupted run created",
    meaning: "The run sent a create and died before it learnt the id. More than one object fits.",
    remedy:
      "Look at their pages, close the superfluous ones in the dashboard, and say with `imports` which one is meant.",
  },
  GS4101: {
    title: "An allowance that nothing needs",
    meaning: "It lets through what no guard stops (any more).",
    remedy: "Remove it, so that it cannot let through something else one day.",
  },
  GS4102: {
    title: "An allowance that names no guard or no address",
    meaning: "It would silently do nothing.",
    remedy: "Write it as the plan prints it, e.g. price:paymentLink.NAME=12.99.",
  },
  GS4201: {
    title: "A receiving account cannot be used",
    meaning: "A link that this plan writes is paid to an account that is not in the state `normal`.",
    remedy: "Look at the account in the dashboard, or choose another one.",
  },
  GS4202: {
    title: "A receiving account does not pay out the settlement token",
    meaning: "A link that this plan writes settles in a token that its account does not list.",
    remedy: "Add the currency to the account in the dashboard, or choose another token.",
  },
  GS4203: {
    title: "A link needs a product that is not active",
    meaning: "The API refuses links whose product is archived (code 100304).",
    remedy: "Unarchive the product, or take it out of the link.",
  },
  GS4204: {
    title: "Too many webhooks",
    meaning: "GStable takes ten, unmanaged ones included.",
    remedy: "Remove one in the dashboard or from the configuration.",
  },
  GS4301: {
    title: "Not approved",
    meaning: "Without a terminal an apply needs --auto-approve, or the hash of a reviewed plan.",
    remedy: "gstable-sync apply --plan-hash HASH, with the hash that the reviewed plan shows.",
  },
  GS4302: {
    title: "Declined",
    meaning: "The question was not answered with yes. Nothing was written.",
    remedy: "Run apply again when it is right.",
  },
  GS4303: {
    title: "Refused: the plan trips a guard",
    meaning: "Nothing was written. Each guard says what would let it through.",
    remedy: "Mend the configuration, or allow exactly this, as printed.",
  },
  GS4304: {
    title: "The reviewed plan is no longer the plan",
    meaning: "The configuration or the account moved since the review; nothing was written.",
    remedy: "Review the new plan.",
  },
  GS4305: {
    title: "The reviewed plan cannot be read",
    meaning: "The file given with --plan is no plan of this tool.",
    remedy: "Write one with gstable-sync plan --out FILE.",
  },
  GS5001: {
    title: "The API takes a change for done, but shows something else",
    meaning: "After several looks the live object is not what was sent.",
    remedy: "Run plan to see the difference.",
  },
  GS5002: {
    title: "A text was stored in another spelling",
    meaning: "The API trims outer space or normalises Unicode. Its spelling was recorded.",
    remedy: "Write it as the API stores it, to end the note.",
  },
  GS5003: {
    title: "The run was interrupted",
    meaning: "Nothing new was sent after the signal; what was done is saved.",
    remedy: "Run the same command again: it goes on where this run stopped.",
  },
  GS5004: {
    title: "A product stays archived",
    meaning: "`onRemove: remove` was refused, because a link has used the product (code 100305).",
    remedy: "Nothing needs to be done: it stays archived and retired.",
  },
} as const satisfies Record<string, CodeEntry>;
