/** Everything that goes with the binaries, but not the binaries themselves. */

import { NAME, VERSION } from "../../lib/base/product.ts";
import { documents } from "../documents/all.ts";
import type { Bundle } from "./bundle.ts";
import { componentsIn, type RuntimeComponents } from "./components.ts";
import { fromIntegrity, sha256 } from "./digests.ts";
import type { RuntimeVersions } from "./executable.ts";
import { type Licence, licencesText } from "./licences.ts";
import { type PackageTexts, textsOf } from "./packages.ts";
import { isoDate, type Provenance } from "./provenance.ts";
import { sbom } from "./sbom.ts";

/** Data files inside of the binary, by their names in the project. */
export const DATA_FILES: readonly string[] = ["dicom.dic", "logger.cfg"];

/** The package that the facts of dicom.dic are from, as its header says. */
async function dictionarySource(root: string): Promise<string> {
  const text = await Deno.readTextFile(`${root}/dicom.dic`);
  return /npm package (\S+ \d\S*)/.exec(text)?.[1] ?? "dcmjs";
}

/** What the base runtime has inside. */
export async function runtimeParts(root: string): Promise<RuntimeComponents> {
  return componentsIn(
    await Deno.readTextFile(`${root}/packaging/runtime-components.tsv`),
  );
}

/** Name → text, of all that the parts name. */
export async function runtimeTexts(
  root: string,
  { components }: RuntimeComponents,
): Promise<ReadonlyMap<string, string>> {
  const names = new Set(components.flatMap(({ texts }) => texts));
  return new Map(
    await Promise.all(
      [...names].toSorted().map(async (name): Promise<[string, string]> => [
        name,
        await Deno.readTextFile(
          `${root}/packaging/licences/runtime/${name}.txt`,
        ),
      ]),
    ),
  );
}

async function integrityOf(root: string): Promise<
  (name: string, version: string) => string | undefined
> {
  const lock: {
    readonly npm?: Readonly<Record<string, { readonly integrity?: string }>>;
  } = JSON.parse(await Deno.readTextFile(`${root}/deno.lock`));
  return (name, version) => lock.npm?.[`${name}@${version}`]?.integrity;
}

export interface Build {
  readonly root: string;
  readonly bundle: Bundle;
  readonly provenance: Provenance;
  readonly runtime: RuntimeVersions;
}

/** Path below `dist` → text. */
export async function artefacts(
  { root, bundle, provenance, runtime }: Build,
): Promise<ReadonlyMap<string, string>> {
  const integrity = await integrityOf(root);
  const packages = await Promise.all(
    bundle.packages.map(async (one) => ({ one, texts: await textsOf(one) })),
  );
  const files = await Promise.all(DATA_FILES.map(async (name) => ({
    name,
    sha256: await sha256(await Deno.readFile(`${root}/${name}`)),
  })));
  const scripts = await Promise.all(
    [...bundle.scripts].map(async ([name, code]) => ({
      name,
      sha256: await sha256(new TextEncoder().encode(code)),
    })),
  );
  const parts = await runtimeParts(root);
  const bill = sbom({
    provenance,
    runtime,
    parts,
    files: [...scripts, ...files],
    packages: packages.map(({ one: { name, version }, texts }) => {
      const found = integrity(name, version);
      return {
        name,
        version,
        licence: texts.licence,
        sha512: found === undefined ? undefined : fromIntegrity(found),
      };
    }),
  });
  return new Map([
    ...documents(NAME, isoDate(provenance)),
    [`${NAME}-${VERSION}.cdx.json`, `${JSON.stringify(bill, null, 2)}\n`],
    [
      "THIRD-PARTY-LICENCES.txt",
      licencesText(await licences(root, runtime, packages), {
        deno: runtime.deno,
        parts,
        texts: await runtimeTexts(root, parts),
      }),
    ],
  ]);
}

async function licences(
  root: string,
  runtime: RuntimeVersions,
  packages: readonly {
    readonly one: { readonly name: string; readonly version: string };
    readonly texts: PackageTexts;
  }[],
): Promise<readonly Licence[]> {
  const text = (name: string): Promise<string> =>
    Deno.readTextFile(`${root}/packaging/licences/${name}.txt`);
  return [
    { what: `Deno ${runtime.deno}`, id: "MIT", text: await text("deno") },
    { what: `V8 ${runtime.v8}`, id: "BSD-3-Clause", text: await text("v8") },
    {
      what: `dicom.dic, from ${await dictionarySource(root)}`,
      id: "MIT",
      text: await text("dcmjs"),
    },
    ...packages.map(({ one: { name, version }, texts }) => ({
      what: `${name} ${version}`,
      id: texts.licence,
      text: texts.licenceText,
    })),
  ];
}
