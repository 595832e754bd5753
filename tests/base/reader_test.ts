import assert from "node:assert/strict";
import { Reader, ReadError } from "../../lib/base/reader.ts";

const BYTES = Uint8Array.of(0x01, 0x02, 0x83, 0x04, 0x05, 0x86, 0x07, 0x08);

Deno.test("numbers are read big-endian and little-endian", () => {
  const big = new Reader(BYTES);
  assert.equal(big.u8("a"), 0x01);
  assert.equal(big.u16("b"), 0x0283);
  assert.equal(big.u32("c"), 0x04058607);
  const little = new Reader(BYTES);
  assert.equal(little.u16le("a"), 0x0201);
  assert.equal(little.u32le("b"), 0x86050483);
});

Deno.test("a number with its highest bit set is not negative", () => {
  const ones = Uint8Array.of(0xff, 0xff, 0xff, 0xff);
  assert.equal(new Reader(ones).u16("a"), 0xffff);
  assert.equal(new Reader(ones).u32("a"), 0xffffffff);
  assert.equal(new Reader(ones).u32le("a"), 0xffffffff);
});

Deno.test("a view of a larger buffer is read from its own start to its own end", () => {
  const reader = new Reader(BYTES.subarray(2, 4));
  assert.equal(reader.u16("a"), 0x8304);
  assert.equal(reader.remaining, 0);
  assert.throws(() => reader.u8("b"), ReadError);
});

Deno.test("peek leaves the byte where it is", () => {
  const reader = new Reader(BYTES);
  assert.equal(reader.peek("a"), 0x01);
  assert.equal(reader.offset, 0);
  assert.equal(reader.u8("a"), 0x01);
  const empty = new Reader(new Uint8Array());
  assert.throws(() => empty.peek("a"), ReadError);
  assert.equal(empty.offset, 0);
});

Deno.test("bytes are shared with what they were read from", () => {
  const reader = new Reader(BYTES);
  reader.skip("a", 3);
  const taken = reader.bytes("b", 2);
  assert.deepEqual(taken, Uint8Array.of(0x04, 0x05));
  assert.equal(taken.buffer, BYTES.buffer);
  assert.deepEqual(reader.rest("c"), Uint8Array.of(0x86, 0x07, 0x08));
  assert.deepEqual(reader.rest("d"), new Uint8Array());
});

Deno.test("a block ends where it should, and its parent goes on after it", () => {
  const reader = new Reader(BYTES, 6);
  reader.u8("a");
  const block = reader.block("b", 3);
  assert.equal(block.remaining, 3);
  assert.equal(block.offset, 7);
  assert.equal(block.u16("c"), 0x0283);
  assert.throws(() => block.u16("d"), ReadError);
  assert.equal(reader.offset, 10);
  assert.equal(reader.u8("e"), 0x05);
});

Deno.test("a block longer than its parent cannot be opened", () => {
  const block = new Reader(BYTES).block("outer", 4);
  assert.throws(() => block.block("inner", 5), ReadError);
});

for (
  const [name, read, wanted] of [
    ["u8", (r: Reader) => r.u8("field"), 1],
    ["u16", (r: Reader) => r.u16("field"), 2],
    ["u32", (r: Reader) => r.u32("field"), 4],
    ["u16le", (r: Reader) => r.u16le("field"), 2],
    ["u32le", (r: Reader) => r.u32le("field"), 4],
    ["bytes", (r: Reader) => r.bytes("field", 9), 9],
    ["skip", (r: Reader) => r.skip("field", 9), 9],
    ["block", (r: Reader) => r.block("field", 9), 9],
  ] as const
) {
  Deno.test(`${name} past the end says which field, where and how much`, () => {
    const available = wanted - 1;
    const bytes = new Uint8Array(available + 1);
    const reader = new Reader(bytes, 100);
    reader.skip("before", 1);
    assert.throws(() => read(reader), {
      name: "ReadError",
      field: "field",
      offset: 101,
      wanted,
      available,
      message: `field at offset 101: ${wanted} bytes wanted, ${available} left`,
    });
    assert.equal(reader.offset, 101);
  });
}
