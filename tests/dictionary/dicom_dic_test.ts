import assert from "node:assert/strict";
import type { DictionaryEntry } from "../../lib/dictionary/entry.ts";
import { parseLine } from "../../lib/dictionary/line.ts";
import { loadDictionary } from "../../lib/dictionary/load.ts";

const BYTES = Deno.readFileSync(
  new URL("../../dicom.dic", import.meta.url),
);
const LINES = new TextDecoder().decode(BYTES).split("\n").filter((line) =>
  line !== "" && !line.startsWith("#")
);

const COMMAND_ELEMENTS = `\
0000 UL CommandGroupLength 1
0001 UL RETIRED_CommandLengthToEnd 1
0002 UI AffectedSOPClassUID 1
0003 UI RequestedSOPClassUID 1
0010 SH RETIRED_CommandRecognitionCode 1
0100 US CommandField 1
0110 US MessageID 1
0120 US MessageIDBeingRespondedTo 1
0200 AE RETIRED_Initiator 1
0300 AE RETIRED_Receiver 1
0400 AE RETIRED_FindLocation 1
0600 AE MoveDestination 1
0700 US Priority 1
0800 US CommandDataSetType 1
0850 US RETIRED_NumberOfMatches 1
0860 US RETIRED_ResponseSequenceNumber 1
0900 US Status 1
0901 AT OffendingElement 1-n
0902 LO ErrorComment 1
0903 US ErrorID 1
1000 UI AffectedSOPInstanceUID 1
1001 UI RequestedSOPInstanceUID 1
1002 US EventTypeID 1
1005 AT AttributeIdentifierList 1-n
1008 US ActionTypeID 1
1020 US NumberOfRemainingSuboperations 1
1021 US NumberOfCompletedSuboperations 1
1022 US NumberOfFailedSuboperations 1
1023 US NumberOfWarningSuboperations 1
1030 AE MoveOriginatorApplicationEntityTitle 1
1031 US MoveOriginatorMessageID 1
4000 LT RETIRED_DialogReceiver 1
4010 LT RETIRED_TerminalType 1
5010 SH RETIRED_MessageSetID 1
5020 SH RETIRED_EndMessageID 1
5110 LT RETIRED_DisplayFormat 1
5120 LT RETIRED_PagePositionID 1
5130 CS RETIRED_TextFormatID 1
5140 CS RETIRED_NormalReverse 1
5150 CS RETIRED_AddGrayScale 1
5160 CS RETIRED_Borders 1
5170 IS RETIRED_Copies 1
5180 CS RETIRED_CommandMagnificationType 1
5190 CS RETIRED_Erase 1
51A0 CS RETIRED_Print 1
51B0 US RETIRED_Overlays 1-n`.split("\n");

function entryOf(line: string): DictionaryEntry {
  const parsed = parseLine(line);
  assert(parsed.kind === "entry", line);
  return parsed.entry;
}

Deno.test("every line of dicom.dic has the plain form", () => {
  const part = "[0-9A-F]{4}(?:-(?:[eou]-)?[0-9A-F]{4})?";
  const form = new RegExp(
    `^\\(${part},${part}\\)\\t(?:[A-Z]{2}|ox|px|xs|lt|up|na)\\t(?:RETIRED_)?` +
      "[A-Za-z][A-Za-z0-9]+\\t\\d+(?:-(?:\\d+|\\d*n))?\\t" +
      "(?:DICOM(?:/retired|/DICONDE|/DICOS)?|PRIVATE|ILLEGAL|GENERIC)$",
  );
  for (const line of LINES) assert.match(line, form);
});

Deno.test("dicom.dic is sorted, and names each tag and each keyword once", () => {
  const entries = LINES.map(entryOf);
  let previous: DictionaryEntry | undefined;
  for (const entry of entries) {
    if (previous !== undefined) {
      const { first, last } = previous;
      assert(
        first < entry.first || (first === entry.first && last < entry.last),
        entry.keyword,
      );
    }
    previous = entry;
  }
  const keywords = new Set(entries.map(({ keyword }) => keyword));
  assert.equal(keywords.size, entries.length);
});

Deno.test("a retired element of dicom.dic says so in keyword and version", () => {
  for (const line of LINES) {
    const [, , keyword = "", , version = ""] = line.split("\t");
    assert.equal(
      keyword.startsWith("RETIRED_"),
      version === "DICOM/retired",
      line,
    );
  }
});

Deno.test("dicom.dic has all command elements of PS3.7 Annex E", () => {
  const commands = LINES.map(entryOf).filter(({ first, last }) =>
    first < 0x10000 && first === last
  );
  assert.deepEqual(
    commands.map(({ first, vr, keyword, vm }) => {
      const element = first.toString(16).toUpperCase().padStart(4, "0");
      return `${element} ${vr} ${keyword} ${vm}`;
    }),
    COMMAND_ELEMENTS,
  );
});

Deno.test("dicom.dic is not smaller than the standard of 2026", () => {
  assert(LINES.length >= 5352, `${LINES.length}`);
});

Deno.test("dicom.dic has what the supplement corrects", () => {
  const supplement = Deno.readTextFileSync(
    new URL("../../scripts/dictionary-supplement.dic", import.meta.url),
  ).split("\n").filter((line) => line !== "" && !line.startsWith("#"));
  assert(supplement.length > 200);
  const lines = new Set(LINES);
  for (const line of supplement) assert(lines.has(line), line);
});

Deno.test("dicom.dic loads without a fault, named as file or built in", () => {
  const readFile = (): Uint8Array => BYTES;
  const fromFile = loadDictionary(
    { paths: "dicom.dic", separator: ":" },
    { readFile },
    () => undefined,
  );
  assert.equal(fromFile.loaded, true);
  assert.equal(fromFile.messages.length, 1);
  const { dictionary: builtIn } = loadDictionary(
    { paths: undefined, separator: ":" },
    { readFile: () => undefined },
    readFile,
  );
  const tags = [
    [0x00000000, "CommandGroupLength"],
    [0x00000900, "Status"],
    [0x00020010, "TransferSyntaxUID"],
    [0x00080000, "GenericGroupLength"],
    [0x00090000, "PrivateGroupLength"],
    [0x00090010, "PrivateCreator"],
    [0x00030010, "IllegalPrivateCreator"],
    [0x00203110, "RETIRED_SourceImageIDs"],
    [0x50020005, "RETIRED_CurveDimensions"],
    [0x60020010, "OverlayRows"],
    [0x7fe00010, "PixelData"],
    [0xfffee00d, "ItemDelimitationItem"],
    [0x60030010, "PrivateCreator"],
    [0x00091000, undefined],
  ] as const;
  for (const [tag, keyword] of tags) {
    assert.equal(builtIn.find(tag)?.keyword, keyword);
    assert.deepEqual(builtIn.find(tag), fromFile.dictionary.find(tag));
  }
  for (const { first } of LINES.map(entryOf)) {
    assert.deepEqual(builtIn.find(first), fromFile.dictionary.find(first));
  }
});
