/** Settings out of a command line that has passed all checks. */

import type { AddressFamily } from "../base/address-family.ts";
import type {
  PasswordSource,
  TlsProfile,
  TlsSettings,
  VerificationSettings,
} from "./command.ts";
import { readOptionNumber } from "./numbers.ts";
import { DEFAULTS, type OptionName, OPTIONS } from "./options.ts";
import {
  allValues,
  inEffect,
  isGiven,
  lastValue,
  lastValues,
  type Line,
} from "./scan.ts";

function numberOf(line: Line, name: OptionName): number | undefined {
  const text = lastValue(line, name);
  const range = OPTIONS.find(({ long }) => long === name)?.range;
  if (text === undefined || range === undefined) return undefined;
  const result = readOptionNumber(range, text);
  return result.ok ? result.value : undefined;
}

function addressFamily(line: Line): AddressFamily {
  if (inEffect(line, "--ipv4")) return "ipv4";
  return inEffect(line, "--ipv6") ? "ipv6" : "auto";
}

/** @param port already checked. */
export function verificationSettings(
  line: Line,
  peer: string,
  port: number,
): VerificationSettings {
  const socketTimeout = numberOf(line, "--socket-timeout") ??
    DEFAULTS.socketTimeout;
  return {
    peer,
    port,
    addressFamily: addressFamily(line),
    callingAeTitle: lastValue(line, "--aetitle") ?? DEFAULTS.callingAeTitle,
    calledAeTitle: lastValue(line, "--call") ?? DEFAULTS.calledAeTitle,
    transferSyntaxCount: numberOf(line, "--propose-ts") ??
      DEFAULTS.transferSyntaxCount,
    presentationContextCount: numberOf(line, "--propose-pc") ??
      DEFAULTS.presentationContextCount,
    connectTimeout: numberOf(line, "--timeout"),
    socketTimeout: socketTimeout > 0 ? socketTimeout : undefined,
    acseTimeout: numberOf(line, "--acse-timeout") ?? DEFAULTS.acseTimeout,
    dimseTimeout: numberOf(line, "--dimse-timeout"),
    maximumLength: numberOf(line, "--max-pdu") ?? DEFAULTS.maximumLength,
    repeat: numberOf(line, "--repeat") ?? DEFAULTS.repeat,
    ending: isGiven(line, "--abort") ? "abort" : "release",
  };
}

function passwordSource(line: Line): PasswordSource {
  if (inEffect(line, "--null-passwd")) return { from: "empty" };
  return inEffect(line, "--use-passwd")
    ? {
      from: "command-line",
      password: lastValue(line, "--use-passwd") ?? "",
    }
    : { from: "standard-input" };
}

function clientCertificate(line: Line): TlsSettings["clientCertificate"] {
  if (!inEffect(line, "--enable-tls")) return undefined;
  const [keyFile = "", certificateFile = ""] =
    lastValues(line, "--enable-tls") ?? [];
  return { keyFile, certificateFile, password: passwordSource(line) };
}

function seed(line: Line): TlsSettings["seed"] {
  const file = lastValue(line, "--seed");
  if (file === undefined) return undefined;
  const writeTo = inEffect(line, "--write-seed-file")
    ? lastValue(line, "--write-seed-file")
    : inEffect(line, "--write-seed")
    ? file
    : undefined;
  return { file, writeTo };
}

const PROFILES: readonly (readonly [OptionName, TlsProfile])[] = [
  ["--profile-8996-mod", "8996-mod"],
  ["--profile-bcp195", "bcp195"],
  ["--profile-bcp195-nd", "bcp195-nd"],
  ["--profile-bcp195-ex", "bcp195-ex"],
  ["--profile-basic", "basic"],
  ["--profile-aes", "aes"],
  ["--profile-null", "null"],
];

function revocation(line: Line): TlsSettings["revocation"] {
  if (isGiven(line, "--enable-crl-all")) return "chain";
  return isGiven(line, "--enable-crl-vfy") || isGiven(line, "--add-crl-file")
    ? "leaf"
    : "none";
}

/** What the TLS options say, whether or not a connection is to use TLS. */
export function tlsSettings(line: Line): TlsSettings {
  const name = lastValue(line, "--request-sni");
  return {
    clientCertificate: clientCertificate(line),
    fileFormat: inEffect(line, "--der-keys") ? "der" : "pem",
    certificateFiles: allValues(line, "--add-cert-file"),
    certificateDirectories: allValues(line, "--add-cert-dir"),
    crlFiles: allValues(line, "--add-crl-file"),
    revocation: revocation(line),
    profile: PROFILES.find(([option]) => inEffect(line, option))?.[1] ??
      "8996",
    cipherSuites: allValues(line, "--cipher"),
    dhParameterFile: lastValue(line, "--dhparam"),
    serverName: name === undefined ? { sni: "none" } : { sni: "given", name },
    seed: seed(line),
    // A server always shows a certificate: "verify if present" is "require".
    peerAuthentication: inEffect(line, "--ignore-peer-cert")
      ? "ignore"
      : "require",
  };
}

/** Whether the connection is to use TLS. */
export function isSecure(line: Line): boolean {
  return inEffect(line, "--enable-tls") || inEffect(line, "--anonymous-tls");
}
