/** TLS from the command line to our own SCP, with no other program. */

import assert from "node:assert/strict";
import { connectTcp } from "../../lib/net/tcp.ts";
import { startVerificationScp } from "../../lib/scp/server.ts";
import { asServer, demanding } from "../tls/handshakes.ts";
import { type Result, runLine } from "./fake-host.ts";
import {
  against,
  DEVICE,
  EXPIRED,
  LOCKED,
  NOT_VERIFIED,
  options,
  PACS,
  PASSWORD,
  ROOT,
  SHOWING,
  SILENT,
  TRUSTING,
  type Wishes,
} from "./tls-host.ts";

for (const version of ["TLSv1.2", "TLSv1.3"] as const) {
  Deno.test(`a peer with a certificate of the root is verified over ${version}`, async () => {
    const tls = { ...asServer(PACS), versions: [version] };
    assert.deepEqual(await against(tls, TRUSTING), SILENT);
  });

  Deno.test(`both sides show their certificates over ${version}`, async () => {
    const tls = {
      ...asServer(PACS),
      versions: [version],
      ...demanding(ROOT.pem),
    };
    assert.deepEqual(await against(tls, SHOWING), SILENT);
  });

  Deno.test(`a peer that wants a certificate says so over ${version}`, async () => {
    const tls = {
      ...asServer(PACS),
      versions: [version],
      ...demanding(ROOT.pem),
    };
    const result = await against(tls, TRUSTING);
    assert.equal(result.exit, 1);
    assert.match(
      result.stderr,
      /\nF: 000b:0f02 the peer demands a client certificate: use \+tls KEY CERT\n$/,
    );
  });
}

Deno.test("the peer's certificate is shown at -v", async () => {
  const { exit, stderr } = await against(
    asServer(PACS),
    ["-v", ...TRUSTING],
  );
  assert.equal(exit, 0);
  const lines = stderr.split("\n");
  assert.equal(lines[0], "I: Requesting Association");
  assert.match(lines[1] ?? "", /^I: TLS Connection: TLSv1\.3, TLS_\w+$/);
  assert.equal(lines[2], "I: Peer Certificate: /CN=pacs");
  assert.equal(lines[3], "I:   Issued By: /CN=Root");
  assert.match(lines[4] ?? "", /^I: {3}Valid: .* \(36[45] days left\)$/);
  assert.match(
    lines[5] ?? "",
    /^I: {3}SHA-256 Fingerprint: ([0-9A-F]{2}:?){32}$/,
  );
  assert.deepEqual(lines.slice(6), [
    "I: Association Accepted (Max Send PDV: 16372)",
    "I: Sending Echo Request (MsgID 1)",
    "I: Received Echo Response (Success)",
    "I: Releasing Association",
    "",
  ]);
});

Deno.test("a device is its own anchor", async () => {
  const argv = ["+tla", "+cf", "device.pem"];
  assert.deepEqual(await against(asServer(DEVICE), argv), SILENT);
});

Deno.test("a device that nobody has named is refused", async () => {
  const result = await against(asServer(DEVICE), TRUSTING);
  assert.equal(result.exit, 1);
  assert.match(
    result.stderr,
    /^F: .*000b:0886 .*\nF: 000b:0412 .*: \/CN=device is signed by itself and not trusted; .*\n$/,
  );
});

Deno.test("-ic accepts anybody", async () => {
  assert.deepEqual(await against(asServer(EXPIRED), ["+tla", "-ic"]), SILENT);
});

Deno.test("an expired certificate is refused", async () => {
  const { exit, stderr } = await against(asServer(EXPIRED), TRUSTING);
  assert.equal(exit, 1);
  assert.ok(stderr.startsWith(`${NOT_VERIFIED}\n`), stderr);
  assert.match(stderr, /\/CN=expired has expired on .* less than a day ago/);
});

Deno.test("a revoked certificate is refused", async () => {
  const argv = [...TRUSTING, "+crl", "revoked.pem"];
  const { exit, stderr } = await against(asServer(PACS), argv);
  assert.equal(exit, 1);
  assert.ok(stderr.startsWith(`${NOT_VERIFIED}\n`), stderr);
  assert.match(stderr, /000b:0417 .* \/CN=pacs was revoked on /);
});

/** Any name leads to the peer. */
const ANY_NAME: Wishes = {
  host: {
    connect: (settings) => connectTcp({ ...settings, host: "127.0.0.1" }),
  },
};

for (const host of ["pacs.test", "PACS.test", "a.wards.test", "127.0.0.1"]) {
  Deno.test(`--verify-hostname finds ${host} in the certificate`, async () => {
    await using scp = startVerificationScp({ tls: asServer(PACS) });
    const line = [...TRUSTING, "--verify-hostname", host, String(scp.port)];
    assert.deepEqual(await runLine(line, options(ANY_NAME)), SILENT);
  });
}

for (const host of ["pacs", "wards.test", "a.b.wards.test", "127.0.0.2"]) {
  Deno.test(`--verify-hostname does not find ${host} in it`, async () => {
    await using scp = startVerificationScp({ tls: asServer(PACS) });
    const line = [...TRUSTING, "--verify-hostname", host, String(scp.port)];
    const { exit, stderr } = await runLine(line, options(ANY_NAME));
    assert.equal(exit, 1);
    assert.ok(stderr.startsWith(`${NOT_VERIFIED}\n`), stderr);
    assert.ok(
      stderr.endsWith(
        `: /CN=pacs is for pacs.test, *.wards.test, 127.0.0.1, not for ${host}\n`,
      ),
      stderr,
    );
  });
}

const DEMANDING = { ...asServer(PACS), ...demanding(ROOT.pem) };

Deno.test("a password opens the key, from the command line or a pipe", async () => {
  assert.deepEqual(
    await against(DEMANDING, [...LOCKED, "+pw", PASSWORD]),
    SILENT,
  );
  const wishes = { stdin: `${PASSWORD}\n` };
  assert.deepEqual(await against(DEMANDING, LOCKED, wishes), SILENT);
});

Deno.test("a wrong password is refused before anything is sent, and not shown", async () => {
  const wishes = { host: { connect: () => assert.fail("connected") } };
  const argv = ["-ll", "trace", "--arguments", ...LOCKED, "+pw", "Nonsense-1"];
  const { exit, stderr } = await runLine(
    [...argv, "localhost", "104"],
    options(wishes),
  );
  assert.equal(exit, 1);
  assert.match(stderr, /\nF: 000b:0f10 the password is wrong: /);
  assert.doesNotMatch(stderr, /Nonsense/);
});

Deno.test("a certificate is checked without any connection", async () => {
  const wishes = { host: { connect: () => assert.fail("connected") } };
  const check = (...argv: string[]): Promise<Result> =>
    runLine(argv, options(wishes));
  assert.deepEqual(await check("+vc", "pacs.pem", "+cf", "root.pem"), {
    exit: 0,
    stdout: "Verification of certificate 'pacs.pem' passed.\n",
    stderr: "",
  });
  const unknown = await check("+vc", "pacs.pem", "+cf", "device.pem");
  assert.equal(unknown.exit, 22);
  assert.equal(
    unknown.stdout,
    "Verification of certificate 'pacs.pem' failed.\n",
  );
  assert.deepEqual(await check("+rc", "root.pem"), {
    exit: 0,
    stdout: "Certificate 'root.pem' is a valid, self-signed root CA.\n",
    stderr: "",
  });
  assert.equal((await check("+rc", "pacs.pem")).exit, 22);
});

Deno.test("lists name only what there is", async () => {
  for (const argv of [["+cc"], ["+ph"]]) {
    const { exit, stdout, stderr } = await runLine(argv, options());
    assert.deepEqual([exit, stderr], [0, ""]);
    assert.match(stdout, /^Supported TLS /m);
    assert.match(stdout, /built-in/);
    assert.doesNotMatch(stdout, /TLS_RSA_WITH_AES_128_CBC_SHA/);
  }
});
