import assert from "node:assert/strict";
import { type LoadedTls, loadTls } from "../../../lib/tls/files/load.ts";
import type { TlsSettings } from "../../../lib/tls/settings.ts";
import { fakeFiles } from "../../cli/fake-files.ts";
import { authority, crl, issue } from "../../support/certificates.ts";
import { ENCRYPTED_KEYS, PASSWORD, PLAIN_KEY } from "../encrypted-keys.ts";
import {
  fakeTerminal,
  NO_TERMINAL,
  setupError,
  tlsSettings,
} from "../setup.ts";
import { createPrivateKey } from "node:crypto";

const ROOT = authority({ name: "Root" });
const LEAF = issue(ROOT, { name: "scu" });
/** The certificate of the key that is encrypted. */
const OWN = issue(ROOT, {
  name: "own",
  key: { ...LEAF, privateKey: createPrivateKey(PLAIN_KEY) },
});
const FILES = fakeFiles({
  ca: ROOT.pem,
  crl: crl(ROOT, []).pem,
  key: LEAF.keyPem,
  cert: LEAF.pem,
  secret: ENCRYPTED_KEYS["PKCS#8, scrypt, AES-256"],
  own: OWN.pem,
});

const KEY = {
  keyFile: "key",
  certificateFile: "cert",
  password: { from: "standard-input" },
} as const;
const SECRET = { ...KEY, keyFile: "secret", certificateFile: "own" } as const;
const CA = { certificateFiles: ["ca"] } as const;

async function load(
  changes: Partial<TlsSettings>,
  terminal = NO_TERMINAL,
): Promise<LoadedTls> {
  return await loadTls(tlsSettings(changes), FILES, terminal, new Date());
}

Deno.test("all that is named is loaded, and nothing is asked for", async () => {
  const loaded = await load({
    ...CA,
    clientCertificate: KEY,
    crlFiles: ["crl"],
  });
  assert.equal(loaded.clientCertificate?.chainPem, LEAF.pem);
  assert.equal(loaded.clientChain.length, 1);
  assert.equal(loaded.anchors.length, 1);
  assert.equal(loaded.crls.length, 1);
  assert.deepEqual(loaded.notes, []);
});

Deno.test("only an encrypted key has the user asked for a password", async () => {
  const terminal = fakeTerminal(`${PASSWORD}\n`);
  const loaded = await load({ ...CA, clientCertificate: SECRET }, terminal);
  assert.equal(loaded.clientCertificate?.chainPem, OWN.pem);
  assert.equal(terminal.left(), 0);
});

Deno.test("a password that is given is not asked for, nor shown when it is wrong", async () => {
  const withPassword = (password: string): Promise<LoadedTls> =>
    load({
      ...CA,
      clientCertificate: {
        ...SECRET,
        password: { from: "command-line", password },
      },
    });
  assert.ok((await withPassword(PASSWORD)).clientCertificate);
  const texts = await setupError(withPassword("hunter2"));
  assert.match(texts[1], /password is wrong/);
  assert.ok(!texts.join().includes("hunter2"));
});

const NOBODY = "000b:0886 TLS error: certificate verify failed";

Deno.test("nobody who is trusted is an error that names the options", async () => {
  for (
    const changes of [{}, { clientCertificate: KEY }, { crlFiles: ["crl"] }]
  ) {
    const [text, cause] = await setupError(load(changes));
    assert.equal(text, NOBODY);
    assert.match(cause, /\+cf or \+cd.*-ic/);
  }
});

Deno.test("nobody who is trusted is told before a password is asked for", async () => {
  const [text] = await setupError(load({ clientCertificate: SECRET }));
  assert.equal(text, NOBODY);
});

Deno.test("a missing key is told before nobody is trusted, as by the reference", async () => {
  const [text] = await setupError(
    load({ clientCertificate: { ...KEY, keyFile: "none" } }),
  );
  assert.match(text, /^000b:0004 /);
});

Deno.test("faults of trust come before those of the key", async () => {
  const [text] = await setupError(
    load({
      certificateFiles: ["none"],
      clientCertificate: { ...KEY, keyFile: "none" },
    }),
  );
  assert.match(text, /certificate file 'none'/);
});

Deno.test("with -ic, and offline, nobody need be trusted", async () => {
  const peerAuthentication = "ignore";
  assert.deepEqual((await load({ peerAuthentication })).anchors, []);
  const settings = tlsSettings();
  const now = new Date();
  const offline = await loadTls(settings, FILES, NO_TERMINAL, now, "offline");
  assert.deepEqual(offline.anchors, []);
});

Deno.test("DH parameters that cannot be used are warned of and ignored", async () => {
  for (
    const [file, cause] of [["none", "no such file"], ["ca", "no DH PARAM"]]
  ) {
    const loaded = await load({ ...CA, dhParameterFile: String(file) });
    const [first] = loaded.notes;
    assert.equal(first?.level, "warn");
    const [text, why] = first.text.split("\n");
    assert.equal(
      text,
      `unable to load temporary DH parameter file '${file}', ignoring`,
    );
    assert.match(why ?? "", new RegExp(cause ?? ""));
  }
});

Deno.test("a seed file that is missing is a remark, and no more", async () => {
  const seed = { file: "none", writeTo: undefined };
  const { notes } = await load({ ...CA, seed });
  assert.deepEqual(notes.map(({ level }) => level), ["debug"]);
});
