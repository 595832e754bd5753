/** Our own key and certificate: every format, and every fault. */

import type { KeyKind } from "../../support/certificates.ts";
import { KEYS } from "../tls-certificates.ts";
import {
  differing,
  failing,
  type Line,
  OPENSSL_ERROR,
  type TlsCase,
  verified,
} from "../tls-case.ts";
import {
  CERTIFICATE_NOT_LOADED,
  ENCRYPTED_DER,
  LAST_LINE,
  OPENSSL_NUMBERS,
  TRUST_IS_NEEDED,
} from "../tls-deviations.ts";
import { PASSWORD } from "../tls-files.ts";
import type { TlsPeer } from "../tls-peers.ts";

/** It lets nobody in who does not show a certificate of the root. */
const DEMANDING: TlsPeer = {
  kind: "storescp",
  identity: "pacs",
  args: ["-rc"],
};

const PEM = ["+cf", "root.pem"];
const DER = ["-der", "+cf", "root.der"];
const PROMPT = "Enter PEM pass phrase:";
const PROMPTED = { stdin: `${PASSWORD}\n`, says: [PROMPT] };
/** Why encrypted DER files are no case for the reference. */
const UNSUPPORTED = differing(ENCRYPTED_DER, 1, OPENSSL_ERROR);

interface Format {
  readonly name: string;
  readonly key: string;
  readonly options: readonly string[];
  readonly more?: Partial<TlsCase>;
}

/** All kinds of keys have these. */
const PKCS8: readonly Format[] = [
  { name: "PKCS#8", key: "pkcs8.pem", options: ["-pw", ...PEM] },
  { name: "PKCS#8 in DER", key: "pkcs8.der", options: ["-pw", ...DER] },
  {
    name: "encrypted PKCS#8 and +pw",
    key: "encrypted.pem",
    options: ["+pw", PASSWORD, ...PEM],
  },
  {
    name: "encrypted PKCS#8 and +ps",
    key: "encrypted.pem",
    options: ["+ps", ...PEM],
    more: PROMPTED,
  },
  {
    name: "encrypted PKCS#8 in DER and +pw",
    key: "encrypted.der",
    options: ["+pw", PASSWORD, ...DER],
    more: UNSUPPORTED,
  },
];

/** RSA has PKCS#1, curves have SEC1. */
const TRADITIONAL: readonly Format[] = [
  { name: "traditional", key: "traditional.pem", options: PEM },
  {
    name: "traditional in DER",
    key: "traditional.der",
    options: ["-pw", ...DER],
  },
  {
    name: "legacy encryption and +pw",
    key: "legacy.pem",
    options: ["+pw", PASSWORD, ...PEM],
  },
  {
    name: "legacy encryption and no option",
    key: "legacy.pem",
    options: PEM,
    more: PROMPTED,
  },
];

function formatsOf(kind: KeyKind): readonly Format[] {
  return kind === "ed25519" ? PKCS8 : [...PKCS8, ...TRADITIONAL];
}

/** Keys of every kind in every format. */
export const FORMATS: readonly TlsCase[] = KEYS.flatMap((kind) =>
  formatsOf(kind).map(({ name, key, options, more }) => {
    const form = options.includes("-der") ? "der" : "pem";
    const own = ["+tls", `client-${kind}.${key}`, `client-${kind}.${form}`];
    return verified(`${kind}: ${name}`, DEMANDING, [...own, ...options], more);
  })
);

const RSA = "client-rsa.pem";
const KEY = "client-rsa.pkcs8.pem";
const LOCKED = "client-rsa.encrypted.pem";

function badKey(
  name: string,
  file: string,
  options: readonly string[],
  cause: string,
): TlsCase {
  return failing(name, DEMANDING, ["+tls", file, RSA, ...options, ...PEM], [
    `F: 000b:0004 Unable to load private TLS key from '${file}'`,
    `F: 000b:0f10 ${cause}`,
  ], differing(OPENSSL_NUMBERS, 1, OPENSSL_ERROR));
}

const WRONG_PASSWORD =
  "the password is wrong: give the one that the key was encrypted with";

/** Keys that cannot be used. */
export const KEY_FAULTS: readonly TlsCase[] = [
  badKey("a wrong password", LOCKED, ["+pw", "wrong"], WRONG_PASSWORD),
  badKey(
    "a wrong password for legacy encryption",
    "client-rsa.legacy.pem",
    ["+pw", "wrong"],
    WRONG_PASSWORD,
  ),
  badKey(
    "the empty password is not it",
    LOCKED,
    ["-pw"],
    "it is encrypted and its password is not the empty one: give it with +ps " +
      "or +pw",
  ),
  badKey(
    "no such file",
    "nokey",
    ["-pw"],
    "there is no such file: check the path",
  ),
  badKey(
    "a folder",
    "pem-folder",
    ["-pw"],
    "it is a folder, not a file: name a file in it",
  ),
  badKey(
    "a certificate",
    RSA,
    ["-pw"],
    "there is no private key in it but CERTIFICATE: name the file that has " +
      "the key",
  ),
  badKey(
    "garbage",
    "garbage.pem",
    ["-pw"],
    "it is not a key in PEM form: name the file that has the key",
  ),
  badKey(
    "an empty file",
    "empty.pem",
    ["-pw"],
    "it is not a key in PEM form: name the file that has the key",
  ),
  badKey(
    "DER where PEM is expected",
    "client-rsa.pkcs8.der",
    ["-pw"],
    "it is not in PEM form but perhaps DER: try -der",
  ),
  ...[
    ["a wrong password from a pipe", "wrong\n", WRONG_PASSWORD],
    [
      "no password in the pipe",
      "",
      "it is encrypted and standard input has no password: type it, pipe it " +
      "in or give it with +pw",
    ],
  ].map(([name = "", stdin = "", cause = ""]) =>
    failing(name, DEMANDING, ["+tls", LOCKED, RSA, ...PEM], [
      PROMPT,
      `F: 000b:0004 Unable to load private TLS key from '${LOCKED}'`,
      `F: 000b:0f10 ${cause}`,
    ], { stdin })
  ),
  verified(
    "a password without the end of its line",
    DEMANDING,
    ["+tls", "client-rsa.legacy.pem", RSA, ...PEM],
    { stdin: PASSWORD, says: [PROMPT], ...differing(LAST_LINE, 1, PROMPT) },
  ),
];

function badCertificate(
  name: string,
  file: string,
  cause: string,
): TlsCase {
  return failing(name, DEMANDING, ["+tls", KEY, file, "-pw", ...PEM], [
    `F: 000b:0005 Unable to load certificate from '${file}'`,
    `F: 000b:0f11 ${cause}`,
  ], differing(CERTIFICATE_NOT_LOADED, 1, OPENSSL_ERROR));
}

function noMatch(name: string, key: string): TlsCase {
  const says: readonly Line[] = [
    `F: 000b:0006 Private key '${key}' and certificate '${RSA}' do not match`,
    "F: 000b:0f12 the certificate is for another key (/CN=scu rsa, RSA): " +
    "name the key that it was made with",
  ];
  return failing(name, DEMANDING, ["+tls", key, RSA, "-pw", ...PEM], says);
}

/** Certificates of our own that cannot be used. */
export const CERTIFICATE_FAULTS: readonly TlsCase[] = [
  badCertificate(
    "no such file",
    "nofile",
    "there is no such file: check the path",
  ),
  badCertificate(
    "a key",
    KEY,
    "there is no certificate in it but PRIVATE KEY: name a file that has one",
  ),
  badCertificate(
    "garbage",
    "garbage.pem",
    "there is no certificate in PEM form in it: name a file that has one",
  ),
  noMatch("a key of another kind", "client-ec.pkcs8.pem"),
  noMatch("another key of the same kind", "root.key"),
  failing(
    "PEM where DER is expected",
    DEMANDING,
    ["+tls", KEY, RSA, "-pw", "-der", ...PEM],
    [
      "F: 000b:0008 unable to load certificate file 'root.pem'",
      "F: 000b:0f14 it is not in DER form but PEM: leave -der out",
    ],
    differing(TRUST_IS_NEEDED, 1, OPENSSL_ERROR),
  ),
];
