import assert from "node:assert/strict";
import { Relay } from "../../../lib/tls/openssl/relay.ts";
import { type PairedTransport, transportPair } from "../transport-pair.ts";

/** The relay between a peer and a program, both in the test's hands. */
function relay(limit = Infinity): {
  readonly relay: Relay;
  readonly peer: PairedTransport;
  readonly peerBelow: PairedTransport;
  readonly program: PairedTransport;
} {
  const [peerBelow, peer] = transportPair();
  const [programBelow, program] = transportPair();
  const connection = {
    read: (buffer: Uint8Array): Promise<number> => programBelow.read(buffer),
    async write(bytes: Uint8Array): Promise<number> {
      // As little as a system may take.
      await programBelow.write(bytes.subarray(0, 3));
      return Math.min(bytes.byteLength, 3);
    },
    closeWrite: () => programBelow.closeWrite(),
    close: () => programBelow.close(),
  };
  return {
    relay: new Relay(connection, peerBelow, limit),
    peer,
    peerBelow,
    program,
  };
}

Deno.test("all bytes pass, and each end is handed on", async () => {
  const { relay: one, peer, program } = relay();
  await peer.write(Uint8Array.of(1, 2, 3, 4, 5, 6, 7));
  await peer.closeWrite();
  await one.peerEnded;
  const buffer = new Uint8Array(20);
  assert.equal(await program.read(buffer), 7);
  assert.equal(await program.read(buffer), 0);
  await program.write(Uint8Array.of(8, 9));
  await program.closeWrite();
  await one.programEnded;
  assert.equal(await peer.read(buffer), 2);
  assert.equal(await peer.read(buffer), 0);
  assert.equal(one.fault, undefined);
  one.close();
});

Deno.test("a peer that sends more than it may is at its end", async () => {
  const { relay: one, peer, program } = relay(10);
  await peer.write(new Uint8Array(11));
  await one.peerEnded;
  assert.ok(one.overflowed);
  assert.equal(await program.read(new Uint8Array(20)), 0);
  one.close();
  await one.programEnded;
});

Deno.test("a reset of the peer is known, and the program sees an end", async () => {
  const { relay: one, peerBelow, program } = relay();
  peerBelow.reset();
  await one.peerEnded;
  assert.equal(one.fault?.fault, "reset");
  assert.equal(await program.read(new Uint8Array(20)), 0);
  one.close();
  await one.programEnded;
});

Deno.test("closing settles both ways", async () => {
  const { relay: one, peer, program } = relay();
  one.close();
  one.close();
  await Promise.all([one.peerEnded, one.programEnded]);
  assert.equal(await peer.read(new Uint8Array(1)), 0);
  assert.equal(await program.read(new Uint8Array(1)), 0);
});
