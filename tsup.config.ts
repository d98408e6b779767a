import { defineConfig } from "tsup";

/** Bundled CommonJS dependencies (commander, yaml) call `require`, which an ES module lacks. */
const requireShim =
  'import { createRequire as __createRequire } from "node:module"; const require = __createRequire(import.meta.url);';

export default defineConfig([
  {
    // The command line: everything bundled and split, so that a command loads only what it needs.
    entry: { cli: "src/cli.ts" },
    format: "esm",
    target: "node20",
    platform: "node",
    splitting: true,
    noExternal: [/.*/],
    external: ["gstable-js"],
    banner: { js: requireShim },
    clean: true,
  },
  {
    // The library: its dependencies stay outside; what is used in one place only comes along.
    entry: { index: "src/index.ts" },
    format: "esm",
    target: "node20",
    platform: "node",
    splitting: true,
    noExternal: ["tinyglobby"],
    external: ["gstable-js"],
    dts: true,
  },
]);
