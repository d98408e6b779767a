import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { defineConfig, type Options } from "tsup";
import { joinChunks } from "./scripts/join-chunks.js";

/** Program and library share one file for the cryptography of the sandbox, which few ever load. */
const signatures = "payer-signatures";
const shareSignatures: NonNullable<Options["esbuildPlugins"]>[number] = {
  name: "share-signatures",
  setup: (build) =>
    build.onResolve({ filter: /\/signer-of\.js$/ }, () => ({ path: `./${signatures}.js`, external: true })),
};

/** zod's `z` is one object, of which a bundler can leave nothing out: as a namespace it brings what is used of it. */
const onlyUsedSchemas: NonNullable<Options["esbuildPlugins"]>[number] = {
  name: "only-what-is-used-of-zod",
  setup: (build) => {
    build.onLoad({ filter: /[\\/]src[\\/].*\.ts$/ }, async ({ path }) => {
      const text = await readFile(path, "utf8");
      return { contents: text.replace('import { z } from "zod"', 'import * as z from "zod"'), loader: "ts" };
    });
  },
};

/** commander starts a process for a command that is a program of its own. We have none, and loading it takes time. */
const processesOnDemand: NonNullable<Options["esbuildPlugins"]>[number] = {
  name: "processes-on-demand",
  setup: (build) => {
    const namespace = "on-demand";
    build.onResolve({ filter: /^node:child_process$/ }, ({ path, importer }) =>
      importer.includes("/commander/") ? { path, namespace } : undefined,
    );
    build.onLoad({ filter: /./, namespace }, ({ path }) => ({
      contents: `module.exports = { get spawn() { return require("${path}").spawn; } };`,
    }));
  },
};

export default defineConfig([
  {
    // The command line: everything bundled and split, so that a command loads only what it needs.
    entry: { cli: "src/cli.ts" },
    format: "esm",
    target: "node20",
    platform: "node",
    splitting: true,
    noExternal: [/.*/],
    removeNodeProtocol: false,
    external: ["gstable-js"],
    esbuildPlugins: [shareSignatures, onlyUsedSchemas, processesOnDemand],
    // Joined, and then removed: what the library has of the same content is another file.
    esbuildOptions: (options) => {
      options.chunkNames = "[name]-[hash]-part";
    },
    clean: true,
    onSuccess: () => joinChunks(resolve("dist"), { entry: "cli.js", apart: `${signatures}.js` }),
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
    esbuildPlugins: [shareSignatures],
    dts: true,
  },
  {
    entry: { [signatures]: "src/sandbox/payer/signer-of.ts" },
    format: "esm",
    target: "node20",
    platform: "node",
    noExternal: [/.*/],
  },
]);
