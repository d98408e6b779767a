import { execFile, execFileSync } from "node:child_process";
import { cliPath } from "./run.js";
import type { Scene } from "./scene.js";

/** What somebody at a terminal saw, and how the program ended. */
export interface Session {
  readonly screen: string;
  readonly code: number;
}

/** Waits for a text on the screen, then types, as often as there are steps. `TERM` may be sent as a signal instead. */
export type Step = readonly [waitFor: string, type: string];

/** Node has no pseudo terminals; Python does. */
const script = `
import json, os, pty, select, signal, sys, time
program, steps = json.loads(sys.argv[1]), json.loads(sys.argv[2])
child, terminal = pty.fork()
if child == 0:
    os.execv(program[0], program)
screen, seen, end = "", 0, time.time() + 20
while time.time() < end:
    ready, _, _ = select.select([terminal], [], [], 0.05)
    if ready:
        try: data = os.read(terminal, 65536)
        except OSError: break
        if not data: break
        screen += data.decode("utf8", "replace")
    if steps and steps[0][0] in screen[seen:]:
        seen = len(screen)
        _, text = steps.pop(0)
        time.sleep(0.1)
        if text == "TERM": os.kill(child, signal.SIGTERM)
        else: os.write(terminal, text.encode())
_, status = os.waitpid(child, 0)
print(json.dumps({"screen": screen, "code": os.waitstatus_to_exitcode(status)}))
`;

/** Whether this machine can play a terminal. */
export const hasTerminal = canRun("python3", ["-c", "import pty"]);

/** Runs the built command line at a terminal. */
export function atTerminal(scene: Scene, args: readonly string[], steps: readonly Step[]): Promise<Session> {
  const program = JSON.stringify([process.execPath, cliPath, ...args]);
  const options = {
    cwd: scene.dir,
    env: { PATH: process.env.PATH ?? "", HOME: process.env.HOME ?? "", TERM: "xterm", ...scene.env },
  };
  return new Promise((done, fail) => {
    execFile("python3", ["-c", script, program, JSON.stringify(steps)], options, (error, stdout) => {
      if (error !== null) fail(error);
      // The script above wrote it.
      else done(JSON.parse(stdout) as Session);
    });
  });
}

function canRun(program: string, args: readonly string[]): boolean {
  try {
    execFileSync(program, args, { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}
