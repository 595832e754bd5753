/** +vc, +rc, +cc and +ph: no connection at all. */

import {
  DATE,
  type Line,
  NEWER_OPTION,
  OPENSSL_ERROR,
  type TlsCase,
  x509,
} from "../tls-case.ts";
import {
  LIST_OF_SUITES,
  OFFLINE_CAUSE,
  OFFLINE_TRUST,
  TRUST_IS_NEEDED,
} from "../tls-deviations.ts";

const PASSED = 0;
const BAD_FILE = 22;

function check(
  name: string,
  file: string,
  options: readonly string[],
  causes: readonly Line[],
  more: Partial<TlsCase> = {},
): TlsCase {
  const good = causes.length === 0;
  return {
    name,
    args: ["+tla", ...options, "+vc", file],
    exit: good ? PASSED : BAD_FILE,
    prints: [
      `Verification of certificate '${file}' ${good ? "passed" : "failed"}.`,
    ],
    says: causes,
    ...more,
  };
}

const ROOT = ["+cf", "root.pem"];

function because(code: string, words: string, detail: string): Line[] {
  return [
    `E: certificate verification failed: ${words}`,
    x509(code, words.replace("self-", "self "), detail).replace("F:", "E:"),
  ];
}

/** How the reference says it: in the first line, or not at all. */
const NO_WORD: Pick<TlsCase, "reference"> = {
  reference: { deviation: OFFLINE_CAUSE, exit: BAD_FILE },
};

export const CHECKED: readonly TlsCase[] = [
  check("good", "pacs.pem", ROOT, []),
  check("an intermediate in the same file", "chained.chain", ROOT, []),
  check("an intermediate that is given", "unchained.pem", [
    ...[...ROOT, "+cf", "middle.pem"],
  ], []),
  check("a device that is its own anchor", "device.pem", [
    ...["+cf", "device.pem"],
  ], []),
  check("a root", "root.pem", ROOT, []),
  check("good, and not revoked", "pacs.pem", [
    ...[...ROOT, "+crl", "crl.pem"],
  ], []),
  check("good for clients only", "no-server.pem", ROOT, []),
  check(
    "expired",
    "expired.pem",
    ROOT,
    because(
      "040a",
      "certificate has expired",
      `/CN=expired has expired on ${DATE}, 3 days ago; it must be renewed`,
    ),
  ),
  check(
    "not yet valid",
    "future.pem",
    ROOT,
    because(
      "0409",
      "certificate is not yet valid",
      `/CN=future is valid from ${DATE}, 5 days ahead; check the clocks of ` +
        "both sides",
    ),
  ),
  check(
    "revoked",
    "revoked.pem",
    [...ROOT, "+crl", "crl.pem"],
    because(
      "0417",
      "certificate revoked",
      `/CN=revoked was revoked on ${DATE} (keyCompromise); the peer needs a ` +
        "new one",
    ),
  ),
  check(
    "of another authority",
    "foreign.pem",
    ROOT,
    because(
      "0414",
      "unable to get local issuer certificate",
      "the issuer of /CN=foreign is not known; give the certificate of " +
        "/CN=Other Root with +cf, or the peer must send it",
    ),
  ),
  check("no such file", "nofile", ROOT, [
    "E: Cannot open certificate file 'nofile'",
    "E: there is no such file: check the path",
  ]),
  check("a key", "root.key", ROOT, [
    "E: Not a PEM certificate file: 'root.key'",
    "E: there is no certificate in it but PRIVATE KEY: name a file that has one",
  ]),
  {
    name: "a file that is trusted cannot be used",
    args: ["+tla", "+cf", "nofile", "+vc", "pacs.pem"],
    exit: 1,
    says: [
      "F: 000b:0008 unable to load certificate file 'nofile'",
      "F: 000b:0f14 there is no such file: check the path",
    ],
    reference: {
      deviation: TRUST_IS_NEEDED,
      exit: BAD_FILE,
      first: OPENSSL_ERROR,
      otherOutput: true,
    },
  },
  {
    ...check("good, without TLS", "pacs.pem", ROOT, []),
    args: [...ROOT, "+vc", "pacs.pem"],
    reference: {
      deviation: OFFLINE_TRUST,
      exit: 1,
      first: /^\$dcmtk: echoscu v/,
      otherOutput: true,
    },
  },
];

function root(
  name: string,
  file: string,
  causes: readonly Line[],
  more: Partial<TlsCase> = {},
): TlsCase {
  const good = causes.length === 0;
  return {
    name,
    args: ["+rc", file],
    exit: good ? PASSED : BAD_FILE,
    prints: [
      `Certificate '${file}' ${good ? "is" : "is not"} a valid, self-signed ` +
      "root CA.",
    ],
    says: causes,
    ...more,
  };
}

export const ROOTS: readonly TlsCase[] = [
  root("a root", "root.pem", []),
  root("a weak root", "weak-root.pem", []),
  root("a device", "device.pem", []),
  root("a device of version 1", "self-version1.pem", []),
  root("a bundle that begins with a root", "bundle.pem", []),
  root("an end entity", "pacs.pem", [
    x509(
      "0414",
      "unable to get local issuer certificate",
      "the issuer of /CN=pacs is not known; give the certificate of /CN=Root " +
        "with +cf, or the peer must send it",
    ).replace("F:", "E:"),
  ], NO_WORD),
  root("an intermediate", "middle.pem", [
    x509(
      "0414",
      "unable to get local issuer certificate",
      "the issuer of /CN=Middle is not known; give the certificate of " +
        "/CN=Root with +cf, or the peer must send it",
    ).replace("F:", "E:"),
  ], NO_WORD),
  root("a root that has expired", "old-root-ca.pem", [
    x509(
      "040a",
      "certificate has expired",
      `/CN=Old Root has expired on ${DATE}, 10 days ago; it must be renewed`,
    ).replace("F:", "E:"),
  ], NO_WORD),
  ...[
    ["no such file", "nofile", "there is no such file: check the path"],
    ["DER", "root.der", "it is not in PEM form but perhaps DER: try -der"],
    [
      "a key",
      "root.key",
      "there is no certificate in it but PRIVATE KEY: name a file that has one",
    ],
    [
      "garbage",
      "garbage.pem",
      "there is no certificate in PEM form in it: name a file that has one",
    ],
  ].map(([name = "", file = "", cause = ""]) =>
    root(name, file, [
      `E: Cannot read certificate file '${file}'`,
      `E: ${cause}`,
    ])
  ),
];

const LINES = [
  /^\$echoscu: echoscu v[\d.]+\S* \d{4}-\d\d-\d\d \$$/,
  "",
  "echoscu: DICOM verification (C-ECHO) SCU",
  "",
  /^Cryptographic algorithms implemented by: Deno \S+ \(built-in\), OpenSSL /,
  "",
];

const SUITE = /^ {2}TLS_[A-Z0-9_]+ +(built-in, openssl|built-in|openssl)$/;

/** How many suites there are depends on the program that is installed. */
export const LISTS: readonly TlsCase[] = [
  {
    name: "+ph",
    args: ["+ph"],
    exit: 0,
    prints: [
      ...LINES,
      "Supported TLS Secure Transport Connection Profiles are:",
      "- BCP 195 RFC 8996 TLS Profile (default): built-in, openssl",
      /^- Modified BCP 195 RFC 8996 TLS Profile: built-in \(9 of 15 suites\)/,
      /^- Non-downgrading BCP 195 TLS Profile \(retired\): built-in \(5 of 7 s/,
      /^- BCP 195 TLS Profile \(retired\): built-in \(5 of 9 suites\), openssl/,
      /^- Extended BCP 195 TLS Profile \(retired\): built-in \(4 of 6 suites\)/,
      /^- AES TLS Secure Transport Connection Profile \(retired\): openssl/,
      "- Authenticated unencrypted communication (retired): openssl",
    ],
    ...NEWER_OPTION,
  },
  {
    name: "+cc",
    args: ["+cc"],
    exit: 0,
    prints: [
      ...LINES,
      "Supported TLS ciphersuites are:",
      ...Array.from({ length: 49 }, () => SUITE),
    ],
    reference: {
      deviation: LIST_OF_SUITES,
      exit: 0,
      otherOutput: true,
    },
  },
];
