interface Failure {
  readonly code: number;
  readonly message: string;
}

/** Why something failed, with the API's code where it gave one. The message is a stranger's. */
export function sayFailure(failure: Failure): string {
  return `${failure.message}${sayCode(failure)}`;
}

/** ` (code 400101)`; nothing where the API gave none. */
export function sayCode({ code }: Pick<Failure, "code">): string {
  return code > 0 ? ` (code ${code})` : "";
}
