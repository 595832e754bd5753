import assert from "node:assert/strict";
import type { PeerDefaults } from "../../lib/peers/peer.ts";
import type { TlsSettings } from "../../lib/tls/settings.ts";
import { DEFAULTS } from "../verify/verification.ts";
import { onePeer, parse, PLAIN } from "./reading.ts";

async function settingsOf(
  fields: Readonly<Record<string, string>>,
  defaults: PeerDefaults = PLAIN,
): Promise<Extract<Awaited<ReturnType<typeof onePeer>>, object>> {
  const peer = await onePeer(fields, defaults);
  assert.ok(typeof peer !== "string", String(peer));
  return peer;
}

async function tlsOf(
  fields: Readonly<Record<string, string>>,
  tls?: TlsSettings,
): Promise<TlsSettings | undefined> {
  const defaults = { settings: DEFAULTS, tls };
  const peer = await settingsOf(fields, defaults);
  assert.equal(peer.target.tls, peer.tls !== undefined);
  return peer.tls;
}

/** As a command line may have it. */
const GIVEN: TlsSettings = {
  clientCertificate: {
    keyFile: "own.key",
    certificateFile: "own.pem",
    password: { from: "command-line", password: "secret" },
  },
  fileFormat: "der",
  certificateFiles: ["all.pem"],
  certificateDirectories: ["certs"],
  crlFiles: [],
  revocation: "none",
  profile: "bcp195",
  cipherSuites: ["X"],
  dhParameterFile: undefined,
  serverName: { sni: "none" },
  seed: undefined,
  peerAuthentication: "require",
  verifyHostname: true,
};

Deno.test("what a row does not say is as on the command line", async () => {
  const peer = await settingsOf({}, {
    settings: { ...DEFAULTS, calledAeTitle: "ALL", repeat: 3, acseTimeout: 5 },
    tls: undefined,
  });
  assert.deepEqual(peer, {
    line: 2,
    target: {
      name: undefined,
      host: "h",
      port: 104,
      callingAeTitle: "ECHOSCU",
      calledAeTitle: "ALL",
      tls: false,
    },
    settings: {
      ...DEFAULTS,
      peer: "h",
      port: 104,
      calledAeTitle: "ALL",
      repeat: 3,
      acseTimeout: 5,
    },
    tls: undefined,
  });
});

Deno.test("times are in seconds, with decimals", async () => {
  const { settings } = await settingsOf({
    "timeout": "0.5",
    "acse-timeout": "2",
    "DIMSE Timeout": "3",
    "socket_timeout": "4",
  });
  assert.deepEqual(
    [
      settings.connectTimeout,
      settings.acseTimeout,
      settings.dimseTimeout,
      settings.socketTimeout,
    ],
    [0.5, 2, 3, 4],
  );
  for (const bad of ["0", "-1", "1e9", "2s", "1234567890"]) {
    assert.equal(
      await onePeer({ timeout: bad }),
      `timeout "${bad}" is no time in seconds`,
    );
  }
});

Deno.test("titles are checked as PS3.5 has them", async () => {
  assert.equal(
    (await settingsOf({ called: " PACS 1 " })).target.calledAeTitle,
    "PACS 1",
  );
  assert.equal(
    await onePeer({ called: "SEVENTEEN-LETTERS" }),
    'called "SEVENTEEN-LETTERS" is longer than 16 characters',
  );
  assert.equal(
    await onePeer({ calling: "A\\B" }),
    'calling "A\\B" has a backslash',
  );
  assert.equal(
    await onePeer({ calling: "A\x1bB" }),
    'calling "A\\x1bB" has a control character',
  );
  assert.equal(
    await onePeer({ name: "x".repeat(300) }),
    "name is longer than 255 characters",
  );
});

Deno.test("TLS is used if the row or the command line asks for it", async () => {
  assert.equal(await tlsOf({}), undefined);
  assert.equal(await tlsOf({}, GIVEN), GIVEN);
  assert.equal(await tlsOf({ tls: "none" }, GIVEN), undefined);
  assert.equal(await tlsOf({ tls: "No" }, GIVEN), undefined);
  assert.equal((await tlsOf({ tls: "anonymous" }))?.profile, "8996");
  assert.equal((await tlsOf({ ca: "ca.pem" }))?.clientCertificate, undefined);
});

Deno.test("a row changes of the command line's TLS what it says, and nothing else", async () => {
  assert.deepEqual(await tlsOf({ tls: "yes" }, GIVEN), GIVEN);
  assert.deepEqual(await tlsOf({ tls: "client" }, GIVEN), GIVEN);
  assert.deepEqual(await tlsOf({ tls: "anonymous" }, GIVEN), {
    ...GIVEN,
    clientCertificate: undefined,
  });
  assert.deepEqual(
    await tlsOf({
      "key": "k",
      "cert": "c",
      "ca": "a.pem|b.pem",
      "crl": "x.crl",
      "profile": "AES",
      "sni": "pacs",
      "verify-hostname": "no",
      "ignore-peer-cert": "yes",
    }, GIVEN),
    {
      ...GIVEN,
      clientCertificate: {
        keyFile: "k",
        certificateFile: "c",
        password: { from: "command-line", password: "secret" },
      },
      certificateFiles: ["a.pem", "b.pem"],
      certificateDirectories: [],
      crlFiles: ["x.crl"],
      revocation: "leaf",
      profile: "aes",
      serverName: { sni: "given", name: "pacs" },
      verifyHostname: false,
      peerAuthentication: "ignore",
    },
  );
});

Deno.test("a row's own key is not asked a password for", async () => {
  assert.deepEqual(
    (await tlsOf({ key: "k", cert: "c" }))?.clientCertificate?.password,
    { from: "empty" },
  );
});

Deno.test("what contradicts itself is a broken row", async () => {
  for (
    const [fields, problem] of [
      [{ tls: "maybe" }, 'tls "maybe" is none of none, anonymous, client'],
      [{ tls: "none", ca: "x" }, "ca has no meaning where tls is none"],
      [
        { tls: "anonymous", key: "k", cert: "c" },
        "key and cert have no meaning where tls is anonymous",
      ],
      [{ key: "k" }, "key and cert go together"],
      [{ cert: "c" }, "key and cert go together"],
      [{ tls: "client" }, "tls is client, but there is no key and cert"],
      [{ "verify-hostname": "x" }, 'verify-hostname "x" is neither yes nor no'],
      [
        { profile: "x" },
        'profile "x" is none of ' +
        "8996, 8996-mod, bcp195, bcp195-nd, bcp195-ex, basic, aes, null",
      ],
    ] as const
  ) assert.equal(await onePeer(fields), problem);
});

Deno.test("a list where one value is due is a broken row", async () => {
  const { problems } = await parse(
    '[{"host":["a","b"],"port":104}]',
    "a.json",
  );
  assert.deepEqual(problems, [{ line: 1, text: "host has several values" }]);
});

Deno.test("peers that ask for the same TLS share one object", async () => {
  const { peers } = await parse(
    "host,port,ca\na,1,x\nb,1,y\nc,1,x\nd,1,\n",
    "a.csv",
  );
  const [a, b, c, d] = peers.map(({ tls }) => tls);
  assert.equal(a, c);
  assert.notEqual(a, b);
  assert.equal(d, undefined);
});

Deno.test("columns without a name are no matter as long as they are empty", async () => {
  const { problems, peers } = await parse("host,port,\na,1,\n", "a.csv");
  assert.deepEqual(problems, []);
  assert.equal(peers.length, 1);
});
