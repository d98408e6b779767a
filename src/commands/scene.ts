import { type Connection, checkAccess, openConnection } from "./connection.js";
import { type CommandContext, exitCodes, isStop, type NetworkOptions, type Stop, stop } from "./context.js";
import { openProject, type Project } from "./project.js";
import { acquireLock } from "./state-files/lock.js";

/** What a command on an account works with. Whoever opened it closes the connection. */
export interface Scene {
  readonly project: Project;
  readonly connection: Connection;
}

/** A scene with what the command was asked for, and the world that it runs in. */
export interface Setting<Options extends NetworkOptions> {
  readonly scene: Scene;
  readonly options: Options;
  readonly context: CommandContext;
}

/**
 * Opens configuration and connection. Nothing is sent. The contract's order of phases: usage, files and key (exit 1)
 * come before an invalid configuration (exit 3), and the problems of both are told at once.
 */
export async function openScene(
  access: "read" | "write",
  options: NetworkOptions,
  context: CommandContext,
): Promise<Scene | Stop> {
  const project = await openProject(options, context);
  if (isStop(project)) {
    if (project.exitCode !== exitCodes.invalid) return project;
    const problems = await checkAccess(options, context);
    return problems.length === 0 ? project : stop(exitCodes.error, [...problems, ...project.diagnostics]);
  }
  const connection = await openConnection({ project, access }, options, context);
  return isStop(connection) ? connection : { project, connection };
}

/** The same with the lockfile's lock held while `work` lasts: what writes the lockfile does so alone. */
export async function inLockedScene<T extends object>(
  access: "read" | "write",
  { options, context }: { options: NetworkOptions; context: CommandContext },
  work: (scene: Scene) => Promise<T | Stop>,
): Promise<T | Stop> {
  const scene = await openScene(access, options, context);
  if (isStop(scene)) return scene;
  try {
    const lock = await acquireLock(scene.project.lockfile);
    if (isStop(lock)) return lock;
    try {
      return await work(scene);
    } finally {
      await lock.release();
    }
  } finally {
    await scene.connection.close();
  }
}
