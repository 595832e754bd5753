import assert from "node:assert/strict";
import fc from "fast-check";
import {
  type DictionaryFiles,
  loadDictionary,
  type LoadedDictionary,
} from "../../lib/dictionary/load.ts";

const FILES: Readonly<Record<string, string>> = {
  "good": "# text\n\n(0000,0002)\tUI\tAffectedSOPClassUID\t1\tDICOM\n",
  "other": "(0000,0002)\tUI\tOther\n",
  "bad": "(0000,0100)\tUS\tCommandField\t1\tDICOM\nnonsense\n",
  "empty": "",
  "comments": "# only\n\n   \n",
  "no-final-line-end": "(0000,0002)\tUI\tX\nnonsense",
  "crlf": "# text\r\n(0000,0002)\tUI\tX\t1\tDICOM\r\n\r\n",
};

/** Anything not among the files, as a folder, cannot be read. */
function filesOf(contents: Readonly<Record<string, string>>): DictionaryFiles {
  return {
    readFile(path): Uint8Array | undefined {
      const text = contents[path];
      return text === undefined ? undefined : new TextEncoder().encode(text);
    },
  };
}

function noBuiltIn(): never {
  throw new Error("the built-in dictionary is not to be read");
}

function load(
  paths: string,
  contents: Readonly<Record<string, string>> = FILES,
): LoadedDictionary {
  return loadDictionary(
    { paths, separator: ":" },
    filesOf(contents),
    noBuiltIn,
  );
}

function errors({ messages }: LoadedDictionary): readonly string[] {
  return messages.filter(({ level }) => level === "error").map(({ text }) =>
    text.replace("DcmDataDictionary: ", "")
  );
}

const NO_FILE = "Cannot open file: none";
const BAD_LINE = "bad: too few fields (line 2)";

/** Paths, whether that counts as loaded, errors: all as in the reference. */
const COMBINATIONS: readonly (readonly [string, boolean, ...string[]])[] = [
  ["good", true],
  ["bad", false, BAD_LINE],
  ["none", false, NO_FILE],
  [" ", false, "Cannot open file:  "],
  ["empty", true],
  ["comments", true],
  ["crlf", true],
  [
    "no-final-line-end",
    false,
    "no-final-line-end: too few fields (line 2)",
  ],
  ["good:good", true],
  ["good:bad", false, BAD_LINE],
  ["bad:good", true, BAD_LINE],
  ["bad:empty", true, BAD_LINE],
  ["empty:bad", false, BAD_LINE],
  ["bad:bad", false, BAD_LINE, BAD_LINE],
  ["good:none", true, NO_FILE],
  ["none:good", true, NO_FILE],
  ["none:empty", true, NO_FILE],
  ["none:none", false, NO_FILE, NO_FILE],
  ["bad:none", false, BAD_LINE, NO_FILE],
  ["none:bad", false, NO_FILE, BAD_LINE],
  ["bad:good:none", true, BAD_LINE, NO_FILE],
  ["good:bad:none", false, BAD_LINE, NO_FILE],
  // Empty components are passed over.
  [":", true],
  ["::", true],
  [":good", true],
  ["good:", true],
  ["bad::", false, BAD_LINE],
  ["none:", false, NO_FILE],
];

for (const [paths, loaded, ...expected] of COMBINATIONS) {
  const verdict = loaded ? "serves" : "does not serve";
  Deno.test(`the dictionary of ${JSON.stringify(paths)} ${verdict}`, () => {
    const result = load(paths);
    assert.equal(result.loaded, loaded);
    assert.equal(result.origin, "files");
    assert.deepEqual(errors(result), expected);
  });
}

Deno.test("messages come in the order of the files and of their lines", () => {
  assert.deepEqual(load("bad:none:good").messages, [
    { level: "debug", text: "DcmDataDictionary: Loading file: bad" },
    {
      level: "error",
      text: "DcmDataDictionary: bad: too few fields (line 2)",
    },
    { level: "error", text: "DcmDataDictionary: Cannot open file: none" },
    { level: "debug", text: "DcmDataDictionary: Loading file: good" },
  ]);
});

Deno.test("every kind of fault is told with file and line", () => {
  const text = [
    "# 1",
    "two",
    "(zz,1)\tUL\tName",
    "(6000-x-60FF,1)\tUL\tName",
    "(1,1)\tZZ\tName",
    "(1,1)\tUL\tName\t1x",
    "(1,1)\tUL\tName\t1\tDICOM\tmore",
    "x\tUL\tName\t1x",
  ].join("\n");
  assert.deepEqual(errors(load("f", { f: text })), [
    "f: too few fields (line 2)",
    "f: bad Tag field (line 3): (zz,1)",
    "Unknown range restrictor: x",
    "f: bad Tag field (line 4): (6000-x-60FF,1)",
    "f: bad VR field (line 5): ZZ",
    "f: bad VM field (line 6): 1x",
    "f: too many fields (line 7): ",
    "f: bad VM field (line 8): 1x",
    "f: bad Tag field (line 8): x",
  ]);
});

Deno.test("control characters of paths and fields are escaped", () => {
  const path = "a\x1b[2Jb";
  assert.deepEqual(errors(load(path)), ["Cannot open file: a\\x1b[2Jb"]);
  assert.deepEqual(errors(load(path, { [path]: "x\x07\ty\tz\n" })), [
    "a\\x1b[2Jb: bad Tag field (line 1): x\\x07",
  ]);
});

Deno.test("a line of more than 2047 characters is read in pieces", () => {
  const fits = `#${"x".repeat(2045)}\nnonsense\n`;
  assert.deepEqual(errors(load("f", { f: fits })), [
    "f: too few fields (line 2)",
  ]);
  const piece = `#${"x".repeat(2046)}y\n`;
  assert.deepEqual(errors(load("f", { f: piece })), [
    "f: too few fields (line 2)",
  ]);
});

Deno.test("a line ends at a NUL", () => {
  const text = "(0000,0002)\tUI\tX\0\ty\tz\tmore\n\0nonsense\nnonsense";
  const result = load("f", { f: text });
  assert.deepEqual(errors(result), ["f: too few fields (line 3)"]);
  assert.equal(result.dictionary.find(0x00000002)?.keyword, "X");
});

Deno.test("a byte order mark is text like any other", () => {
  assert.deepEqual(errors(load("f", { f: "\ufeff# text\n" })), [
    "f: too few fields (line 1)",
  ]);
});

Deno.test("good lines of bad files count, and later files win", () => {
  const { dictionary } = load("bad:good:other");
  assert.equal(dictionary.find(0x00000100)?.keyword, "CommandField");
  assert.equal(dictionary.find(0x00000002)?.keyword, "Other");
  assert.equal(dictionary.find(0x00000110), undefined);
});

Deno.test("the separator is the system's", () => {
  const result = loadDictionary(
    { paths: "C:\\good;none", separator: ";" },
    filesOf({ "C:\\good": "" }),
    noBuiltIn,
  );
  assert.deepEqual(errors(result), [NO_FILE]);
});

Deno.test("without a path the built-in dictionary serves, read when needed", () => {
  for (const paths of [undefined, ""]) {
    let reads = 0;
    const result = loadDictionary(
      { paths, separator: ":" },
      filesOf({}),
      () => {
        reads++;
        return new TextEncoder().encode(
          "# text\n(0010,0010)\tPN\tPatientName\t1\tDICOM\n" +
            "(6000-60FF,0010)\tUS\tOverlayRows\t1\tDICOM\n",
        );
      },
    );
    assert.equal(result.loaded, true);
    assert.equal(result.origin, "built-in");
    assert.deepEqual(result.messages, []);
    assert.equal(reads, 0);
    assert.equal(result.dictionary.find(0x00100010)?.keyword, "PatientName");
    assert.equal(result.dictionary.find(0x60020010)?.keyword, "OverlayRows");
    assert.equal(result.dictionary.find(0x00100011), undefined);
    assert.equal(result.dictionary.findKeyword("PatientName"), 0x00100010);
    assert.equal(reads, 1);
  }
});

Deno.test("a built-in dictionary that cannot be read knows no names", () => {
  const { dictionary } = loadDictionary(
    { paths: undefined, separator: ":" },
    filesOf({}),
    () => undefined,
  );
  assert.equal(dictionary.find(0x00100010), undefined);
});

Deno.test("no more than a hundred thousand faults are kept", () => {
  const { messages, loaded } = load("f", { f: "a\n".repeat(100_100) });
  assert.equal(messages.length, 100_000);
  assert.equal(loaded, false);
});

Deno.test("whatever is in a file, it loads without faults or tells some", () => {
  const pieces = fc.constantFrom(
    ...'()-,"#\t\t\t\n\r\0 0Fxuoen\u00e9'.split(""),
    "(0010,0010)",
    "UL",
    "ZZ",
    "Name",
    "1-n",
    "6000-60FF",
  );
  const text = fc.oneof(
    fc.array(pieces, { maxLength: 200 }).map((parts) => parts.join("")),
    fc.string({ unit: "binary", maxLength: 500 }),
  );
  fc.assert(fc.property(text, (content) => {
    const result = load("f", { f: content });
    assert.equal(result.loaded, errors(result).length === 0);
    for (const error of errors(result)) {
      assert.match(error, /^f: .*\(line \d+\)|^Unknown range restrictor: /);
    }
  }));
  fc.assert(fc.property(fc.uint8Array({ maxLength: 3000 }), (bytes) => {
    const result = loadDictionary(
      { paths: "f", separator: ":" },
      { readFile: () => bytes },
      noBuiltIn,
    );
    assert.equal(result.loaded, errors(result).length === 0);
  }));
});
