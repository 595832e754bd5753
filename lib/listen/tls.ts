/** The TLS options of the command line, for the side of the server. */

import type { ScpTls, TlsServerVersion } from "../scp/tls.ts";
import type { LoadedTls } from "../tls/files/load.ts";
import {
  BUILT_IN,
  offersMore,
  partOf,
  type TlsPolicy,
} from "../tls/policy/policy.ts";
import { chainStrength } from "../tls/policy/weak-certificate.ts";
import type { TlsSettings } from "../tls/settings.ts";
import { parseCertificate } from "../x509/certificate.ts";
import { chainCondition } from "../x509/problem.ts";
import { type ChainProblem, X509Error } from "../x509/types.ts";
import { verifyChain } from "../x509/verify.ts";

/** What the server is made of. */
export interface ServerParts {
  readonly settings: Pick<TlsSettings, "peerAuthentication" | "revocation">;
  readonly loaded: Pick<LoadedTls, "clientCertificate" | "anchors" | "crls">;
  readonly policy: Pick<TlsPolicy, "offer" | "isAllowed" | "strengthOf">;
  readonly now: () => Date;
  /** Told what is odd about a client that is accepted all the same. */
  readonly warn: (text: string) => void;
}

/** A server, and what is to be said of it; or why there is none. */
export type MadeServer =
  | { readonly tls: ScpTls; readonly warning: string | undefined }
  | { readonly fault: string };

/**
 * Key and certificate of `+tls`; with `--require-peer-cert`, which is the
 * default, a client must show a certificate that the trusted ones vouch for.
 * Versions are those of the profile; what else the profile does not have is
 * found out after the handshake, for the runtime cannot be kept from it.
 */
export function serverTls(parts: ServerParts): MadeServer {
  const { settings: { peerAuthentication }, loaded, policy } = parts;
  const { clientCertificate: own } = loaded;
  if (own === undefined) {
    return {
      fault: "--listen with TLS needs a key and a certificate: +tls KEY CERT",
    };
  }
  const part = partOf(policy.offer, BUILT_IN);
  if (part === undefined) {
    return {
      fault: "--listen cannot serve any cipher suite of the profile: the " +
        "runtime has those of TLS 1.3, and of TLS 1.2 those with ECDHE and " +
        "GCM or ChaCha20; take another profile, or add one with +cs",
    };
  }
  const { keyPem, chainPem } = own;
  return {
    tls: {
      keyPem,
      chainPem,
      versions: part.versions.filter(isServerVersion),
      judgeSession: ({ version, suite }) =>
        policy.isAllowed(version, suite)
          ? undefined
          : `${version} with ${suite} is what the caller prefers, but not ` +
            `in the profile: use +cs ${suite}, or a profile that has it (+ph)`,
      ...(peerAuthentication === "ignore" ? {} : {
        judgeClient: (presented) => judgeClient(presented, parts),
        clientCertificate: peerAuthentication === "require"
          ? "required"
          : "optional",
      }),
    },
    warning: offersMore(policy.offer, part)
      ? `Not served, for the runtime does not have them: ${
        [
          ...without(policy.offer.versions, part.versions),
          ...without(policy.offer.suites, part.suites),
        ].join(", ")
      }`
      : undefined,
  };
}

function without(
  all: readonly string[],
  these: readonly string[],
): readonly string[] {
  return all.filter((one) => !these.includes(one));
}

function isServerVersion(version: string): version is TlsServerVersion {
  return version === "TLSv1.2" || version === "TLSv1.3";
}

/** Why a client is not accepted, in words; undefined: it is. */
async function judgeClient(
  certificates: readonly Uint8Array[],
  { settings: { revocation }, loaded, policy, now, warn }: ServerParts,
): Promise<string | undefined> {
  const time = now();
  const said = (problem: ChainProblem): string =>
    chainCondition(problem, time).text;
  try {
    const presented = await Promise.all(
      certificates.map((der) => parseCertificate(der)),
    );
    const { anchors, crls } = loaded;
    const { chain, problem } = await verifyChain({
      presented,
      anchors,
      crls,
      revocation,
      time,
      purpose: "client",
    });
    if (problem !== undefined) return said(problem);
    const strength = chainStrength(
      chain,
      (one) => policy.strengthOf(one, "client"),
    );
    for (const text of strength.warnings) warn(text);
    return strength.problem && said(strength.problem);
  } catch (error) {
    if (!(error instanceof X509Error)) throw error;
    return `client certificate cannot be read: ${error.message}`;
  }
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
