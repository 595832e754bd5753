/**
 * What may differ in the messages of two programs, whatever stands around them
 * in a line. A mask takes no more than it must: what it takes is not compared.
 */

/** One thing that may differ. */
export interface Mask {
  readonly why: string;
  /** First letter of the level at which it is said; undefined: of no message. */
  readonly level: "D" | "I" | "T" | undefined;
  /** A regular expression. */
  readonly finds: string;
  /** What stands in the place of what matched; null takes the line out. */
  readonly becomes: string | null;
}

export const DICTIONARY_LOADED: Mask = {
  why: "the built-in dictionary is one file here and several there",
  level: "D",
  finds: "DcmDataDictionary: Loading file: .*",
  becomes: null,
};

export const MASKS: readonly Mask[] = [
  {
    why: "the banner has each program's own name, version and date",
    level: undefined,
    finds: String.raw`\$\w+: echoscu v[\w.+-]+ \d{4}-\d{2}-\d{2} \$`,
    becomes: "<banner>",
  },
  {
    why: "each program has an implementation class UID of its own",
    level: "D",
    finds: String.raw`(Our Implementation Class UID: {6})[\d.]+`,
    becomes: "$1<uid>",
  },
  {
    why: "each program has an implementation version name of its own",
    level: "D",
    finds: String.raw`(Our Implementation Version Name: {3})[\w.+-]+`,
    becomes: "$1<name>",
  },
  {
    why: "each program is called by the name under which it was started",
    level: "I",
    finds: String.raw`(calling )'[^']*'( with \d+ arguments:)`,
    becomes: "$1'<program>'$2",
  },
  {
    why: "the reference traces how its data set library works inside",
    level: "T",
    finds: String
      .raw`(DcmItem::(insert|readSubItem|read|searchSubFromHere)\(\) |DcmDataset::read\(\) returns error = ).*`,
    becomes: null,
  },
  {
    why: "the reference traces how it waits for data",
    level: "T",
    finds: String
      .raw`(Receiving data via (select|poll)\(\)|Timeout while waiting for incoming network data)`,
    becomes: null,
  },
  {
    why: "environment variables of the reference's socket layer",
    level: "T",
    finds:
      " {0,2}(checking whether )?environment variable TCP_(BUFFER_LENGTH|NODELAY) .*",
    becomes: null,
  },
];
