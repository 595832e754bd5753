/**
 * Who is who in the tests of TLS: certificates, good and bad, and the files in
 * which both programs and their peers find them.
 */

import { createHash } from "node:crypto";
import {
  authority,
  crl,
  DAY,
  issue,
  type Issued,
  type KeyKind,
  selfSigned,
} from "../support/certificates.ts";

const NOW = Date.now();
const HERE = { dns: ["localhost", "pacs.test"], ip: ["127.0.0.1"] };
const RSA = { key: "rsa" } as const;
const WEAK = { key: "rsa1024" } as const;

/** The one that is trusted, if nothing else is said. */
export const ROOT = authority({ name: "Root", ...RSA });
/** Of the same name, but with another key: nobody trusts it. */
const FALSE_ROOT = authority({ name: "Root", ...RSA });
/** A proper authority, of somebody else. */
export const OTHER_ROOT = authority({ name: "Other Root", ...RSA });
const MIDDLE = issue(ROOT, { name: "Middle", ca: true, key: "ec" });
const REVOKED_MIDDLE = issue(ROOT, {
  name: "Revoked Middle",
  ca: true,
  key: "ec",
});
/** A root that may only issue end entities. */
const SHORT_ROOT = authority({ name: "Short Root", ...RSA, pathLength: 0 });
const MIDDLE_TOO_MANY = issue(SHORT_ROOT, {
  name: "Middle Too Many",
  ca: true,
  key: "ec",
});
const OLD_ROOT = authority({
  name: "Old Root",
  ...RSA,
  notBefore: new Date(NOW - 900 * DAY),
  notAfter: new Date(NOW - 10 * DAY),
});
const WEAK_ROOT = authority({ name: "Weak Root", ...WEAK });
const SHA1_ROOT = authority({ name: "SHA-1 Root", ...RSA });
const LEAF_ISSUER = issue(ROOT, { name: "no authority", ...RSA });

/** Identities: the certificate, and those that are sent with it. */
const PEERS = {
  pacs: [issue(ROOT, { name: "pacs", ...RSA, ...HERE })],
  ecdsa: [issue(ROOT, { name: "ecdsa", key: "ec", ...HERE })],
  ed25519: [issue(ROOT, { name: "ed25519", key: "ed25519", ...HERE })],
  chained: [issue(MIDDLE, { name: "chained", ...RSA, ...HERE }), MIDDLE],
  unchained: [issue(MIDDLE, { name: "unchained", ...RSA, ...HERE })],
  device: [selfSigned({ name: "device", ...RSA, ...HERE })],
  stranger: [selfSigned({ name: "stranger", ...RSA, ...HERE })],
  foreign: [issue(OTHER_ROOT, { name: "foreign", ...RSA, ...HERE })],
  "foreign-chained": [
    issue(OTHER_ROOT, { name: "foreign chained", ...RSA, ...HERE }),
    OTHER_ROOT,
  ],
  expired: [issue(ROOT, {
    name: "expired",
    ...RSA,
    notBefore: new Date(NOW - 400 * DAY),
    notAfter: new Date(NOW - 3.5 * DAY),
  })],
  future: [issue(ROOT, {
    name: "future",
    ...RSA,
    notBefore: new Date(NOW + 5.5 * DAY),
  })],
  "old-root": [issue(OLD_ROOT, { name: "under an old root", ...RSA })],
  "no-server": [issue(ROOT, {
    name: "no server",
    ...RSA,
    extendedKeyUsage: ["clientAuth"],
  })],
  "no-signing": [issue(ROOT, {
    name: "no signing",
    ...RSA,
    keyUsage: ["cRLSign"],
  })],
  "by-leaf": [
    issue(LEAF_ISSUER, { name: "by leaf", ...RSA }),
    LEAF_ISSUER,
  ],
  "too-long": [
    issue(MIDDLE_TOO_MANY, { name: "too long", ...RSA }),
    MIDDLE_TOO_MANY,
  ],
  spoilt: [issue(ROOT, { name: "spoilt", ...RSA, spoilt: true })],
  forged: [issue(FALSE_ROOT, {
    name: "forged",
    ...RSA,
    authorityKeyId: ROOT.subjectKeyId,
  })],
  revoked: [issue(ROOT, { name: "revoked", ...RSA })],
  "under-revoked": [
    issue(REVOKED_MIDDLE, { name: "under revoked", ...RSA }),
    REVOKED_MIDDLE,
  ],
  "weak-key": [issue(ROOT, { name: "weak key", ...WEAK })],
  "under-weak": [issue(WEAK_ROOT, { name: "under weak", ...RSA })],
  sha1: [issue(SHA1_ROOT, { name: "SHA-1", ...RSA, hash: "SHA1" })],
  md5: [issue(ROOT, { name: "MD5", ...RSA, hash: "MD5" })],
  version1: [issue(ROOT, { name: "version 1", ...RSA, version: 1 })],
  "forged-version1": [
    issue(FALSE_ROOT, { name: "forged version 1", ...RSA, version: 1 }),
  ],
  "self-version1": [selfSigned({ name: "old device", ...RSA, version: 1 })],
  unknown: [issue(ROOT, {
    name: "unknown extension",
    ...RSA,
    extensions: [{
      oid: "1.2.3.4",
      critical: true,
      value: Uint8Array.of(5, 0),
    }],
  })],
  "other-name": [issue(ROOT, {
    name: "localhost",
    ...RSA,
    dns: ["elsewhere.test"],
    ip: ["192.0.2.1"],
  })],
  "wild-name": [issue(ROOT, {
    name: "wild",
    ...RSA,
    dns: ["*.localhost", "*"],
  })],
  "only-common-name": [issue(ROOT, { name: "localhost", ...RSA })],
  "hostile-name": [issue(ROOT, {
    name: "pacs\nF: all is well\u001b[2J",
    ...RSA,
  })],
  scu: [issue(ROOT, {
    name: "scu",
    ...RSA,
    extendedKeyUsage: ["clientAuth"],
  })],
} satisfies Readonly<Record<string, readonly [Issued, ...Issued[]]>>;

export type PeerName = keyof typeof PEERS;

/** Of the peer's own certificate. */
export function certificateOf(peer: PeerName): Issued {
  const [own] = PEERS[peer];
  return own;
}

/** SHA-256, as it is shown. */
export function fingerprintOf({ der }: Issued): string {
  return createHash("sha256").update(der).digest("hex").toUpperCase()
    .replace(/(..)(?=.)/g, "$1:");
}

/** The kinds of keys that are tried in every format. */
export const KEYS: readonly KeyKind[] = [
  "rsa",
  "ec",
  "ec384",
  "ec521",
  "ed25519",
];

export const CLIENTS: ReadonlyMap<KeyKind, Issued> = new Map(
  KEYS.map((key) => [key, issue(ROOT, { name: `scu ${key}`, key })]),
);

const AUTHORITIES: Readonly<Record<string, Issued>> = {
  root: ROOT,
  "other-root": OTHER_ROOT,
  middle: MIDDLE,
  "short-root": SHORT_ROOT,
  "old-root-ca": OLD_ROOT,
  "weak-root": WEAK_ROOT,
  "sha1-root": SHA1_ROOT,
};

const LISTS = {
  // The root's, with both that it has revoked.
  crl: crl(ROOT, [
    { certificate: certificateOf("revoked"), reason: 1 },
    REVOKED_MIDDLE,
  ]),
  "crl-middle": crl(MIDDLE),
  "crl-revoked-middle": crl(REVOKED_MIDDLE),
  "crl-old": crl(ROOT, [], {
    thisUpdate: new Date(NOW - 40 * DAY),
    nextUpdate: new Date(NOW - 2.5 * DAY),
  }),
  "crl-spoilt": crl(ROOT, [], { spoilt: true }),
  "crl-other": crl(OTHER_ROOT),
};

/** Content by name; keys in other formats come from OpenSSL, see tls-files.ts. */
export function certificateFiles(): Record<string, string | Uint8Array> {
  const files: Record<string, string | Uint8Array> = {};
  for (const [name, [own, ...more]] of Object.entries(PEERS)) {
    files[`${name}.pem`] = own.pem;
    files[`${name}.key`] = own.keyPem;
    files[`${name}.chain`] = [own, ...more].map(({ pem }) => pem).join("");
    files[`${name}.der`] = own.der;
  }
  for (const [kind, { pem, der, keyPem }] of CLIENTS) {
    files[`client-${kind}.pem`] = pem;
    files[`client-${kind}.der`] = der;
    files[`client-${kind}.pkcs8.pem`] = keyPem;
  }
  for (const [name, { pem, der, keyPem }] of Object.entries(AUTHORITIES)) {
    files[`${name}.pem`] = pem;
    files[`${name}.der`] = der;
    files[`${name}.key`] = keyPem;
  }
  for (const [name, { pem, der }] of Object.entries(LISTS)) {
    files[`${name}.pem`] = pem;
    files[`${name}.der`] = der;
  }
  return {
    ...files,
    "bundle.pem": `A bundle\n\n${OTHER_ROOT.pem}\n# ours:\n${ROOT.pem}`,
    "root-and-middle.pem": ROOT.pem + MIDDLE.pem,
    "half-broken.pem": ROOT.pem +
      "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n",
    "garbage.pem": "This is no certificate, no key and no list.\n",
    "empty.pem": "",
  };
}

/** Files of folders, by the name of the folder. */
export const FOLDERS: Readonly<Record<string, readonly string[]>> = {
  "pem-folder": ["other-root.pem", "root.pem"],
  "der-folder": ["other-root.der", "root.der"],
  "bundle-folder": ["bundle.pem"],
  "empty-folder": [],
  "strange-folder": ["garbage.pem"],
};
