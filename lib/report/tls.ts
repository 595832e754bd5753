/** What is shown of TLS. Loaded only where it is used. Pure. */

import { app, type LogMessage, tls } from "../log/log.ts";
import type { TlsEvent, TlsSession } from "../tls/session.ts";
import type { Certificate } from "../x509/types.ts";
import { daysLeft } from "../x509/validity.ts";

/** The messages for an event of TLS, of every level. */
export function tlsMessages(event: TlsEvent, now: Date): readonly LogMessage[] {
  switch (event.kind) {
    case "tls-session":
      return [
        tls("debug", details(event.session)),
        ...summary(event.session, now).map((text) => app("info", text)),
      ];
    case "tls-retry":
      return [
        tls("info", `Trying again with ${event.engine}: ${event.reason}`),
      ];
    case "tls-note":
      return [tls(event.level, event.text)];
    case "tls-failed":
      return [];
  }
}

function summary(session: TlsSession, now: Date): string[] {
  const { version, suite, presented: [peer] } = session;
  const connection = `TLS Connection: ${version}, ${suite}`;
  if (peer === undefined) return [connection];
  const left = daysLeft(peer, now);
  return [
    connection,
    `Peer Certificate: ${peer.subject.text}`,
    `  Issued By: ${peer.issuer.text}`,
    `  Valid: ${isoDay(peer.notBefore)} to ${isoDay(peer.notAfter)} ` +
    (left < 0 ? "(expired)" : `(${left} ${left === 1 ? "day" : "days"} left)`),
    `  SHA-256 Fingerprint: ${peer.fingerprint}`,
    ...(session.ignored ? ["  Not Verified (--ignore-peer-cert)"] : []),
  ];
}

/** The reference's block of details, and the chain below it. */
function details(session: TlsSession): string {
  const { version, suite, engine, presented, chain } = session;
  const [peer] = presented;
  return [
    "================== BEGIN TLS CONNECTION DETAILS =================",
    "Transport connection: TLS over TCP/IP",
    `  Protocol    : ${version}`,
    `  Ciphersuite : ${suite}, encryption: ${keyBits(suite)} bits`,
    ...(peer === undefined ? [] : certificateLines(peer)),
    ...(chain.length > 1 ? ["Certificate chain"] : []),
    ...(chain.length > 1 ? chain.map(chainLine) : []),
    `  Cryptography: ${engine}`,
    "=================== END TLS CONNECTION DETAILS ==================",
  ].join("\n");
}

function certificateLines(certificate: Certificate): string[] {
  const { version, subject, issuer, serialNumber, publicKey } = certificate;
  const { notBefore, notAfter, fingerprint } = certificate;
  const bits = publicKey.bits === undefined ? "" : `, ${publicKey.bits} bits`;
  return [
    `Peer X.509v${version} Certificate`,
    `  Subject     : ${subject.text}`,
    `  Issued by   : ${issuer.text}`,
    `  Serial no.  : ${serialNumber}`,
    `  Validity    : not before ${opensslTime(notBefore)}, ` +
    `not after ${opensslTime(notAfter)}`,
    `  Public key  : ${publicKey.algorithm}${bits}`,
    `  Fingerprint : ${fingerprint}`,
  ];
}

function chainLine(certificate: Certificate, index: number): string {
  const { subject, notAfter } = certificate;
  return `  ${index}: ${subject.text}, not after ${opensslTime(notAfter)}`;
}

/** Of the bulk cipher that a suite is named after. */
function keyBits(suite: string): number {
  if (suite.includes("_NULL_")) return 0;
  if (suite.includes("CHACHA20")) return 256;
  if (suite.includes("3DES")) return 168;
  return Number(/_(?:AES|CAMELLIA|ARIA)_(\d+)_/.exec(suite)?.[1] ?? 0);
}

/** "2026-11-24". */
function isoDay(date: Date): string {
  return date.toISOString().slice(0, 10);
}

/** "Nov 24 08:46:45 2026 GMT", as OpenSSL prints times. */
function opensslTime(date: Date): string {
  const [, day = "", month = "", year = "", time = ""] = date.toUTCString()
    .split(" ");
  return `${month} ${day.replace(/^0/, " ")} ${time} ${year} GMT`;
}
