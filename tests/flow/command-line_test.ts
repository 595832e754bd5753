/** Command lines that end before any peer is asked, and what goes with them. */

import assert from "node:assert/strict";
import { RELEASE_RP } from "../support/golden.ts";
import { echoResponse } from "../support/pdus.ts";
import {
  receive,
  receiveMessage,
  send,
  waitForEnd,
} from "../support/scripted-peer.ts";
import { ASSOCIATED, WELL_BEHAVED } from "../verify/verification.ts";
import { type HostOptions, runAgainst, runLine } from "./fake-host.ts";

/** A host whose network fails the test. */
const NO_NETWORK: HostOptions = {
  host: { connect: () => assert.fail("connected") },
  files: {
    "logger.cfg": "log4cplus.rootLogger = INFO\n",
    "key.pem": "key",
    "certificate.pem": "certificate",
  },
};

Deno.test("no arguments print the usage on standard output", async () => {
  for (const argv of [[], ["--help"], ["-h", "foo"]]) {
    const { exit, stdout, stderr } = await runLine(argv, NO_NETWORK);
    assert.equal(exit, 0);
    assert.match(stdout, /^\$echoscu: echoscu v/);
    assert.match(stdout, /--propose-ts/);
    assert.equal(stderr, "");
  }
});

Deno.test("the version goes to standard output", async () => {
  const { exit, stdout, stderr } = await runLine(["--version"], NO_NETWORK);
  assert.equal(exit, 0);
  assert.match(stdout, /^\$echoscu: echoscu v/);
  assert.equal(stderr, "");
});

Deno.test("a wrong command line is one line of error under the banner", async () => {
  const { exit, stdout, stderr } = await runLine(["--nonsense"], NO_NETWORK);
  assert.equal(exit, 1);
  assert.equal(stdout, "");
  const lines = stderr.split("\n");
  assert.match(lines[0] ?? "", /^\$echoscu: echoscu v.* \$$/);
  assert.equal(lines[1], "");
  assert.match(lines[2] ?? "", /^echoscu: /);
  assert.deepEqual(lines.slice(3), ["error: Unknown option --nonsense", ""]);
});

/** TLS that cannot be set up: arguments, and what is said of it. */
const NO_TLS: readonly (readonly [string, string])[] = [
  [
    "+tla localhost 104",
    "F: 000b:0886 TLS error: certificate verify failed\n" +
    "F: 000b:0f01 no trusted certificate is given: name one with +cf or +cd, " +
    "or accept any peer with -ic\n",
  ],
  [
    "+tls key.pem certificate.pem localhost 104",
    "F: 000b:0004 Unable to load private TLS key from 'key.pem'\n" +
    "F: 000b:0f10 it is not a key in PEM form: name the file that has the " +
    "key\n",
  ],
  [
    "+tla +cf certificate.pem localhost 104",
    "F: 000b:0008 unable to load certificate file 'certificate.pem'\n" +
    "F: 000b:0f14 there is no certificate in PEM form in it: name a file that " +
    "has one\n",
  ],
];

for (const [line, told] of NO_TLS) {
  Deno.test(`"${line}" is refused before anything is sent`, async () => {
    const { exit, stdout, stderr } = await runLine(
      line.split(" "),
      NO_NETWORK,
    );
    assert.equal(exit, 1);
    assert.equal(stdout, "");
    assert.equal(stderr, told);
  });
}

Deno.test("--arguments are shown at every level, ahead of all else", async () => {
  const { exit, stderr, connections } = await runAgainst(
    WELL_BEHAVED,
    ["-q", "--arguments"],
  );
  assert.equal(exit, 0);
  assert.equal(connections.length, 1);
  assert.match(
    stderr,
    /^I: calling 'echoscu' with 4 arguments: '--quiet' '--arguments' '127\.0\.0\.1' '\d+' \nI: \n$/,
  );
});

Deno.test("--arguments are shown before a wrong value, too", async () => {
  const { exit, stderr } = await runLine(
    ["--arguments", "localhost", "104", "-to", "0"],
    NO_NETWORK,
  );
  assert.equal(exit, 1);
  assert.match(stderr, /^I: calling 'echoscu'/);
  assert.match(stderr, /\nerror: .*--timeout/);
});

Deno.test("what should not happen is one line, too, and not 0", async () => {
  const { exit, stdout, stderr } = await runLine(["localhost", "104"], {
    host: {
      connect: () => Promise.reject(new RangeError("a bug\nin two lines")),
    },
  });
  assert.equal(exit, 70);
  assert.equal(stdout, "");
  assert.equal(stderr, "F: Internal Error: a bug\\x0ain two lines\n");
});

Deno.test("a permission that is missing is named, with its flag", async () => {
  const main = new URL("../../main.ts", import.meta.url);
  const { code, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "--no-check", "--no-prompt", main.href, "--version"],
  }).output();
  assert.equal(code, 70);
  assert.match(
    new TextDecoder().decode(stderr),
    /^F: Not permitted: Requires read access to "[^"\n]+", run again with the --allow-read flag\n$/,
  );
});

const OTHER_VALUES = "-aet ME -aec YOU -pts 3 -ppc 2 -pdu 4096";

Deno.test("what the options say is what the peer is sent", async () => {
  const { exit, connections } = await runAgainst(
    [
      ...ASSOCIATED,
      receiveMessage,
      send(echoResponse()),
      receive,
      send(RELEASE_RP),
      waitForEnd,
    ],
    OTHER_VALUES.split(" "),
  );
  assert.equal(exit, 0);
  const request = new TextDecoder("latin1").decode(connections[0]?.pdus[0]);
  assert.equal(request.slice(10, 42), "YOU             ME              ");
  // Items by type, a zero, and a length below 256.
  const items = (type: string): number =>
    request.match(new RegExp(`${type}\0\0[^\0]`, "g"))?.length ?? 0;
  assert.equal(items("\x20"), 2, "two contexts");
  assert.equal(items("\x40"), 6, "three syntaxes each");
  assert.ok(request.includes("\x51\0\0\x04\0\0\x10\0"), "maximum length 4096");
});
