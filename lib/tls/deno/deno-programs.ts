/** Programs, run by the runtime. */

import { decodeLatin1 } from "../../base/text.ts";
import type {
  ProgramCall,
  ProgramOutput,
  Programs,
  RunningProgram,
} from "../programs.ts";
import type { Deadline } from "../../net/deadline.ts";

/** Those of this machine. */
export const DENO_PROGRAMS: Programs = { mayRun, output, start };

async function mayRun(path: string): Promise<boolean> {
  const { state } = await Deno.permissions.query({
    name: "run",
    command: path,
  });
  return state === "granted";
}

function command(
  { path, args, environment }: ProgramCall,
  stdin: "null" | "piped",
): Deno.Command {
  return new Deno.Command(path, {
    args: [...args],
    clearEnv: true,
    env: { ...environment },
    stdin,
    stdout: "piped",
    stderr: "piped",
    // The user's Ctrl-C is for the caller, who ends it when it is time.
    detached: Deno.build.os !== "windows",
  });
}

async function output(
  call: ProgramCall,
  deadline: Deadline,
): Promise<ProgramOutput | undefined> {
  let child: Deno.ChildProcess;
  try {
    child = command(call, "null").spawn();
  } catch {
    return undefined;
  }
  const outcome = child.output();
  try {
    const { success, stdout } = await deadline.race(outcome);
    return { success, text: decodeLatin1(stdout) };
  } catch (error) {
    kill(child);
    await outcome.catch(() => {});
    throw error;
  }
}

function start(call: ProgramCall): RunningProgram {
  const child = command(call, "piped").spawn();
  return {
    input: child.stdin,
    output: child.stdout,
    errors: child.stderr,
    ended: child.status.then(() => {}, () => {}),
    kill: () => kill(child),
  };
}

function kill(child: Deno.ChildProcess): void {
  try {
    child.kill("SIGKILL");
  } catch {
    // It has come to its end by itself.
  }
}
