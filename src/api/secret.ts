/** Fact F7: what the prefix of a key says of it; `other` is a key of a kind that is not documented. */
export type KeyKind = "secret" | "restricted" | "other";

/** Shorter texts are no keys: looking for them in bodies and messages would hit ordinary words. */
const shortestSearchable = 8;
/** Four characters of a shorter key would be too much of it. */
const shortestForLastFour = 24;
const mask = "[secret]";

/**
 * An API key without a string form: printed, put into JSON, inspected or thrown it reads `[secret]`.
 * Only `revealSecret` gives the text, and only `src/api` calls it.
 */
export class Secret {
  readonly #text: string;
  /** How it may stand in a text; worked out once, since every text of every output is searched for them. */
  readonly #spellings: readonly string[];
  readonly keyKind: KeyKind;
  /** To tell two keys apart in an output; absent when the key is too short to spare four characters. */
  readonly lastFour: string | undefined;

  constructor(text: string) {
    this.#text = text;
    this.#spellings = spellingsOf(text);
    this.keyKind = kindOf(text);
    this.lastFour = text.length >= shortestForLastFour ? text.slice(-4) : undefined;
  }

  static reveal(secret: Secret): string {
    return secret.#text;
  }

  static spellings(secret: Secret): readonly string[] {
    return secret.#spellings;
  }

  toString(): string {
    return mask;
  }

  toJSON(): string {
    return mask;
  }

  [Symbol.toPrimitive](): string {
    return mask;
  }

  /** What `console.log` and `util.inspect` call. */
  [Symbol.for("nodejs.util.inspect.custom")](): string {
    return mask;
  }
}

/** Takes a key as it was read; from here on it has no string form. */
export function createSecret(text: string): Secret {
  return new Secret(text);
}

/** The key itself, for the Authorization header and for nothing else. */
export function revealSecret(secret: Secret): string {
  return Secret.reveal(secret);
}

/** Whether a text holds the key: plain, as JSON writes it, or percent-encoded. Keys under 8 characters are not looked for. */
export function containsSecret(secret: Secret, text: string): boolean {
  return Secret.spellings(secret).some((spelling) => text.includes(spelling));
}

/** The text with every spelling of the key masked. */
export function redactSecret(secret: Secret, text: string): string {
  return Secret.spellings(secret).reduce((rest, spelling) => rest.replaceAll(spelling, mask), text);
}

function spellingsOf(text: string): readonly string[] {
  if (text.length < shortestSearchable) return [];
  return [...new Set([text, JSON.stringify(text).slice(1, -1), encodeURIComponent(text)])];
}

function kindOf(text: string): KeyKind {
  if (text.startsWith("sk_live_")) return "secret";
  if (text.startsWith("rk_live_")) return "restricted";
  return "other";
}
