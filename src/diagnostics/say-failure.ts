interface Failure {
  readonly code: number;
  readonly message: string;
}

/** Why something failed, with the API's code where it gave one. The message is a stranger's. */
export function sayFailure(failure: Failure): string {
  return `${failure.message}${sayCode(failure)}`;
}

/** ` (code 400101)`; nothing where no code was given, or where the message begins with it: `HTTP 502`. */
export function sayCode({ code, message }: Failure): string {
  return code > 0 && !message.startsWith(`HTTP ${code}`) ? ` (code ${code})` : "";
}
