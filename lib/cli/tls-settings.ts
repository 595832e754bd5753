/** TLS settings out of a command line that has passed all checks. */

import {
  DEFAULT_TLS,
  type PasswordSource,
  TLS_PROFILES,
  type TlsSettings,
} from "../tls/settings.ts";
import {
  allValues,
  inEffect,
  isGiven,
  lastValue,
  lastValues,
  type Line,
} from "./scan.ts";

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
    profile: TLS_PROFILES.find((one) => inEffect(line, `--profile-${one}`)) ??
      DEFAULT_TLS.profile,
    cipherSuites: allValues(line, "--cipher"),
    dhParameterFile: lastValue(line, "--dhparam"),
    serverName: name === undefined ? { sni: "none" } : { sni: "given", name },
    seed: seed(line),
    peerAuthentication: inEffect(line, "--ignore-peer-cert")
      ? "ignore"
      : inEffect(line, "--verify-peer-cert")
      ? "if-shown"
      : "require",
    verifyHostname: isGiven(line, "--verify-hostname"),
  };
}
