/** Command sets against lines recorded from the reference. */

import assert from "node:assert/strict";
import type { Dictionary } from "../../lib/dictionary/entry.ts";
import { loadDictionary } from "../../lib/dictionary/load.ts";
import { decodeCommandSet } from "../../lib/dimse/command-set.ts";
import { dumpCommandSet } from "../../lib/dimse/dump.ts";
import { echoRequest } from "../../lib/dimse/echo.ts";
import { echoResponseCommand, element, text } from "../support/pdus.ts";

/** The one that comes with the program. */
const { dictionary } = loadDictionary(
  { paths: undefined, separator: ":" },
  { readFile: () => undefined },
  () => Deno.readFileSync(new URL("../../dicom.dic", import.meta.url)),
);

const IMPLICIT = "Little Endian Implicit";

function dump(
  bytes: Uint8Array,
  names: Dictionary = dictionary,
): readonly string[] {
  const { elements } = decodeCommandSet(bytes);
  return dumpCommandSet(elements, IMPLICIT, names).split("\n");
}

Deno.test("a request is shown as the reference shows it, in the order of tags", () => {
  const groupLength = { tag: 0, value: new Uint8Array(4) };
  const elements = [...echoRequest(1), groupLength];
  assert.equal(
    dumpCommandSet(elements, "Little Endian Explicit", dictionary),
    `
# Dicom-Data-Set
# Used TransferSyntax: Little Endian Explicit
(0000,0000) UL 0                                        #   4, 1 CommandGroupLength
(0000,0002) UI =VerificationSOPClass                    #  18, 1 AffectedSOPClassUID
(0000,0100) US 48                                       #   2, 1 CommandField
(0000,0110) US 1                                        #   2, 1 MessageID
(0000,0800) US 257                                      #   2, 1 CommandDataSetType
`,
  );
});

Deno.test("a response is shown as the reference shows it", () => {
  assert.deepEqual(dump(echoResponseCommand({ messageId: 65535 })), [
    "",
    "# Dicom-Data-Set",
    "# Used TransferSyntax: Little Endian Implicit",
    "(0000,0000) UL 66                                       #   4, 1 CommandGroupLength",
    "(0000,0002) UI =VerificationSOPClass                    #  18, 1 AffectedSOPClassUID",
    "(0000,0100) US 32816                                    #   2, 1 CommandField",
    "(0000,0120) US 65535                                    #   2, 1 MessageIDBeingRespondedTo",
    "(0000,0800) US 257                                      #   2, 1 CommandDataSetType",
    "(0000,0900) US 0                                        #   2, 1 Status",
    "",
  ]);
});

/** The one line that an element makes. */
function line(
  number: number,
  value: string | Uint8Array,
  names = dictionary,
): string | undefined {
  return dump(element(number, value), names)[3];
}

Deno.test("status detail is shown as the reference shows it", () => {
  assert.equal(
    line(0x0901, "0000 0009 0200 0008"),
    "(0000,0901) AT (0000,0900)\\(0002,0800)                  #   8, 2 OffendingElement",
  );
  assert.equal(
    line(0x0902, text("odd text")),
    "(0000,0902) LO [odd text]                               #   8, 1 ErrorComment",
  );
});

Deno.test("a value that is empty says so", () => {
  assert.equal(
    line(0x0902, ""),
    "(0000,0902) LO (no value available)                     #   0, 0 ErrorComment",
  );
});

Deno.test("a UID without a name is shown in brackets, without its padding", () => {
  assert.equal(
    line(0x0002, text("1.2.3\0")),
    "(0000,0002) UI [1.2.3]                                  #   6, 1 AffectedSOPClassUID",
  );
});

Deno.test("several values are counted", () => {
  assert.equal(
    line(0x0900, "0100 0200 0300"),
    "(0000,0900) US 1\\2\\3                                    #   6, 3 Status",
  );
  assert.equal(
    line(0x0902, text("a\\b ")),
    "(0000,0902) LO [a\\b]                                    #   4, 2 ErrorComment",
  );
});

Deno.test("an element that no dictionary knows is shown as bytes", () => {
  const nothing: Dictionary = {
    find: () => undefined,
    findKeyword: () => undefined,
  };
  assert.equal(
    line(0x0900, "01ff", nothing),
    "(0000,0900) UN 01\\ff                                    #   2, 1 Unknown Tag & Data",
  );
});

Deno.test("control characters in a value are escaped", () => {
  assert.ok(
    line(0x0902, text("\x1b]0;x\x07\n"))?.includes("[\\x1b]0;x\\x07\\x0a]"),
  );
  assert.ok(line(0x0002, text("1.2\r3 "))?.includes("[1.2\\x0d3]"));
});
