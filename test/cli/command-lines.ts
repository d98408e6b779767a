/** Every command, with what there is to do or to refuse. */
export const commands: readonly (readonly string[])[] = [
  ["validate"],
  ["plan"],
  ["plan", "--out", "plan.json"],
  ["plan", "--refresh", "full", "--debug"],
  ["apply"],
  ["apply", "--auto-approve"],
  ["drift"],
  ["verify", "paymentLink.none"],
  ["apply", "--verify"],
  ["state", "list"],
  ["state", "show", "paymentLink.mug"],
  ["state", "show", "paymentLink.none"],
  ["state", "mv", "paymentLink.mug", "paymentLink.cup"],
  ["state", "rm", "paymentLink.cup"],
  ["schema"],
  ["schema", "plan"],
  ["plan", "--sandbox"],
  ["apply", "--sandbox", "--auto-approve"],
  ["state", "list", "--sandbox"],
  ["verify", "--sandbox"],
];

/** Command lines that cannot be understood. */
export const wrong: readonly (readonly string[])[] = [
  ["plann"],
  ["plan", "--bogus"],
  ["plan", "extra"],
  ["plan", "--refresh", "sometimes"],
  ["plan", "--format", "xml"],
  ["plan", "--rps", "none"],
  ["state"],
  ["state", "list", "--unmanaged"],
  ["state", "mv", "one"],
  ["schema", "lockfile"],
  ["sandbox", "--port", "x"],
  [],
];
