import type { MicroUsd } from "./money.js";

/**
 * The public page of a payment link as anybody sees it, without a key. `undefined` anywhere: the answer does not say,
 * or in a form that nobody can judge. Fact F48. All texts are strangers'.
 */
export interface PayerPage {
  readonly linkId: string;
  readonly versionCode: string | undefined;
  readonly linkName: string | undefined;
  readonly linkType: string | undefined;
  readonly items: readonly PayerItem[];
  readonly tokens: readonly PayerToken[] | undefined;
  /** What a payer's program has to sign to begin, by path: `domain.name`, `types[2]`. */
  readonly requirement: ReadonlyMap<string, string> | undefined;
}

export interface PayerItem {
  readonly productName: string | undefined;
  readonly quantity: number | undefined;
  readonly unitPrice: ShownUsd;
}

/** An amount in dollars as the page writes it, and exactly, where it is one with at most six decimals. */
export interface ShownUsd {
  readonly text: string;
  readonly microUsd: MicroUsd | undefined;
}

/** One way to pay. */
export interface PayerToken {
  readonly chainId: string;
  readonly chainName: string;
  readonly symbol: string;
  readonly decimals: number | undefined;
  readonly amount: ShownUsd;
  /** In the token's smallest units, digits only. */
  readonly units: string | undefined;
}

/** What came of looking at a page. `closed`: GStable says that nobody can pay there, and why. */
export type PayerSight =
  | { readonly is: "open"; readonly page: PayerPage }
  | { readonly is: "closed"; readonly code: number; readonly message: string }
  | { readonly is: "unseen"; readonly why: string };

/** A token that GStable knows: `polygon::usdc` is USDC on chain 137. */
export interface ChainToken {
  readonly tokenId: string;
  readonly chainId: string;
  readonly symbol: string;
}
