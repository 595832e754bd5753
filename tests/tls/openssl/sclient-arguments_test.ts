import assert from "node:assert/strict";
import { sClientArguments } from "../../../lib/tls/openssl/sclient-arguments.ts";

const OPENSSL = { version: { major: 3, minor: 0 } };
const PATHS = { socket: "/tmp/x/s", identity: undefined };
const OFFER = {
  versions: ["TLSv1.3", "TLSv1.2", "TLSv1.1"],
  suites: [
    "TLS_AES_128_GCM_SHA256",
    "TLS_RSA_WITH_AES_128_CBC_SHA",
    "TLS_RSA_WITH_NULL_SHA",
  ],
};

function after(args: readonly string[], option: string): string | undefined {
  const at = args.indexOf(option);
  return at === -1 ? undefined : args[at + 1];
}

Deno.test("the offer is what the program is told, and no more", () => {
  const args = sClientArguments(OPENSSL, OFFER, undefined, PATHS);
  assert.equal(after(args, "-unix"), "/tmp/x/s");
  assert.equal(after(args, "-min_protocol"), "TLSv1.1");
  assert.equal(after(args, "-max_protocol"), "TLSv1.3");
  assert.equal(after(args, "-cipher"), "AES128-SHA:NULL-SHA:@SECLEVEL=0");
  assert.equal(after(args, "-ciphersuites"), "TLS_AES_128_GCM_SHA256");
  assert.ok(args.includes("-noservername") && !args.includes("-servername"));
  assert.ok(!args.includes("-key"));
});

Deno.test("the end of the input counts, and commands in it do not", () => {
  const args = sClientArguments(OPENSSL, OFFER, undefined, PATHS);
  assert.ok(args.indexOf("-quiet") < args.indexOf("-no_ign_eof"));
  assert.ok(args.includes("-nocommands"));
});

Deno.test("nobody is trusted by the program", () => {
  const args = sClientArguments(OPENSSL, OFFER, undefined, PATHS);
  for (const one of ["-no-CAfile", "-no-CApath", "-no-CAstore"]) {
    assert.ok(args.includes(one), one);
  }
});

Deno.test("names are escaped, whatever the default of the program", () => {
  const args = sClientArguments(OPENSSL, OFFER, undefined, PATHS);
  assert.equal(after(args, "-nameopt"), "oneline");
});

Deno.test("a name that looks like an option is a name", () => {
  const args = sClientArguments(OPENSSL, OFFER, "-quiet", PATHS);
  assert.equal(after(args, "-servername"), "-quiet");
});

Deno.test("the password of the key is in the environment", () => {
  const identity = { key: "/k", certificate: "/c", chain: "/o" };
  const args = sClientArguments(OPENSSL, OFFER, undefined, {
    socket: "/s",
    identity,
  });
  assert.equal(after(args, "-key"), "/k");
  assert.equal(after(args, "-cert"), "/c");
  assert.equal(after(args, "-cert_chain"), "/o");
  assert.match(after(args, "-pass") ?? "", /^env:/);
});

Deno.test("compressed certificates are declined where they could come", () => {
  for (
    const [major, minor, has] of [[3, 1, false], [3, 2, true], [
      4,
      0,
      true,
    ]] as const
  ) {
    const args = sClientArguments(
      { version: { major, minor } },
      OFFER,
      undefined,
      PATHS,
    );
    assert.equal(args.includes("-no_rx_cert_comp"), has);
  }
});
