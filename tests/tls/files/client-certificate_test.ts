import assert from "node:assert/strict";
import { loadClientCertificate } from "../../../lib/tls/files/client-certificate.ts";
import type { LoadedClientCertificate } from "../../../lib/tls/files/client-certificate.ts";
import type { TlsSettings } from "../../../lib/tls/settings.ts";
import { fakeFiles } from "../../cli/fake-files.ts";
import {
  authority,
  crl,
  DAY,
  issue,
  selfSigned,
} from "../../support/certificates.ts";
import { setupError, tlsSettings } from "../setup.ts";

const ROOT = authority({ name: "Root" });
const LEAF = issue(ROOT, { name: "scu" });
const NOW = new Date();

type Contents = Parameters<typeof fakeFiles>[0];

async function load(
  contents: Contents,
  changes: Partial<TlsSettings> = {},
  now = NOW,
): Promise<LoadedClientCertificate> {
  const settings = tlsSettings({
    clientCertificate: {
      keyFile: "key",
      certificateFile: "cert",
      password: { from: "empty" },
    },
    ...changes,
  });
  const loaded = await loadClientCertificate(
    settings,
    fakeFiles(contents),
    () => assert.fail("a password is asked for"),
    now,
  );
  return loaded ?? assert.fail("nothing is loaded");
}

Deno.test("without +tls there is no client certificate", async () => {
  const files = fakeFiles();
  const ask = (): never => assert.fail("a password is asked for");
  const loaded = await loadClientCertificate(tlsSettings(), files, ask, NOW);
  assert.equal(loaded, undefined);
});

for (const kind of ["ec", "rsa", "ed25519"] as const) {
  Deno.test(`takes a key and certificate of ${kind}, with its chain`, async () => {
    const own = issue(ROOT, { name: "own", key: kind });
    const loaded = await load({ key: own.keyPem, cert: own.pem + ROOT.pem });
    assert.equal(loaded.use.keyPem, own.keyPem);
    assert.equal(loaded.use.chainPem, own.pem + ROOT.pem);
    assert.deepEqual(loaded.chain.map(({ subject }) => subject.text), [
      "/CN=own",
      "/CN=Root",
    ]);
    assert.deepEqual(loaded.notes, []);
  });
}

Deno.test("takes key and certificate in DER", async () => {
  const contents = { key: LEAF.keyDer, cert: LEAF.der };
  const loaded = await load(contents, { fileFormat: "der" });
  assert.equal(loaded.use.chainPem, LEAF.pem);
});

Deno.test("one file with both is read once, for it may be a pipe", async () => {
  const files = fakeFiles({ both: LEAF.pem + LEAF.keyPem });
  let reads = 0;
  const clientCertificate = {
    keyFile: "both",
    certificateFile: "both",
    password: { from: "empty" },
  } as const;
  const loaded = await loadClientCertificate(
    tlsSettings({ clientCertificate }),
    {
      ...files,
      read: (path, limit) => {
        reads++;
        return files.read(path, limit);
      },
    },
    () => assert.fail("a password is asked for"),
    NOW,
  );
  assert.equal(reads, 1);
  assert.equal(loaded?.use.chainPem, LEAF.pem);
});

Deno.test("each fault of the files is one error with its cause", async () => {
  const key = "000b:0004 Unable to load private TLS key from 'key'";
  const cert = "000b:0005 Unable to load certificate from 'cert'";
  const cases: readonly (readonly [Contents, string, RegExp])[] = [
    [{}, key, /no such file/],
    [{ key: null }, key, /is a folder/],
    [{ key: undefined }, key, /may not be read/],
    [{ key: LEAF.pem, cert: LEAF.pem }, key, /but CERTIFICATE/],
    [{ key: LEAF.keyPem }, cert, /no such file/],
    [{ key: LEAF.keyPem, cert: null }, cert, /is a folder/],
    [{ key: LEAF.keyPem, cert: undefined }, cert, /may not be read/],
    [{ key: LEAF.keyPem, cert: "nonsense" }, cert, /no certificate in PEM/],
    [{ key: LEAF.keyPem, cert: LEAF.keyPem }, cert, /but PRIVATE KEY/],
    [{ key: LEAF.keyPem, cert: LEAF.der }, cert, /try -der/],
    [{ key: LEAF.keyPem, cert: crl(ROOT, []).pem }, cert, /but X509 CRL/],
    [
      { key: LEAF.keyPem, cert: LEAF.pem + ROOT.pem.slice(0, 200) },
      cert,
      /CERTIFICATE at line .*take a whole copy/,
    ],
  ];
  for (const [contents, text, expected] of cases) {
    const [actual, cause] = await setupError(load(contents));
    assert.equal(actual, text);
    assert.match(cause, expected);
  }
});

Deno.test("a key and a certificate that do not belong together are refused", async () => {
  for (const other of ["ec", "rsa", "ed25519"] as const) {
    const { keyPem } = selfSigned({ name: "other", key: other });
    const [text, cause] = await setupError(
      load({ key: keyPem, cert: LEAF.pem }),
    );
    assert.equal(
      text,
      "000b:0006 Private key 'key' and certificate 'cert' do not match",
    );
    assert.match(cause, /for another key \(\/CN=scu, EC\)/);
  }
});

Deno.test("a chain in the wrong order is told from a wrong key", async () => {
  const contents = { key: LEAF.keyPem, cert: ROOT.pem + LEAF.pem };
  const [text, cause] = await setupError(load(contents));
  assert.match(text, /do not match$/);
  assert.match(cause, /^certificate 2 of the file is the one .*put it first/);
});

Deno.test("weak certificates are warned of in the words of the reference", async () => {
  const short = selfSigned({ name: "x", key: "rsa1024" });
  const sha1 = selfSigned({ name: "x", key: "rsa", hash: "SHA1" });
  const texts = [];
  for (const { keyPem, pem } of [short, sha1]) {
    const { notes } = await load({ key: keyPem, cert: pem });
    texts.push(...notes.map(({ level, text }) => `${level} ${text}`));
  }
  assert.deepEqual(texts, [
    "warn Key length of RSA public key too short: RFC 7525 recommends at " +
    "least 2048 bits for RSA keys, but the key in certificate file 'cert' " +
    "is only 1024 bits.",
    "warn Certificate hash key not SHA-256: RFC 7525 recommends the use of " +
    "SHA-256 for RSA certificates, but certificate file 'cert' uses " +
    "'RSA-SHA1'.",
  ]);
});

Deno.test("the modified profile refuses weak certificates", async () => {
  const profile = "8996-mod";
  const short = selfSigned({ name: "x", key: "rsa1024" });
  const sha1 = selfSigned({ name: "x", hash: "SHA1" });
  for (
    const [{ keyPem, pem }, expected] of [
      [short, /1024 bits/],
      [sha1, /SHA1/],
    ] as const
  ) {
    const [, cause] = await setupError(
      load({ key: keyPem, cert: pem }, { profile }),
    );
    assert.match(cause, expected);
  }
  const { notes } = await load({ key: LEAF.keyPem, cert: LEAF.pem }, {
    profile,
  });
  assert.deepEqual(notes, []);
});

Deno.test("a certificate of ours that is not valid today is remarked on", async () => {
  const contents = { key: LEAF.keyPem, cert: LEAF.pem };
  for (
    const [days, expected] of [[400, /expired on/], [-30, /before/]] as const
  ) {
    const now = new Date(NOW.getTime() + days * DAY);
    const { notes: [first] } = await load(contents, {}, now);
    assert.equal(first?.level, "info");
    assert.match(first.text, expected);
  }
});
