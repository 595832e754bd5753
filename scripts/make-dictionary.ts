/**
 * Writes dicom.dic, the data dictionary that comes with the program:
 *
 *     deno task dictionary
 *
 * The facts (tag, VR, keyword, VM) are those of an npm package, corrected and
 * completed by dictionary-supplement.dic; both versions are pinned, so the
 * result is always the same.
 */

// deno-lint-ignore no-import-prefix -- pinned and used only here
import { dictionary } from "npm:dcmjs@0.52.2/dictionary";
import type { DictionaryEntry } from "../lib/dictionary/entry.ts";
import { parseLine } from "../lib/dictionary/line.ts";

const PACKAGE = "dcmjs 0.52.2";

const HEADER = `\
# Data dictionary: the data elements of DICOM PS3.6 and the command elements of
# PS3.7, the retired ones included.
#
# Generated from the npm package ${PACKAGE} (MIT licence) and from
# scripts/dictionary-supplement.dic; change that file, not this one. Command:
#
#     deno task dictionary
#
# Tag	VR	Keyword	VM	Version
#
`;

/** One line of a dictionary, and what it says. */
interface Line {
  readonly text: string;
  readonly entry: DictionaryEntry;
}

function fail(message: string): never {
  console.error(message);
  Deno.exit(1);
}

function toLine(text: string): Line | undefined {
  const parsed = parseLine(text);
  switch (parsed.kind) {
    case "empty":
      return undefined;
    case "entry":
      return { text, entry: parsed.entry };
    case "bad":
      return fail(`bad line: ${text}`);
  }
}

/** A property of one of the package's records, if it is a text. */
function property(record: unknown, name: string): string | undefined {
  if (typeof record !== "object" || record === null) return undefined;
  const value: unknown = Object.getOwnPropertyDescriptor(record, name)?.value;
  return typeof value === "string" && value !== "" ? value : undefined;
}

/** Upper-case digits; the letters that restrict a range stay small. */
function normaliseTag(tag: string): string {
  return tag.toUpperCase().replace(
    /-[EOU]-/g,
    (letter) => letter.toLowerCase(),
  );
}

/** The column says which standard has the element, not which supplement. */
function versionOf(tag: string, keyword: string, version: string): string {
  if (keyword.startsWith("RETIRED_")) return "DICOM/retired";
  if (tag.startsWith("(0014,")) return "DICOM/DICONDE";
  return /^(?:Supplement|CP)_/.test(version) ? "DICOM" : version;
}

/** The package's record as a line; undefined for what is not of DICOM. */
function packageLine(record: unknown): Line | undefined {
  const tag = property(record, "tag");
  const vr = property(record, "vr");
  const keyword = property(record, "name");
  const vm = property(record, "vm");
  const version = property(record, "version");
  if (
    tag === undefined || vr === undefined || keyword === undefined ||
    vm === undefined || version === undefined
  ) return undefined;
  // Private elements; retired numbers that never had a name.
  if (version === "PrivateTag" || keyword === "RETIRED_undefined") {
    return undefined;
  }
  return toLine(
    [
      normaliseTag(tag),
      vr,
      keyword,
      vm,
      versionOf(tag, keyword, version),
    ].join("\t"),
  );
}

function main(): void {
  const supplement = Deno.readTextFileSync(
    new URL("./dictionary-supplement.dic", import.meta.url),
  ).split("\n").map(toLine);
  const records: unknown[] = Object.values(dictionary);
  const lines = new Map<string, Line>();
  for (const line of [...records.map(packageLine), ...supplement]) {
    if (line === undefined) continue;
    const [tag = ""] = line.text.split("\t");
    lines.set(tag, line);
  }
  const sorted = [...lines.values()].sort(
    ({ entry: a }, { entry: b }) => a.first - b.first || a.last - b.last,
  );
  const text = HEADER + sorted.map((line) => `${line.text}\n`).join("");
  Deno.writeTextFileSync(new URL("../dicom.dic", import.meta.url), text);
  console.log(`dicom.dic: ${sorted.length} entries`);
}

main();
