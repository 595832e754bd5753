import assert from "node:assert/strict";
import fc from "fast-check";
import { csvCell, csvRow } from "../../lib/format/csv-cell.ts";
import { csvReport } from "../../lib/format/csv.ts";
import { DANGEROUS, HOSTILE_RESULT, HOSTILE_TEXT } from "./hostile.ts";
import { REFUSED, reported, VERIFIED, VERIFIED_TLS } from "./results.ts";

/** By the grammar of RFC 4180; fails on what it does not have. */
function parse(text: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  const cell = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/y;
  while (cell.lastIndex < text.length) {
    const at = cell.lastIndex;
    const match = cell.exec(text);
    assert.ok(match, `no cell: ${text.slice(at, at + 40)}`);
    row.push(match[1]?.replaceAll('""', '"') ?? match[2] ?? "");
    if (match[3] === ",") continue;
    rows.push(row);
    row = [];
  }
  return rows;
}

function records(text: string): Record<string, string>[] {
  const [header = [], ...rows] = parse(text);
  return rows.map((row) => {
    assert.equal(row.length, header.length);
    return Object.fromEntries(header.map((name, at) => [name, row[at] ?? ""]));
  });
}

Deno.test("a row for each peer, under the names of its columns", () => {
  const [plain, tls, refused] = records(
    reported(csvReport, [VERIFIED, VERIFIED_TLS, REFUSED]).text,
  );
  assert.equal(plain?.["result"], "verified");
  assert.equal(plain?.["duration_seconds"], "0.012345");
  assert.equal(plain?.["tls_seconds"], "");
  assert.equal(plain?.["cause_code"], "");
  assert.equal(tls?.["tls_seconds"], "0.021");
  assert.equal(tls?.["certificate_days_left"], "20");
  assert.equal(refused?.["result"], "failed");
  assert.equal(refused?.["cause_code"], "refused");
  assert.equal(refused?.["condition"], "0006:031c");
});

Deno.test("what a spreadsheet could take for a formula is text", () => {
  for (
    const [text, cell] of [
      ["=1+1", "'=1+1"],
      ["+49", "'+49"],
      ["-", "'-"],
      ["@SUM(A1)", "'@SUM(A1)"],
      ["\uff1dcmd", "'\uff1dcmd"],
      ["a;=1", "a;'=1"],
      ["a-b=c", "a-b=c"],
      ["  =1", "  '=1"],
    ] as const
  ) {
    const [[read] = []] = parse(csvRow([text]));
    assert.equal(read, cell);
  }
  assert.equal(csvCell(-3), "-3");
});

Deno.test("hostile text stays in its cell and starts no formula", () => {
  fc.assert(fc.property(fc.array(HOSTILE_TEXT, { minLength: 2 }), (cells) => {
    const text = csvRow(cells);
    const [row = [], ...rest] = parse(text);
    assert.equal(row.length, cells.length);
    assert.deepEqual(rest, []);
    assert.doesNotMatch(text.replaceAll("\r\n", ""), DANGEROUS);
    for (const cell of row) assert.doesNotMatch(cell, /^\s*[=+\-@\uff1d]/);
  }));
  fc.assert(fc.property(HOSTILE_RESULT, (result) => {
    assert.equal(records(reported(csvReport, [result]).text).length, 1);
  }));
});
