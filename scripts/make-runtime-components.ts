/**
 * Makes packaging/runtime-components.tsv anew, of a checkout of Deno's sources:
 *
 *     deno run --allow-read --allow-write=packaging \
 *       scripts/make-runtime-components.ts CHECKOUT
 *
 * Licences that the table has are kept. Those of new crates are to be entered
 * by hand; they are told.
 */

import { fileURLToPath } from "node:url";
import {
  cratesIn,
  cratesInside,
  dependenciesIn,
  renamedDependencies,
} from "./build/cargo.ts";
import { componentsIn, nameOf, tableOf, updated } from "./build/components.ts";

const TABLE = fileURLToPath(
  new URL("../packaging/runtime-components.tsv", import.meta.url),
);
/** The base runtime of compiled programs. */
const RUNTIME = "denort";

async function* manifests(folder: string): AsyncGenerator<string> {
  for await (const { name, isDirectory } of Deno.readDir(folder)) {
    const path = `${folder}/${name}`;
    if (isDirectory && !/^(\..*|node_modules|target|tests)$/.test(name)) {
      yield* manifests(path);
    } else if (name === "Cargo.toml") yield await Deno.readTextFile(path);
  }
}

const [checkout] = Deno.args;
if (checkout === undefined) {
  console.error("error: name a checkout of Deno's sources");
  Deno.exit(1);
}
const renamed = renamedDependencies(
  await Deno.readTextFile(`${checkout}/Cargo.toml`),
);
const named = new Map<string, ReadonlySet<string>>();
for await (const manifest of manifests(checkout)) {
  const name = /^\[package\][^[]*?^name = "([^"]*)"/m.exec(manifest)?.[1];
  if (name !== undefined) named.set(name, dependenciesIn(manifest, renamed));
}
const crates = cratesIn(await Deno.readTextFile(`${checkout}/Cargo.lock`));
const version = crates.find(({ name }) => name === RUNTIME)?.version;
if (version === undefined) {
  console.error(`error: ${checkout}/Cargo.lock has no ${RUNTIME}`);
  Deno.exit(1);
}
const before = await Deno.readTextFile(TABLE);
const now = updated(
  componentsIn(before),
  version,
  cratesInside(RUNTIME, crates, named),
);
await Deno.writeTextFile(TABLE, tableOf(now, before));
for (const one of now.components) {
  if (one.texts.length === 0) console.log(`no licence text: ${nameOf(one)}`);
}
