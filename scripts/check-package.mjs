// Packs the package as it would be published, installs it into an empty project and uses it there, as strangers will.
// Needs the registry for the dependencies; everything that doesn't is in test/package.
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

const root = resolve(import.meta.dirname, "..");
const directory = mkdtempSync(join(tmpdir(), "gstable-package-"));

try {
  const [{ filename }] = JSON.parse(run("npm", ["pack", "--json", "--pack-destination", directory], root));
  writeFileSync(join(directory, "package.json"), '{ "private": true, "type": "module" }');
  run("npm", ["install", "--no-audit", "--no-fund", "--ignore-scripts", join(directory, filename)]);

  const { version } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  expect(
    "npx gstable-sync --version",
    run("npx", ["--no-install", "gstable-sync", "--version"]).trim(),
    version,
  );

  const library = 'const { loadConfig } = await import("gstable-sync"); console.log(typeof loadConfig);';
  expect(
    'import("gstable-sync")',
    run(process.execPath, ["--input-type=module", "-e", library]).trim(),
    "function",
  );

  const schemas = `for (const name of ["schema.json", "plan.schema.json", "apply.schema.json", "sandbox-seed.schema.json"])
    console.log((await import("gstable-sync/" + name, { with: { type: "json" } })).default.$schema);`;
  expect(
    "its schemas",
    new Set(run(process.execPath, ["--input-type=module", "-e", schemas]).trim().split("\n")).size,
    1,
  );

  writeFileSync(join(directory, "consumer.ts"), consumer());
  for (const [module, moduleResolution] of [
    ["NodeNext", "NodeNext"],
    ["ESNext", "Bundler"],
  ]) {
    const flags = [
      "--noEmit",
      "--strict",
      "--types",
      "node",
      "--typeRoots",
      join(root, "node_modules/@types"),
    ];
    const how = ["--module", module, "--moduleResolution", moduleResolution, "--target", "ES2022"];
    run(process.execPath, [join(root, "node_modules/typescript/bin/tsc"), ...flags, ...how, "consumer.ts"]);
  }

  writeFileSync(join(directory, "gstable.config.yaml"), minimal());
  run("npx", ["--no-install", "gstable-sync", "apply", "--sandbox", "--auto-approve", "--quiet"]);
  expect(
    "the second apply",
    JSON.parse(run("npx", ["--no-install", "gstable-sync", "plan", "--sandbox", "--json"])).changes,
    [],
  );
  console.log(`${filename}: packed, installed and used`);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
} finally {
  rmSync(directory, { recursive: true, force: true });
}

function minimal() {
  return [
    "version: 1",
    "project: packed",
    "accounts: { main: { id: acc_sandbox_main } }",
    "products: { tea: { name: Tea, commonPrices: [$4] } }",
    "paymentLinks:",
    "  tea:",
    "    { linkType: fixed, linkName: Tea, account: main, settlementToken: polygon::usdc, feeModel: payer,",
    "      lineItems: [{ product: tea, quantity: 1, unitPrice: $4 }] }",
  ].join("\n");
}

/** A program that uses the types: it compiles only where they are found, and are what they should be. */
function consumer() {
  return [
    'import { loadConfig, plan } from "gstable-sync";',
    'import type { PlanDocument } from "gstable-sync";',
    "const load: (...args: never[]) => Promise<unknown> = loadConfig;",
    "const make: (...args: never[]) => Promise<unknown> = plan;",
    "// @ts-expect-error a plan has no such field",
    "export const wrong = (document: PlanDocument) => document.noSuchField;",
    "export const counts = (document: PlanDocument): number => document.summary.create;",
    "export { load, make };",
  ].join("\n");
}

function run(command, args, cwd = directory) {
  // Under npx these say what to run, to every npx inside as well.
  const { npm_config_call: _call, npm_config_package: _package, ...env } = process.env;
  const { status, stdout, stderr, error } = spawnSync(command, args, { cwd, env, encoding: "utf8" });
  if (error) throw error;
  if (status !== 0) throw new Error(`${command} ${args.join(" ")} ended with ${status}:\n${stdout}${stderr}`);
  return stdout;
}

function expect(what, actual, wanted) {
  const [is, should] = [JSON.stringify(actual), JSON.stringify(wanted)];
  if (is !== should) throw new Error(`${what}: ${is}, not ${should}`);
}
