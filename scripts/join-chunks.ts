import { rmSync } from "node:fs";
import { basename, join } from "node:path";
import { type ModuleInfo, type Plugin, rollup } from "rollup";

/** What is loaded on demand and becomes one file with all that it needs and those before it lack; most used first. */
const together = [["main"], ["validate", "print"], ["plan"], ["apply"]] as const;

/** Bundled CommonJS dependencies (commander, yaml) call `require` by way of esbuild's helper, and an ES module has none. */
const giveRequire: Plugin = {
  name: "give-require",
  transform: (code) =>
    code.includes('typeof require !== "undefined" ? require')
      ? `import { createRequire } from "node:module"; const require = createRequire(import.meta.url);\n${code}`
      : null,
};

/**
 * Puts the files of a program together again. esbuild cuts wherever two commands share what a third doesn't need: a
 * plan was in 47 files, and finding those took as long as a third of its code takes to load.
 */
export async function joinChunks(directory: string, { entry, apart }: { entry: string; apart: string }) {
  const bundle = await rollup({
    input: join(directory, entry),
    external: (id) => basename(id) === apart || !(id.startsWith(".") || id.startsWith(directory)),
    makeAbsoluteExternalsRelative: false,
    plugins: [giveRequire],
    // esbuild has left out what nobody uses.
    treeshake: false,
    onwarn: ({ message }) => {
      throw new Error(message);
    },
  });
  let chunks: ReadonlyMap<string, string> | undefined;
  const { output } = await bundle.write({
    dir: directory,
    manualChunks: (id, { getModuleIds, getModuleInfo }) => {
      chunks ??= chooseChunks([...getModuleIds()], getModuleInfo);
      return chunks.get(id);
    },
    onlyExplicitManualChunks: true,
    chunkFileNames: ({ name }) => `${withoutHash(name)}-[hash].js`,
    hashCharacters: "base36",
    hoistTransitiveImports: false,
    minifyInternalExports: false,
  });
  await bundle.close();
  const written = new Set(output.map(({ fileName }) => join(directory, fileName)));
  for (const file of bundle.watchFiles) if (!written.has(file)) rmSync(file);
}

/** The chunk of each file that is to be loaded together with others. */
function chooseChunks(
  ids: readonly string[],
  getModuleInfo: (id: string) => ModuleInfo | null,
): ReadonlyMap<string, string> {
  const chunks = new Map<string, string>();
  const add = (id: string, chunk: string): void => {
    const info = getModuleInfo(id);
    if (info === null || info.isExternal || chunks.has(id)) return;
    if (!info.isEntry) chunks.set(id, chunk);
    for (const imported of info.importedIds) add(imported, chunk);
  };
  // What the entry needs at once stays outside of it: the entry waits for the command, which must not wait for the entry.
  for (const id of ids) if (getModuleInfo(id)?.isEntry) add(id, "common");
  for (const names of together) for (const name of names) add(onlyOne(ids, name), names[0]);
  return chunks;
}

function onlyOne(ids: readonly string[], name: string): string {
  const [found, ...more] = ids.filter((id) => withoutHash(basename(id, ".js")) === name);
  if (found === undefined || more.length > 0) {
    throw new Error(`${found === undefined ? "no" : "more than one"} file is built for ${name}`);
  }
  return found;
}

/** A name as the source has it, without what esbuild adds. */
const withoutHash = (name: string) => name.replace(/-[0-9A-Z]{8}-part$/, "");
