import { redactText } from "../../render/index.js";

/** Letters that no normalisation takes apart. */
const plainLetters: { readonly [letter: string]: string } = {
  ß: "ss",
  æ: "ae",
  œ: "oe",
  ø: "o",
  đ: "d",
  ð: "d",
  þ: "th",
  ł: "l",
  ı: "i",
};

/** What a terminal would take for a colour. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: a control character is what is looked for
const escapeSequence = /\u001b\[[0-9;]*[A-Za-z]/g;

/** Longer names are cut at a word; the rule allows 100. */
const LONGEST = 60;

/**
 * A name by the name rule, made of what people call the object: `Café Crème (1 kg)` is `cafe-creme-1-kg`. Where no
 * letter of it survives (another script, emoji), `fallback` and the end of the id, which stays the same in every run.
 */
export function slugOf(title: string, { fallback, id }: { fallback: string; id: string }): string {
  // Also in a name, and in small letters, a key is a key.
  const plain = redactText(title)
    .replace(escapeSequence, "")
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[ßæœøđðþłı]/g, (letter) => plainLetters[letter] ?? "")
    .replace(/['’]/g, "")
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-+|-+$/g, "");
  const short = shorten(plain);
  return /[a-z0-9]/.test(short) ? short : `${fallback}-${endOf(id)}`;
}

function shorten(text: string): string {
  if (text.length <= LONGEST) return text;
  const cut = text.slice(0, LONGEST + 1);
  const word = cut.slice(0, cut.lastIndexOf("-"));
  return word.length >= LONGEST / 2 ? word : text.slice(0, LONGEST);
}

function endOf(id: string): string {
  const plain = id
    .slice(id.lastIndexOf("_") + 1)
    .toLowerCase()
    .replace(/[^a-z0-9]/g, "");
  return plain.slice(-8) || "1";
}

/** The first of `name`, `name-2`, `name-3` … that is free; it is taken from then on. */
export function takeName(name: string, taken: Set<string>): string {
  for (let number = 1; ; number += 1) {
    const candidate = number === 1 ? name : `${name}-${number}`;
    if (taken.has(candidate)) continue;
    taken.add(candidate);
    return candidate;
  }
}
