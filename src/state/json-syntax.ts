/** A token of JSON: a text, a number or word, or a sign. */
const token =
  /("[ !#-[\]-\uffff]*(?:\\(?:["\\/bfnrt]|u[0-9A-Fa-f]{4})[ !#-[\]-\uffff]*)*")|(-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null)|([{}[\],:])/y;
const space = /[\t\n\r ]*/y;

/** What may come next. `first`: what stands at the beginning of a map or a list, which may also end there. */
type Expected = "value" | "key" | "colon" | "next" | "first" | "nothing";

/**
 * Where a text stops being JSON; its end where that is too early. `JSON.parse` says that something is wrong, but not in
 * all of its messages where.
 */
export function findSyntaxError(text: string): number {
  const open: string[] = [];
  let expected: Expected = "value";
  for (let at = skipSpace(text, 0); at < text.length; at = skipSpace(text, token.lastIndex)) {
    token.lastIndex = at;
    const [part = "", quoted] = token.exec(text) ?? [];
    const after: Expected | undefined =
      part === "" ? undefined : step({ part, isText: quoted !== undefined, expected, open });
    if (after === undefined) return isCutOff(text.slice(at)) ? text.trimEnd().length : at;
    expected = after;
    token.lastIndex = at + part.length;
  }
  return text.trimEnd().length;
}

/** What may follow on a token; `undefined` where it is out of place. Keeps what is `open`. */
function step(now: {
  part: string;
  isText: boolean;
  expected: Expected;
  open: string[];
}): Expected | undefined {
  const { part, isText, expected, open } = now;
  const inMap = open.at(-1) === "{";
  switch (part) {
    case "}":
    case "]":
      if (expected !== "next" && expected !== "first") return undefined;
      if (open.pop() !== (part === "}" ? "{" : "[")) return undefined;
      return open.length === 0 ? "nothing" : "next";
    case ",":
      if (expected !== "next") return undefined;
      return inMap ? "key" : "value";
    case ":":
      return expected === "colon" ? "value" : undefined;
    default:
      if (expected === "key" || (expected === "first" && inMap)) return isText ? "colon" : undefined;
      if (expected !== "value" && expected !== "first") return undefined;
      if (part !== "{" && part !== "[") return open.length === 0 ? "nothing" : "next";
      open.push(part);
      return "first";
  }
}

function skipSpace(text: string, from: number): number {
  space.lastIndex = from;
  space.exec(text);
  return space.lastIndex;
}

/** Whether a text ends inside a token: half a file, of which the end says more than the beginning of its last word. */
function isCutOff(rest: string): boolean {
  return /^["\w-][^\n]*\s*$/.test(rest) && !/^(?:"[^"\\]*(?:\\.[^"\\]*)*"|[\w-]+\W)/.test(rest);
}
