/**
 * A request was about to carry the API key outside its header, or a file to hold it. It was not sent or written, and
 * the run must end. Reported as GS6008.
 */
export class KeyLeakError extends Error {
  readonly diagnosticCode = "GS6008";
  override readonly name = "KeyLeakError";

  constructor(what: string) {
    super(`${what} holds the API key: it was stopped here.`);
  }
}

/** Our own bug: a reading command asked for a write. Nothing was sent. */
export class ReadOnlyError extends Error {
  override readonly name = "ReadOnlyError";

  constructor(verb: string, path: string) {
    super(`${verb} ${path} is not let through: this command only reads.`);
  }
}
