import assert from "node:assert/strict";
import {
  readNumber,
  readOptionNumber,
  readSigned,
  readUnsigned,
} from "../../lib/cli/numbers.ts";

const LONG_MAX = 2n ** 63n - 1n;
const LONG_MIN = -(2n ** 63n);
const ULONG_MAX = 2n ** 64n - 1n;

Deno.test("signed numbers are decimal, hexadecimal or octal by their prefix", () => {
  const cases: readonly (readonly [string, bigint])[] = [
    ["0", 0n],
    ["30", 30n],
    ["-30", -30n],
    ["+30", 30n],
    ["0x1F", 31n],
    ["0Xff", 255n],
    ["-0x10", -16n],
    ["010", 8n],
    ["-017", -15n],
    ["000", 0n],
  ];
  for (const [text, value] of cases) {
    assert.equal(readSigned(text), value, text);
  }
});

Deno.test("signed numbers end where their digits end", () => {
  const cases: readonly (readonly [string, bigint])[] = [
    ["5x", 5n],
    ["1.9", 1n],
    ["1e3", 1n],
    ["08", 0n],
    ["0179", 15n],
    ["0b1", 0n],
    ["0x", 0n],
    ["0xg", 0n],
    ["0x1g", 1n],
    ["7 8", 7n],
  ];
  for (const [text, value] of cases) {
    assert.equal(readSigned(text), value, text);
  }
});

Deno.test("blanks before a number are skipped, those of Unicode are not", () => {
  assert.equal(readSigned(" \t\n\v\f\r5"), 5n);
  assert.equal(readUnsigned(" \t\n\v\f\r5"), 5n);
  assert.equal(readSigned("\u00a05"), undefined);
  assert.equal(readUnsigned("\u00a05"), undefined);
});

Deno.test("what does not begin with a number is none", () => {
  for (const text of ["", " ", "-", "+", "+-5", "- 5", "x", ".5", "１"]) {
    assert.equal(readSigned(text), undefined, text);
    assert.equal(readUnsigned(text), undefined, text);
  }
});

Deno.test("signed numbers saturate at the ends of 64 bits", () => {
  const cases: readonly (readonly [string, bigint])[] = [
    ["9223372036854775807", LONG_MAX],
    ["9223372036854775808", LONG_MAX],
    ["-9223372036854775808", LONG_MIN],
    ["-9223372036854775809", LONG_MIN],
    ["0x7fffffffffffffff", LONG_MAX],
    ["0x8000000000000000", LONG_MAX],
    ["0777777777777777777777", LONG_MAX],
    ["07777777777777777777777", LONG_MAX],
    ["9".repeat(1000), LONG_MAX],
    [`-0x${"f".repeat(1000)}`, LONG_MIN],
    [`${"0".repeat(1000)}7`, 7n],
    [`0x${"0".repeat(1000)}a`, 10n],
  ];
  for (const [text, value] of cases) {
    assert.equal(readSigned(text), value, text);
  }
});

Deno.test("unsigned numbers are decimal, wrap below zero, saturate above", () => {
  const cases: readonly (readonly [string, bigint])[] = [
    ["16384", 16384n],
    ["+5", 5n],
    ["007", 7n],
    ["0x10", 0n],
    ["16384.5", 16384n],
    ["-0", 0n],
    ["-1", ULONG_MAX],
    ["-18446744073709551615", 1n],
    ["-18446744073709551616", ULONG_MAX],
    ["18446744073709551615", ULONG_MAX],
    ["18446744073709551616", ULONG_MAX],
    ["9".repeat(1000), ULONG_MAX],
  ];
  for (const [text, value] of cases) {
    assert.equal(readUnsigned(text), value, text);
  }
});

Deno.test("bounds are inclusive, and say on which side a number fails", () => {
  const range = { reading: "unsigned", min: 4096, max: 131072 } as const;
  const cases: readonly (readonly [string, number | string])[] = [
    ["4095", "underflow"],
    ["4096", 4096],
    ["131072", 131072],
    ["131073", "overflow"],
    ["0x5000", "underflow"],
    ["many", "invalid"],
    ["", "invalid"],
  ];
  for (const [text, expected] of cases) {
    const result = readNumber(range, text);
    assert.equal(result.ok ? result.value : result.problem, expected, text);
  }
});

Deno.test("without an upper bound the largest number is 2^53-1", () => {
  for (const reading of ["signed", "unsigned"] as const) {
    assert.deepEqual(readNumber({ reading, min: 1 }, "9".repeat(30)), {
      ok: true,
      value: Number.MAX_SAFE_INTEGER,
    });
  }
});

Deno.test("a minus sign is invalid in an unsigned option, even after blanks", () => {
  const range = { reading: "unsigned", min: 1, max: 100 } as const;
  const problem = (text: string): string | undefined => {
    const result = readOptionNumber(range, text);
    return result.ok ? undefined : result.problem;
  };
  assert.equal(problem("-5"), "invalid");
  assert.equal(problem("  -5"), "invalid");
  assert.equal(problem("\t-5"), "overflow");
  assert.deepEqual(readNumber(range, "-5"), { ok: false, problem: "overflow" });
});

Deno.test("a minus sign is a sign in a signed option", () => {
  const range = { reading: "signed", min: -1 } as const;
  assert.deepEqual(readOptionNumber(range, "-1"), { ok: true, value: -1 });
  assert.deepEqual(readOptionNumber(range, " -2"), {
    ok: false,
    problem: "underflow",
  });
});
