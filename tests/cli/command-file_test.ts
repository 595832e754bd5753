import assert from "node:assert/strict";
import fc from "fast-check";
import {
  expandCommandFiles,
  splitCommandFile,
} from "../../lib/cli/command-file.ts";
import { fakeFiles } from "./fake-files.ts";

const SPLIT: readonly (readonly [string, string, readonly string[]])[] = [
  ["nothing", "", []],
  ["blanks only", " \t\r\n ", []],
  ["blanks, tabs and ends of lines separate", "a b\tc\r\nd\n\ne", [..."abcde"]],
  ["double quotes keep blanks", '-aet "my title"', ["-aet", "my title"]],
  ["single quotes keep blanks", "'a\tb\nc'", ["a\tb\nc"]],
  ["each kind of quote may hold the other", `"it's" 'a"b'`, ["it's", 'a"b']],
  ["quotes without content are an empty argument", `"" ''`, ["", ""]],
  ["a closing quote ends the argument", '"a""b"c', ["a", "b", "c"]],
  ["an opening quote goes on with the argument", 'a"b c"d', ["ab c", "d"]],
  ["an open quote takes the rest", 'a "b c\n', ["a", "b c\n"]],
  ["an open quote without a rest is nothing", 'a "', ["a"]],
  ["no escapes", 'a\\ b "c\\" d', ["a\\", "b", "c\\", "d"]],
  ["no comments", "# a", ["#", "a"]],
  ["other blanks belong to the argument", "a\vb\u00a0c", ["a\vb\u00a0c"]],
];

for (const [behaviour, text, expected] of SPLIT) {
  Deno.test(`command file: ${behaviour}`, () => {
    assert.deepEqual(splitCommandFile(text), expected);
  });
}

Deno.test("command file: quoted arguments come back as they are", () => {
  const argument = fc.string().filter((text) => !text.includes('"'));
  fc.assert(fc.property(fc.array(argument), (list) => {
    const text = list.map((one) => `"${one}"`).join("\n");
    assert.deepEqual(splitCommandFile(text), list);
  }));
});

function expand(
  argv: readonly string[],
  contents: Readonly<Record<string, string | Uint8Array | null | undefined>>,
): readonly string[] | string {
  const result = expandCommandFiles(argv, fakeFiles(contents));
  return result.ok ? result.arguments : result.message;
}

Deno.test("a command file stands for its arguments, in its place", () => {
  assert.deepEqual(
    expand(["-v", "@f", "104", "@g"], { f: "-aet X host", g: "-d" }),
    ["-v", "-aet", "X", "host", "104", "-d"],
  );
});

Deno.test("a command file does not open another", () => {
  assert.deepEqual(expand(["@f"], { f: "@g", g: "-d" }), ["@g"]);
});

Deno.test("an @ alone is an argument, also if there is a file of no name", () => {
  assert.deepEqual(expand(["@", "x@f"], { "": "-d", f: "-d" }), ["@", "x@f"]);
});

Deno.test("a folder stands for nothing", () => {
  assert.deepEqual(expand(["@d", "x"], { d: null }), ["x"]);
});

Deno.test("the first command file that cannot be opened is named", () => {
  assert.equal(
    expand(["@f", "@no such", "@nor this"], { f: "" }),
    "Cannot open command file 'no such'",
  );
  assert.equal(
    expand(["@locked"], { locked: undefined }),
    "Cannot open command file 'locked'",
  );
});

Deno.test("a command file is UTF-8, and what is not does no harm", () => {
  assert.deepEqual(
    expand(["@f"], { f: Uint8Array.of(0xc3, 0xa4, 0x20, 0xff) }),
    ["ä", "\ufffd"],
  );
  assert.deepEqual(expand(["@f"], { f: "\ufeffa" }), ["\ufeffa"]);
});

Deno.test("a command file may hold more arguments than a call can take", () => {
  const result = expand(["@f"], { f: "x ".repeat(300_000) });
  assert.equal(result.length, 300_000);
});
