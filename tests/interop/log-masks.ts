/** What may differ in what two programs log. A mask takes what it must. */

export interface LogMask {
  readonly why: string;
  /** Global: every place is replaced. */
  readonly finds: RegExp;
  readonly becomes: string;
}

export const LOCAL_TIME: LogMask = {
  why: "the programs run at different times",
  finds: /\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(\.\d{3}){0,2}/g,
  becomes: "<time>",
};

/** `[name 123 ]`: a number that differs from run to run, and its blanks. */
export function numberNamed(name: string, why: string): LogMask {
  return {
    why,
    finds: new RegExp(`\\[(${name}) *\\d[\\d.]* *\\]`, "g"),
    becomes: "[$1 <number>]",
  };
}

export const PROCESS = numberNamed("pid", "each program is a process");
export const THREAD = numberNamed("thread", "each program has its threads");
export const RELATIVE = numberNamed("r", "how long it took");

/** `[name …]`: where in the source text a message was written. */
export const SOURCE: LogMask = {
  why: "the reference names its C++ source files, lines and functions",
  finds: /\[source [^\]]*\]/g,
  becomes: "[source]",
};

const OWN: readonly LogMask[] = [
  {
    why: "the banner has each program's own name, version and date",
    finds: /\$\w+: echoscu v[\w.+-]+ \d{4}-\d{2}-\d{2} \$/g,
    becomes: "<banner>",
  },
  {
    why: "each program has an implementation class UID of its own",
    finds: /(Our Implementation Class UID: {6})[\d.]+/g,
    becomes: "$1<uid>",
  },
  {
    why: "each program has an implementation version name of its own",
    finds: /(Our Implementation Version Name: {3})[\w.+-]+/g,
    becomes: "$1<name>",
  },
  {
    why: "each program is called by the name under which it was started",
    finds: /calling '[^']*'( with \d+ arguments:)/g,
    becomes: "calling '<program>'$1",
  },
];

/** Lines that only one of the programs has, whatever stands before. */
const DROPPED: readonly { readonly why: string; readonly line: RegExp }[] = [
  {
    why: "the built-in dictionary is one file here and several there",
    line: /DcmDataDictionary: Loading file: /,
  },
  {
    why: "the reference traces how its data set library works inside",
    line:
      /DcmItem::(insert|readSubItem|read|searchSubFromHere)\(\) |DcmDataset::read\(\) returns error = /,
  },
  {
    why: "the reference traces how it waits for data",
    line:
      /Receiving data via (select|poll)\(\)|Timeout while waiting for incoming network data/,
  },
  {
    why: "environment variables of the reference's socket layer",
    line: /environment variable TCP_(BUFFER_LENGTH|NODELAY) |\(TCP_NODELAY=1\)/,
  },
];

/** The text as it is compared, `masks` applied after those of every case. */
export function mask(text: string, masks: readonly LogMask[]): string {
  const kept = text.split("\n")
    .filter((line) => !DROPPED.some((dropped) => dropped.line.test(line)))
    .join("\n");
  return [...OWN, ...masks].reduce(
    (left, { finds, becomes }) => left.replaceAll(finds, becomes),
    kept,
  );
}
