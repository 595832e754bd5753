/** The program as few scripts: one for a plain run, others on demand. */

import { fileURLToPath, pathToFileURL } from "node:url";
import { NAME } from "../../lib/base/product.ts";
import { eager } from "./eager.ts";
import { LazyModules } from "./lazy.ts";
import { type BundledPackage, packagesIn } from "./packages.ts";
import { profile } from "./profile.ts";
import { BuildError, output } from "./run.ts";

/** The script that is started; the others lie beside it. */
export const MAIN_SCRIPT = `${NAME}.js`;

export interface Bundle {
  /** Name → code; the one to start is {@linkcode MAIN_SCRIPT}. */
  readonly scripts: ReadonlyMap<string, string>;
  readonly packages: readonly BundledPackage[];
}

/** What stands for the commit in lib/base/product.ts. */
const PLACEHOLDER = '"@COMMIT@"';

/** Puts the commit in. Pure. @throws {BuildError} when there is no place. */
export function withCommit(code: string, commit: string): string {
  if (!code.includes(PLACEHOLDER)) {
    throw new BuildError(`the bundle has no ${PLACEHOLDER}`);
  }
  return code.replaceAll(PLACEHOLDER, JSON.stringify(commit));
}

/** Copies a folder of sources; see lazy.ts for what is changed. */
async function stage(
  root: string,
  folder: string,
  path: string,
  lazy: LazyModules,
): Promise<void> {
  await Deno.mkdir(`${folder}/${path}`);
  const entries = await Array.fromAsync(Deno.readDir(`${root}/${path}`));
  // For the same bundle wherever it is made.
  entries.sort((a, b) => a.name < b.name ? -1 : 1);
  for (const { name, isDirectory } of entries) {
    const below = `${path}/${name}`;
    if (isDirectory) await stage(root, folder, below, lazy);
    else if (name.endsWith(".ts")) {
      const text = await Deno.readTextFile(`${root}/${below}`);
      await Deno.writeTextFile(`${folder}/${below}`, lazy.gather(text, below));
    }
  }
}

/**
 * Names the scripts. Bundled were the program and groups that import it: all of
 * the program is in one shared script, for which its own only stands. Pure.
 *
 * @throws {BuildError} when it is not so.
 */
export function named(
  outputs: ReadonlyMap<string, string>,
): ReadonlyMap<string, string> {
  const shared = [...outputs.keys()].filter((name) => /^chunk-/.test(name));
  const [chunk] = shared;
  const stub = outputs.get("main.js")?.trim();
  if (
    chunk === undefined || shared.length > 1 || stub !== `import"./${chunk}";`
  ) {
    throw new BuildError("the bundle is not one program and what it loads");
  }
  const scripts = new Map<string, string>();
  for (const [name, code] of outputs) {
    if (name === "main.js") continue;
    scripts.set(
      name === chunk ? MAIN_SCRIPT : name,
      code.replaceAll(`./${chunk}`, `./${MAIN_SCRIPT}`),
    );
  }
  return scripts;
}

/** @throws {BuildError} */
export async function bundle(root: string, commit: string): Promise<Bundle> {
  const folder = await Deno.makeTempDir({ prefix: "echoscu-bundle-" });
  try {
    const lazy = new LazyModules();
    await stage(root, folder, "lib", lazy);
    for (const name of ["main.ts", "deno.json", "deno.lock"]) {
      await Deno.copyFile(`${root}/${name}`, `${folder}/${name}`);
    }
    const groups = lazy.groups();
    for (const [name, text] of groups) {
      await Deno.writeTextFile(`${folder}/${name}.ts`, text);
    }
    await output(Deno.execPath(), [
      "bundle",
      "--quiet",
      "--minify",
      "--code-splitting",
      // For Deno, a package would bring in a node: module at every start.
      "--platform=browser",
      "--sourcemap=external",
      "--outdir=out",
      "main.ts",
      ...[...groups.keys()].map((name) => `${name}.ts`),
    ], { cwd: folder });
    return await collect(`${folder}/out`, commit);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

/**
 * Has other scripts found when they are needed: Deno would read what is named
 * by a plain text at each start. Pure.
 */
export function unannounced(code: string): string {
  return code.replaceAll(
    /\bimport\(("\.\/[^"]+")\)/g,
    "import(import.meta.resolve($1))",
  );
}

async function collect(folder: string, commit: string): Promise<Bundle> {
  const outputs = new Map<string, string>();
  const sources: string[] = [];
  for await (const { name } of Deno.readDir(folder)) {
    const text = await Deno.readTextFile(`${folder}/${name}`);
    if (!name.endsWith(".map")) {
      outputs.set(name, text);
      continue;
    }
    const map: { readonly sources: readonly string[] } = JSON.parse(text);
    for (const source of map.sources) {
      const url = new URL(source, pathToFileURL(`${folder}/`));
      sources.push(fileURLToPath(url));
    }
  }
  const scripts = new Map(
    [...named(outputs)].toSorted(([a], [b]) => a < b ? -1 : 1)
      .map(([name, code]) => [name, unannounced(code)]),
  );
  const main = withCommit(scripts.get(MAIN_SCRIPT) ?? "", commit);
  scripts.set(MAIN_SCRIPT, main);
  scripts.set(MAIN_SCRIPT, eager(main, await profile(scripts, MAIN_SCRIPT)));
  return { scripts, packages: packagesIn(sources) };
}
