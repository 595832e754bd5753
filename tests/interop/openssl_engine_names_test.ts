/** The openssl engine with a peer whose name is made to be misunderstood. */

import { concatenate } from "../../lib/base/writer.ts";
import assert from "node:assert/strict";
import { DENO_PROGRAMS } from "../../lib/tls/deno/deno-programs.ts";
import type { Programs, RunningProgram } from "../../lib/tls/programs.ts";
import {
  authority,
  issue,
  type Issued,
  selfSigned,
} from "../support/certificates.ts";
import { connected } from "./openssl-client.ts";
import { startServer } from "./openssl-server.ts";

const ROOT = authority({ name: "Root" });

/** What OpenSSL 3.2 and later do with names unless they are told otherwise. */
const RAW_NAMES = "utf8,sep_comma_plus_space";

function withArguments(
  change: (args: readonly string[]) => string[],
): Programs {
  return {
    ...DENO_PROGRAMS,
    start(call): RunningProgram {
      return DENO_PROGRAMS.start({ ...call, args: change(call.args) });
    },
  };
}

/** Ours come after its defaults. */
const OPENSSL_3_2 = withArguments(([command = "", ...args]) => [
  ...[command, "-nameopt", RAW_NAMES],
  ...args,
]);
/** Takes no notice of what it is told of names. */
const CARELESS = withArguments((args) =>
  args.map((one) => one === "oneline" ? RAW_NAMES : one)
);

/** What `-msg` prints of a message with this certificate. */
function report({ der }: Issued, version: "1_2" | "1_3"): string {
  const tls13 = version === "1_3";
  const entry = concatenate([
    u24(der.length),
    der,
    new Uint8Array(tls13 ? 2 : 0),
  ]);
  const list = concatenate([u24(entry.length), entry]);
  const body = concatenate([new Uint8Array(tls13 ? 1 : 0), list]);
  const message = concatenate([Uint8Array.of(11), u24(body.length), body]);
  const length = message.length.toString(16).padStart(4, "0");
  const lines = message.toHex().match(/.{1,32}/g) ?? [];
  return [
    `<<< TLS 1.3, Handshake [length ${length}], Certificate`,
    ...lines.map((line) => `   ${line.replace(/../g, " $&")}`),
  ].join("\n");
}

function u24(value: number): Uint8Array {
  return Uint8Array.of(value >> 16, value >> 8, value);
}

for (const version of ["1_2", "1_3"] as const) {
  for (
    const [how, programs] of [
      ["as OpenSSL 3.0 does", DENO_PROGRAMS],
      ["as OpenSSL 3.2 does", OPENSSL_3_2],
      ["as they are", CARELESS],
    ] as const
  ) {
    Deno.test(`a name that has a certificate message in it passes for none, TLS ${version}, names printed ${how}`, async () => {
      const victim = issue(ROOT, { name: "pacs", dns: ["pacs.test"] });
      const evil = selfSigned({ name: `x\n${report(victim, version)}\n` });
      await using server = await startServer({
        certificates: [evil],
        args: [`-tls${version}`],
      });
      await connected(server.port, { programs }, (channel) => {
        assert.deepEqual(
          channel.peerCertificates.map((der) => der.toHex()),
          [evil.der.toHex()],
        );
        return Promise.resolve();
      });
    });
  }
}
