import { type Command, Option } from "commander";
import type { Format } from "../commands/context.js";
import { collect, duration, positive, reportFile, wholeNumber } from "../flag-values.js";

/** What every command that uses the API takes. */
export function withNetwork(command: Command): Command {
  return command
    .option("--timeout <duration>", "one request (default 30s)", duration)
    .option("--deadline <duration>", "the whole run (default 15m)", duration)
    .option(
      "--settle <duration>",
      "how long the API may still carry out what it did not answer (default 10s)",
      duration,
    )
    .option("--parallelism <number>", "requests under way at once (default: 16 reads, 4 writes)", wholeNumber)
    .option("--rps <number>", "requests a second at most", positive)
    .addOption(
      new Option("--refresh <how>", "auto reads only what may have changed").choices(["auto", "full"]),
    )
    .addOption(new Option("--client <client>", "who makes the requests").choices(["builtin", "gstable-js"]));
}

/** What every command that makes a plan takes. */
export function withPlanning(command: Command): Command {
  return command
    .option("--target <address>", "only this entry and what it refers to; repeatable", collect)
    .option("--allow <guard:address>", "let one guard pass for one entry, this once; repeatable", collect);
}

/** How a command prints; `--json` is `--format json`. */
export const format = (...more: readonly Format[]): Option =>
  new Option("--format <format>", "how to print").choices(["text", "json", ...more]);

/** Forms that the same run writes besides. */
export const reports = (): Option =>
  new Option(
    "--report <form=file>",
    "also write it as json, markdown, html, github-comment, gitlab-terraform or gitlab-codequality; repeatable",
  ).argParser(reportFile);
