/** Command sets as the reference shows them at debug and trace level. Pure. */

import { Reader } from "../base/reader.ts";
import { hex, PADDING, printable, unpaddedText } from "../base/text.ts";
import { uidName } from "../base/uids.ts";
import type { Dictionary } from "../dictionary/entry.ts";
import type { CommandElement, CommandSet } from "./command-set.ts";

const VALUE_COLUMNS = 40;

/**
 * One line an element in the order of tags, between an empty line at the
 * start and one at the end.
 */
export function dumpCommandSet(
  elements: CommandSet,
  transferSyntaxName: string,
  dictionary: Dictionary,
): string {
  const sorted = elements.toSorted((a, b) => a.tag - b.tag);
  return [
    "",
    "# Dicom-Data-Set",
    `# Used TransferSyntax: ${transferSyntaxName}`,
    ...sorted.map((element) => dumpElement(element, dictionary)),
    "",
  ].join("\n");
}

function dumpElement(element: CommandElement, dictionary: Dictionary): string {
  const { tag, value } = element;
  const entry = dictionary.find(tag);
  const vr = entry?.vr ?? "UN";
  const { text, multiplicity } = valueText(vr, value);
  const group = hex(tag >>> 16, 4);
  const name = entry?.keyword ?? "Unknown Tag & Data";
  return `(${group},${hex(tag & 0xffff, 4)}) ${vr} ` +
    `${text.padEnd(VALUE_COLUMNS)} #` +
    `${String(value.byteLength).padStart(4)},` +
    `${String(multiplicity).padStart(2)} ${name}`;
}

interface ValueText {
  readonly text: string;
  readonly multiplicity: number;
}

function valueText(vr: string, value: Uint8Array): ValueText {
  if (value.byteLength === 0) {
    return { text: "(no value available)", multiplicity: 0 };
  }
  switch (vr) {
    case "US":
      return numbers(value, 2, (reader) => String(reader.u16le("US")));
    case "UL":
      return numbers(value, 4, (reader) => String(reader.u32le("UL")));
    case "AT":
      return numbers(value, 4, (reader) => {
        const group = hex(reader.u16le("AT group"), 4);
        return `(${group},${hex(reader.u16le("AT element"), 4)})`;
      });
    case "UN":
    case "OB":
      return {
        text: Array.from(value, (byte) => hex(byte, 2)).join("\\"),
        multiplicity: 1,
      };
    default:
      return textValue(vr, unpaddedText(value, PADDING));
  }
}

function numbers(
  value: Uint8Array,
  size: number,
  read: (reader: Reader) => string,
): ValueText {
  const reader = new Reader(value);
  const texts: string[] = [];
  while (reader.remaining >= size) texts.push(read(reader));
  return { text: texts.join("\\"), multiplicity: texts.length };
}

function textValue(vr: string, text: string): ValueText {
  const multiplicity = text.split("\\").length;
  const name = vr === "UI" ? uidName(text) : text;
  return {
    text: name === text ? `[${printable(text)}]` : name,
    multiplicity,
  };
}
