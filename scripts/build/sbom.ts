/** What is inside, as CycloneDX 1.5 (ECMA-424) in JSON. Pure. */

import { NAME, PURPOSE, VERSION } from "../../lib/base/product.ts";
import {
  type RuntimeComponent,
  type RuntimeComponents,
  sameLine,
} from "./components.ts";
import type { RuntimeVersions } from "./executable.ts";
import { isoTime, type Provenance } from "./provenance.ts";

/** A file inside of the binary. */
export interface EmbeddedFile {
  readonly name: string;
  readonly sha256: string;
}

/** An npm package inside of the bundle. */
export interface InsidePackage {
  readonly name: string;
  readonly version: string;
  readonly licence: string | undefined;
  /** Of the package as published; undefined: it is not in the lock file. */
  readonly sha512: string | undefined;
}

export interface Contents {
  readonly provenance: Provenance;
  readonly runtime: RuntimeVersions;
  /** What the runtime has inside, in this version or one that is near. */
  readonly parts: RuntimeComponents;
  readonly files: readonly EmbeddedFile[];
  readonly packages: readonly InsidePackage[];
}

export interface Component {
  readonly type: "application" | "platform" | "library" | "file";
  readonly "bom-ref": string;
  readonly name: string;
  readonly version?: string;
  readonly description?: string;
  readonly purl?: string;
  readonly licenses?: readonly unknown[];
  readonly hashes?: readonly {
    readonly alg: string;
    readonly content: string;
  }[];
}

export interface Sbom {
  readonly bomFormat: "CycloneDX";
  readonly specVersion: "1.5";
  readonly version: 1;
  readonly metadata: {
    readonly timestamp: string;
    readonly component: Component;
    readonly properties: readonly unknown[];
  };
  readonly components: readonly Component[];
  readonly dependencies: readonly Dependency[];
  readonly compositions: readonly {
    readonly aggregate: "incomplete";
    readonly assemblies: readonly string[];
  }[];
}

interface Dependency {
  readonly ref: string;
  readonly dependsOn: readonly string[];
}

function licence(id: string | undefined): Pick<Component, "licenses"> {
  if (id === undefined) return {};
  // More than one word is an expression, and so is "or later".
  return {
    licenses: [
      /^[\w.-]+$/.test(id) ? { license: { id } } : { expression: id },
    ],
  };
}

function runtimeComponents(
  { deno, v8 }: RuntimeVersions,
): readonly Component[] {
  return [
    {
      type: "platform",
      "bom-ref": "deno",
      name: "deno",
      version: deno,
      description: "base runtime (denort)",
      purl: `pkg:github/denoland/deno@v${deno}`,
      ...licence("MIT"),
    },
    {
      type: "library",
      "bom-ref": "v8",
      name: "v8",
      version: v8,
      description: "in the base runtime",
      ...licence("BSD-3-Clause"),
    },
  ];
}

function referenceOf({ name, version, within }: RuntimeComponent): string {
  return within === undefined
    ? `pkg:cargo/${name}@${version}`
    : `${within}:${name}`;
}

function partComponent(part: RuntimeComponent): Component {
  const { name, version, within, licence: id } = part;
  const reference = referenceOf(part);
  return {
    type: "library",
    "bom-ref": reference,
    name,
    ...(version === undefined ? {} : { version }),
    ...(within === undefined
      ? { purl: reference }
      : { description: `in ${within}` }),
    ...licence(id),
  };
}

/** Crates are told as the runtime's; what is in a crate, as that crate's. */
function partDependencies(
  parts: readonly RuntimeComponent[],
): readonly Dependency[] {
  const holder = ({ within }: RuntimeComponent): string => {
    const crate = parts.find((one) =>
      one.within === undefined && one.name === within
    );
    return within === undefined
      ? "deno"
      : within === "v8" || crate === undefined
      ? within
      : referenceOf(crate);
  };
  return [...Map.groupBy(parts, holder)].map(([ref, held]) => ({
    ref,
    dependsOn: [...ref === "deno" ? ["v8"] : [], ...held.map(referenceOf)],
  }));
}

function packageComponent(
  { name, version, licence: id, sha512 }: InsidePackage,
): Component {
  const purl = `pkg:npm/${name.replace(/^@/, "%40")}@${version}`;
  return {
    type: "library",
    "bom-ref": purl,
    name,
    version,
    purl,
    ...licence(id),
    ...(sha512 === undefined
      ? {}
      : { hashes: [{ alg: "SHA-512", content: sha512 }] }),
  };
}

function fileComponent({ name, sha256 }: EmbeddedFile): Component {
  return {
    type: "file",
    "bom-ref": `file:${name}`,
    name,
    hashes: [{ alg: "SHA-256", content: sha256 }],
    ...licence("MIT"),
  };
}

export function sbom(
  { provenance, runtime, parts, files, packages }: Contents,
): Sbom {
  const direct = [
    ...runtimeComponents(runtime),
    ...packages.map(packageComponent),
    ...files.map(fileComponent),
  ];
  // Of another line, versions would be wrong.
  const inside = sameLine(runtime.deno, parts.deno) ? parts.components : [];
  const self = `pkg:generic/${NAME}@${VERSION}`;
  return {
    bomFormat: "CycloneDX",
    specVersion: "1.5",
    version: 1,
    metadata: {
      timestamp: isoTime(provenance),
      component: {
        type: "application",
        "bom-ref": self,
        name: NAME,
        version: VERSION,
        description: PURPOSE,
        purl: self,
        ...licence("MIT"),
      },
      properties: [
        { name: `${NAME}:commit`, value: provenance.commit },
        {
          name: `${NAME}:runtime-libraries`,
          value: inside.length === 0
            ? "not known"
            : `by the sources of Deno ${parts.deno}`,
        },
      ],
    },
    components: [...direct, ...inside.map(partComponent)],
    dependencies: [
      { ref: self, dependsOn: direct.map((one) => one["bom-ref"]) },
      ...partDependencies(inside),
    ],
    compositions: [{ aggregate: "incomplete", assemblies: ["deno"] }],
  };
}
