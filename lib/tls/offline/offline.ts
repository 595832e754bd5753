/** `+vc` and `+rc`: judge a certificate without any connection. */

import { type Condition, formatCondition } from "../../base/condition.ts";
import type { FileAccess } from "../../base/files.ts";
import { escapeControls } from "../../base/text.ts";
import { readCertificates } from "../../x509/files.ts";
import { chainCondition } from "../../x509/problem.ts";
import type { Certificate } from "../../x509/types.ts";
import { rootProblem, verifyChain } from "../../x509/verify.ts";
import {
  CERTIFICATES_LIMIT,
  type FileFormat,
  readOrWhyNot,
  type Unusable,
} from "../files/certificate-file.ts";
import type { LoadedTls } from "../files/load.ts";
import type { TlsSettings } from "../settings.ts";

export interface OfflineVerdict {
  readonly good: boolean;
  /** For standard output, a line without its end; as the reference has it. */
  readonly output: string;
  /** For the log, each a message of level error; the cause is in the last. */
  readonly errors: readonly string[];
}

/**
 * Whether the first certificate of a file leads to one that is trusted, with
 * the help of those that follow it.
 */
export async function verifyCertificate(
  file: string,
  { fileFormat, revocation }: TlsSettings,
  { anchors, crls }: LoadedTls,
  files: FileAccess,
  now: Date,
): Promise<OfflineVerdict> {
  const name = escapeControls(file);
  const output = `Verification of certificate '${name}'`;
  const failed = (...errors: readonly string[]): OfflineVerdict => ({
    good: false,
    output: `${output} failed.`,
    errors,
  });
  const content = files.read(file, CERTIFICATES_LIMIT);
  const presented = await certificates(content, fileFormat);
  if ("cause" in presented) {
    const isThere = content.kind === "content" || content.kind === "folder";
    return failed(
      isThere
        ? `Not a ${fileFormat.toUpperCase()} certificate file: '${name}'`
        : `Cannot open certificate file '${name}'`,
      presented.cause,
    );
  }
  const { problem } = await verifyChain({
    presented,
    anchors,
    crls,
    revocation,
    time: now,
    purpose: "any",
  });
  if (problem === undefined) {
    return { good: true, output: `${output} passed.`, errors: [] };
  }
  const condition = chainCondition(problem, now);
  return failed(
    `certificate verification failed: ${opensslWords(condition)}`,
    formatCondition(condition),
  );
}

/** Whether the first certificate of a file is a root by itself. */
export async function isRootCertificate(
  file: string,
  { fileFormat }: Pick<TlsSettings, "fileFormat">,
  files: FileAccess,
  now: Date,
): Promise<OfflineVerdict> {
  const name = escapeControls(file);
  const output = (is: string): string =>
    `Certificate '${name}' ${is} a valid, self-signed root CA.`;
  const failed = (...errors: readonly string[]): OfflineVerdict => ({
    good: false,
    output: output("is not"),
    errors,
  });
  const content = files.read(file, CERTIFICATES_LIMIT);
  const read = await certificates(content, fileFormat);
  if ("cause" in read) {
    return failed(`Cannot read certificate file '${name}'`, read.cause);
  }
  const [certificate] = read;
  const problem = certificate && await rootProblem(certificate, now);
  return problem === undefined
    ? { good: true, output: output("is"), errors: [] }
    : failed(formatCondition(chainCondition(problem, now)));
}

async function certificates(
  content: ReturnType<FileAccess["read"]>,
  format: FileFormat,
): Promise<readonly Certificate[] | Unusable> {
  return await readOrWhyNot(content, format, "certificate", readCertificates);
}

/** The catalogue of the reference has the words of an older OpenSSL. */
function opensslWords({ text }: Condition): string {
  const [, words = text] = /^X\.509 [^-]+ - ([^:]+):/.exec(text) ?? [];
  return words.replace("self signed", "self-signed");
}
