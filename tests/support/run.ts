/** Runs programs: to their end, or beside a test until it is over. */

import { decodeLatin1 } from "../../lib/base/text.ts";

/** A program as it is started: command, and arguments before the user's. */
export interface Program {
  readonly name: string;
  readonly command: string;
  readonly leadingArguments: readonly string[];
}

export interface RunOptions {
  /** Added to the few variables that every program gets. */
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
  /** Without it standard input is empty. */
  readonly stdin?: string;
  /** Milliseconds after which the program is killed; 30 000 by default. */
  readonly limit?: number;
}

/** What came of a run; texts hold one character a byte (ISO 8859-1). */
export interface Run {
  /** The exit code, or "hang" (killed at its limit), or the signal's name. */
  readonly exit: number | "hang" | Deno.Signal;
  readonly stdout: string;
  readonly stderr: string;
}

const DEFAULT_LIMIT = 30_000;

/** All that a program sees of the caller's environment. */
const PASSED_ON = ["PATH", "HOME", "TMPDIR", "DENO_DIR", "SystemRoot"];

/** The same for every program, so that no result depends on who runs it. */
export function cleanEnvironment(
  added: Readonly<Record<string, string>> = {},
): Record<string, string> {
  const result: Record<string, string> = { LC_ALL: "C", NO_COLOR: "1" };
  for (const name of PASSED_ON) {
    const value = Deno.env.get(name);
    if (value !== undefined) result[name] = value;
  }
  return { ...result, ...added };
}

/** Runs `program` with `args` to its end, or kills it at the limit. */
export async function run(
  program: Program,
  args: readonly string[],
  options: RunOptions = {},
): Promise<Run> {
  const child = new Deno.Command(program.command, {
    args: [...program.leadingArguments, ...args],
    clearEnv: true,
    env: cleanEnvironment(options.env),
    ...(options.cwd === undefined ? {} : { cwd: options.cwd }),
    stdin: options.stdin === undefined ? "null" : "piped",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  let hung = false;
  const limit = setTimeout(() => {
    hung = true;
    child.kill("SIGKILL");
  }, options.limit ?? DEFAULT_LIMIT);
  try {
    const [output] = await Promise.all([
      child.output(),
      options.stdin === undefined ? undefined : feed(child, options.stdin),
    ]);
    return {
      exit: hung ? "hang" : output.signal ?? output.code,
      stdout: decodeLatin1(output.stdout),
      stderr: decodeLatin1(output.stderr),
    };
  } finally {
    clearTimeout(limit);
  }
}

async function feed(child: Deno.ChildProcess, text: string): Promise<void> {
  const writer = child.stdin.getWriter();
  try {
    await writer.write(new TextEncoder().encode(text));
    await writer.close();
  } catch {
    // It ended without reading all: its exit code is what counts.
  }
}

/** A process that runs beside a test; disposing of it ends it. */
export interface Background extends AsyncDisposable {
  readonly pid: number;
  /** True as soon as it has ended, by itself or not. */
  readonly ended: boolean;
  /** What it has printed until now, both streams, as it came. */
  readonly output: string;
}

/** Starts `program` beside the test. */
export function runBeside(
  program: Program,
  args: readonly string[],
  options: Pick<RunOptions, "env" | "cwd"> = {},
): Background {
  const child = new Deno.Command(program.command, {
    args: [...program.leadingArguments, ...args],
    clearEnv: true,
    env: cleanEnvironment(options.env),
    ...(options.cwd === undefined ? {} : { cwd: options.cwd }),
    stdin: "null",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  let output = "";
  let ended = false;
  const collect = async (
    stream: ReadableStream<Uint8Array>,
  ): Promise<void> => {
    for await (const chunk of stream) output += decodeLatin1(chunk);
  };
  const over = Promise.all([
    collect(child.stdout),
    collect(child.stderr),
    child.status.then(() => {
      ended = true;
    }),
  ]);
  return {
    pid: child.pid,
    get ended(): boolean {
      return ended;
    },
    get output(): string {
      return output;
    },
    async [Symbol.asyncDispose](): Promise<void> {
      if (!ended) child.kill("SIGKILL");
      await over;
    },
  };
}

/** A temporary directory with `files` in it; disposing of it removes it. */
export async function temporaryDirectory(
  files: Readonly<Record<string, string | Uint8Array>> = {},
): Promise<AsyncDisposable & { readonly path: string }> {
  const path = await Deno.makeTempDir({ prefix: "echoscu-test-" });
  for (const [name, content] of Object.entries(files)) {
    if (typeof content === "string") {
      await Deno.writeTextFile(`${path}/${name}`, content);
    } else {
      await Deno.writeFile(`${path}/${name}`, content);
    }
  }
  return {
    path,
    [Symbol.asyncDispose]: () => Deno.remove(path, { recursive: true }),
  };
}
