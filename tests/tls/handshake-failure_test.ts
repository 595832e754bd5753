import assert from "node:assert/strict";
import fc from "fast-check";
import { TlsError } from "../../lib/tls/engine.ts";
import type { EngineFailure } from "../../lib/tls/failure.ts";
import { issue } from "../support/certificates.ts";
import { bytes } from "../support/golden.ts";
import {
  accept,
  asClient,
  asServer,
  closes,
  failure,
  refused,
  ROOT,
  SERVER,
  shake,
  utf8,
  type Wishes,
} from "./handshakes.ts";
import { PairedTransport, transportPair } from "./transport-pair.ts";

/** An answer to a ClientHello, after which the peer does `then`. */
async function answered(
  answer: Uint8Array,
  then: "close" | "reset" | "wait" = "wait",
  wishes: Wishes = {},
): Promise<unknown> {
  const peer = new PairedTransport();
  peer.give(answer);
  if (then === "close") peer.end();
  if (then === "reset") peer.reset();
  const error = await failure(shake(peer, wishes));
  assert.ok(peer.closed, "the transport is left open");
  assert.equal(error.fault, "tls");
  return error.failure;
}

function alert(description: number, first = true): EngineFailure {
  return { kind: "alert", description, ours: false, after: false, first };
}

const FATAL = (description: number): Uint8Array =>
  Uint8Array.of(0x15, 3, 3, 0, 2, 2, description);

Deno.test("a fatal alert is told by its number", async () => {
  for (const number of [10, 40, 70, 71, 80, 112, 116, 120, 200]) {
    assert.deepEqual(await answered(FATAL(number)), alert(number));
    assert.deepEqual(await answered(FATAL(number), "close"), alert(number));
  }
});

Deno.test("an alert is told that was read before a reset", async () => {
  assert.deepEqual(await answered(FATAL(40), "reset"), alert(40));
});

Deno.test("an alert is told that came as our writes began to fail", async () => {
  const peer = new PairedTransport();
  peer.onWrite = () => {
    peer.give(FATAL(48));
    peer.reset();
  };
  const error = await failure(shake(peer));
  assert.deepEqual(error.failure, alert(48));
});

Deno.test("a warning is told when the peer closes after it", async () => {
  const warning = bytes("15 03 03 0002 01 00");
  assert.deepEqual(await answered(warning, "close"), alert(0));
});

Deno.test("an alert about our certificate says that one was shown", async () => {
  const clientCertificate = asClient(issue(ROOT, { name: "scu" }));
  assert.deepEqual(
    await answered(FATAL(48), "close", { clientCertificate }),
    { ...alert(48), ours: true },
  );
});

Deno.test("a peer that closes, or resets, without a word is told apart", async () => {
  const nothing = new Uint8Array();
  assert.deepEqual(await answered(nothing, "close"), {
    kind: "closed",
    reset: false,
  });
  assert.deepEqual(await answered(nothing, "reset"), {
    kind: "closed",
    reset: true,
  });
  const half = bytes("16 03 03 00");
  assert.deepEqual(await answered(half, "close"), {
    kind: "closed",
    reset: false,
  });
});

Deno.test("an answer that is not TLS is recognised", async () => {
  const cases = [
    ["DICOM", bytes("07 00 00000004 00 00 00 00")],
    ["HTTP", utf8("HTTP/1.1 400 Bad Request\r\n\r\n")],
    ["SSH", utf8("SSH-2.0-OpenSSH_9.2\r\n")],
    ["FTP or SMTP", utf8("220 mail.test ESMTP\r\n")],
    ["unknown", utf8("what do you want?\r\n")],
    ["unknown", bytes("00 00 00 00 00 00 00 00")],
  ] as const;
  for (const [protocol, answer] of cases) {
    for (const then of ["close", "wait", "reset"] as const) {
      assert.deepEqual(await answered(answer, then), {
        kind: "not-tls",
        protocol,
        bytes: answer,
      });
    }
  }
});

Deno.test("of a long answer that is not TLS only the beginning is kept", async () => {
  const found = await answered(new Uint8Array(100_000).fill(0x41));
  assert.deepEqual(found, {
    kind: "not-tls",
    protocol: "unknown",
    bytes: new Uint8Array(64).fill(0x41),
  });
});

const HOSTILE: Readonly<Record<string, Uint8Array>> = {
  "a record longer than any may be": bytes("16 03 03 ffff 02 00"),
  "a record of nothing": bytes("16 03 03 0000 16 03 03 0000"),
  "a ServerHello that is cut": bytes("16 03 03 0004 02 000000"),
  "a handshake message that is none": bytes("16 03 03 0004 ff 000000"),
  "encrypted data at once": bytes("17 03 03 0005 0102030405"),
  "a ClientHello": bytes("16 03 03 0004 01 000000"),
};

for (const [name, answer] of Object.entries(HOSTILE)) {
  Deno.test(`${name} ends the handshake`, async () => {
    const peer = new PairedTransport();
    peer.give(answer);
    peer.end();
    const { failure: found } = await failure(shake(peer));
    assert.ok(
      found.kind === "protocol" || found.kind === "closed" ||
        found.kind === "not-tls",
      found.kind,
    );
    assert.ok(peer.closed);
  });
}

Deno.test("a handshake without end is ended by its length", async () => {
  const peer = new PairedTransport();
  // Change cipher specs, which TLS 1.3 skips, and one that never comes whole.
  const record = new Uint8Array(16_389);
  record.set(bytes("16 03 03 4000 02 00ffff"));
  const work = failure(shake(peer));
  for (let count = 0; count < 40; count++) peer.give(record);
  const { failure: found } = await work;
  assert.equal(found.kind, "protocol");
  assert.ok(peer.closed);
  assert.ok(peer.taken <= 300_000, `${peer.taken} bytes were read`);
});

Deno.test("a silent peer is left when the time is over", async () => {
  const peer = new PairedTransport();
  const error = await failure(shake(peer, {}, 20));
  assert.deepEqual(error.failure, { kind: "timeout" });
  assert.equal(error.fault, "timeout");
  assert.ok(peer.closed);
});

Deno.test("a peer that trickles is left when the time is over", async () => {
  const peer = new PairedTransport();
  const trickle = setInterval(() => peer.give(bytes("16")), 1);
  peer.give(bytes("16 03 03 4000"));
  const error = await failure(shake(peer, {}, 30));
  clearInterval(trickle);
  assert.deepEqual(error.failure, { kind: "timeout" });
  assert.ok(peer.closed);
});

Deno.test("a peer that takes no bytes is left when the time is over", async () => {
  const peer = new PairedTransport();
  peer.onWrite = () => Promise.withResolvers<void>().promise;
  const error = await failure(shake(peer, {}, 20));
  assert.deepEqual(error.failure, { kind: "timeout" });
  assert.ok(peer.closed);
});

Deno.test("an interrupt ends the handshake", async () => {
  const peer = new PairedTransport();
  const stop = new AbortController();
  peer.onWrite = () => stop.abort();
  const error = await failure(shake(peer, {}, 20_000, stop.signal));
  assert.deepEqual(error.failure, { kind: "interrupted" });
  assert.equal(error.fault, "interrupted");
  assert.ok(peer.closed);
});

Deno.test("the peer is told by an alert why we refuse it", async () => {
  let told: Uint8Array | undefined;
  await refused(
    { ...asServer(SERVER), versions: ["TLSv1.2"] },
    {},
    (client, server) => {
      // Turns one bit in the signature of the key exchange.
      server.alter = (bytes) => {
        const copy = bytes.slice();
        const at = copy.byteLength - 20;
        copy[at] = (copy[at] ?? 0) ^ 1;
        return copy;
      };
      client.alter = (bytes) => told = bytes;
    },
  );
  assert.equal(told?.[0], 0x15);
});

Deno.test("whatever is spoilt on the way, the handshake ends in order", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom("TLSv1.2" as const, "TLSv1.3" as const),
      fc.nat(1800),
      fc.integer({ min: 1, max: 255 }),
      async (version, at, mask) => {
        const [below, serverBelow] = transportPair();
        let passed = 0;
        serverBelow.alter = (bytes) => {
          const copy = bytes.slice();
          const index = at - passed;
          passed += copy.byteLength;
          const byte = copy[index];
          if (byte !== undefined) copy[index] = byte ^ mask;
          return copy;
        };
        const settings = { ...asServer(SERVER), versions: [version] };
        // A length that has grown is waited for; so is what never comes.
        const accepting = accept(serverBelow, settings).finally(() => {
          serverBelow.close();
        });
        const shaking = shake(below).then(
          (channel) => channel.close(),
          (error) => assert.ok(error instanceof TlsError, String(error)),
        );
        const stuck = setTimeout(() => below.end(), 30);
        await shaking;
        clearTimeout(stuck);
        await accepting.catch(() => {});
        assert.ok(await closes(below));
      },
    ),
    { numRuns: 150 },
  );
});
