/**
 * Takes out of the output of two programs what may differ between them. A mask
 * takes no more than it must: what it takes is not compared.
 */

/** One thing that may differ; lines come without their line end. */
interface Mask {
  readonly why: string;
  readonly line: RegExp;
  /** What stands in the place of what matched; null takes the line out. */
  readonly becomes: string | null;
}

/** What `normalise` has to know of the run. */
export interface NormaliseOptions {
  /** `DCMDICTPATH` names files: both load the same files and must say so alike. */
  readonly dictionaryGiven: boolean;
}

const DICTIONARY_LOADED: Mask = {
  why: "the built-in dictionary is one file here and several there",
  line: /^D: DcmDataDictionary: Loading file: .*$/,
  becomes: null,
};

const MASKS: readonly Mask[] = [
  {
    why: "the banner has each program's own name, version and date",
    line: /\$\w+: echoscu v[\w.+-]+ \d{4}-\d{2}-\d{2} \$/,
    becomes: "<banner>",
  },
  {
    why: "each program has an implementation class UID of its own",
    line: /^(D: Our Implementation Class UID: {6})[\d.]+$/,
    becomes: "$1<uid>",
  },
  {
    why: "each program has an implementation version name of its own",
    line: /^(D: Our Implementation Version Name: {3})[\w.+-]+$/,
    becomes: "$1<name>",
  },
  {
    why: "each program is called by the name under which it was started",
    line: /^(I: calling )'[^']*'( with \d+ arguments:)/,
    becomes: "$1'<program>'$2",
  },
  {
    why: "the reference traces how its data set library works inside",
    line:
      /^T: (DcmItem::(insert|readSubItem|read|searchSubFromHere)\(\) |DcmDataset::read\(\) returns error = )/,
    becomes: null,
  },
  {
    why: "the reference traces how it waits for data",
    line:
      /^T: (Receiving data via (select|poll)\(\)|Timeout while waiting for incoming network data)$/,
    becomes: null,
  },
  {
    why: "environment variables of the reference's socket layer",
    line:
      /^T: {1,3}(checking whether )?environment variable TCP_(BUFFER_LENGTH|NODELAY) .*$/,
    becomes: null,
  },
];

/** The text as it is compared. */
export function normalise(output: string, options: NormaliseOptions): string {
  const masks = options.dictionaryGiven ? MASKS : [...MASKS, DICTIONARY_LOADED];
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
