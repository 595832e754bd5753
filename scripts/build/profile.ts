/** Which functions a plain run calls, found out by running it. */

import { startVerificationScp } from "../../lib/scp/server.ts";
import { PERMISSIONS } from "./permissions.ts";
import { BuildError, output } from "./run.ts";

/** Offset of a function's first character in its script → times it was called. */
export type Calls = ReadonlyMap<number, number>;

/** What the runtime writes for each script that it has run. */
interface ScriptCoverage {
  readonly url: string;
  readonly functions: readonly {
    readonly ranges: readonly {
      readonly startOffset: number;
      readonly count: number;
    }[];
  }[];
}

/** The calls in the script whose URL ends so; undefined: it was not run. Pure. */
export function callsIn(
  coverage: readonly ScriptCoverage[],
  script: string,
): Calls | undefined {
  const own = coverage.find(({ url }) => url.endsWith(script));
  if (own === undefined) return undefined;
  const calls = new Map<number, number>();
  for (const { ranges: [whole] } of own.functions) {
    if (whole !== undefined && whole.count > 0) {
      calls.set(whole.startOffset, whole.count);
    }
  }
  return calls;
}

/**
 * Verifies the built-in SCP with the scripts.
 *
 * @param scripts name → code.
 * @param main the one to start.
 * @returns the calls in that one.
 * @throws {BuildError}
 */
export async function profile(
  scripts: ReadonlyMap<string, string>,
  main: string,
): Promise<Calls> {
  const folder = await Deno.makeTempDir({ prefix: "echoscu-profile-" });
  try {
    for (const [name, code] of scripts) {
      await Deno.writeTextFile(`${folder}/${name}`, code);
    }
    await using scp = startVerificationScp();
    await output(Deno.execPath(), [
      "run",
      "--no-config",
      "--no-prompt",
      "--no-check",
      `--coverage=${folder}/coverage`,
      ...PERMISSIONS,
      `${folder}/${main}`,
      scp.hostname,
      String(scp.port),
      // What is set where it is built must not show in what is built.
    ], { env: { DCMDICTPATH: undefined } });
    const coverage: ScriptCoverage[] = [];
    for await (const { name } of Deno.readDir(`${folder}/coverage`)) {
      if (!name.endsWith(".json")) continue;
      const text = await Deno.readTextFile(`${folder}/coverage/${name}`);
      coverage.push(JSON.parse(text));
    }
    const calls = callsIn(coverage, `/${main}`);
    if (calls === undefined) throw new BuildError(`${main} was not run`);
    return calls;
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}
