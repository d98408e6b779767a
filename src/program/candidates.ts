import type { Argument, Command, Option } from "commander";
import type { Candidates, NameSource, Word } from "../commands/completion.js";

/** What may stand where somebody is typing. */
export interface Typing {
  /** As far as it is typed; candidates begin with it. */
  readonly typed: string;
  readonly candidates: Candidates;
  readonly source: NameSource;
}

/** Finds out from the words of a command line, the last one unfinished, what is being typed. */
export function findCandidates(program: Command, words: readonly string[]): Typing {
  const { before, typed } = splitTyped(words);
  const place = new Place(program);
  for (const word of before) place.read(word);
  return { ...place.complete(typed), source: place.source() };
}

/** Bash breaks `--env=eu` into three words; the sign between them is none. */
function splitTyped(words: readonly string[]): { before: readonly string[]; typed: string } {
  const last = words.at(-1) ?? "";
  const before = words.slice(0, -1).filter((word) => word !== "=");
  return { before, typed: last === "=" ? "" : last };
}

const nothing: Candidates = { are: "words", words: [] };

/** Where a command line stands after some of its words. */
class Place {
  #command: Command;
  readonly #arguments: string[] = [];
  /** A flag whose value comes next. */
  #pending: Option | undefined;
  #noMoreFlags = false;
  readonly #flags = new Map<string, string>();

  constructor(program: Command) {
    this.#command = program;
  }

  read(word: string): void {
    if (this.#pending !== undefined) {
      this.#flags.set(this.#pending.attributeName(), word);
      this.#pending = undefined;
    } else if (word === "--") this.#noMoreFlags = true;
    else if (word.startsWith("-") && word !== "-" && !this.#noMoreFlags) this.#readFlag(word);
    else this.#readWord(word);
  }

  #readFlag(word: string): void {
    const equals = word.indexOf("=");
    const option = this.#option(equals < 0 ? word : word.slice(0, equals));
    if (option === undefined) return;
    if (equals >= 0) this.#flags.set(option.attributeName(), word.slice(equals + 1));
    else if (option.required) this.#pending = option;
    else this.#flags.set(option.attributeName(), "");
  }

  #readWord(word: string): void {
    const below = this.#arguments.length === 0 ? visible(this.#command).find(named(word)) : undefined;
    if (below === undefined) this.#arguments.push(word);
    else this.#command = below;
  }

  complete(typed: string): Pick<Typing, "typed" | "candidates"> {
    if (this.#pending !== undefined) return { typed, candidates: valuesOf(this.#pending, "") };
    if (this.#noMoreFlags || !typed.startsWith("-")) return { typed, candidates: this.#words() };
    const equals = typed.indexOf("=");
    if (equals < 0) return { typed, candidates: { are: "words", words: this.#options().map(describe) } };
    const option = this.#option(typed.slice(0, equals));
    return {
      typed,
      candidates: option === undefined ? nothing : valuesOf(option, typed.slice(0, equals + 1)),
    };
  }

  source(): NameSource {
    return {
      config: this.#flags.get("config"),
      lockfile: this.#flags.get("lockfile"),
      env: this.#flags.get("env"),
      sandbox: this.#flags.has("sandbox"),
    };
  }

  #words(): Candidates {
    const commands = this.#arguments.length === 0 ? visible(this.#command) : [];
    const below = commands.map((one) => ({ value: one.name(), description: one.description() }));
    const all = this.#command.registeredArguments;
    const last = all.at(-1);
    const argument = all[this.#arguments.length] ?? (last?.variadic === true ? last : undefined);
    const values = argument === undefined ? nothing : valuesOfArgument(argument, this.#command);
    if (values.are === "names") return { ...values, words: below };
    return below.length > 0 ? { are: "words", words: below } : values;
  }

  #options(): readonly Option[] {
    const help = this.#command.createHelp();
    const own = help.visibleOptions(this.#command);
    return [...own, ...help.visibleGlobalOptions(this.#command)];
  }

  #option(flag: string): Option | undefined {
    return this.#options().find(({ short, long }) => flag === short || flag === long);
  }
}

const named = (word: string) => (command: Command) => command.name() === word;

function visible(command: Command): readonly Command[] {
  return command
    .createHelp()
    .visibleCommands(command)
    .filter((one) => one.name() !== "help");
}

function describe({ long, short, description }: Option): Word {
  return { value: long ?? short ?? "", description };
}

/** Flags that name something; what a flag is not known to name is not guessed. */
const flagValues: { readonly [attribute: string]: "files" | "environments" | "addresses" } = {
  check: "files",
  config: "files",
  lockfile: "files",
  out: "files",
  plan: "files",
  seed: "files",
  state: "files",
  env: "environments",
  target: "addresses",
  webhookKeys: "files",
};

function valuesOf(option: Option, prefix: string): Candidates {
  if (option.argChoices !== undefined) return words(option.argChoices, prefix);
  const are = flagValues[option.attributeName()];
  if (are === undefined) return nothing;
  return are === "files" ? { are } : { are, prefix };
}

/** Arguments are known by their names: `<bash|zsh|fish>` says itself what it takes. */
function valuesOfArgument(argument: Argument, command: Command): Candidates {
  const name = argument.name();
  if (name.includes("|")) return words(name.split("|"), "");
  const isState = command.parent?.name() === "state";
  if (isState && ["address", "from"].includes(name)) return { are: "lockedAddresses", prefix: "" };
  if (name === "link") return { are: "names", kind: "paymentLink", words: [] };
  if (name === "name" && command.parent?.name() === "webhook") {
    return { are: "names", kind: "webhook", words: [] };
  }
  return name === "address" ? { are: "addresses", prefix: "" } : nothing;
}

const words = (values: readonly string[], prefix: string): Candidates => ({
  are: "words",
  words: values.map((value) => ({ value: `${prefix}${value}`, description: "" })),
});
