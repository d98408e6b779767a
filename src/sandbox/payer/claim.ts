/** The structs of EIP-712, each with its fields in the order in which they are signed. */
export type Structs = Readonly<Record<string, readonly { readonly name: string; readonly type: string }[]>>;

/** What somebody says he has signed. */
export interface Claim {
  readonly message: Readonly<Record<string, string>> & { readonly paymentChainId: string };
  /** The one struct that is signed. */
  readonly types: Structs;
  readonly signature: string;
}

/** The address that signed it; undefined for what is no signature. Contracts as payers are not known here. */
export type SignerOf = (claim: Claim) => string | undefined;

/** The domain of the payment's chain; it names no contract. */
export function domainOf<T>(chainId: T): { name: string; version: string; chainId: T } {
  return { name: "aipay.gstable.io", version: "1", chainId };
}
