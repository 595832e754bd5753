/** Programs that a build needs. */

/** @throws {BuildError} with one line that says what is wrong. */
export class BuildError extends Error {
  override readonly name = "BuildError";
}

export interface RunOptions {
  readonly cwd?: string;
  /** Added to the environment; undefined takes a variable out. */
  readonly env?: Readonly<Record<string, string | undefined>>;
}

export interface Outcome {
  readonly success: boolean;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs to the end; a program that cannot be started is no success either. */
export async function attempt(
  command: string,
  args: readonly string[],
  { cwd, env = {} }: RunOptions = {},
): Promise<Outcome> {
  const environment = { ...Deno.env.toObject(), NO_COLOR: "1", ...env };
  const given = Object.entries(environment).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, value] as const]
  );
  try {
    const { success, stdout, stderr } = await new Deno.Command(command, {
      args: [...args],
      clearEnv: true,
      env: Object.fromEntries(given),
      ...(cwd === undefined ? {} : { cwd }),
      stdin: "null",
    }).output();
    const decoder = new TextDecoder();
    return {
      success,
      stdout: decoder.decode(stdout),
      stderr: decoder.decode(stderr),
    };
  } catch (error) {
    return { success: false, stdout: "", stderr: String(error) };
  }
}

/** Standard output. @throws {BuildError} */
export async function output(
  command: string,
  args: readonly string[],
  options: RunOptions = {},
): Promise<string> {
  const { success, stdout, stderr } = await attempt(command, args, options);
  if (!success) {
    throw new BuildError(`${command} ${args[0] ?? ""}: ${reason(stderr)}`);
  }
  return stdout;
}

/** The innermost cause in the runtime's list of causes, or the last line. */
export function reason(stderr: string): string {
  const [message = ""] = stderr.split(/\n\s*Stack backtrace:/);
  const lines = message.split("\n").map((line) => line.trim())
    .filter((line) => line !== "" && line !== "Caused by:");
  const cause = lines.findLast((line) => /https?:/.test(line));
  return (cause ?? lines.at(-1) ?? "failed without a word")
    .replace(/^\d+: /, "").replace(/^error: /, "");
}
