/** The program as one script. */

import { fileURLToPath, pathToFileURL } from "node:url";
import { type BundledPackage, packagesIn } from "./packages.ts";
import { BuildError, output } from "./run.ts";

export interface Bundle {
  readonly code: string;
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

/** @throws {BuildError} */
export async function bundle(root: string, commit: string): Promise<Bundle> {
  const folder = await Deno.makeTempDir({ prefix: "echoscu-bundle-" });
  try {
    const path = `${folder}/echoscu.js`;
    await output(Deno.execPath(), [
      "bundle",
      "--quiet",
      "--minify",
      "--sourcemap=external",
      `--output=${path}`,
      "main.ts",
    ], { cwd: root });
    const map: { readonly sources: readonly string[] } = JSON.parse(
      await Deno.readTextFile(`${path}.map`),
    );
    const code = await Deno.readTextFile(path);
    return {
      code: withCommit(code, commit),
      packages: packagesIn(
        map.sources.map((source) =>
          fileURLToPath(new URL(source, pathToFileURL(`${folder}/`)))
        ),
      ),
    };
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}
