/**
 * Who may know whom: one rule a room, as docs/architecture.md shows them. What a rule does not list is forbidden.
 * `npm run architecture` checks it; test/architecture plants a violation of each rule and sees it caught.
 */

/** An npm package, wherever it is installed. */
const npm = (name) => `(^|/)node_modules/${name}/|^${name}$`;
/** A module of Node itself. */
const node = (name) => `^(node:)?${name}$`;
const anyOf = (patterns) => patterns.join("|");

/** The files of `room` may import their own room and `known`, and nothing else. */
function onlyKnows(room, known, comment) {
  return {
    name: `${room}-knows`,
    comment,
    severity: "error",
    from: { path: `^src/${room}/` },
    to: { pathNot: anyOf([`^src/${room}/`, ...known]) },
  };
}

/** Rooms in the middle get types from each other, never code. */
function onlyTypes(name, from, to, comment) {
  return {
    name,
    comment,
    severity: "error",
    from: { path: from },
    to: { path: to, dependencyTypesNot: ["type-only"] },
  };
}

const diagnostics = "^src/diagnostics/";
const state = "^src/state/";
const contract = "^src/engine/kind\\.ts$";
/** The files above the rooms, but for the library's own surface. */
const programFiles = "^src/(?!index\\.ts$)([^/]+|program/[^/]+)\\.ts$";

module.exports = {
  forbidden: [
    {
      name: "no-cycles",
      comment: "What imports itself by a detour cannot be understood, tested or moved alone.",
      severity: "error",
      from: {},
      to: { circular: true },
    },
    onlyKnows("diagnostics", [], "The vocabulary of messages depends on nothing."),
    onlyKnows(
      "state",
      [diagnostics, npm("zod")],
      "Nouns that everybody shares: no disk, no YAML, no network.",
    ),
    {
      ...onlyKnows("engine", [state, diagnostics], "The core knows no kind, no HTTP, no clock and no file."),
      from: { path: "^src/engine/", pathNot: "^src/engine/hash\\.ts$" },
    },
    {
      name: "hash-knows",
      comment: "The one file of the core that may use Node: a hash is a pure function.",
      severity: "error",
      from: { path: "^src/engine/hash\\.ts$" },
      to: { pathNot: anyOf(["^src/engine/", state, diagnostics, node("crypto")]) },
    },
    onlyKnows(
      "resources",
      [contract, state, diagnostics, npm("zod")],
      "A kind is declared, it does nothing itself.",
    ),
    onlyTypes(
      "contract-by-type",
      "^src/(resources|config)/",
      "^src/engine/",
      "The engine's contract for kinds is types; nobody outside calls into the engine but the commands.",
    ),
    {
      name: "kinds-apart",
      comment: "Another kind's folder is as far away as another room: adding one touches no other.",
      severity: "error",
      from: { path: "^src/resources/([^/]+)/" },
      to: { path: "^src/resources/[^/]+/", pathNot: "^src/resources/$1/" },
    },
    onlyKnows(
      "config",
      [
        "^src/resources/(registry|resource-kind|entry-schema)\\.ts$",
        contract,
        state,
        diagnostics,
        npm("yaml"),
        npm("zod"),
      ],
      "The language takes texts: who reads files is not its business.",
    ),
    onlyKnows("render", ["^src/engine/", state, diagnostics, npm("diff")], "Values in, text out."),
    onlyTypes(
      "render-decides-nothing",
      "^src/render/",
      "^src/engine/",
      "Renderers show a plan; they don't compute.",
    ),
    onlyKnows(
      "api",
      [state, diagnostics, ...["events", "http", "https", "process", "stream", "zlib"].map(node)],
      "The way to GStable knows calls, not what is in them. gstable-js is loaded by a name in a variable.",
    ),
    {
      ...onlyKnows(
        "sandbox",
        [npm("zod"), node("crypto"), node("fs"), node("http"), node("path")],
        "A second, independent reading of the API: what it shared with us it could not contradict.",
      ),
      from: { path: "^src/sandbox/", pathNot: "^src/sandbox/payer/signer-of\\.ts$" },
    },
    {
      name: "signatures-know",
      comment: "The one file of the sandbox with cryptography in it.",
      severity: "error",
      from: { path: "^src/sandbox/payer/signer-of\\.ts$" },
      to: { pathNot: anyOf(["^src/sandbox/", npm("micro-eth-signer")]) },
    },
    {
      name: "signatures-on-demand",
      comment: "Curves and hashes are loaded with the first signature: the sandbox starts without them.",
      severity: "error",
      from: { path: "^src/sandbox/" },
      to: { path: "^src/sandbox/payer/signer-of\\.ts$", dependencyTypesNot: ["type-only", "dynamic-import"] },
    },
    {
      name: "sandbox-only-from-commands",
      comment: "Plan and apply on a real account must not even load a make-believe one.",
      severity: "error",
      from: { path: "^src/", pathNot: "^src/(sandbox|commands)/" },
      to: { path: "^src/sandbox/" },
    },
    {
      name: "sandbox-only-on-demand",
      comment: "Loaded by import() when somebody asks for it; its types cost nothing.",
      severity: "error",
      from: { path: "^src/commands/" },
      to: { path: "^src/sandbox/", dependencyTypesNot: ["type-only", "dynamic-import"] },
    },
    {
      name: "nobody-knows-the-program",
      comment: "Flags, terminal and exit code are the outermost layer.",
      severity: "error",
      from: { path: "^src/", pathNot: programFiles },
      to: { path: programFiles },
    },
    {
      name: "program-loads-on-demand",
      comment:
        "--help and --version wait for nothing: commands, and YAML with them, are loaded when they run.",
      severity: "error",
      from: { path: programFiles },
      to: { path: "^src/(?!program/)[^/]+/", dependencyTypesNot: ["type-only", "dynamic-import"] },
    },
    {
      name: "program-knows",
      comment: "YAML, schemas and the rest are reached through commands only.",
      severity: "error",
      from: { path: programFiles },
      to: {
        pathNot: anyOf([
          "^src/",
          "^package\\.json$",
          npm("commander"),
          node("readline"),
          node("readline/promises"),
        ]),
      },
    },
    {
      name: "commander-only-in-the-program",
      severity: "error",
      from: { path: "^src/", pathNot: programFiles },
      to: { path: npm("commander") },
    },
    {
      name: "no-undeclared-package",
      comment: "What is imported is declared, or the packed program breaks.",
      severity: "error",
      from: { path: "^src/" },
      to: { dependencyTypes: ["npm-no-pkg", "npm-unknown"] },
    },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    tsConfig: { fileName: "tsconfig.json" },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["import", "node", "default", "types"],
    },
  },
};
