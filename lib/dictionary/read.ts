/** Reads a whole dictionary file into a dictionary. */

import { escapeControls } from "../base/text.ts";
import type { DataDictionary } from "./data-dictionary.ts";
import { type LineFault, parseLine } from "./line.ts";

/** The reference reads so many characters at most; a longer line is several. */
const MAXIMUM_LINE = 2047;

function describe(fault: LineFault, file: string, line: number): string {
  switch (fault.kind) {
    case "too-few-fields":
      return `${file}: too few fields (line ${line})`;
    case "too-many-fields":
      return `${file}: too many fields (line ${line}): `;
    case "bad-field": {
      const text = escapeControls(fault.text);
      return `${file}: bad ${fault.field} field (line ${line}): ${text}`;
    }
    case "unknown-restrictor":
      return `Unknown range restrictor: ${escapeControls(fault.text)}`;
  }
}

/** Splits as C's fgets does, line ends kept, and ends each line at a NUL. */
function* splitLines(text: string): Generator<string> {
  let newline = -1;
  for (let start = 0, end; start < text.length; start = end) {
    if (newline < start) {
      newline = text.indexOf("\n", start);
      if (newline < 0) newline = text.length;
    }
    end = Math.min(newline + 1, start + MAXIMUM_LINE);
    const line = text.slice(start, end);
    const nul = line.indexOf("\0");
    yield nul < 0 ? line : line.slice(0, nul);
  }
}

/**
 * Adds all good lines to the dictionary and reports each fault of the others,
 * `path` being the name by which the faults call the file. Returns whether
 * there was none; never throws.
 */
export function readDictionary(
  dictionary: DataDictionary,
  path: string,
  bytes: Uint8Array,
  report: (fault: string) => void,
): boolean {
  const text = new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes);
  let good = true;
  let number = 0;
  for (const line of splitLines(text)) {
    number++;
    const parsed = parseLine(line);
    if (parsed.kind === "entry") dictionary.add(parsed.entry);
    if (parsed.kind === "bad") {
      good = false;
      for (const fault of parsed.faults) {
        report(describe(fault, escapeControls(path), number));
      }
    }
  }
  return good;
}
