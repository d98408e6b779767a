import { recoverAddressTyped } from "micro-eth-signer";
import { domainOf, type SignerOf } from "./claim.js";

const domainFields = [
  { name: "name", type: "string" },
  { name: "version", type: "string" },
  { name: "chainId", type: "uint256" },
];

/** By EIP-712. */
export const signerOf: SignerOf = ({ message, types, signature }) => {
  const [[primaryType, fields] = ["", []]] = Object.entries(types);
  const values = fields.map(({ name, type }) => [name, encodable(type, message[name] ?? "")]);
  try {
    const typed = {
      primaryType,
      types: { EIP712Domain: domainFields, ...types },
      domain: domainOf(BigInt(message.paymentChainId)),
      message: Object.fromEntries(values),
    };
    // The library's types follow literal structs; these are known at run time alone, and it checks them then.
    return recoverAddressTyped(signature, typed as never);
  } catch {
    // Wrong length, no hexadecimal digits, no point on the curve.
    return undefined;
  }
};

/** Capitals in an address are a checksum, and no part of what is signed. */
function encodable(type: string, value: string): unknown {
  switch (type) {
    case "uint256":
      return BigInt(value);
    case "address":
      return value.toLowerCase();
    default:
      return value;
  }
}
