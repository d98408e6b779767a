import type { WrittenScalar } from "./written.js";

/** Where a scalar will stand. */
export interface ScalarPlace {
  /** Inside `[ ]` or `{ }`. */
  readonly flow: boolean;
  /** Everything quoted as JSON wants it. */
  readonly json: boolean;
  /** How the value that it replaces is quoted. */
  readonly quote?: "single" | "double";
}

/** What YAML 1.1 or 1.2, or a reader, could take for something else than a text. */
const otherWords = /^(null|true|false|yes|no|on|off|y|n|~|\.inf|\.nan)$/i;
const numberLike = /^[-+.]?\d[\d_.,:eExXoOa-fA-F+-]*$|^0[xX][\da-fA-F]*$/;
const plainStart = /^[\p{L}\p{N}/(_.]/u;
const moneyPattern = /^\$\d+(\.\d+)?$/;

/** What is not seen in an editor, or seen as something else. */
const unseen =
  /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Cn}\p{Zl}\p{Zp}\u2800\ufff9-\ufffb]|(?! )\p{Zs}|(?!\p{Variation_Selector})\p{Default_Ignorable_Code_Point}/u;
const unseenAll = new RegExp(unseen.source, "gu");

/** A scalar on one line, quoted only where it must be. */
export function renderScalar({ value, money }: WrittenScalar, place: ScalarPlace): string {
  if (typeof value !== "string") return String(value);
  if (place.json || place.quote === "double") return doubleQuoted(value);
  if (place.quote === "single" && !unseen.test(value)) return `'${value.replaceAll("'", "''")}'`;
  if (money === true && moneyPattern.test(value)) return value;
  return canBePlain(value, place.flow) ? value : doubleQuoted(value);
}

/** A key of a map. */
export function renderKey(key: string, json: boolean): string {
  return renderScalar({ is: "scalar", value: key }, { flow: true, json });
}

/** Several lines as a literal block below a key; `undefined` where that could not carry them unchanged. */
export function renderLiteral(
  text: string,
  indent: number,
): { readonly header: string; readonly lines: readonly string[] } | undefined {
  const ending = /\n*$/.exec(text)?.[0] ?? "";
  const lines = text.slice(0, text.length - ending.length).split("\n");
  const first = lines[0] ?? "";
  const isSafe =
    lines.length > 1 &&
    ending.length <= 1 &&
    /^\S/.test(first) &&
    lines.every((line) => !unseen.test(line) && !/\s$/.test(line));
  if (!isSafe) return undefined;
  const margin = " ".repeat(indent);
  return {
    header: ending === "" ? "|-" : "|",
    lines: lines.map((line) => (line === "" ? "" : `${margin}${line}`)),
  };
}

function canBePlain(text: string, flow: boolean): boolean {
  return (
    plainStart.test(text) &&
    !/^\.\.\.|\s$|:$|: |\s#/.test(text) &&
    !(flow && /[,[\]{}]/.test(text)) &&
    !otherWords.test(text) &&
    !numberLike.test(text) &&
    !unseen.test(text)
  );
}

/** Both in YAML and in JSON the same text. */
function doubleQuoted(text: string): string {
  return JSON.stringify(text).replace(unseenAll, (found) =>
    Array.from({ length: found.length }, (_, at) => {
      return `\\u${found.charCodeAt(at).toString(16).padStart(4, "0")}`;
    }).join(""),
  );
}
