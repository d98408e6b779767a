import { randomUUID } from "node:crypto";
import { createSecret, type Secret } from "../../api/index.js";
import { DEFAULT_KEY_VARIABLE } from "../connection.js";
import { type CommandContext, isStop, type NetworkOptions } from "../context.js";
import { openProject, type Project } from "../project.js";
import { type Finding, failedWith } from "./check.js";

/** What is examined: as much of the configuration as could be read, and the key. */
export interface Patient {
  readonly project: Project | undefined;
  /** Why there is no project, and what other commands end with for that. */
  readonly trouble: (Finding & { readonly exitCode: number }) | undefined;
  readonly key: KeySource;
}

/** The key of the run. Its text is nowhere but in the secret. */
export interface KeySource {
  readonly variable: string;
  /** Whether the configuration said which variable it is. */
  readonly named: boolean;
  readonly isSet: boolean;
  /** A random one where none is set, so that what needs no key can be asked. */
  readonly secret: Secret;
}

/** Reads what there is to read. An invalid configuration is a finding, not the end. */
export async function openPatient(options: NetworkOptions, context: CommandContext): Promise<Patient> {
  const opened = await openProject(options, context);
  const project = isStop(opened) ? undefined : opened;
  const variable = project?.desired.apiKeyEnv ?? DEFAULT_KEY_VARIABLE;
  const text = context.env[variable]?.trim() ?? "";
  return {
    project,
    trouble: isStop(opened)
      ? { ...failedWith("configuration", opened.diagnostics, options), exitCode: opened.exitCode }
      : undefined,
    key: {
      variable,
      named: project?.desired.apiKeyEnvNamed ?? false,
      isSet: text !== "",
      secret: createSecret(text === "" ? randomUUID() : text),
    },
  };
}
