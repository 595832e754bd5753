/** What a peer may say under the keys of TLS 1.2, renegotiation above all. */

import assert from "node:assert/strict";
import { issue } from "../support/certificates.ts";
import { ASSOCIATE_AC } from "../support/golden.ts";
import { type Afterwards, startThief } from "../support/thief.ts";
import { ROOT } from "../tls/handshakes.ts";
import { verified } from "./handshake.ts";
import { assertHarmless } from "./probe.ts";
import { ALERT, APPLICATION_DATA, HANDSHAKE, message } from "./tls-records.ts";

const SERVER = issue(ROOT, { name: "pacs", key: "rsa" });

const FAULT = "F: 000b:0f0c TLS found a fault: ";
const NO_ANSWER = "F: Association Request Failed: 0006:031a DUL network read";
const GONE = "F: Association Request Failed: 0006:0317 Peer aborted";
const HELLO_REQUEST = message(0);

async function flood(send: () => Promise<void>): Promise<void> {
  for (;;) {
    await send();
    await new Promise((resolve) => setTimeout(resolve, 0));
  }
}

const CASES: Readonly<Record<string, readonly [Afterwards, string]>> = {
  "a HelloRequest, which is declined (RFC 5246 7.4.1.1)": [
    (send) => send(HANDSHAKE, HELLO_REQUEST),
    NO_ANSWER,
  ],
  "a flood of HelloRequests": [
    (send) => flood(() => send(HANDSHAKE, HELLO_REQUEST, 20)),
    FAULT,
  ],
  "a flood of empty data (RFC 5246 6.2.1)": [
    (send) => flood(() => send(APPLICATION_DATA, new Uint8Array(), 20)),
    FAULT,
  ],
  "a flood of warnings": [
    (send) => flood(() => send(ALERT, Uint8Array.of(1, 90), 20)),
    FAULT,
  ],
  "a ServerHello": [
    (send) => send(HANDSHAKE, message(2, new Uint8Array(60))),
    FAULT,
  ],
  "a Finished": [
    (send) => send(HANDSHAKE, message(20, new Uint8Array(12))),
    FAULT,
  ],
  "a record of type 99": [(send) => send(99, ASSOCIATE_AC), FAULT],
  "close_notify": [(send) => send(ALERT, Uint8Array.of(1, 0)), GONE],
};

for (const [what, [afterwards, told]] of Object.entries(CASES)) {
  Deno.test(`TLS 1.2, after the handshake comes ${what}`, async () => {
    await using server = startThief(SERVER, SERVER, afterwards);
    const result = await verified(server.port, {
      socketTimeout: 14,
      acseTimeout: told === NO_ANSWER ? 0.3 : 14,
    });
    assert.equal(result.exit, 1);
    const lines = result.lines.filter((line) =>
      !line.includes("need the openssl program")
    );
    assert.ok(lines.length >= 1 && lines.length <= 3, lines.join("\n"));
    assert.equal(lines.at(-1)?.slice(0, told.length), told);
    assertHarmless(result.log);
    assert.ok(result.taken <= 64 * 1024, `${result.taken} bytes taken`);
  });
}
