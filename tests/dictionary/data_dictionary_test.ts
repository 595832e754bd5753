import assert from "node:assert/strict";
import { DataDictionary } from "../../lib/dictionary/data-dictionary.ts";
import { parseLine } from "../../lib/dictionary/line.ts";

function dictionaryOf(...lines: readonly string[]): DataDictionary {
  const dictionary = new DataDictionary();
  for (const line of lines) {
    const parsed = parseLine(line);
    assert(parsed.kind === "entry", line);
    dictionary.add(parsed.entry);
  }
  return dictionary;
}

Deno.test("group lengths and item delimiters need no file", () => {
  const dictionary = dictionaryOf();
  assert.equal(dictionary.find(0x00000000)?.keyword, "GenericGroupLength");
  assert.equal(dictionary.find(0x77770000)?.keyword, "GenericGroupLength");
  assert.equal(dictionary.find(0xfffee000)?.keyword, "Item");
  assert.equal(dictionary.find(0xfffee00d)?.keyword, "ItemDelimitationItem");
  assert.equal(
    dictionary.find(0xfffee0dd)?.keyword,
    "SequenceDelimitationItem",
  );
  assert.equal(dictionary.find(0x00000002), undefined);
});

Deno.test("a later entry replaces an earlier one of the same tag", () => {
  const dictionary = dictionaryOf(
    "(0010,0010)\tPN\tOld",
    "(6000-60FF,0010)\tUS\tOldRange",
    "(0010,0010)\tLO\tNew",
    "(6000-60FF,0010)\tUS\tNewRange",
  );
  assert.equal(dictionary.find(0x00100010)?.keyword, "New");
  assert.equal(dictionary.find(0x00100010)?.vr, "LO");
  assert.equal(dictionary.find(0x60020010)?.keyword, "NewRange");
  assert.equal(dictionary.findKeyword("Old"), undefined);
  assert.equal(dictionary.findKeyword("OldRange"), undefined);
});

Deno.test("a range without a letter holds even numbers only", () => {
  const dictionary = dictionaryOf("(6000-60FF,0010-0020)\tUS\tX");
  assert.equal(dictionary.find(0x60000010)?.keyword, "X");
  assert.equal(dictionary.find(0x60fe0020)?.keyword, "X");
  assert.equal(dictionary.find(0x60010010), undefined);
  assert.equal(dictionary.find(0x60000011), undefined);
  assert.equal(dictionary.find(0x61000010), undefined);
  assert.equal(dictionary.find(0x5ffe0010), undefined);
  assert.equal(dictionary.find(0x60000022), undefined);
});

Deno.test("a range with o holds odd numbers, one with u all", () => {
  const dictionary = dictionaryOf("(0009-o-FFFF,0010-u-00FF)\tLO\tX");
  assert.equal(dictionary.find(0x00090010)?.keyword, "X");
  assert.equal(dictionary.find(0xffff00ff)?.keyword, "X");
  assert.equal(dictionary.find(0x000a0010), undefined);
  assert.equal(dictionary.find(0x00090100), undefined);
});

Deno.test("an even and an odd range of the same numbers stand side by side", () => {
  const dictionary = dictionaryOf(
    "(6000-60FF,0010)\tUS\tEven",
    "(6000-o-60FF,0010)\tUS\tOdd",
    '(6000-60FF,"A",0010)\tUS\tPrivate',
  );
  assert.equal(dictionary.find(0x60020010)?.keyword, "Even");
  assert.equal(dictionary.find(0x60010010)?.keyword, "Odd");
  assert.equal(dictionary.find(0x60020010, "A")?.keyword, "Private");
});

Deno.test("one element comes before a range, a narrow range before a wide one", () => {
  const wide = "(6000-u-60FF,0000-u-FFFF)\tUS\tWide";
  const narrow = "(6000-u-60FF,0010)\tUS\tNarrow";
  const one = "(6002,0010)\tUS\tOne";
  for (const lines of [[wide, narrow, one], [one, narrow, wide]]) {
    const dictionary = dictionaryOf(...lines);
    assert.equal(dictionary.find(0x60020010)?.keyword, "One");
    assert.equal(dictionary.find(0x60040010)?.keyword, "Narrow");
    assert.equal(dictionary.find(0x60040011)?.keyword, "Wide");
  }
});

Deno.test("of two ranges of which neither holds the other the first counts", () => {
  const dictionary = dictionaryOf(
    "(0010-u-0020,0001)\tUS\tFirst",
    "(0018-u-0030,0001)\tUS\tSecond",
  );
  assert.equal(dictionary.find(0x00180001)?.keyword, "First");
  assert.equal(dictionary.find(0x00210001)?.keyword, "Second");
});

Deno.test("a private element is found in any block, by its creator only", () => {
  const dictionary = dictionaryOf(
    '(0019,"A",10)\tUS\tOfA',
    '(0019,"B",10)\tUS\tOfB',
    '(7001-o-70ff,"A",04)\tST\tRangeOfA',
  );
  assert.equal(dictionary.find(0x00190010, "A")?.keyword, "OfA");
  assert.equal(dictionary.find(0x00191210, "A")?.keyword, "OfA");
  assert.equal(dictionary.find(0x00191210, "B")?.keyword, "OfB");
  assert.equal(dictionary.find(0x00191210, "C"), undefined);
  assert.equal(dictionary.find(0x00190010), undefined);
  assert.equal(dictionary.find(0x70031004, "A")?.keyword, "RangeOfA");
  assert.equal(dictionary.find(0x70031004, "B"), undefined);
  assert.equal(dictionary.find(0xfff91004, "A"), undefined);
});

Deno.test("a keyword stands for the standard element before a range or a private one", () => {
  const dictionary = dictionaryOf(
    "(0009,0010)\tUS\tX",
    "(6000-60FF,0010)\tUS\tX",
    "(0010,0010)\tPN\tX",
    "(0011,0001)\tUS\tY",
    "(6000-60FF,0011)\tUS\tY",
    "(0011,0002)\tUS\tZ",
    '(0019,"A",10)\tUS\tV',
  );
  assert.equal(dictionary.findKeyword("X"), 0x00100010);
  assert.equal(dictionary.findKeyword("Y"), 0x60000011);
  assert.equal(dictionary.findKeyword("Z"), 0x00110002);
  assert.equal(dictionary.findKeyword("V"), 0x00190010);
  assert.equal(dictionary.findKeyword("W"), undefined);
});
