/** The kinds of object that a configuration manages. */
export const kindNames = ["product", "paymentLink", "webhook"] as const;
export type Kind = (typeof kindNames)[number];

/** Names an entry across YAML, lockfile, plan and outputs: `paymentLink.premium-monthly`. */
export type Address = `${Kind}.${string}`;

/** What an entry may be called in YAML. */
export const entryNamePattern = /^[a-z0-9][a-z0-9_-]{0,99}$/;

/** The address of an entry; the name is taken as it is. */
export function addressOf(kind: Kind, name: string): Address {
  return `${kind}.${name}`;
}

/** Takes an address apart, or says `undefined` where it is none. */
export function parseAddress(text: string): { kind: Kind; name: string; address: Address } | undefined {
  const dot = text.indexOf(".");
  const kind = kindNames.find((candidate) => candidate === text.slice(0, dot));
  const name = text.slice(dot + 1);
  if (kind === undefined || !entryNamePattern.test(name)) return undefined;
  return { kind, name, address: addressOf(kind, name) };
}

/** The kind that an address names. */
export function kindOf(address: Address): Kind {
  const kind = kindNames.find((candidate) => address.startsWith(`${candidate}.`));
  if (kind === undefined) throw new Error(`not an address: ${address}`);
  return kind;
}

/** The entry's name within its kind. */
export function nameOf(address: Address): string {
  return address.slice(address.indexOf(".") + 1);
}
