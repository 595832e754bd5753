/** Whole processes: their wall time, their peak memory, and what is left of it. */

/** One program beside others. */
export interface Subject {
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

const TIME = "/usr/bin/time";

async function run(
  { name, command, args, env = {} }: Subject,
  more: readonly string[],
): Promise<void> {
  const { code } = await new Deno.Command(command, {
    args: [...args, ...more],
    env: { ...env },
    stdin: "null",
    stdout: "null",
    stderr: "null",
  }).output();
  if (code !== 0) throw new Error(`${name}: exit code ${code}`);
}

/** One row of a comparison: what to run, how, and how often at most. */
export interface Run {
  readonly subject: Subject;
  readonly args: readonly string[];
  readonly runs: number;
}

/**
 * Runs all in turn, so that what slows the machine slows all of them, after one
 * round that does not count.
 *
 * @returns milliseconds of each, in the order of `runs`.
 */
export async function inTurn(
  runs: readonly Run[],
): Promise<readonly (readonly number[])[]> {
  const times = runs.map((): number[] => []);
  const most = Math.max(...runs.map((one) => one.runs));
  for (let round = -1; round < most; round++) {
    for (const [index, one] of runs.entries()) {
      if (round >= one.runs) continue;
      const start = performance.now();
      await run(one.subject, one.args);
      if (round >= 0) times[index]?.push(performance.now() - start);
    }
  }
  return times;
}

/** The value that a quarter of all are below: noise only ever adds. */
export function lowerQuartile(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 4)] ?? NaN;
}

/** Most memory of one run in MiB; undefined: there is no GNU time here. */
export async function peakMemory(
  { name, command, args, env = {} }: Subject,
  more: readonly string[],
): Promise<number | undefined> {
  try {
    const { code, stderr } = await new Deno.Command(TIME, {
      args: ["-f", "%M", command, ...args, ...more],
      env: { ...env },
      stdin: "null",
      stdout: "null",
    }).output();
    if (code !== 0) throw new Error(`${name}: exit code ${code}`);
    const lines = new TextDecoder().decode(stderr).trim().split("\n");
    return Number(lines.at(-1)) / 1024;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  }
}

/** Bytes of files, and of all below folders. */
export async function sizeOf(...paths: readonly string[]): Promise<number> {
  let size = 0;
  for (const path of paths) {
    const { isDirectory, size: own } = await Deno.stat(path);
    if (!isDirectory) size += own;
    else {
      for await (const { name } of Deno.readDir(path)) {
        size += await sizeOf(`${path}/${name}`);
      }
    }
  }
  return size;
}

/** What a program prints, or undefined where there is none of that name. */
export async function printed(
  command: string,
  ...args: readonly string[]
): Promise<string | undefined> {
  try {
    const { stdout } = await new Deno.Command(command, {
      args: [...args],
      stderr: "null",
    }).output();
    return new TextDecoder().decode(stdout);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  }
}

/** What the processor calls itself; /proc is guarded by the runtime. */
export async function processor(): Promise<string> {
  const text = await printed("lscpu") ?? "";
  return /^Model name:\s+(.*)$/m.exec(text)?.[1] ?? "unknown";
}
