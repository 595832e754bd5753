/**
 * The cipher suites that are known here: those of the reference, by their IANA
 * names, and what each of them is made of. Pure.
 */

/** Versions of TLS by their names, the oldest first. */
export const VERSIONS = ["TLSv1", "TLSv1.1", "TLSv1.2", "TLSv1.3"] as const;

export type TlsVersion = (typeof VERSIONS)[number];

/** A cipher suite (RFC 5246 appendix A.5, RFC 8446 appendix B.4). */
export interface CipherSuite {
  /** IANA name. */
  readonly name: string;
  /** What OpenSSL calls it. */
  readonly openssl: string;
  /** The versions that have it, the oldest first. */
  readonly versions: readonly TlsVersion[];
  /** "any": of TLS 1.3, where it is agreed on apart from the suite. */
  readonly keyExchange: "RSA" | "DHE" | "ECDH" | "ECDHE" | "any";
  /** The kind of the peer's key. */
  readonly authentication: "RSA" | "DSS" | "ECDSA" | "any";
  readonly encrypts: boolean;
  /** Cipher block chaining. */
  readonly cbc: boolean;
  /** It authenticates each record by HMAC with SHA-1. */
  readonly sha1: boolean;
  /** The runtime has it. */
  readonly builtIn: boolean;
}

/** From the weakest to the strongest, as the reference lists them. */
const OPENSSL_NAMES = {
  TLS_RSA_WITH_NULL_SHA: "NULL-SHA",
  TLS_RSA_WITH_3DES_EDE_CBC_SHA: "DES-CBC3-SHA",
  TLS_RSA_WITH_AES_128_CBC_SHA: "AES128-SHA",
  TLS_RSA_WITH_CAMELLIA_128_CBC_SHA: "CAMELLIA128-SHA",
  TLS_RSA_WITH_AES_128_CBC_SHA256: "AES128-SHA256",
  TLS_RSA_WITH_AES_128_GCM_SHA256: "AES128-GCM-SHA256",
  TLS_ECDH_ECDSA_WITH_AES_128_CBC_SHA: "ECDH-ECDSA-AES128-SHA",
  TLS_ECDH_RSA_WITH_AES_128_CBC_SHA: "ECDH-RSA-AES128-SHA",
  TLS_ECDH_ECDSA_WITH_AES_128_CBC_SHA256: "ECDH-ECDSA-AES128-SHA256",
  TLS_ECDH_RSA_WITH_AES_128_CBC_SHA256: "ECDH-RSA-AES128-SHA256",
  TLS_ECDH_ECDSA_WITH_AES_128_GCM_SHA256: "ECDH-ECDSA-AES128-GCM-SHA256",
  TLS_ECDH_RSA_WITH_AES_128_GCM_SHA256: "ECDH-RSA-AES128-GCM-SHA256",
  TLS_RSA_WITH_CAMELLIA_256_CBC_SHA: "CAMELLIA256-SHA",
  TLS_RSA_WITH_AES_256_CBC_SHA: "AES256-SHA",
  TLS_RSA_WITH_AES_256_CBC_SHA256: "AES256-SHA256",
  TLS_RSA_WITH_AES_256_GCM_SHA384: "AES256-GCM-SHA384",
  TLS_ECDH_ECDSA_WITH_AES_256_CBC_SHA: "ECDH-ECDSA-AES256-SHA",
  TLS_ECDH_RSA_WITH_AES_256_CBC_SHA: "ECDH-RSA-AES256-SHA",
  TLS_ECDH_ECDSA_WITH_AES_256_CBC_SHA384: "ECDH-ECDSA-AES256-SHA384",
  TLS_ECDH_RSA_WITH_AES_256_CBC_SHA384: "ECDH-RSA-AES256-SHA384",
  TLS_ECDH_ECDSA_WITH_AES_256_GCM_SHA384: "ECDH-ECDSA-AES256-GCM-SHA384",
  TLS_ECDH_RSA_WITH_AES_256_GCM_SHA384: "ECDH-RSA-AES256-GCM-SHA384",
  TLS_DHE_DSS_WITH_AES_128_CBC_SHA: "DHE-DSS-AES128-SHA",
  TLS_DHE_DSS_WITH_CAMELLIA_128_CBC_SHA: "DHE-DSS-CAMELLIA128-SHA",
  TLS_DHE_RSA_WITH_AES_128_CBC_SHA: "DHE-RSA-AES128-SHA",
  TLS_DHE_RSA_WITH_CAMELLIA_128_CBC_SHA: "DHE-RSA-CAMELLIA128-SHA",
  TLS_DHE_DSS_WITH_AES_128_CBC_SHA256: "DHE-DSS-AES128-SHA256",
  TLS_DHE_RSA_WITH_AES_128_CBC_SHA256: "DHE-RSA-AES128-SHA256",
  TLS_DHE_DSS_WITH_AES_128_GCM_SHA256: "DHE-DSS-AES128-GCM-SHA256",
  TLS_DHE_RSA_WITH_AES_128_GCM_SHA256: "DHE-RSA-AES128-GCM-SHA256",
  TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA: "ECDHE-ECDSA-AES128-SHA",
  TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA: "ECDHE-RSA-AES128-SHA",
  TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256: "ECDHE-ECDSA-AES128-SHA256",
  TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA256: "ECDHE-RSA-AES128-SHA256",
  TLS_ECDHE_ECDSA_WITH_AES_128_CCM: "ECDHE-ECDSA-AES128-CCM",
  TLS_ECDHE_ECDSA_WITH_AES_128_CCM_8: "ECDHE-ECDSA-AES128-CCM8",
  TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256: "ECDHE-ECDSA-AES128-GCM-SHA256",
  TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256: "ECDHE-RSA-AES128-GCM-SHA256",
  TLS_DHE_DSS_WITH_AES_256_CBC_SHA: "DHE-DSS-AES256-SHA",
  TLS_DHE_RSA_WITH_AES_256_CBC_SHA: "DHE-RSA-AES256-SHA",
  TLS_DHE_DSS_WITH_CAMELLIA_256_CBC_SHA: "DHE-DSS-CAMELLIA256-SHA",
  TLS_DHE_RSA_WITH_CAMELLIA_256_CBC_SHA: "DHE-RSA-CAMELLIA256-SHA",
  TLS_DHE_RSA_WITH_CHACHA20_POLY1305_SHA256: "DHE-RSA-CHACHA20-POLY1305",
  TLS_DHE_DSS_WITH_AES_256_CBC_SHA256: "DHE-DSS-AES256-SHA256",
  TLS_DHE_RSA_WITH_AES_256_CBC_SHA256: "DHE-RSA-AES256-SHA256",
  TLS_DHE_DSS_WITH_AES_256_GCM_SHA384: "DHE-DSS-AES256-GCM-SHA384",
  TLS_DHE_RSA_WITH_AES_256_GCM_SHA384: "DHE-RSA-AES256-GCM-SHA384",
  TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA: "ECDHE-ECDSA-AES256-SHA",
  TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA: "ECDHE-RSA-AES256-SHA",
  TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA384: "ECDHE-ECDSA-AES256-SHA384",
  TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA384: "ECDHE-RSA-AES256-SHA384",
  TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256:
    "ECDHE-ECDSA-CHACHA20-POLY1305",
  TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256: "ECDHE-RSA-CHACHA20-POLY1305",
  TLS_ECDHE_ECDSA_WITH_AES_256_CCM: "ECDHE-ECDSA-AES256-CCM",
  TLS_ECDHE_ECDSA_WITH_AES_256_CCM_8: "ECDHE-ECDSA-AES256-CCM8",
  TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384: "ECDHE-ECDSA-AES256-GCM-SHA384",
  TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384: "ECDHE-RSA-AES256-GCM-SHA384",
  TLS_AES_128_CCM_SHA256: "TLS_AES_128_CCM_SHA256",
  TLS_AES_128_CCM_8_SHA256: "TLS_AES_128_CCM_8_SHA256",
  TLS_AES_128_GCM_SHA256: "TLS_AES_128_GCM_SHA256",
  TLS_CHACHA20_POLY1305_SHA256: "TLS_CHACHA20_POLY1305_SHA256",
  TLS_AES_256_GCM_SHA384: "TLS_AES_256_GCM_SHA384",
} as const satisfies Readonly<Record<string, string>>;

export type SuiteName = keyof typeof OPENSSL_NAMES;

/** Those of the runtime: with ECDHE and AEAD only, and of TLS 1.3. */
const BUILT_IN: ReadonlySet<string> = new Set<SuiteName>([
  "TLS_AES_128_GCM_SHA256",
  "TLS_AES_256_GCM_SHA384",
  "TLS_CHACHA20_POLY1305_SHA256",
  "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
  "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
  "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256",
  "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
  "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
  "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256",
]);

/** The versions that the runtime has. */
export const BUILT_IN_VERSIONS: readonly TlsVersion[] = ["TLSv1.2", "TLSv1.3"];

/** The name tells it all: "TLS_<key exchange>_WITH_<cipher>_<hash>". */
function suite(name: string, openssl: string): CipherSuite {
  const [before = "", cipher] = name.split("_WITH_");
  const common = {
    name,
    openssl,
    encrypts: !name.includes("_NULL_"),
    cbc: name.includes("_CBC_"),
    sha1: name.endsWith("_SHA"),
    builtIn: BUILT_IN.has(name),
  };
  if (cipher === undefined) {
    return {
      ...common,
      versions: ["TLSv1.3"],
      keyExchange: "any",
      authentication: "any",
    };
  }
  return {
    ...common,
    versions: common.sha1 ? ["TLSv1", "TLSv1.1", "TLSv1.2"] : ["TLSv1.2"],
    keyExchange: before.startsWith("TLS_ECDHE_")
      ? "ECDHE"
      : before.startsWith("TLS_ECDH_")
      ? "ECDH"
      : before.startsWith("TLS_DHE_")
      ? "DHE"
      : "RSA",
    authentication: before.endsWith("_ECDSA")
      ? "ECDSA"
      : before.endsWith("_DSS")
      ? "DSS"
      : "RSA",
  };
}

/** All, from the weakest to the strongest. */
export const SUITES: readonly CipherSuite[] = Object.entries(OPENSSL_NAMES)
  .map(([name, openssl]) => suite(name, openssl));

/** @param name IANA name. */
export function suiteByName(name: string): CipherSuite | undefined {
  return SUITES.find((suite) => suite.name === name);
}

/** @param name as OpenSSL has it. */
export function suiteByOpensslName(name: string): CipherSuite | undefined {
  return SUITES.find(({ openssl }) => openssl === name);
}
