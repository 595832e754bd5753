/**
 * Makes the executables and all that goes with them, in dist/:
 *
 *     deno task compile [--deno PATH] [--code-cache] [--output FOLDER]
 *     deno task release [--target NAME]... [--deno PATH] [--code-cache]
 *
 * Targets are "linux-x64" and so on, or "x86_64-unknown-linux-gnu" and so on.
 * DENORT_BIN names a base runtime, used for the system that it is of; `--deno`
 * the Deno of its version. SOURCE_DATE_EPOCH sets all dates.
 */

import { fileURLToPath } from "node:url";
import { NAME, VERSION } from "../lib/base/product.ts";
import { artefacts, DATA_FILES } from "./build/artefacts.ts";
import { bundle, MAIN_SCRIPT } from "./build/bundle.ts";
import { sumsOf } from "./build/digests.ts";
import { compile, runtimeVersions } from "./build/executable.ts";
import { provenanceOf } from "./build/provenance.ts";
import { BuildError, output } from "./build/run.ts";
import { type BuildSettings, buildSettings } from "./build/settings.ts";
import { fileName, shortName } from "./build/targets.ts";

const ROOT = fileURLToPath(new URL("../", import.meta.url));

async function build(settings: BuildSettings): Promise<boolean> {
  const { deno, folder, targets, codeCache } = settings;
  const provenance = await provenanceOf(
    ROOT,
    Deno.env.get("SOURCE_DATE_EPOCH"),
  );
  const runtime = runtimeVersions(await output(deno, ["--version"]));
  const bundled = await bundle(ROOT, provenance.commit);
  const texts = await artefacts({
    root: ROOT,
    bundle: bundled,
    provenance,
    runtime,
  });
  const staging = await Deno.makeTempDir({ prefix: "echoscu-build-" });
  const made: string[] = [];
  const failed: string[] = [];
  try {
    for (const [name, code] of bundled.scripts) {
      await Deno.writeTextFile(`${staging}/${name}`, code);
    }
    for (const name of DATA_FILES) {
      await Deno.copyFile(`${ROOT}${name}`, `${staging}/${name}`);
    }
    // The binary has these times in it.
    for (const name of [...bundled.scripts.keys(), ...DATA_FILES]) {
      const { seconds } = provenance;
      await Deno.utime(`${staging}/${name}`, seconds, seconds);
    }
    await Deno.mkdir(folder, { recursive: true });
    for (const target of targets) {
      const name = fileName(NAME, VERSION, target);
      const fault = await compile({
        deno,
        folder: staging,
        embedded: [
          ...DATA_FILES,
          ...[...bundled.scripts.keys()].filter((one) => one !== MAIN_SCRIPT),
        ],
        target,
        output: `${folder}/${name}`,
        codeCache,
      });
      if (fault === undefined) made.push(name);
      else failed.push(`${shortName(target)}: ${fault}`);
    }
  } finally {
    await Deno.remove(staging, { recursive: true });
  }
  for (const [path, text] of texts) {
    const file = `${folder}/${path}`;
    await Deno.mkdir(file.slice(0, file.lastIndexOf("/")), { recursive: true });
    await Deno.writeTextFile(file, text);
  }
  const all = [...made, ...texts.keys()];
  await Deno.writeTextFile(`${folder}/SHA256SUMS`, await sumsOf(folder, all));
  for (const name of [...all, "SHA256SUMS"]) console.log(`${folder}/${name}`);
  for (const line of failed) console.error(`error: ${line}`);
  return failed.length === 0;
}

try {
  const settings = buildSettings(Deno.args, {
    root: ROOT,
    deno: Deno.execPath(),
    target: Deno.build.target,
  });
  Deno.exit(await build(settings) ? 0 : 1);
} catch (error) {
  if (!(error instanceof BuildError)) throw error;
  console.error(`error: ${error.message}`);
  Deno.exit(1);
}
