/**
 * A request was about to carry the API key outside its header. Nothing was sent, and the run must end:
 * the key is in the configuration. Reported as GS6008.
 */
export class KeyLeakError extends Error {
  readonly diagnosticCode = "GS6008";
  override readonly name = "KeyLeakError";

  constructor(method: string) {
    super(`The body or address of ${method} holds the API key: it was not sent.`);
  }
}

/** Our own bug: a reading command asked for a write. Nothing was sent. */
export class ReadOnlyError extends Error {
  override readonly name = "ReadOnlyError";

  constructor(verb: string, path: string) {
    super(`${verb} ${path} is not let through: this command only reads.`);
  }
}
