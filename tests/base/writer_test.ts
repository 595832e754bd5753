import assert from "node:assert/strict";
import { WriteError, Writer } from "../../lib/base/writer.ts";

/** What `write` writes, as hexadecimal digits. */
function written(write: (writer: Writer) => void): string {
  const writer = new Writer();
  write(writer);
  return writer.finish().toHex();
}

Deno.test("numbers are written big-endian and little-endian", () => {
  assert.equal(written((w) => w.u8(0xfe)), "fe");
  assert.equal(written((w) => w.u16(0x0102)), "0102");
  assert.equal(written((w) => w.u32(0xfffefdfc)), "fffefdfc");
  assert.equal(written((w) => w.u16le(0x0102)), "0201");
  assert.equal(written((w) => w.u32le(0xfffefdfc)), "fcfdfeff");
});

Deno.test("nothing written is no bytes", () => {
  assert.equal(written(() => {}), "");
});

Deno.test("a length is that of what its block wrote", () => {
  assert.equal(written((w) => w.block16(() => w.zeros(3))), "0003000000");
  assert.equal(written((w) => w.block32(() => w.u8(7))), "0000000107");
  assert.equal(written((w) => w.block32le(() => w.u8(7))), "0100000007");
  assert.equal(written((w) => w.block16(() => {})), "0000");
  const second = written((w) => {
    w.zeros(2);
    w.block32le(() => w.zeros(1));
  });
  assert.equal(second, "0000" + "01000000" + "00");
});

Deno.test("blocks in a block are counted with their own lengths", () => {
  const bytes = written((w) => {
    w.block32(() => {
      w.block16(() => w.u8(1));
      w.block16(() => w.u16(2));
    });
    w.u8(0xff);
  });
  assert.equal(bytes, "00000007" + "000101" + "00020002" + "ff");
});

Deno.test("the buffer grows, inside an open block too", () => {
  const large = new Uint8Array(5000).fill(0xab);
  const bytes = written((w) => {
    w.u8(1);
    w.block32(() => {
      for (let i = 0; i < 300; i++) w.u16(i);
      w.bytes(large);
    });
    w.u8(2);
  });
  const numbers = Array.from(
    { length: 300 },
    (_, i) => i.toString(16).padStart(4, "0"),
  ).join("");
  assert.equal(bytes, `01000015e0${numbers}${"ab".repeat(5000)}02`);
});

Deno.test("the greatest number that fits is written", () => {
  assert.equal(written((w) => w.u8(0xff)), "ff");
  assert.equal(written((w) => w.u16(0xffff)), "ffff");
  assert.equal(written((w) => w.u16le(0xffff)), "ffff");
  assert.equal(written((w) => w.u32(0xffffffff)), "ffffffff");
  assert.equal(written((w) => w.u32le(0xffffffff)), "ffffffff");
  const block = written((w) => w.block16(() => w.zeros(0xffff)));
  assert.equal(block.length, 2 * (2 + 0xffff));
});

Deno.test("zeros are zeros after a block was longer", () => {
  const writer = new Writer();
  writer.bytes(new Uint8Array(511).fill(0xff));
  writer.zeros(600);
  assert.ok(writer.finish().subarray(511).every((byte) => byte === 0));
});

for (
  const [name, write] of [
    ["256 in one byte", (w: Writer) => w.u8(0x100)],
    ["-1 in one byte", (w: Writer) => w.u8(-1)],
    ["1.5 in one byte", (w: Writer) => w.u8(1.5)],
    ["NaN in two bytes", (w: Writer) => w.u16(NaN)],
    ["65536 in two bytes", (w: Writer) => w.u16(0x10000)],
    ["65536 in two bytes, little-endian", (w: Writer) => w.u16le(0x10000)],
    ["2^32 in four bytes", (w: Writer) => w.u32(2 ** 32)],
    ["2^32 in four bytes, little-endian", (w: Writer) => w.u32le(2 ** 32)],
    [
      "65536 bytes in a 16-bit block",
      (w: Writer) => w.block16(() => w.zeros(0x10000)),
    ],
  ] as const
) {
  Deno.test(`${name} is refused, not cut`, () => {
    assert.throws(() => write(new Writer()), WriteError);
  });
}
