/** One executable for one system. */

import { MAIN_SCRIPT } from "./bundle.ts";
import { permissionsFor } from "./permissions.ts";
import { attempt, reason } from "./run.ts";
import { fits, HEADER_LENGTH, type Target } from "./targets.ts";

export interface Compilation {
  /** The Deno that compiles: of the version of the base runtime. */
  readonly deno: string;
  /** Holds the scripts and the files that go with them. */
  readonly folder: string;
  readonly embedded: readonly string[];
  readonly target: Target;
  readonly output: string;
  /**
   * Whether V8's code is kept between two runs, in a file of the temporary
   * folder. It is not checked whose that file is.
   */
  readonly codeCache: boolean;
}

/** A series makes garbage only: room for tens of MiB of it is of no use. */
export const V8_FLAGS = ["--max-semi-space-size=1"];

/** What went wrong, in one line; undefined: nothing. */
export async function compile(
  { deno, folder, embedded, target, output, codeCache }: Compilation,
): Promise<string | undefined> {
  const base = Deno.env.get("DENORT_BIN");
  const usable = base !== undefined && fits(await headerOf(base), target);
  const { success, stderr } = await attempt(deno, [
    "compile",
    "--quiet",
    "--no-check",
    "--no-config",
    "--no-lock",
    "--no-prompt",
    "--unstable-net",
    ...(codeCache ? [] : ["--no-code-cache"]),
    `--v8-flags=${V8_FLAGS.join(" ")}`,
    ...permissionsFor(target),
    ...embedded.flatMap((name) => ["--include", name]),
    "--target",
    target.triple,
    "--output",
    output,
    MAIN_SCRIPT,
  ], { cwd: folder, env: { DENORT_BIN: usable ? base : undefined } });
  if (!success) return `no base runtime, or no compilation: ${reason(stderr)}`;
  if (!fits(await headerOf(output), target)) {
    return "what was compiled is for another system";
  }
  // A base runtime of another version is taken without a word.
  if (target.triple !== Deno.build.target) return undefined;
  const { success: starts } = await attempt(output, ["--version"]);
  return starts
    ? undefined
    : "what was compiled does not start: is DENORT_BIN of this Deno's version?";
}

async function headerOf(path: string): Promise<Uint8Array> {
  try {
    using file = await Deno.open(path);
    const header = new Uint8Array(HEADER_LENGTH);
    const length = await file.read(header) ?? 0;
    return header.subarray(0, length);
  } catch {
    return new Uint8Array();
  }
}

/** Versions of the Deno that compiles, whose runtime is inside. */
export interface RuntimeVersions {
  readonly deno: string;
  readonly v8: string;
}

/** @param text what `deno --version` says. */
export function runtimeVersions(text: string): RuntimeVersions {
  return {
    deno: /^deno (\S+)/m.exec(text)?.[1] ?? "unknown",
    v8: /^v8 (\S+)/m.exec(text)?.[1] ?? "unknown",
  };
}
