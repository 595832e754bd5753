/**
 * Makes the program as scripts, in dist/ or the folder that is named:
 *
 *     deno task bundle [FOLDER]
 */

import { fileURLToPath } from "node:url";
import { bundle } from "./build/bundle.ts";
import { provenanceOf } from "./build/provenance.ts";
import { BuildError } from "./build/run.ts";

const ROOT = fileURLToPath(new URL("../", import.meta.url));

try {
  const folder = Deno.args[0] ?? `${ROOT}dist`;
  const { commit } = await provenanceOf(
    ROOT,
    Deno.env.get("SOURCE_DATE_EPOCH"),
  );
  const { scripts } = await bundle(ROOT, commit);
  await Deno.mkdir(folder, { recursive: true });
  for (const [name, code] of scripts) {
    await Deno.writeTextFile(`${folder}/${name}`, code);
    console.log(`${folder}/${name}`);
  }
} catch (error) {
  if (!(error instanceof BuildError)) throw error;
  console.error(`error: ${error.message}`);
  Deno.exit(1);
}
