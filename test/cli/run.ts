import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, readdirSync, statSync } from "node:fs";
import { join, resolve } from "node:path";
import { Ajv, type ValidateFunction } from "ajv";
import applySchema from "../../apply.schema.json" with { type: "json" };
import planSchema from "../../plan.schema.json" with { type: "json" };

const root = resolve(import.meta.dirname, "../..");
/** Another build than dist/ can be tested by naming it. */
const dist = process.env.GSTABLE_TEST_DIST ?? join(root, "dist");
/** The command line as users get it. */
export const cliPath = join(dist, "cli.js");
export const libraryPath = join(dist, "index.js");
checkBuild();

/** What became of a process. */
export interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
  /** The one JSON document on stdout; anything else there fails the test, and a plan's or an apply's that is not as its schema says. */
  // biome-ignore lint/suspicious/noExplicitAny: documents are picked apart by tests
  json(): any;
}

export interface RunOptions {
  readonly cwd: string;
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly stdin?: string;
  readonly nodeArgs?: readonly string[];
}

/** A process under way. */
export interface Started {
  readonly child: ChildProcess;
  readonly ended: Promise<Ended>;
  /** What it has said so far. */
  stderr(): string;
}

/** Starts the built command line in an environment of its own: nothing of the developer's leaks in. */
export function start(args: readonly string[], { cwd, env, stdin, nodeArgs = [] }: RunOptions): Started {
  const child = spawn(process.execPath, [...nodeArgs, cliPath, ...args], {
    cwd,
    env: { PATH: process.env.PATH, HOME: cwd, ...env },
    stdio: ["pipe", "pipe", "pipe"],
  });
  const out = { stdout: "", stderr: "" };
  for (const name of ["stdout", "stderr"] as const) {
    child[name].setEncoding("utf8").on("data", (text: string) => {
      out[name] += text;
    });
  }
  child.stdin.on("error", () => {}); // a command that does not read it may end first
  child.stdin.end(stdin ?? "");
  const ended = new Promise<Ended>((done, fail) => {
    child.on("error", fail);
    child.on("close", (code, signal) => done({ code, signal, ...out, json: () => readDocument(out.stdout) }));
  });
  return { child, ended, stderr: () => out.stderr };
}

export function run(args: readonly string[], options: RunOptions): Promise<Ended> {
  return start(args, options).ended;
}

const schemas: { readonly [command: string]: object } = {
  apply: applySchema,
  plan: planSchema,
  drift: planSchema,
};
const checks = new Map<string, ValidateFunction>();

function readDocument(text: string): { readonly command?: string } {
  const document: { readonly command?: string } = JSON.parse(text);
  const { command = "" } = document;
  const schema = schemas[command];
  if (schema === undefined || "accepted" in document) return document;
  const check = checks.get(command) ?? new Ajv({ strict: false }).compile(schema);
  checks.set(command, check);
  if (!check(document))
    throw new Error(`${command} is not as its schema says: ${JSON.stringify(check.errors)}`);
  return document;
}

/** `npm test` builds first; whoever starts vitest by hand must not test yesterday's build. */
function checkBuild(): void {
  if (!existsSync(cliPath)) throw new Error("there is no dist/: npm run build");
  if (process.env.GSTABLE_TEST_DIST !== undefined) return;
  const builtAt = statSync(cliPath).mtimeMs;
  const newer = readdirSync(join(root, "src"), { recursive: true, withFileTypes: true })
    .filter((file) => file.isFile())
    .find((file) => statSync(join(file.parentPath, file.name)).mtimeMs > builtAt);
  if (newer !== undefined) throw new Error(`dist/ is older than ${newer.name}: npm run build`);
}
