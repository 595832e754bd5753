/** Chains that OpenSSL refuses, or takes, for a reason that is easily missed. */

import { concatenate } from "../../lib/base/writer.ts";
import {
  authority,
  type CertificateOptions,
  crl,
  type ExtraExtension,
  issue,
  type Issued,
} from "../support/certificates.ts";
import {
  bitString,
  integer,
  oid,
  pem,
  sequence,
  set,
  tlv,
  utf8,
} from "../support/der.ts";
import type { ChainCase } from "./chain-case.ts";

const root = authority({ name: "Root" });
const other = authority({ name: "Other root" });

function line(
  name: string,
  leaf: Issued,
  expected: ChainCase["expected"],
  more: Partial<ChainCase> = {},
): ChainCase {
  return { name, presented: [leaf], anchors: [root], expected, ...more };
}

function leaf(options: Partial<CertificateOptions> = {}): Issued {
  return issue(root, { name: "leaf", ...options });
}

/** With other bytes in place of some; its signature is not good any more. */
function changed(issued: Issued, from: string, to: string): Issued {
  const hex = issued.der.toHex();
  if (hex.split(from).length !== 2) {
    throw new Error(`${from} is not there once`);
  }
  const der = Uint8Array.fromHex(hex.replace(from, to));
  return { ...issued, der, pem: pem("CERTIFICATE", der) };
}

function hexOf(text: string): string {
  return new TextEncoder().encode(text).toHex();
}

/** nsCertType: 0x80 is for clients, 0x40 for servers. */
function netscape(bits: number, critical = false): ExtraExtension {
  return {
    oid: "2.16.840.1.113730.1.1",
    critical,
    value: bitString(Uint8Array.of(bits), 6),
  };
}

/** authorityKeyIdentifier by the issuer's issuer and serial number. */
function authorityOf(issuer: Uint8Array, serial: Uint8Array): ExtraExtension {
  const content = integer(serial).subarray(2);
  return {
    oid: "2.5.29.35",
    value: sequence(tlv(0xa1, tlv(0xa4, issuer)), tlv(0x82, content)),
  };
}

function byAuthority(issuer: Uint8Array, serial: Uint8Array): Issued {
  return leaf({
    authorityKeyId: undefined,
    extensions: [authorityOf(issuer, serial)],
  });
}

/** A common name in another encoding. */
function named(tag: number, value: Uint8Array): Uint8Array {
  return sequence(set(sequence(oid("2.5.4.3"), tlv(tag, value))));
}

function utf32(text: string): Uint8Array {
  return concatenate([
    ...Array.from(text, (c) => Uint8Array.of(0, 0, 0, c.charCodeAt(0))),
  ]);
}

/** Issued by the root under a name that is written in another way. */
function ofNamed(name: Uint8Array): Issued {
  return issue({ ...root, name }, { name: "leaf" });
}

const soon = new Date(Date.UTC(new Date().getUTCFullYear() - 1, 1, 28));
const february = `${soon.getUTCFullYear() % 100}0228000000Z`;
const thirtieth = february.replace("0228", "0230");
const padded = leaf({ serialNumber: "4a4b4c4d4e4f50515253" });
const first = leaf({ serialNumber: "77" });

export const STRICT_CHAINS: readonly ChainCase[] = [
  line(
    "nsCertType for clients",
    leaf({ extensions: [netscape(0x80)] }),
    "wrong-usage",
  ),
  line(
    "nsCertType for servers",
    leaf({ extensions: [netscape(0x40)] }),
    "trusted",
  ),
  line(
    "nsCertType for servers, critical",
    leaf({ extensions: [netscape(0x40, true)] }),
    "trusted",
  ),
  line(
    "nsCertType for clients, for any purpose",
    leaf({ extensions: [netscape(0x80, true)] }),
    "trusted",
    { purpose: "any" },
  ),
  line(
    "the 30th of February",
    changed(leaf({ notBefore: soon }), hexOf(february), hexOf(thirtieth)),
    "unreadable",
  ),
  line(
    "a serial number with a byte too many",
    changed(padded, "4a4b4c4d4e4f50515253", "004b4c4d4e4f50515253"),
    "unreadable",
  ),
  line(
    "a negative serial number with a byte too many",
    changed(padded, "4a4b4c4d4e4f50515253", "ff8b4c4d4e4f50515253"),
    "unreadable",
  ),
  line(
    "a key usage of nothing",
    leaf({
      keyUsage: undefined,
      extensions: [{ oid: "2.5.29.15", value: bitString(new Uint8Array()) }],
    }),
    "unreadable",
  ),
  line(
    "a name that is not UTF-8",
    changed(leaf({ name: "caf\u00e9e" }), "636166c3a965", "636166c3c365"),
    "unreadable",
  ),
  line(
    "the issuer by its issuer and serial number",
    byAuthority(root.name, root.serialNumber),
    "trusted",
  ),
  line(
    "the issuer by another serial number",
    byAuthority(root.name, other.serialNumber),
    "unknown-issuer",
  ),
  line(
    "the issuer by another issuer",
    byAuthority(other.name, root.serialNumber),
    "unknown-issuer",
  ),
  line(
    "the issuer's name as a UniversalString",
    ofNamed(named(0x1c, utf32("Root"))),
    "trusted",
  ),
  line(
    "the issuer's name as a BMPString",
    ofNamed(named(0x1e, Uint8Array.fromHex("0052006f006f0074"))),
    "trusted",
  ),
  line(
    "the issuer's name as a NumericString",
    ofNamed(named(0x12, new TextEncoder().encode("Root"))),
    "unknown-issuer",
  ),
  line(
    "the issuer's name with a blank that is none",
    ofNamed(sequence(set(sequence(oid("2.5.4.3"), utf8("Root\u00a0"))))),
    "unknown-issuer",
  ),
  line("revoked, then taken back", first, "revoked", {
    revocation: "leaf",
    crls: [crl(root, [
      { certificate: first, reason: 1 },
      { certificate: first, reason: 8 },
    ])],
  }),
  line("taken back, then revoked", first, "revoked", {
    revocation: "leaf",
    crls: [crl(root, [
      { certificate: first, reason: 8 },
      { certificate: first, reason: 1 },
    ])],
    openssl: 0,
  }),
  line("only taken back", first, "trusted", {
    revocation: "leaf",
    crls: [crl(root, [{ certificate: first, reason: 8 }])],
  }),
  line("a list for one distribution point is left out", first, "no-crl", {
    revocation: "leaf",
    crls: [crl(root, [], {
      extensions: [{
        oid: "2.5.29.28",
        critical: true,
        value: sequence(tlv(0x82, Uint8Array.of(0xff))),
      }],
    })],
    openssl: 44,
  }),
  line("beside a list that is left out, another counts", first, "revoked", {
    revocation: "leaf",
    crls: [
      crl(root, [], {
        extensions: [{
          oid: "2.5.29.28",
          critical: true,
          value: sequence(tlv(0x82, Uint8Array.of(0xff))),
        }],
      }),
      crl(root, [first]),
    ],
  }),
];
