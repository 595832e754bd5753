import assert from "node:assert/strict";
import type { TlsSettings } from "../../../lib/tls/settings.ts";
import { readTrust, type Trust } from "../../../lib/tls/files/trust-files.ts";
import { fakeFiles } from "../../cli/fake-files.ts";
import { authority, crl, selfSigned } from "../../support/certificates.ts";
import { sequence } from "../../support/der.ts";
import { setupError, tlsSettings } from "../setup.ts";

const ONE = authority({ name: "One" });
const TWO = authority({ name: "Two" });
const DEVICE = selfSigned({ name: "device" });
const LIST = crl(ONE, []);
const CUT = ONE.pem.slice(0, 200);

type Contents = Parameters<typeof fakeFiles>[0];

async function read(
  contents: Contents,
  changes: Partial<TlsSettings>,
): Promise<Trust> {
  return await readTrust(tlsSettings(changes), fakeFiles(contents));
}

function names({ anchors }: Trust): readonly string[] {
  return anchors.map(({ subject }) => subject.text);
}

Deno.test("all certificates of all files are trusted, each once", async () => {
  const trust = await read(
    { a: ONE.pem + TWO.pem, b: `text\n${DEVICE.pem}`, c: ONE.pem },
    { certificateFiles: ["a", "b", "c"] },
  );
  assert.deepEqual(names(trust), ["/CN=One", "/CN=Two", "/CN=device"]);
});

Deno.test("with -der a file is one certificate or list", async () => {
  const trust = await read(
    { a: ONE.der, l: LIST.der, d: null, "d/x": TWO.der, "d/y": LIST.der },
    {
      fileFormat: "der",
      certificateFiles: ["a"],
      certificateDirectories: ["d"],
      crlFiles: ["l"],
    },
  );
  assert.deepEqual(names(trust), ["/CN=One", "/CN=Two"]);
  assert.equal(trust.crls.length, 2);
});

Deno.test("a folder gives what its files have, whatever their names are", async () => {
  const trust = await read(
    {
      d: null,
      "d/1": ONE.pem,
      "d/3387b84d.0": TWO.pem + DEVICE.pem,
      "d/3387b84d.r0": LIST.pem,
      "d/key.pem": ONE.keyPem,
      "d/readme": "text",
      "d/cut": CUT,
      "d/locked": undefined,
      "d/sub": null,
    },
    { certificateDirectories: ["d"] },
  );
  assert.deepEqual(names(trust), ["/CN=One", "/CN=Two", "/CN=device"]);
  assert.equal(trust.crls.length, 1);
  assert.deepEqual(
    trust.notes.map(({ level, text }) => `${level} ${text.split(":")[0]}`),
    [
      "warn ignoring file 'd/cut'",
      "debug ignoring file 'd/key.pem'",
      "warn ignoring file 'd/locked'",
      "debug ignoring file 'd/readme'",
    ],
  );
});

Deno.test("a file that is given and cannot be used is an error", async () => {
  const cases: readonly (readonly [Contents, RegExp])[] = [
    [{}, /no such file/],
    [{ f: null }, /is a folder/],
    [{ f: undefined }, /may not be read/],
    [{ f: "text" }, /no certificate in PEM form/],
    [{ f: ONE.keyPem }, /but PRIVATE KEY/],
    [{ f: ONE.der }, /try -der/],
    [{ f: CUT }, /CERTIFICATE at line 1/],
    [{ f: TWO.pem + CUT }, /CERTIFICATE at line/],
  ];
  for (const [contents, expected] of cases) {
    const [text, cause] = await setupError(
      read(contents, { certificateFiles: ["f"] }),
    );
    assert.equal(text, "000b:0008 unable to load certificate file 'f'");
    assert.match(cause, expected);
  }
});

Deno.test("a folder that is given and cannot be used is an error", async () => {
  const cases: readonly (readonly [Contents, RegExp])[] = [
    [{}, /no such folder/],
    [{ d: ONE.pem }, /not a folder.*\+cf/],
    [{ d: null }, /no file in it has a certificate in PEM form/],
    [{ d: null, "d/x": ONE.der }, /no file in it/],
  ];
  for (const [contents, expected] of cases) {
    const [text, cause] = await setupError(
      read(contents, { certificateDirectories: ["d"] }),
    );
    assert.equal(
      text,
      "000b:0008 unable to load certificates from directory 'd'",
    );
    assert.match(cause, expected);
  }
});

Deno.test("a revocation list that is given and cannot be used is an error", async () => {
  for (
    const [contents, expected] of [
      [{}, /no such file/],
      [{ l: ONE.pem }, /but CERTIFICATE/],
      [{ l: LIST.pem.slice(0, 100) }, /X509 CRL at line 1/],
    ] as const
  ) {
    const [text, cause] = await setupError(read(contents, { crlFiles: ["l"] }));
    assert.equal(text, "000b:0008 unable to load CRL file 'l'");
    assert.match(cause, expected);
  }
});

Deno.test("a certificate beside a revocation list of +crl is not trusted", async () => {
  const trust = await read({ l: ONE.pem + LIST.pem }, { crlFiles: ["l"] });
  assert.deepEqual(names(trust), []);
  assert.equal(trust.crls.length, 1);
});

Deno.test("what a file is called does no harm to a terminal", async () => {
  const name = "a\x1b[2J";
  const [text] = await setupError(read({}, { certificateFiles: [name] }));
  assert.ok(!text.includes("\x1b"));
});

Deno.test("a revocation list of a kind that is not supported is warned of", async () => {
  const part = crl(ONE, [], {
    extensions: [{ oid: "2.5.29.28", critical: true, value: sequence() }],
  });
  const trust = await read(
    {
      bundle: ONE.pem + part.pem,
      l: part.pem + LIST.pem,
      d: null,
      "d/r0": part.pem,
    },
    {
      certificateFiles: ["bundle"],
      crlFiles: ["l"],
      certificateDirectories: ["d"],
    },
  );
  assert.deepEqual(names(trust), ["/CN=One"]);
  assert.equal(trust.crls.length, 1);
  const why = "a revocation list for one distribution point is not supported";
  const line = ONE.pem.split("\n").length;
  assert.deepEqual(trust.notes.map(({ level, text }) => `${level} ${text}`), [
    `warn ignoring a revocation list of 'bundle': X509 CRL at line ${line}: ` +
    why,
    `warn ignoring a revocation list of 'd/r0': X509 CRL at line 1: ${why}`,
    `warn ignoring a revocation list of 'l': X509 CRL at line 1: ${why}`,
  ]);
});
