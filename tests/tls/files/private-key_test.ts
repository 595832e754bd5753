import assert from "node:assert/strict";
import { generateKeyPairSync, type KeyObject } from "node:crypto";
import { toPem } from "../../../lib/base/pem.ts";
import {
  openPrivateKey,
  type PrivateKey,
} from "../../../lib/tls/files/private-key.ts";
import { authority, selfSigned } from "../../support/certificates.ts";
import { integer, octets, oid, sequence } from "../../support/der.ts";
import {
  ENCRYPTED_KEYS,
  PASSWORD,
  PLAIN_KEY,
  UNSUPPORTED_KEYS,
} from "../encrypted-keys.ts";
import { TlsSetupError } from "../../../lib/tls/setup-error.ts";
import { setupError } from "../setup.ts";

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);

/** @param password undefined: nobody may ask for it */
async function open(
  content: string | Uint8Array,
  password?: string,
  format: "pem" | "der" = "pem",
): Promise<PrivateKey> {
  const bytes = typeof content === "string" ? bytesOf(content) : content;
  return await openPrivateKey("k.pem", bytes, format, () => {
    assert.ok(password !== undefined, "a password is asked for");
    return Promise.resolve(bytesOf(password));
  });
}

async function causeOf(opened: Promise<PrivateKey>): Promise<string> {
  const [text, cause] = await setupError(opened);
  assert.equal(text, "000b:0004 Unable to load private TLS key from 'k.pem'");
  return cause;
}

const RSA = generateKeyPairSync("rsa", { modulusLength: 2048 }).privateKey;
const EC = generateKeyPairSync("ec", { namedCurve: "P-384" }).privateKey;
const ED25519 = generateKeyPairSync("ed25519").privateKey;

const FORMS: readonly (readonly [KeyObject, "pkcs8" | "pkcs1" | "sec1"])[] = [
  [RSA, "pkcs8"],
  [RSA, "pkcs1"],
  [EC, "pkcs8"],
  [EC, "sec1"],
  [ED25519, "pkcs8"],
];

for (const [key, type] of FORMS) {
  const name = `${key.asymmetricKeyType} key as ${type}`;
  const pem = String(key.export({ type, format: "pem" }));
  const der = new Uint8Array(key.export({ type, format: "der" }));

  Deno.test(`opens ${name} in PEM, without asking for a password`, async () => {
    const opened = await open(pem);
    assert.ok(opened.object.equals(key));
    assert.match(opened.pem, /^-----BEGIN PRIVATE KEY-----\n/);
  });

  Deno.test(`opens ${name} in DER, without asking for a password`, async () => {
    assert.ok((await open(der, undefined, "der")).object.equals(key));
  });
}

for (const [name, pem] of Object.entries(ENCRYPTED_KEYS)) {
  Deno.test(`opens a key encrypted with ${name}`, async () => {
    const opened = await open(pem, PASSWORD);
    assert.ok(opened.object.equals((await open(PLAIN_KEY)).object));
    assert.ok(!opened.pem.includes("ENCRYPTED"));
  });

  Deno.test(`tells a wrong password for ${name}, and does not show it`, async () => {
    const cause = await causeOf(open(pem, "hunter2"));
    assert.match(cause, /^the password is wrong/);
    assert.ok(!cause.includes("hunter2"));
    assert.match(await causeOf(open(pem, "")), /not the empty one/);
  });
}

Deno.test("no wrong password opens a key, whatever it decrypts to", async () => {
  const pem = ENCRYPTED_KEYS["legacy PEM, AES-128"] ?? "";
  for (let i = 0; i < 600; i++) {
    assert.match(await causeOf(open(pem, `no${i}`)), /^the password is wrong/);
  }
});

for (const [name, pem] of Object.entries(UNSUPPORTED_KEYS)) {
  Deno.test(`names the algorithm ${name} as one that is not supported`, async () => {
    const cause = await causeOf(open(pem, PASSWORD));
    assert.match(cause, /not supported/);
    assert.ok(cause.includes(name));
  });
}

Deno.test("so many iterations that it would take minutes are refused", async () => {
  const aes = sequence(
    oid("2.16.840.1.101.3.4.1.42"),
    octets(new Uint8Array(16)),
  );
  const derivation = sequence(
    oid("1.2.840.113549.1.5.12"),
    sequence(octets(new Uint8Array(8)), integer(2_000_000_000)),
  );
  const scheme = sequence(
    oid("1.2.840.113549.1.5.13"),
    sequence(derivation, aes),
  );
  const der = sequence(scheme, octets(new Uint8Array(64)));
  const pem = toPem("ENCRYPTED PRIVATE KEY", der);
  assert.match(await causeOf(open(pem, PASSWORD)), /2000000000 iterations/);
});

Deno.test("finds the key behind curve parameters and certificates", async () => {
  const text = "Bag Attributes\n" + authority({ name: "ca" }).pem +
    toPem("EC PARAMETERS", oid("1.2.840.10045.3.1.7")) +
    String(EC.export({ type: "sec1", format: "pem" }));
  assert.ok((await open(text)).object.equals(EC));
});

Deno.test("says what a file has in place of a key", async () => {
  const { pem, der } = selfSigned({ name: "x" });
  const ec = new Uint8Array(EC.export({ type: "pkcs8", format: "der" }));
  const cases = [
    [pem, "pem", /no private key in it but CERTIFICATE/],
    ["", "pem", /not a key in PEM form/],
    ["nonsense", "pem", /not a key in PEM form/],
    [ec, "pem", /perhaps DER: try -der/],
    [der, "der", /no private key in it/],
    [String(EC.export({ type: "sec1", format: "pem" })), "der", /-der out/],
    ["nonsense", "der", /not a key in DER form/],
    [ec.subarray(0, 50), "der", /not a key in DER form/],
    [sequence(integer(3), sequence(sequence())), "der", /PKCS #12/],
    [toPem("OPENSSH PRIVATE KEY", der), "pem", /OPENSSH PRIVATE KEY is not/],
    [toPem("PRIVATE KEY", der), "pem", /contents are no private key/],
    [toPem("ENCRYPTED PRIVATE KEY", ec), "pem", /encrypted contents are dam/],
    ["-----BEGIN PRIVATE KEY-----\nAAEC\n", "pem", /damaged or cut short/],
  ] as const;
  for (const [content, format, expected] of cases) {
    assert.match(await causeOf(open(content, PASSWORD, format)), expected);
  }
});

Deno.test("a key of a kind that is not supported is told from no key", async () => {
  const brainpool = sequence(
    integer(0),
    sequence(oid("1.2.840.10045.2.1"), oid("1.3.36.3.3.2.8.1.1.7")),
    octets(sequence(integer(1), octets(new Uint8Array(32).fill(1)))),
  );
  const pem = toPem("PRIVATE KEY", brainpool);
  assert.match(await causeOf(open(pem)), /kind that is not supported/);
});

const AES = sequence(
  oid("2.16.840.1.101.3.4.1.42"),
  octets(new Uint8Array(16)),
);

function encrypted(derivation: Uint8Array): string {
  const scheme = sequence(
    oid("1.2.840.113549.1.5.13"),
    sequence(derivation, AES),
  );
  const der = sequence(scheme, octets(new Uint8Array(64)));
  return toPem("ENCRYPTED PRIVATE KEY", der);
}

function pbkdf2(salt: number, iterations: number): string {
  const values = sequence(octets(new Uint8Array(salt)), integer(iterations));
  return encrypted(sequence(oid("1.2.840.113549.1.5.12"), values));
}

function scrypt(n: number, r: number, p: number, salt = 8): string {
  const numbers = [n, r, p].map(integer);
  const values = sequence(octets(new Uint8Array(salt)), ...numbers);
  return encrypted(sequence(oid("1.3.6.1.4.1.11591.4.11"), values));
}

Deno.test("scrypt is done up to what OpenSSL does, and not beyond", async () => {
  for (const [n, r, p] of [[16384, 8, 1], [2, 1, 1], [1024, 8, 16]] as const) {
    assert.match(
      await causeOf(open(scrypt(n, r, p), "x")),
      /password is wrong/,
    );
  }
  for (
    const [n, r, p] of [
      [2 ** 18, 8, 16],
      [2, 1_000_000, 16],
      [2 ** 20, 1, 1],
      [16384, 8, 17],
      [1024, 1, 1_000_000],
      [2 ** 30, 2 ** 30, 2 ** 30],
      [3, 1, 1],
      [1, 1, 1],
      [2, 0, 1],
    ] as const
  ) {
    const cause = await causeOf(open(scrypt(n, r, p), "x"));
    assert.match(cause, /not supported \(scrypt with N=/);
  }
});

Deno.test("what the runtime does not derive is not supported, no fault", async () => {
  // N must be below 2 to the power of 16 r (RFC 7914 section 6).
  const cause = await causeOf(open(scrypt(2 ** 16, 1, 1), "x"));
  assert.match(cause, /not supported \(scrypt/);
});

Deno.test("a salt that has no end is refused", async () => {
  const pkcs12 = sequence(
    sequence(
      oid("1.2.840.113549.1.12.1.3"),
      sequence(octets(new Uint8Array(500_000)), integer(1)),
    ),
    octets(new Uint8Array(64)),
  );
  for (
    const pem of [
      pbkdf2(1025, 1),
      scrypt(2, 1, 1, 1025),
      toPem("ENCRYPTED PRIVATE KEY", pkcs12),
    ]
  ) assert.match(await causeOf(open(pem, "x")), /a salt of \d+ bytes/);
  assert.match(await causeOf(open(pbkdf2(1024, 1), "x")), /password is wrong/);
});

Deno.test({
  name: "a key that takes long is given up when the program is to end",
  // The derivation that is under way cannot be called back.
  sanitizeOps: false,
  fn: async () => {
    const abort = new AbortController();
    const bytes = bytesOf(pbkdf2(8, 300_000));
    const ask = (): Promise<Uint8Array> => {
      queueMicrotask(() => abort.abort());
      return Promise.resolve(bytesOf("x"));
    };
    await assert.rejects(
      openPrivateKey("k", bytes, "pem", ask, abort.signal),
      (error) => error instanceof TlsSetupError && error.interrupted,
    );
  },
});

Deno.test("a key in a file with a byte order mark is opened", async () => {
  const pem = String(EC.export({ type: "sec1", format: "pem" }));
  assert.ok((await open(`\ufeff${pem}`)).object.equals(EC));
});
