/**
 * Makes a Debian package of the executable in dist/, with dpkg-deb:
 *
 *     deno task deb [EXECUTABLE]
 *
 * DEBFULLNAME and DEBEMAIL say who makes it; without them, nobody is named.
 */

import { Buffer } from "node:buffer";
import { fileURLToPath } from "node:url";
import { NAME, VERSION } from "../lib/base/product.ts";
import {
  changelog,
  control,
  copyright,
  dependencies,
  LINTIAN_OVERRIDES,
  maintainer,
  PACKAGE,
} from "./build/debian.ts";
import { isoDate, type Provenance, provenanceOf } from "./build/provenance.ts";
import { BuildError, output } from "./build/run.ts";
import { fileName, fits, targetByName } from "./build/targets.ts";
import { documents } from "./documents/all.ts";

const ROOT = fileURLToPath(new URL("../", import.meta.url));
const ARCHITECTURES = { "linux-x64": "amd64", "linux-arm64": "arm64" } as const;

interface Executable {
  readonly path: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly architecture: "amd64" | "arm64";
}

async function executable(given: string | undefined): Promise<Executable> {
  const own = targetByName(Deno.build.target);
  const path = given ??
    (own === undefined ? "" : `${ROOT}dist/${fileName(NAME, VERSION, own)}`);
  let bytes: Uint8Array<ArrayBuffer>;
  try {
    bytes = await Deno.readFile(path);
  } catch {
    throw new BuildError(`there is no ${path}: deno task compile makes it`);
  }
  for (const name of ["linux-x64", "linux-arm64"] as const) {
    const target = targetByName(name);
    if (target !== undefined && fits(bytes.subarray(0, 4096), target)) {
      return { path, bytes, architecture: ARCHITECTURES[name] };
    }
  }
  throw new BuildError(`${path} is no executable for Linux`);
}

/** Path in the package → text or bytes. */
async function content(
  { bytes }: Executable,
  address: string,
  provenance: Provenance,
): Promise<ReadonlyMap<string, string | Uint8Array>> {
  const text = (name: string): Promise<string> =>
    Deno.readTextFile(`${ROOT}${name}`);
  const generated = documents(PACKAGE, isoDate(provenance));
  const document = (path: string): string => generated.get(path) ?? "";
  const shared = `usr/share/doc/${PACKAGE}`;
  return new Map<string, string | Uint8Array>([
    [`usr/bin/${PACKAGE}`, bytes],
    [`usr/share/man/man1/${PACKAGE}.1`, document(`man/${PACKAGE}.1`)],
    [
      `usr/share/bash-completion/completions/${PACKAGE}`,
      document(`completions/${PACKAGE}.bash`),
    ],
    [
      `usr/share/zsh/vendor-completions/_${PACKAGE}`,
      document(`completions/_${PACKAGE}`),
    ],
    [
      `usr/share/fish/vendor_completions.d/${PACKAGE}.fish`,
      document(`completions/${PACKAGE}.fish`),
    ],
    [`usr/share/lintian/overrides/${PACKAGE}`, LINTIAN_OVERRIDES],
    [
      `${shared}/copyright`,
      copyright(
        await text("LICENSE"),
        await text("dist/THIRD-PARTY-LICENCES.txt"),
      ),
    ],
    [`${shared}/changelog`, changelog(address)],
    [`${shared}/examples/logger.cfg`, await text("logger.cfg")],
    [
      `${shared}/${NAME}.cdx.json`,
      await text(`dist/${NAME}-${VERSION}.cdx.json`),
    ],
  ]);
}

async function build(): Promise<string> {
  const program = await executable(Deno.args[0]);
  const { address, known } = maintainer((name) => Deno.env.get(name));
  if (!known) {
    console.error("DEBEMAIL is not set: the package names no real maintainer");
  }
  const provenance = await provenanceOf(
    ROOT,
    Deno.env.get("SOURCE_DATE_EPOCH"),
  );
  const tree = await Deno.makeTempDir({ prefix: "echoscu-deb-" });
  try {
    await Deno.chmod(tree, 0o755);
    const files = await content(program, address, provenance);
    let size = 0;
    for (const [path, data] of files) {
      const file = `${tree}/${path}`;
      await Deno.mkdir(file.slice(0, file.lastIndexOf("/")), {
        recursive: true,
        mode: 0o755,
      });
      const mode = path.startsWith("usr/bin/") ? 0o755 : 0o644;
      await Deno.writeFile(
        file,
        typeof data === "string" ? new TextEncoder().encode(data) : data,
      );
      await Deno.chmod(file, mode);
      size += Math.ceil(data.length / 1024);
    }
    for (
      const path of [
        `usr/share/man/man1/${PACKAGE}.1`,
        `usr/share/doc/${PACKAGE}/changelog`,
      ]
    ) await output("gzip", ["-9n", `${tree}/${path}`]);
    await Deno.mkdir(`${tree}/DEBIAN`, { mode: 0o755 });
    await Deno.writeTextFile(
      `${tree}/DEBIAN/control`,
      control({
        architecture: program.architecture,
        maintainer: address,
        size,
        depends: dependencies(
          Buffer.from(program.bytes.buffer).toString("latin1"),
        ),
      }),
    );
    await Deno.writeTextFile(
      `${tree}/DEBIAN/md5sums`,
      await output("sh", ["-c", "find usr -type f | sort | xargs md5sum"], {
        cwd: tree,
      }),
    );
    const result =
      `${ROOT}dist/${PACKAGE}_${VERSION}_${program.architecture}.deb`;
    await output("dpkg-deb", ["--root-owner-group", "--build", tree, result], {
      env: { SOURCE_DATE_EPOCH: String(provenance.seconds) },
    });
    return result;
  } finally {
    await Deno.remove(tree, { recursive: true });
  }
}

try {
  console.log(await build());
} catch (error) {
  if (!(error instanceof BuildError)) throw error;
  console.error(`error: ${error.message}`);
  Deno.exit(1);
}
