/**
 * Deliberate breakages of what creates each object exactly once. `edits`: [text, replacement] pairs; a text has to be in
 * its file exactly once. `equivalent`: why no test can tell it from the original.
 * @type {readonly import("../mutate.mjs").Mutation[]}
 */
const create = "src/engine/apply/create.ts";
const change = "src/engine/apply/change.ts";
const look = "src/engine/apply/look.ts";
const run = "src/engine/apply/run.ts";
const context = "src/engine/apply/context.ts";
const schedule = "src/engine/apply/schedule.ts";
const journal = "src/state/journal.ts";
const journalText = "src/state/journal-text.ts";
const journalFile = "src/commands/state-files/journal-file.ts";
const readBack = "src/engine/apply/read-back.ts";
const scan = "src/engine/scan.ts";
const pair = "src/engine/pair.ts";
const interrupted = "src/engine/pair/interrupted.ts";

const saveIntent = `yield* save({ type: "intent", address: work.address, intent });`;
const sendCreate = `const outcome = yield* send(definition.createCall(definition.encode(intent.values)));`;
const lookAgain = `const found = yield* lookForMade({ work, intent, context, settle: last.kind === "unknown" });`;

export const mutations = [
  // Before a create is sent.
  { name: "no intent is saved before a create is sent", file: create, edits: [[saveIntent, ""]] },
  {
    name: "the intent is saved only after the create was sent",
    file: create,
    edits: [
      [saveIntent, ""],
      [sendCreate, `${sendCreate}\n${saveIntent}`],
    ],
  },
  {
    name: "the intent does not say which ids existed",
    file: create,
    edits: [["knownIds: knownIds(pair.definition),", "knownIds: [],"]],
  },
  {
    name: "equal contents are created at the same time",
    file: schedule,
    edits: [["if (busy === undefined) {", "if (true) {"]],
  },
  {
    name: "equality of contents goes by their exact bytes",
    file: schedule,
    edits: [["likenessOf(pair.definition, values)", "JSON.stringify(values)"]],
  },
  {
    name: "several links that are to be closed are open at a time",
    file: schedule,
    edits: [["return isClosedAtOnce ? [", "return false ? ["]],
  },
  {
    name: "the next create is begun before a link is closed that is born open",
    file: run,
    edits: [["return work?.decision.actions.length === 1 && ", "return "]],
  },
  {
    name: "a create leaves its place before it has an answer",
    file: run,
    edits: [["if (isOutcome(answer) && step.value", "if (step.value"]],
  },
  {
    name: "what is let go of is not looked for under the lock of its content",
    file: schedule,
    edits: [[`const mayLook = isCreate || actions.includes("forget");`, "const mayLook = isCreate;"]],
  },
  // After it was sent.
  {
    name: "the id is saved only after another look at the lists",
    file: create,
    edits: [
      [
        "yield* recordMade({ work, intent, made });\n      yield* keep",
        "yield* read(scan(definition));\n      yield* recordMade({ work, intent, made });\n      yield* keep",
      ],
    ],
  },
  {
    name: "an unknown create is sent again without a look",
    file: create,
    edits: [
      [
        lookAgain,
        `const found: any = last.kind === "unknown" ? {} : yield* lookForMade({ work, intent, context, settle: false });`,
      ],
    ],
  },
  {
    name: "a busy create is sent again without a look",
    file: create,
    edits: [
      [
        lookAgain,
        `const found: any = last.kind === "refused" ? {} : yield* lookForMade({ work, intent, context, settle: true });`,
      ],
    ],
  },
  {
    name: "the settle time is not waited for",
    file: create,
    edits: [
      [`yield* wait(context.settleMs, "in case the API still carries out what it did not answer");`, ""],
    ],
  },
  {
    name: "new work begins while a create is in doubt",
    file: create,
    edits: [
      ["context.inDoubt += 1;", ""],
      ["context.inDoubt -= 1;", ""],
    ],
  },
  {
    name: "after an unknown create only one look is taken",
    file: create,
    edits: [
      [
        "if (first.made !== undefined || first.error !== undefined || !input.settle) return first;",
        "return first;",
      ],
    ],
  },
  {
    name: "incomplete lists are believed when a create is looked for",
    file: create,
    edits: [["if (!listed.complete)", "if (false)"]],
  },
  {
    name: "an object that could be it and cannot be read is passed over",
    file: create,
    edits: [["if (details.failed.size > 0)", "if (false)"]],
  },
  {
    name: "ids that existed before are taken for made",
    file: create,
    edits: [["!known.has(live.id) &&", ""]],
  },
  {
    name: "objects of other entries are taken for made",
    file: create,
    edits: [["!context.isTaken(live.id) &&", ""]],
  },
  {
    name: "what the plan takes over belongs to nobody until it is recorded",
    file: context,
    edits: [["|| claims.has(id)", ""]],
  },
  {
    name: "an object of another environment is taken for made",
    file: context,
    edits: [["|| foreignIds.has(id)", ""]],
  },
  {
    name: "the first of several objects that fit is taken",
    file: create,
    edits: [["if (made.length > 1) {", "if (false) {"]],
  },
  {
    name: "an unknown outcome drops the intent",
    file: create,
    edits: [
      [
        `if (last.kind === "refused") yield* save({ type: "dropIntent", address: work.address });`,
        `yield* save({ type: "dropIntent", address: work.address });`,
      ],
    ],
  },
  {
    name: "a refused create leaves its intent",
    file: create,
    edits: [[`if (last.kind === "refused") yield* save({ type: "dropIntent", address: work.address });`, ""]],
  },
  {
    name: "an answer without an id, or with that of another object, counts as refused",
    file: create,
    edits: [
      [
        `{ kind: "unknown", code: 0, message: sayWrongId(made) }`,
        `{ kind: "refused", reason: "rejected", code: 0, message: sayWrongId(made) }`,
      ],
    ],
  },
  {
    name: "the former ids of an entry are lost when it is created anew",
    file: create,
    edits: [["...(formerIds === undefined ? {} : { formerIds }),\n  };\n}", "};\n}"]],
  },
  // The next run.
  {
    name: "an interrupted create is sent again without a look",
    file: create,
    edits: [["if (left !== undefined) {", "if (false) {"]],
  },
  {
    name: "an interrupted create is looked for without waiting",
    file: create,
    edits: [
      [
        "lookForMade({ work, intent: left, context, settle: true })",
        "lookForMade({ work, intent: left, context, settle: false })",
      ],
    ],
  },
  {
    name: "an interrupted create is looked for with the content of today",
    file: create,
    edits: [
      [
        "lookForMade({ work, intent: left, context, settle: true })",
        "lookForMade({ work, intent: { ...left, values }, context, settle: true })",
      ],
    ],
  },
  {
    name: "what an interrupted run made with other values counts as up to date",
    file: create,
    edits: [["if (sameValue(intent.values, values)) return undefined;", "return undefined;"]],
  },
  {
    name: "an open create is let go of without a look",
    file: change,
    edits: [["if (context.draft.entry(address) !== undefined || intent === undefined) {", "if (true) {"]],
  },
  {
    name: "a rename ends the intent of its open create",
    file: change,
    edits: [[" && context.draft.intent(address) === undefined) {", ") {"]],
  },
  {
    name: "the plan does not pair interrupted creates",
    file: pair,
    edits: [
      [
        "return made.get(address) ?? pairNew(half, candidates, input);",
        "return pairNew(half, candidates, input);",
      ],
    ],
  },
  {
    name: "the plan takes objects that existed before for made",
    file: interrupted,
    edits: [
      [
        ".filter(({ id }) => !known.has(id) && !candidates.taken.has(id))",
        ".filter(({ id }) => !candidates.taken.has(id))",
      ],
    ],
  },
  {
    name: "the plan gives one object to two interrupted creates",
    file: interrupted,
    edits: [
      [
        ".filter(({ id }) => !known.has(id) && !candidates.taken.has(id))",
        ".filter(({ id }) => !known.has(id))",
      ],
    ],
  },
  {
    name: "the plan adopts what an interrupted create has already got",
    file: pair,
    edits: [["!candidates.taken.has(object.id) && equals(", "equals("]],
  },
  {
    name: "the plan adopts one of several equal objects",
    file: pair,
    edits: [["if (equal.length > 1) return { ...bare, twins: equal };", ""]],
  },
  // The journal.
  {
    name: "a torn last line of the journal counts as a record",
    file: journalText,
    edits: [
      [
        `const lines = text.split("\\n").slice(0, -1);`,
        `const lines = text.split("\\n").filter((line) => line !== "");`,
      ],
    ],
  },
  {
    name: "a damaged line of the journal is skipped",
    file: journalText,
    edits: [
      ['return { ok: false, line: index + 1, why: "this line is not one of its records" };', "continue;"],
    ],
  },
  {
    name: "intents are forgotten when the journal is folded",
    file: journal,
    edits: [["intents: new Map(this.#intents),", "intents: new Map(),"]],
  },
  {
    name: "an entry leaves the intent of its create behind",
    file: journal,
    edits: [["this.#intents.delete(record.address);\n        this.#entries.set(", "this.#entries.set("]],
  },
  {
    name: "a rename loses the intent of an open create",
    file: journal,
    edits: [["this.#intents.set(to, intent);", ""]],
  },
  // Complete lists.
  {
    name: "a list counts as complete whatever its total says",
    file: scan,
    edits: [["if (this.#objects.size === this.total) return undefined;", "return undefined;"]],
  },
  {
    name: "a total that changes between pages goes unnoticed",
    file: scan,
    edits: [["if (this.#totals.size > 1)", "if (false)"]],
  },
  {
    name: "an incomplete list is not read again",
    file: scan,
    edits: [["attempt < ATTEMPTS", "attempt < 1"]],
  },
  {
    name: "only the first page of a list is read",
    file: scan,
    edits: [["if (!reading.paged || seen.broken || seen.enough)", "if (true)"]],
  },
  // Changes of what exists, and the order of things.
  {
    name: "an update does not look whether the object has moved since the plan",
    file: change,
    edits: [["error = yield* checkUnmoved(work, context);", ""]],
  },
  {
    name: "an update that was not answered counts as done",
    file: look,
    edits: [
      [
        'if (outcome.kind === "done") return undefined;\n    sends',
        'if (outcome.kind !== "refused") return undefined;\n    sends',
      ],
    ],
  },
  {
    name: "an update that was not answered is sent again without waiting",
    file: look,
    edits: [
      [`yield* wait(context.settleMs, "in case the API still carries out what it did not answer");`, ""],
    ],
  },
  {
    name: "a link that should be closed stays open when its update failed",
    file: change,
    edits: [
      [
        "const triedAnyway = blocked === undefined ? closing : unconditional;",
        "const triedAnyway = blocked === undefined ? [] : unconditional;",
      ],
    ],
  },
  {
    name: "a link that should be closed stays open when its product could not be updated",
    file: change,
    edits: [[`return actions.includes("disable") &&`, `return false && actions.includes("disable") &&`]],
  },
  {
    name: "a link is updated although what it needs was not done",
    file: change,
    edits: [
      [
        "blocked === undefined ? closing : unconditional",
        `blocked === undefined ? closing : [...unconditional, "update"]`,
      ],
    ],
  },
  {
    name: "a page that was made late stays open where it should be closed",
    file: change,
    edits: [[`!actions.includes("create") || isMade(work, context)`, `!actions.includes("create")`]],
  },
  {
    name: "a look at the old picture is recorded",
    file: readBack,
    edits: [["(isLast || showsUpdate(work, { live, context }))", "true"]],
  },
  {
    name: "what a crash left open is not closed first",
    file: schedule,
    edits: [["? 0 : 1;", "? 1 : 1;"]],
  },
  {
    name: "what depends on a failed change is attempted all the same",
    file: schedule,
    edits: [["if (!ok && !this.#spoilt.has(dependant))", "if (false)"]],
  },
  {
    name: "a refused key does not end the run",
    file: run,
    edits: [
      [`if (instruction.do === "send" && isAuthRefusal(answer)) this.halt("the API refuses the key");`, ""],
    ],
  },
  {
    name: "ids that an interrupted run knew stand for those of the next",
    file: journalText,
    edits: [["      written = new Map();\n", ""]],
  },
  {
    name: "a record counts as kept before a sync is over",
    file: journalFile,
    edits: [["await this.#ordered;", "void this.#ordered.catch(() => {});"]],
  },
  {
    name: "a sync under way is shared by what is written during it",
    file: journalFile,
    edits: [
      [
        "      this.#ordered = undefined;\n      return this.#sync(file);",
        "return this.#sync(file).finally(() => {\n        this.#ordered = undefined;\n      });",
      ],
    ],
  },
  {
    name: "a first look at a link is believed whatever it shows",
    file: readBack,
    edits: [
      [
        "if (seen?.live === undefined || compare(work, { live: seen.live, context }) !== undefined) return undefined;",
        "if (seen?.live === undefined) return undefined;",
      ],
    ],
  },
  {
    name: "what was written is not read back",
    file: run,
    edits: [["if (written.length === 0) return;", "return;"]],
  },
];
