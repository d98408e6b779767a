import packageJson from "../../package.json" with { type: "json" };
import type { GStableClientLike } from "../api/index.js";
import * as config from "../config/index.js";
import type { Diagnostic, Result } from "../diagnostics/index.js";
import type { Look } from "../render/index.js";
import type { ApplyDocument } from "../state/apply-document.js";
import type { CheckoutDocument } from "../state/checkout-document.js";
import type { Desired } from "../state/desired.js";
import type { OutputDocument } from "../state/output-document.js";
import type { PlanDocument } from "../state/plan-document.js";
import type { VerifyDocument } from "../state/verify-document.js";
import type { ApplyOptions } from "./apply/options.js";
import * as applying from "./apply.js";
import * as checkingOut from "./checkout.js";
import type { CommandContext, CommandResult, GlobalOptions } from "./context.js";
import * as drifting from "./drift.js";
import { diskFiles } from "./files.js";
import { DEFAULT_CONFIG } from "./flags.js";
import * as outputting from "./output.js";
import * as planning from "./plan.js";
import type { FailureDocument } from "./result.js";
import * as validating from "./validate.js";
import * as verifying from "./verify.js";

/** The world that a function of the library works in. Everything has a default; nothing is taken from the process. */
export interface LibraryContext {
  /** Where relative paths begin. Default: where Node begins them. */
  readonly cwd?: string;
  /** Wins over the variable that the configuration names. Not needed with `gstableClient`. */
  readonly apiKey?: string;
  /** Default: as gstable-js. Has to be stated with `gstableClient`: the server that it was built for. */
  readonly baseUrl?: string;
  /** A client that the caller built: every call goes through it. */
  readonly gstableClient?: GStableClientLike;
  /** Instead of Node's own. */
  readonly fetch?: typeof fetch;
  /** GSTABLE_API_KEY…, GSTABLE_BASE_URL, GSTABLE_VAR_…: hand in `process.env` for what the command line does. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** The configuration where its path is `-`. */
  readonly stdin?: string;
  readonly onProgress?: (line: string) => void;
  /** Aborted: nothing new is sent, state is saved, the exit code is 130. */
  readonly signal?: AbortSignal;
}

/** What a command came to. `document` is what `--json` prints, `text` what a person would see. */
export interface LibraryResult<Document extends object> {
  readonly exitCode: number;
  readonly document: Document | Early<Document>;
  text(look?: Partial<Look>): string;
}

/** What there is where a command ended early: none of its own fields. */
export type Early<Document> = FailureDocument & {
  readonly [Field in Exclude<keyof Document, keyof FailureDocument>]?: never;
};

export interface LoadOptions {
  /** Default: gstable.config.yaml. */
  readonly config?: string;
  /** The environment of the configuration. */
  readonly env?: string;
}

type Optional<Options extends GlobalOptions> = Omit<Options, "config"> & LoadOptions;

/** What a configuration wants, or every problem that it has. */
export function loadConfig(
  options: LoadOptions = {},
  context: LibraryContext = {},
): Promise<Result<Desired>> {
  return config.loadConfig(loadOptions(options, context));
}

/** Every problem of every environment, and what the configuration holds. */
export function validateConfig(
  options: LoadOptions = {},
  context: LibraryContext = {},
): Promise<{ readonly diagnostics: readonly Diagnostic[]; readonly summary: config.ConfigSummary }> {
  return validating.findProblems(loadOptions(options, context));
}

/** What apply would do. Only reads. */
export async function plan(
  options: Optional<planning.PlanOptions> = {},
  context: LibraryContext = {},
): Promise<LibraryResult<PlanDocument>> {
  return toResult(await planning.plan(withConfig(options), commandContext(context)));
}

/** Makes the account what the configuration says. There is nobody to ask: approve with `autoApprove`, `plan` or `planHash`. */
export async function apply(
  options: Optional<ApplyOptions> = {},
  context: LibraryContext = {},
): Promise<LibraryResult<ApplyDocument>> {
  return toResult(await applying.apply(withConfig(options), commandContext(context)));
}

/** What changed outside since the last apply. Only reads. */
export async function drift(
  options: Optional<drifting.DriftOptions> = {},
  context: LibraryContext = {},
): Promise<LibraryResult<PlanDocument>> {
  return toResult(await drifting.drift(withConfig(options), commandContext(context)));
}

/** What payers see of each link, against what was last applied. Needs no key. Only reads. */
export async function verify(
  addresses: readonly string[] = [],
  options: Optional<verifying.VerifyOptions> = {},
  context: LibraryContext = {},
): Promise<LibraryResult<VerifyDocument>> {
  return toResult(await verifying.verify(addresses, withConfig(options), commandContext(context)));
}

/** Names to ids, URLs and prices as last applied. No network. */
export async function output(
  options: Optional<outputting.OutputOptions> = {},
  context: LibraryContext = {},
): Promise<LibraryResult<OutputDocument>> {
  return toResult(await outputting.output(withConfig(options), commandContext(context)));
}

/** Opens a checkout session with the applied terms of a link, looks at one, or cancels one. Nobody is asked. */
export async function checkout(
  action: checkingOut.CheckoutAction,
  options: Optional<checkingOut.CheckoutOptions> = {},
  context: LibraryContext = {},
): Promise<LibraryResult<CheckoutDocument>> {
  return toResult(await checkingOut.checkout(action, withConfig(options), commandContext(context)));
}

const plain: Look = { colour: false, unicode: true, width: 100 };

function toResult<Document extends object>({
  exitCode,
  document,
  render,
}: CommandResult<Document | FailureDocument>): LibraryResult<Document> {
  // A document is whole, or has no field of the command's own: `stopped` makes no other.
  const either = document as Document | Early<Document>;
  return { exitCode, document: either, text: (look = {}) => render({ ...plain, ...look }) };
}

function withConfig<Options extends LoadOptions>(options: Options): Options & { readonly config: string } {
  return { ...options, config: options.config ?? DEFAULT_CONFIG };
}

function loadOptions({ config: path, env }: LoadOptions, context: LibraryContext): config.LoadOptions {
  const { cwd, readStdin, env: variables } = commandContext(context);
  const environment = env === undefined ? {} : { environment: env };
  return { path: path ?? DEFAULT_CONFIG, files: diskFiles(cwd, readStdin), variables, ...environment };
}

function commandContext(context: LibraryContext): CommandContext {
  const { apiKey, baseUrl, gstableClient, fetch, env = {}, stdin = "" } = context;
  return {
    cwd: context.cwd ?? ".",
    env: baseUrl === undefined ? env : { ...env, GSTABLE_BASE_URL: baseUrl },
    version: packageJson.version,
    readStdin: async () => new TextEncoder().encode(stdin),
    progress: context.onProgress ?? (() => {}),
    ask: undefined,
    look: plain,
    signal: context.signal ?? new AbortController().signal,
    ...(apiKey === undefined ? {} : { apiKey }),
    ...(gstableClient === undefined ? {} : { gstableClient }),
    ...(fetch === undefined ? {} : { fetch }),
  };
}
