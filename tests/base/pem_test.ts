import assert from "node:assert/strict";
import { eachPemBlock, pemBlocks, toPem } from "../../lib/base/pem.ts";

const BYTES = Uint8Array.from({ length: 100 }, (_, i) => i);

function blocks(text: string): ReturnType<typeof pemBlocks> {
  return pemBlocks(new TextEncoder().encode(text));
}

Deno.test("what is written as PEM is read again", () => {
  const text = toPem("CERTIFICATE", BYTES);
  assert.ok(text.split("\n").every((line) => line.length <= 64));
  assert.deepEqual(blocks(text), [
    {
      label: "CERTIFICATE",
      line: 1,
      isEnded: true,
      headers: new Map(),
      bytes: BYTES,
    },
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
    line: 1,
    isEnded: true,
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

Deno.test("a byte order mark before the first block does not matter", () => {
  const text = `\ufeff${toPem("A", BYTES)}`;
  assert.deepEqual(blocks(text).map(({ label }) => label), ["A"]);
  assert.deepEqual(blocks(text)[0]?.bytes, BYTES);
});

Deno.test("each block knows its line, whatever ends the lines", () => {
  const text = `one\n\n${toPem("A", BYTES)}between\n${toPem("B", BYTES)}`;
  for (const end of ["\n", "\r\n", "\r"]) {
    const lines = blocks(text.replaceAll("\n", end)).map(({ line }) => line);
    assert.deepEqual(lines, [3, 9], JSON.stringify(end));
  }
});

Deno.test("a boundary is a line of its own", () => {
  const text = toPem("A", BYTES);
  assert.deepEqual(blocks(`x${text}`), []);
  assert.deepEqual(blocks(` ${text}`), []);
  assert.deepEqual(blocks(text.replace("-----\n", "----- x\n")), []);
  assert.equal(blocks(text.replace("A-----\n", "A-----  \n")).length, 1);
});

Deno.test("a long block is read in pieces, and as strictly as a short one", () => {
  const long = Uint8Array.from({ length: 100_001 }, (_, i) => i % 251);
  const text = toPem("A", long);
  assert.deepEqual(blocks(text)[0]?.bytes, long);
  assert.deepEqual(blocks(text.replaceAll("\n", "\n \r\n"))[0]?.bytes, long);
  const [begin = "", ...lines] = text.split("\n");
  const spoilt = [begin, "QQ==", ...lines].join("\n");
  assert.equal(blocks(spoilt)[0]?.bytes, undefined);
  // Wherever the padding is, also where a piece ends.
  for (let before = 16_360; before < 16_400; before += 4) {
    const inside = `${"A".repeat(before)}QQ==${"A".repeat(40_000)}`;
    for (const blank of ["", "\n", "\n\n", "\n\n\n"]) {
      const padded = `-----BEGIN A-----\n${blank}${inside}\n-----END A-----\n`;
      assert.equal(blocks(padded)[0]?.bytes, undefined, String(before));
    }
  }
  assert.equal(blocks(text.replace("/", "*"))[0]?.bytes, undefined);
});

Deno.test("only the blocks that are wanted are given", () => {
  const text = new TextEncoder().encode(
    `-----BEGIN A-----\n${toPem("B", BYTES)}${toPem("A", BYTES)}`,
  );
  const found = [...eachPemBlock(text, ["A"])];
  assert.deepEqual(found.map(({ isEnded }) => isEnded), [false, true]);
});

Deno.test("a text of nothing but dashes, or of very many blocks, has an end", () => {
  assert.deepEqual(blocks("-".repeat(100_000)), []);
  assert.deepEqual(blocks("-----\n".repeat(20_000)), []);
  const empty = "-----BEGIN A-----\n-----END A-----\n";
  assert.equal(blocks(empty.repeat(10_001)).length, 10_000);
  assert.equal(blocks(`-----BEGIN ${"A".repeat(65)}-----\n`).length, 0);
});

Deno.test("headers beyond a bounded number make a block no base64", () => {
  const text = Array.from({ length: 65 }, (_, i) => `h${i}: x\n`).join("");
  const block = `-----BEGIN A-----\n${text}\nAAEC\n-----END A-----\n`;
  assert.equal(blocks(block)[0]?.headers.size, 64);
  assert.equal(blocks(block)[0]?.bytes, undefined);
});

Deno.test("padding may be left out, and blanks be anywhere", () => {
  const of = (text: string): string | undefined =>
    blocks(`-----BEGIN A-----\n${text}\n-----END A-----\n`)[0]?.bytes?.toHex();
  assert.equal(of("AAECAw"), "00010203");
  assert.equal(of("AAECAw=="), "00010203");
  assert.equal(of(" A A\tE\r\nC "), "000102");
  assert.equal(of(`${" ".repeat(40_000)}AAEC${" ".repeat(40_000)}`), "000102");
  assert.equal(of(`AAE${" ".repeat(40_000)}C`), undefined);
});
