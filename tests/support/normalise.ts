/** Takes out of the output of two programs what may differ between them. */

import { DICTIONARY_LOADED, type Mask, MASKS } from "./masks.ts";

/** What `normalise` has to know of the run. */
export interface NormaliseOptions {
  /** `DCMDICTPATH` names files: both load the same files and must say so alike. */
  readonly dictionaryGiven: boolean;
}

interface LineMask {
  readonly line: RegExp;
  readonly becomes: string | null;
}

/** The message alone, after its level; a line goes only as a whole. */
function ofLines({ level, finds, becomes }: Mask): LineMask {
  const start = level === undefined ? "" : `(?<=^${level}: )`;
  const end = becomes === null ? "$" : "";
  return { line: new RegExp(`${start}${finds}${end}`), becomes };
}

const LINES = MASKS.map(ofLines);
const LOADED = ofLines(DICTIONARY_LOADED);

/** The text as it is compared. */
export function normalise(output: string, options: NormaliseOptions): string {
  const masks = options.dictionaryGiven ? LINES : [...LINES, LOADED];
  const lines: string[] = [];
  for (const line of output.split("\n")) {
    let kept: string | null = line;
    for (const mask of masks) {
      if (!mask.line.test(kept)) continue;
      if (mask.becomes === null) {
        kept = null;
        break;
      }
      kept = kept.replace(mask.line, mask.becomes);
    }
    if (kept !== null) lines.push(kept);
  }
  return lines.join("\n");
}
