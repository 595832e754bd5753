import assert from "node:assert/strict";
import { pemBlocks, toPem } from "../../lib/base/pem.ts";

const BYTES = Uint8Array.from({ length: 100 }, (_, i) => i);

function blocks(text: string): ReturnType<typeof pemBlocks> {
  return pemBlocks(new TextEncoder().encode(text));
}

Deno.test("what is written as PEM is read again", () => {
  const text = toPem("CERTIFICATE", BYTES);
  assert.ok(text.split("\n").every((line) => line.length <= 64));
  assert.deepEqual(blocks(text), [
    { label: "CERTIFICATE", headers: new Map(), bytes: BYTES },
  ]);
});

Deno.test("blocks stand among other text, with any ends of lines", () => {
  const text = `Bag Attributes\n${toPem("A", BYTES)}trailer\n${
    toPem("B B", BYTES).replaceAll("\n", "\r\n")
  }`;
  assert.deepEqual(blocks(text).map(({ label }) => label), ["A", "B B"]);
  assert.ok(blocks(text).every(({ bytes }) => bytes?.byteLength === 100));
});

Deno.test("headers of a block are apart from its contents", () => {
  const text = "-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\n" +
    "DEK-Info: AES-128-CBC,00FF\n\nAAEC\n-----END RSA PRIVATE KEY-----\n";
  assert.deepEqual(blocks(text), [{
    label: "RSA PRIVATE KEY",
    headers: new Map([
      ["Proc-Type", "4,ENCRYPTED"],
      ["DEK-Info", "AES-128-CBC,00FF"],
    ]),
    bytes: Uint8Array.of(0, 1, 2),
  }]);
});

Deno.test("a block that is cut short, empty or no base64 has no bytes", () => {
  for (
    const text of [
      "-----BEGIN A-----\nAAEC\n",
      "-----BEGIN A-----\nAAEC\n-----END B-----\n",
      "-----BEGIN A-----\n-----END A-----\n",
      "-----BEGIN A-----\nA*EC\n-----END A-----\n",
    ]
  ) assert.equal(blocks(text)[0]?.bytes, undefined, text);
});

Deno.test("a block after one that is cut short is still found", () => {
  const text = `-----BEGIN A-----\nAAEC\n${toPem("B", BYTES)}`;
  assert.deepEqual(
    blocks(text).map(({ label, bytes }) => [label, bytes?.byteLength]),
    [["A", undefined], ["B", 100]],
  );
});
