/** The security profiles (PS3.15 annex B), as the reference has them. Pure. */

import type { TlsProfile } from "../settings.ts";
import type { SuiteName, TlsVersion } from "./suites.ts";

/** What a profile allows. */
export interface ProfileRules {
  /** Its title, as the reference gives it. */
  readonly title: string;
  /** The standard keeps it for old devices only. */
  readonly retired: boolean;
  readonly oldest: TlsVersion;
  readonly newest: TlsVersion;
  /** In the order of preference; those of TLS 1.3 are apart. */
  readonly suites: readonly SuiteName[];
  /** For TLS 1.3, where `newest` is this. */
  readonly tls13Suites: readonly SuiteName[];
  /** May suites be added, and which not. */
  readonly additional: "none" | "encrypting" | "encrypting, not SHA-1" | "any";
  /** Words for who advises against some of the suites that may be added. */
  readonly advice: "RFC 7525" | "RFC 9325" | undefined;
  /** What the peer's certificates must have; see weak-certificate.ts. */
  readonly certificates: "any" | "RFC 9325" | "DICOM";
}

/** What OpenSSL offers for TLS 1.3 if it is not told otherwise. */
const TLS13_USUAL = [
  "TLS_AES_256_GCM_SHA384",
  "TLS_CHACHA20_POLY1305_SHA256",
  "TLS_AES_128_GCM_SHA256",
] as const satisfies readonly SuiteName[];

const BCP195 = [
  "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
  "TLS_DHE_RSA_WITH_AES_128_GCM_SHA256",
  "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
  "TLS_DHE_RSA_WITH_AES_256_GCM_SHA384",
] as const satisfies readonly SuiteName[];

/** Of the profiles that are gone, for devices that know no better. */
const HISTORIC = [
  "TLS_RSA_WITH_AES_128_CBC_SHA",
  "TLS_RSA_WITH_3DES_EDE_CBC_SHA",
] as const satisfies readonly SuiteName[];

/** In the order of the options. */
export const PROFILES: Readonly<Record<TlsProfile, ProfileRules>> = {
  "8996": {
    title: "BCP 195 RFC 8996 TLS Profile",
    retired: false,
    oldest: "TLSv1.2",
    newest: "TLSv1.3",
    suites: [
      "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
      "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
      "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
      "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
    ],
    tls13Suites: TLS13_USUAL,
    additional: "encrypting, not SHA-1",
    advice: "RFC 9325",
    certificates: "RFC 9325",
  },
  "8996-mod": {
    title: "Modified BCP 195 RFC 8996 TLS Profile",
    retired: false,
    oldest: "TLSv1.2",
    newest: "TLSv1.3",
    suites: [
      "TLS_ECDHE_ECDSA_WITH_AES_128_CCM",
      "TLS_ECDHE_ECDSA_WITH_AES_128_CCM_8",
      "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
      "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
      "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256",
      "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256",
      "TLS_ECDHE_ECDSA_WITH_AES_256_CCM",
      "TLS_ECDHE_ECDSA_WITH_AES_256_CCM_8",
      "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
      "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
    ],
    tls13Suites: [
      ...TLS13_USUAL,
      "TLS_AES_128_CCM_SHA256",
      "TLS_AES_128_CCM_8_SHA256",
    ],
    additional: "none",
    advice: undefined,
    certificates: "DICOM",
  },
  "bcp195-nd": {
    title: "Non-downgrading BCP 195 TLS Profile",
    retired: true,
    oldest: "TLSv1.2",
    newest: "TLSv1.3",
    suites: BCP195,
    tls13Suites: TLS13_USUAL,
    additional: "encrypting",
    advice: "RFC 7525",
    certificates: "any",
  },
  "bcp195": {
    title: "BCP 195 TLS Profile",
    retired: true,
    oldest: "TLSv1",
    newest: "TLSv1.3",
    suites: [...BCP195, ...HISTORIC],
    tls13Suites: TLS13_USUAL,
    additional: "encrypting",
    advice: "RFC 7525",
    certificates: "any",
  },
  "bcp195-ex": {
    title: "Extended BCP 195 TLS Profile",
    retired: true,
    oldest: "TLSv1.2",
    newest: "TLSv1.2",
    suites: [
      ...BCP195,
      "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
      "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
    ],
    tls13Suites: [],
    additional: "none",
    advice: undefined,
    certificates: "any",
  },
  "basic": {
    title: "Basic TLS Secure Transport Connection Profile",
    retired: true,
    oldest: "TLSv1",
    newest: "TLSv1.2",
    suites: ["TLS_RSA_WITH_3DES_EDE_CBC_SHA"],
    tls13Suites: [],
    additional: "encrypting",
    advice: "RFC 7525",
    certificates: "any",
  },
  "aes": {
    title: "AES TLS Secure Transport Connection Profile",
    retired: true,
    oldest: "TLSv1",
    newest: "TLSv1.2",
    suites: HISTORIC,
    tls13Suites: [],
    additional: "encrypting",
    advice: "RFC 7525",
    certificates: "any",
  },
  "null": {
    title: "Authenticated unencrypted communication",
    retired: true,
    oldest: "TLSv1",
    newest: "TLSv1.2",
    suites: ["TLS_RSA_WITH_NULL_SHA"],
    tls13Suites: [],
    additional: "any",
    advice: undefined,
    certificates: "any",
  },
};
