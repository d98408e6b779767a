import { createHash, randomInt } from "node:crypto";

const alphabet = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
const resolution = 2 ** 32;

/** The default source of ids; tests hand in a seeded one. From 0 to below 1. */
export function secureRandom(): number {
  return randomInt(resolution) / resolution;
}

/** `length` letters and digits. */
export function randomText(random: () => number, length: number): string {
  return Array.from({ length }, () => alphabet[Math.floor(random() * alphabet.length)] ?? "0").join("");
}

/** Hexadecimal digits that depend on `text` alone: for things that must look alike on every run. */
export function digest(text: string, length: number): string {
  return createHash("sha256").update(text).digest("hex").slice(0, length);
}
