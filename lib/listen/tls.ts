/** The TLS options of the command line, for the side of the server. */

import type { ScpTls } from "../scp/tls.ts";
import type { LoadedTls } from "../tls/files/load.ts";
import type { TlsSettings } from "../tls/settings.ts";
import { parseCertificate } from "../x509/certificate.ts";
import { chainCondition } from "../x509/problem.ts";
import { X509Error } from "../x509/types.ts";
import { verifyChain } from "../x509/verify.ts";

/**
 * Key and certificate of `+tls`; with `--require-peer-cert`, which is the
 * default, a client must show a certificate that the trusted ones vouch for.
 *
 * @returns undefined: there is no key, without which there is no server.
 */
export function serverTls(
  settings: Pick<TlsSettings, "peerAuthentication" | "revocation">,
  loaded: Pick<LoadedTls, "clientCertificate" | "anchors" | "crls">,
  now: () => Date,
): ScpTls | undefined {
  const { clientCertificate: own, anchors, crls } = loaded;
  if (own === undefined) return undefined;
  const { keyPem, chainPem } = own;
  if (settings.peerAuthentication === "ignore") return { keyPem, chainPem };
  const { revocation } = settings;
  return {
    keyPem,
    chainPem,
    judgeClient: async (certificates) => {
      try {
        const presented = await Promise.all(
          certificates.map((der) => parseCertificate(der)),
        );
        const time = now();
        const { problem } = await verifyChain({
          presented,
          anchors,
          crls,
          revocation,
          time,
          purpose: "client",
        });
        return problem && chainCondition(problem, time).text;
      } catch (error) {
        if (!(error instanceof X509Error)) throw error;
        return `client certificate cannot be read: ${error.message}`;
      }
    },
  };
}

/** Subject of a client's certificate; undefined: there is none, or unreadable. */
export async function subjectOf(
  certificates: readonly Uint8Array[],
): Promise<string | undefined> {
  const [own] = certificates;
  if (own === undefined) return undefined;
  try {
    return (await parseCertificate(own)).subject.text;
  } catch (error) {
    if (!(error instanceof X509Error)) throw error;
    return undefined;
  }
}
