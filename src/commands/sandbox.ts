import { resolve } from "node:path";
import type { Diagnostic } from "../diagnostics/index.js";
import { type CommandContext, type CommandResult, exitCodes, stop } from "./context.js";
import { codeOf } from "./files.js";
import { DEFAULT_CONFIG } from "./flags.js";
import { failureDocument, stopped } from "./result.js";
import { seedFromFile } from "./seed-file.js";

export interface SandboxOptions {
  readonly port?: number;
  readonly host?: string;
  /** Keeps the state in this file; without it the sandbox forgets everything when it ends. */
  readonly state?: string;
  /** A JSON or YAML file with objects to start with. */
  readonly seed?: string;
  /** `name=value`, as listed in docs/sandbox.md. */
  readonly knob?: readonly string[];
  readonly latencyMs?: number;
  /** The receiver of all webhook deliveries, as an origin; without it those alone whose URL is on this machine. */
  readonly deliverTo?: string;
}

/** Serves the local GStable until it is interrupted. */
export async function sandbox(options: SandboxOptions, context: CommandContext): Promise<CommandResult> {
  const { createSandbox, serveSandbox } = await import("../sandbox/index.js");
  try {
    const local = createSandbox({
      stateFile: options.state === undefined ? undefined : resolve(context.cwd, options.state),
      latencyMs: options.latencyMs,
      knobs: parseKnobs(options.knob ?? []),
    });
    if (options.seed !== undefined) {
      const wrong = await seedFromFile(local, { path: options.seed, cwd: context.cwd });
      if (wrong.length > 0) {
        await local.close();
        return failed(wrong);
      }
    }
    local.sendWebhooks({ receiver: options.deliverTo });
    const served = await serveSandbox(local, {
      ...(options.port === undefined ? {} : { port: options.port }),
      ...(options.host === undefined ? {} : { host: options.host }),
    });
    context.progress(howToUse(served.url));
    await interrupted(context.signal);
    await served.close();
    await local.close();
    const document = {
      ...failureDocument({ command: "sandbox", exitCode: 0, diagnostics: [] }),
      url: served.url,
    };
    return { exitCode: exitCodes.done, document, stream: "stdout", render: () => "" };
  } catch (error) {
    return failed([
      { code: "GS7004", severity: "error", summary: "The sandbox cannot be opened", detail: sayError(error) },
    ]);
  }
}

function failed(diagnostics: readonly Diagnostic[]): CommandResult {
  return stopped("sandbox", stop(exitCodes.error, diagnostics), { config: DEFAULT_CONFIG });
}

function sayError(error: unknown): string {
  return error instanceof Error ? error.message : codeOf(error);
}

/** Values are JSON where they can be, text otherwise: `readLag=2`, `omittedOptional=keep`. */
function parseKnobs(knobs: readonly string[]): { [name: string]: unknown } {
  return Object.fromEntries(
    knobs.map((knob) => {
      const [name = "", ...rest] = knob.split("=");
      const text = rest.join("=");
      try {
        return [name, JSON.parse(text) as unknown];
      } catch {
        return [name, text];
      }
    }),
  );
}

function howToUse(url: string): string {
  return [
    `SANDBOX: a local GStable, at ${url}`,
    "",
    "  Point gstable-sync or any gstable-js program at it:",
    `    export GSTABLE_BASE_URL=${url}/api/v1`,
    "    export GSTABLE_API_KEY=sk_sandbox_anything",
    "",
    `  What it was asked: ${url}/_sandbox/requests`,
    `  What webhooks were told: ${url}/_sandbox/deliveries`,
    "  Stop it with Ctrl-C.",
  ].join("\n");
}

function interrupted(signal: AbortSignal): Promise<void> {
  return new Promise((done) => {
    if (signal.aborted) done();
    else signal.addEventListener("abort", () => done(), { once: true });
  });
}
