/** What a Debian package is made of. Pure. */

import { PURPOSE, RELEASE_DATE, VERSION } from "../../lib/base/product.ts";

/**
 * Package and program. `echoscu` is DCMTK's, package dcmtk: this one is beside
 * it, and whoever wants it under that name puts a link into /usr/local/bin.
 */
export const PACKAGE = "echoscu-deno";

export interface PackageFacts {
  readonly architecture: "amd64" | "arm64";
  readonly maintainer: string;
  /** KiB. */
  readonly size: number;
  readonly depends: string;
}

export function control(
  { architecture, maintainer, size, depends }: PackageFacts,
): string {
  return `Package: ${PACKAGE}
Version: ${VERSION}
Architecture: ${architecture}
Maintainer: ${maintainer}
Installed-Size: ${size}
Depends: ${depends}
Section: science
Priority: optional
Description: ${PURPOSE}
 Tells whether a DICOM peer answers: connects, requests an association, sends
 a C-ECHO and releases the association. Options, log lines and exit codes are
 those of the echoscu of DCMTK.
 .
 The program is called ${PACKAGE}, so that it can be installed beside the
 package dcmtk. It contains its own runtime.
`;
}

/**
 * The newest version of the C library that an executable asks for.
 *
 * @param text of the executable, one character a byte.
 */
export function dependencies(text: string): string {
  const minors = [...text.matchAll(/GLIBC_2\.(\d{1,3})/g)]
    .map(([, minor]) => Number(minor));
  const libraries = [`libc6 (>= 2.${Math.max(0, ...minors)})`];
  if (text.includes("libgcc_s.so.1")) libraries.push("libgcc-s1");
  return libraries.join(", ");
}

export function changelog(maintainer: string): string {
  const date = new Date(`${RELEASE_DATE}T00:00:00Z`).toUTCString()
    .replace("GMT", "+0000");
  return `${PACKAGE} (${VERSION}) stable; urgency=low

  * Version ${VERSION}; CHANGES.md tells what is new.

 -- ${maintainer}  ${date}
`;
}

/** Whose texts Debian has in /usr/share/common-licenses: policy 12.5. */
const COMMON_LICENCES = ["Apache-2.0", "CC0-1.0", "MPL-2.0"];

/** A text that `licencesText` made, without those that Debian has. */
function withoutCommon(text: string): string {
  const rule = "=".repeat(78);
  return COMMON_LICENCES.reduce((rest, id) => {
    const start = rest.indexOf(`\n${rule}\nLicence: ${id}\n`);
    const body = rest.indexOf(`\n${rule}\n`, start + 1);
    if (start < 0 || body < 0) return rest;
    const end = rest.indexOf(`\n${rule}\n`, body + 1);
    return `${
      rest.slice(0, body)
    }\n${rule}\n\nSee /usr/share/common-licenses/${`${id}.\n${
      end < 0 ? "" : rest.slice(end)
    }`}`;
  }, text);
}

/** The file `copyright` in Debian's format 1.0. */
export function copyright(own: string, thirdParty: string): string {
  const indent = (text: string): string =>
    text.trimEnd().split("\n")
      .map((line) => line.trim() === "" ? " ." : ` ${line}`).join("\n");
  const holder = /^Copyright (?:\(c\) )?(.*)$/m.exec(own)?.[1] ?? "the authors";
  return `Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/
Upstream-Name: echoscu

Files: *
Copyright: ${holder}
License: Expat
Comment: What the program contains of others:
${indent(withoutCommon(thirdParty))}

License: Expat
${indent(own)}
`;
}

/** What cannot be otherwise, and why. */
export const LINTIAN_OVERRIDES = `\
# The program is appended to the runtime: stripping it takes it away.
${PACKAGE}: binary-has-unneeded-section *
# The runtime is a whole, built elsewhere.
${PACKAGE}: embedded-library *
${PACKAGE}: spelling-error-in-binary *
# Licences of others are quoted as they are.
${PACKAGE}: old-fsf-address-in-copyright-file
${PACKAGE}: spelling-error-in-copyright *
`;

/** Reserved for addresses that cannot be: RFC 2606. */
const NOBODY = "developers@echoscu.invalid";

export interface Maintainer {
  readonly address: string;
  /** Whether it is one that can be written to. */
  readonly known: boolean;
}

/** Who makes the package, as Debian's own tools are told it. */
export function maintainer(
  variable: (name: string) => string | undefined,
): Maintainer {
  const email = variable("DEBEMAIL") || variable("EMAIL");
  const name = variable("DEBFULLNAME") || variable("NAME") ||
    "echoscu developers";
  return {
    address: email?.includes("<") ? email : `${name} <${email || NOBODY}>`,
    known: !!email,
  };
}
