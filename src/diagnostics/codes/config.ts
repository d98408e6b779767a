// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the configuration language has `${name}` itself
import type { CodeEntry } from "../code-entry.js";
import { consistencyCodes } from "./consistency.js";

/** GS10xx: files and syntax. */
const syntaxCodes = {
  GS1001: {
    title: "File not found",
    meaning: "A configuration file that was named does not exist.",
    remedy:
      "Correct the path; it starts in the directory of the root file (of the working directory for `-c`).",
  },
  GS1002: {
    title: "File cannot be read",
    meaning: "The path is a directory, or the file system refuses to give the file.",
    remedy: "Name a file that this user may read.",
  },
  GS1003: {
    title: "Not a text file",
    meaning: "The file is not UTF-8, or has control characters in it: no text that a person can review.",
    remedy: "Save it as UTF-8 and remove the character at the place shown.",
  },
  GS1004: {
    title: "File too big",
    meaning: "A configuration file is far larger than a person can review.",
    remedy: "Split it and list the parts under `include`.",
  },
  GS1005: {
    title: "Outside the configuration's directory",
    meaning:
      "Everything that belongs to a configuration lies in the directory of the root file, links resolved, so that a review sees all of it.",
    remedy: "Move the file into that directory and name it by a relative path.",
  },
  GS1006: {
    title: "Empty file",
    meaning: "The file holds nothing but comments or white space: more likely a mistake than a wish.",
    remedy: "Write at least `version: 1` and `project`, or remove the file from `include`.",
  },
  GS1007: {
    title: "Syntax error",
    meaning: "The text is neither YAML 1.2 nor JSON.",
    remedy: "Correct the place shown; the first error of a file often causes the others.",
  },
  GS1008: {
    title: "Several documents in one file",
    meaning: "A `---` starts a second YAML document; a configuration file holds one.",
    remedy: "Remove the `---`, or move the second document to a file of its own and `include` it.",
  },
  GS1009: {
    title: "Nested too deeply",
    meaning: "Lists and maps stand inside each other more than 100 levels deep.",
    remedy: "Write the value as the reference shows it; no field needs more than a few levels.",
  },
  GS1010: {
    title: "Too many aliases",
    meaning: "Anchors and aliases work within bounds; this file has too many, or they unfold to too much.",
    remedy: "Use `defaults` for what many entries share.",
  },
  GS1011: {
    title: "Alias without an anchor",
    meaning: "`*name` repeats what `&name` marked earlier in the same file, and there is no such mark.",
    remedy: "Put the anchor before the alias, or quote the text if it only begins with `*`.",
  },
  GS1012: {
    title: "Alias inside its own anchor",
    meaning: "The value would contain itself.",
    remedy: "Write the value out.",
  },
  GS1013: {
    title: "YAML tag",
    meaning: "Tags such as `!foo` or `!!js` change what a value means; none is known here.",
    remedy: "Remove the tag, or quote the text if it only begins with `!`.",
  },
  GS1014: {
    title: "Key is not a text",
    meaning: "A key is a list, a map, a number, `true` or empty, which YAML allows and nothing here uses.",
    remedy: "Put the key in quotes.",
  },
  GS1015: {
    title: "Not a YAML or JSON file",
    meaning: "`include` reads files that end in .yaml, .yml or .json.",
    remedy: "Rename the file or narrow the pattern, e.g. `catalog/*.yaml`.",
  },
  GS1016: {
    title: "Half a character",
    meaning:
      "An escape from \\uD800 to \\uDFFF stands alone. It has no UTF-8, so the API would be sent another text.",
    remedy: "Write the character itself, or both halves of it.",
  },
} as const satisfies Record<string, CodeEntry>;

/** GS11xx: structure and keys. */
const structureCodes = {
  GS1101: {
    title: "Duplicate key",
    meaning: "A map has the same key twice; one of the two values would be lost without a word.",
    remedy: "Remove one of the two.",
  },
  GS1102: {
    title: "Unknown key",
    meaning: "The key means nothing at this place; ignoring it would hide a typing error.",
    remedy: "Correct or remove it.",
  },
  GS1103: {
    title: "Required field missing",
    meaning: "The field is not written, empty or unset (`null`), and the API needs it.",
    remedy: "Write it in the entry, or in `defaults` for all entries of the kind.",
  },
  GS1104: {
    title: "Wrong kind of value",
    meaning: "A map, a list or a plain value stands where another of them is expected.",
    remedy: "Write the value in the form that the message shows.",
  },
  GS1105: {
    title: "Merge key",
    meaning: "`<<` belongs to YAML 1.1 and is no part of YAML 1.2.",
    remedy: "Put what entries share under `defaults`, which also says so in the plan.",
  },
  GS1106: {
    title: "Forbidden key",
    meaning: "The key `__proto__` has a meaning of its own in JavaScript and never one in a configuration.",
    remedy: "Remove it.",
  },
  GS1107: {
    title: "Name not possible",
    meaning:
      "Names are lower-case letters, digits, `-` and `_`, begin with a letter or digit and have at most 100 characters; they appear in addresses, file names and commands.",
    remedy: "Rename it; `moved` keeps the live object of an entry that was already applied.",
  },
  GS1108: {
    title: "Name defined twice",
    meaning: "Two files define an entry of the same kind and name.",
    remedy: "Rename or remove one of the two.",
  },
  GS1109: {
    title: "Unknown configuration version",
    meaning: "`version` names the form of the configuration; this program knows version 1.",
    remedy: "Write `version: 1`, or use a newer gstable-sync.",
  },
  GS1110: {
    title: "Not possible in an included file",
    meaning:
      "Included files hold `products`, `paymentLinks`, `webhooks`, `imports` and `moved`; what rules them stands in the root file alone.",
    remedy: "Move the key to the root file.",
  },
  GS1111: {
    title: "Empty entry",
    meaning: "The entry has a name and nothing below it.",
    remedy: "Fill it in, or remove its name to retire it.",
  },
} as const satisfies Record<string, CodeEntry>;

/** GS12xx: values. */
const valueCodes = {
  GS1201: {
    title: "Text expected",
    meaning: "Without quotes YAML reads a number, `true` or `false` here, and may change how it is spelt.",
    remedy: "Put the value in quotes.",
  },
  GS1202: {
    title: "true or false expected",
    meaning: "In YAML 1.2 only `true` and `false` are flags; `yes`, `no`, `on` and `off` are plain texts.",
    remedy: "Write `true` or `false`, without quotes.",
  },
  GS1203: {
    title: "Money without a unit",
    meaning: "A bare number could be dollars or Micro-USD (1000000 = $1): a factor of a million.",
    remedy: "Write dollars as `$9.99`, or Micro-USD as a whole number of at least 10000 (one cent).",
  },
  GS1204: {
    title: "Not an amount",
    meaning: "The text is not an amount of dollars.",
    remedy: "Write `$9.99`, `9.99 USD` or `$1,250`.",
  },
  GS1205: {
    title: "Too many decimals",
    meaning: "The API's smallest unit is one Micro-USD: six decimals of a dollar.",
    remedy: "Write at most six decimals.",
  },
  GS1206: {
    title: "Negative amount",
    meaning: "Prices are zero or more.",
    remedy: "Remove the sign.",
  },
  GS1207: {
    title: "Amount too big",
    meaning: "The amount is past 2^53 - 1 Micro-USD, where whole numbers stop being exact.",
    remedy: "Write the amount that is meant.",
  },
  GS1208: {
    title: "Whole number expected",
    meaning:
      "The field takes a whole number in plain decimal digits, without leading zeros, exponent or quotes.",
    remedy: "Write it plainly, e.g. `quantity: 1`.",
  },
  GS1209: {
    title: "Not one of the choices",
    meaning: "The field takes one of a few words.",
    remedy: "Write one of those that the message lists.",
  },
  GS1210: {
    title: "Not an account address",
    meaning:
      "An address is 0x and 40 hexadecimal digits, in quotes, and not all zeros: money sent there is lost.",
    remedy: "Copy it from the dashboard, in quotes.",
  },
  GS1211: {
    title: "Repeated value",
    meaning: "The same value stands twice in a list where it counts once.",
    remedy: "Remove one of the two.",
  },
  GS1212: {
    title: "Not a usable URL",
    meaning: "Payers, the API or GStable's servers must be able to open it: a complete https URL.",
    remedy: "Write it as `https://host/path`.",
  },
  GS1213: {
    title: "URL with credentials",
    meaning: "A user name or password in a URL would be stored in git and at GStable for everybody to read.",
    remedy: "Remove everything up to the `@`.",
  },
  GS1214: {
    title: "URL without a public host name",
    meaning: "IP addresses, `localhost` and local names lead elsewhere on other machines, or nowhere.",
    remedy: "Use a public host name.",
  },
  GS1215: {
    title: "Not a token id",
    meaning: "Settlement tokens are named `network::symbol`, in lower case.",
    remedy: "Write e.g. `polygon::usdc`.",
  },
  GS1216: {
    title: "Unknown settlement token",
    meaning: "The token is not among those documented when this version was made; the list grows.",
    remedy: "Check the spelling; the plan compares it with the live list.",
  },
  GS1217: {
    title: "Unknown event",
    meaning: "The event is not among those documented when this version was made.",
    remedy: "Check the spelling.",
  },
  GS1218: {
    title: "Not a percentage",
    meaning: "The threshold is a percentage with at most two decimals.",
    remedy: "Write e.g. `50%`.",
  },
} as const satisfies Record<string, CodeEntry>;

/** GS13xx: references. GS14xx: documented limits. */
const referenceCodes = {
  GS1301: {
    title: "Unknown account",
    meaning: "The name is not under `accounts`.",
    remedy: "Correct it, or add the account.",
  },
  GS1302: {
    title: "Unknown product",
    meaning: "The name is not under `products`.",
    remedy: "Correct it, or add the product.",
  },
  GS1303: {
    title: "Reference to an entry that is left out",
    meaning: "The entry is defined, and an override leaves it out of this environment.",
    remedy: "Leave out what refers to it as well, or keep it.",
  },
  GS1304: {
    title: "Not an address of an entry",
    meaning: "Addresses are `product.NAME`, `paymentLink.NAME` or `webhook.NAME`.",
    remedy: "Write e.g. `paymentLink.premium-monthly`.",
  },
  GS1305: {
    title: "Address of no entry",
    meaning: "The address has the right form, and the configuration has no such entry.",
    remedy: "Correct it, or add the entry.",
  },
  GS1401: {
    title: "Text too long",
    meaning: "The API documents a limit for the field, counted in characters.",
    remedy: "Shorten it.",
  },
  GS1402: {
    title: "Too many",
    meaning: "The API documents how many there may be.",
    remedy: "Remove what is not needed.",
  },
  GS1403: {
    title: "Amount of zero",
    meaning: "The price of a fixed link is more than zero.",
    remedy: "Write the price.",
  },
  GS1404: {
    title: "Price on a custom link",
    meaning:
      "On a link of type `custom` the payer enters the amount; a unit price would be ignored or refused.",
    remedy: "Remove `unitPrice`, or make the link `fixed`.",
  },
  GS1405: {
    title: "Unusual price list",
    meaning: "Quick-pick prices that are zero or repeat each other are allowed and rarely meant.",
    remedy: "Remove the price that is not needed.",
  },
} as const satisfies Record<string, CodeEntry>;

/** GS16xx: environments, variables, includes. GS17xx: policy. */
const surroundingCodes = {
  GS1601: {
    title: "Environment needed",
    meaning:
      "The configuration has environments; none is taken by default, so that none is changed by accident.",
    remedy: "Add `--env NAME`.",
  },
  GS1602: {
    title: "Unknown environment",
    meaning: "The configuration has no environment of that name.",
    remedy: "Name one that is under `environments`.",
  },
  GS1603: {
    title: "Unknown variable",
    meaning: "`${name}` takes a variable from `variables` of the root file or of the environment.",
    remedy: "Define it, or write `$${` for a literal `${`.",
  },
  GS1604: {
    title: "Environment variable not set",
    meaning: "`${env:NAME}` reads the environment variable `GSTABLE_VAR_NAME`, and no other.",
    remedy: "Set it where the command runs.",
  },
  GS1605: {
    title: "No variable possible here",
    meaning: "Variables stand for values; keys, and what decides which files are read, are written out.",
    remedy: "Write it out.",
  },
  GS1606: {
    title: "Variables in a circle",
    meaning: "The variable needs its own value.",
    remedy: "Give one of them a plain value.",
  },
  GS1607: {
    title: "Not a variable",
    meaning: "A variable is one text, number, `true` or `false`, and its name is a word.",
    remedy: "Write it as `name: value`.",
  },
  GS1608: {
    title: "Not a reference to a variable",
    meaning: "`${` begins a reference to a variable, and what follows is none.",
    remedy: "Write `${name}` or `${env:NAME}`, or `$${` for a literal `${`.",
  },
  GS1609: {
    title: "Pattern matches nothing",
    meaning: "A pattern under `include` finds no file: entries would silently be missing, and be retired.",
    remedy: "Correct or remove it.",
  },
  GS1610: {
    title: "Environment variable of the key",
    meaning: "`apiKeyEnv` begins with `GSTABLE_API_KEY`, so that no other secret can be sent to the API.",
    remedy: "Write e.g. `GSTABLE_API_KEY_EU`.",
  },
  GS1611: {
    title: "One lockfile for two environments",
    meaning: "Each environment has a lockfile of its own; a shared one would mix their ids.",
    remedy: "Give each its own, or leave `lockfile` out.",
  },
  GS1612: {
    title: "Override of nothing",
    meaning: "An override unsets an entry that is not defined, so that it does nothing.",
    remedy: "Correct the name or remove the line.",
  },
  GS1613: {
    title: "Unfolds to too much",
    meaning:
      "Variables, defaults or environments multiply into more than anybody could review; a small file could otherwise keep the program busy for hours.",
    remedy: "Write less into `variables`, `defaults` or `environments`, or split the configuration.",
  },
  GS1701: {
    title: "Not an allowance",
    meaning: "An allowance is `ID:ADDRESS`, under `policy.allow` with the value that it lets through.",
    remedy: "Copy it from the plan, which prints it for each guard.",
  },
  GS1702: {
    title: "Unknown guard",
    meaning: "The part before the colon is the id of a guard.",
    remedy: "Copy it from the plan, which prints it for each guard.",
  },
  GS1703: {
    title: "Allowance for no address",
    meaning:
      "The part after the colon is an address; `account.NAME` is possible for `routing`, and `config` is the one for `retire` and `shrink`.",
    remedy: "Copy it from the plan, which prints it for each guard.",
  },
  GS1704: {
    title: "Allowance without a value",
    meaning: "A lasting allowance lets one value through; without it, it would be a switch for the guard.",
    remedy: "Add `=VALUE` as the plan prints it.",
  },
  GS1705: {
    title: "Not a price range",
    meaning: "The range is the smallest and the biggest total of a new link.",
    remedy: "Write e.g. `[$0.01, $1000]`.",
  },
  GS1706: {
    title: "Not a host",
    meaning: "`allowedHosts` lists host names, with `*.` in front for all names below one.",
    remedy: 'Write e.g. `acme.example` or `"*.acme.example"`.',
  },
} as const satisfies Record<string, CodeEntry>;

/** GS1xxx: the configuration. */
export const configCodes = {
  ...syntaxCodes,
  ...structureCodes,
  ...valueCodes,
  ...referenceCodes,
  ...consistencyCodes,
  ...surroundingCodes,
} as const satisfies Record<string, CodeEntry>;
