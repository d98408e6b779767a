import fc from "fast-check";

/** What Markdown, GitHub, GitLab or a browser would make something of. */
export const markup: readonly string[] = [
  "@octocat",
  "@acme/owners",
  "#1",
  "acme/shop#7",
  "GH-12",
  "!42",
  "https://evil.example/x",
  "http://evil.example",
  "www.evil.example",
  "evil.example",
  "mallory@evil.example",
  "![x](https://evil.example/x.png)",
  "[x](javascript:alert(1))",
  "[x]: https://evil.example",
  "<https://evil.example>",
  "<img src=x onerror=alert(1)>",
  "<script>alert(1)</script>",
  "</details></summary>",
  "</title></style><script>document.title='x'</script>",
  "<!--",
  "-->",
  "--!>",
  "]]>",
  "&lt;b&gt;&#64;octocat",
  "`",
  "``",
  "```",
  "`".repeat(90),
  "|",
  "\\|",
  "\\",
  "~~~",
  "# heading",
  "- item",
  "1. item",
  "> quote",
  "***bold***",
  "_x_",
  "~~x~~",
  ":tada:",
  "$x$",
  "0123456789abcdef0123456789abcdef01234567",
  "\n\n# heading",
  "a\n| b |\n|---|",
  "\"'><svg/onload=alert(1)>",
  " ",
];

const nasty = fc.constantFrom(
  ..."::error::x|##[error]x|##vso[task]|\u001b[2J|\u001b]8;;x\u0007|\r|\n|\n::set-env name=x::y|\t|\u202e|\u2066|\u200b|\u{e0041}|\ud800|日本|e\u0301| |  |:|::|#|`|\"|'|a".split(
    "|",
  ),
);
/** Texts that try to be more than a text, on a terminal, in a log, in Markdown or in HTML. */
export const hostile = fc.oneof(
  fc.array(nasty, { maxLength: 40 }).map((parts) => parts.join("")),
  fc.string({ unit: "binary", maxLength: 60 }),
  fc.array(fc.constantFrom(...markup), { minLength: 1, maxLength: 6 }).map((parts) => parts.join("")),
  fc.constant("::".repeat(100)),
  fc.constant(`${"x".repeat(70)} ::error::y`),
);

/** Words that the renderer chooses by, which no stranger can write. */
const closed =
  /^(severity|state|actions|action|cause|risk|risks|type|keyKind|client|outcome|command|is|formatVersion)$/;

/** The same document with a stranger's text wherever one could stand. */
export function poison<T>(value: T, texts: readonly string[]): T {
  let next = 0;
  const walk = (part: unknown, key: string): unknown => {
    if (typeof part === "string") return closed.test(key) ? part : texts[next++ % texts.length];
    if (Array.isArray(part)) return part.map((one) => walk(one, key));
    if (typeof part !== "object" || part === null) return part;
    return Object.fromEntries(Object.entries(part).map(([name, one]) => [name, walk(one, name)]));
  };
  return walk(value, "") as T; // the shape stays: texts become texts
}
