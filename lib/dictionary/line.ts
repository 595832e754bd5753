/**
 * One line of a data dictionary in DCMTK's text format: tag, VR, keyword, VM
 * and version, separated by tabs; the last two may be missing.
 */

import type { DictionaryEntry } from "./entry.ts";
import { parseTagField } from "./tag-field.ts";
import { stripAll, stripEnd, stripStart } from "./white-space.ts";

/** What is wrong with a line; a line may have several faults. */
export type LineFault =
  | { readonly kind: "too-few-fields" | "too-many-fields" }
  | {
    readonly kind: "bad-field";
    readonly field: "Tag" | "VR" | "VM";
    readonly text: string;
  }
  | { readonly kind: "unknown-restrictor"; readonly text: string };

export type DictionaryLine =
  /** Blank, or a comment. */
  | { readonly kind: "empty" }
  | { readonly kind: "entry"; readonly entry: DictionaryEntry }
  | { readonly kind: "bad"; readonly faults: readonly LineFault[] };

const MAXIMUM_FIELDS = 5;

/** One value, a range, or an open end; a multiple ("2-2n") counts as that. */
const VM = /^(?:[+-]?\d+(?:-[+-]?\d+)?(?:$|[nN])|[+-]?\d+-[nN]|[nN])/;

/** PS3.5 Table 6.2-1. */
const STANDARD_VRS: ReadonlySet<string> = new Set(
  ("AE AS AT CS DA DS DT FD FL IS LO LT OB OD OF OL OV OW PN SH SL SQ SS ST " +
    "SV TM UC UI UL UN UR US UT UV").split(" "),
);

/**
 * Two capital letters must be a VR of the standard. The reference takes
 * anything else, and of a longer text only the first two letters.
 */
function isVr(vr: string): boolean {
  return STANDARD_VRS.has(vr) || !/^[A-Z]{2}$/.test(vr);
}

/** Parses one line, with or without its line end; never throws. */
export function parseLine(line: string): DictionaryLine {
  const start = stripStart(line);
  if (start === "" || start.startsWith("#")) return { kind: "empty" };
  const fields = stripEnd(line).split("\t", MAXIMUM_FIELDS + 1);
  const [tagField, vrField, keywordField, vmField] = fields;
  if (
    tagField === undefined || vrField === undefined ||
    keywordField === undefined
  ) {
    return { kind: "bad", faults: [{ kind: "too-few-fields" }] };
  }
  if (fields.length > MAXIMUM_FIELDS) {
    return { kind: "bad", faults: [{ kind: "too-many-fields" }] };
  }

  const faults: LineFault[] = [];
  const vm = vmField === undefined ? "1" : stripAll(vmField);
  if (!VM.test(vm)) faults.push({ kind: "bad-field", field: "VM", text: vm });
  const tags = parseTagField(tagField);
  if (tags.kind === "bad") {
    if (tags.restrictor !== undefined) {
      faults.push({ kind: "unknown-restrictor", text: tags.restrictor });
    }
    faults.push({ kind: "bad-field", field: "Tag", text: tags.text });
    return { kind: "bad", faults };
  }
  const vrText = stripAll(vrField);
  const vr = vrText.slice(0, 2);
  if (faults.length === 0 && !isVr(vr)) {
    faults.push({ kind: "bad-field", field: "VR", text: vrText });
  }
  if (faults.length > 0) return { kind: "bad", faults };
  const { first, last, groupParity, elementParity, creator } = tags;
  return {
    kind: "entry",
    entry: {
      first,
      last,
      groupParity,
      elementParity,
      creator,
      vr,
      keyword: stripAll(keywordField),
      vm,
    },
  };
}
