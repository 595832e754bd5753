/** Why a file of certificates or revocation lists cannot be used. */

import { eachPemBlock } from "../../base/pem.ts";
import type { FileContent } from "../../base/files.ts";
import { escapeControls } from "../../base/text.ts";
import { X509Error } from "../../x509/types.ts";
import { firstSequence } from "./der.ts";
import { unreadCause } from "../setup-error.ts";

export type FileFormat = "pem" | "der";

export interface Unusable {
  /** One line, harmless; ends with what to do about it. */
  readonly cause: string;
  /** It is a file of the kind that is wanted, but spoilt. */
  readonly damaged: boolean;
}

/** Of a file of certificates, in bytes. */
export const CERTIFICATES_LIMIT = 16 * 1024 * 1024;

/**
 * Reads what was found where a file was looked for.
 *
 * @param what is wanted, "certificate"
 * @param read throws X509Error
 */
export async function readOrWhyNot<T>(
  content: FileContent,
  format: FileFormat,
  what: "certificate" | "revocation list",
  read: (bytes: Uint8Array, format: FileFormat) => Promise<T>,
): Promise<T | Unusable> {
  if (content.kind !== "content") {
    return { cause: unreadCause(content.kind), damaged: true };
  }
  const { bytes } = content;
  try {
    return await read(bytes, format);
  } catch (error) {
    if (!(error instanceof X509Error)) throw error;
    const detail = escapeControls(error.message);
    return format === "pem"
      ? notPem(bytes, what, detail)
      : notDer(bytes, what, detail);
  }
}

/** Most blocks of a file that are looked at for what it has instead. */
const MOST = 1000;

function notPem(bytes: Uint8Array, what: string, detail: string): Unusable {
  const labels = [...eachPemBlock(bytes).map(({ label }) => label).take(MOST)];
  const wanted = what === "certificate" ? /CERTIFICATE$/ : /^X509 CRL$/;
  if (labels.some((label) => wanted.test(label))) {
    return { cause: `${detail}: take a whole copy of the file`, damaged: true };
  }
  const [first] = labels;
  const cause = first !== undefined
    ? `there is no ${what} in it but ${escapeControls(first)}: ` +
      "name a file that has one"
    : firstSequence(bytes) === undefined
    ? `there is no ${what} in PEM form in it: name a file that has one`
    : "it is not in PEM form but perhaps DER: try -der";
  return { cause, damaged: false };
}

function notDer(bytes: Uint8Array, what: string, detail: string): Unusable {
  const cause = firstSequence(bytes) !== undefined
    ? `there is no ${what} in it (${detail}): name a file that has one`
    : eachPemBlock(bytes).next().done === false
    ? "it is not in DER form but PEM: leave -der out"
    : `there is no ${what} in DER form in it: name a file that has one`;
  return { cause, damaged: false };
}
