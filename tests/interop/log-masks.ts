/** What may differ in what two programs log. A mask takes what it must. */

import { DICTIONARY_LOADED, MASKS } from "../support/masks.ts";

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

const ALWAYS = [...MASKS, DICTIONARY_LOADED].map(({ finds, becomes }) => ({
  finds: new RegExp(finds, "g"),
  becomes,
}));

/** Lines that only the reference has, whatever stands before. */
const DROPPED: readonly RegExp[] = [
  ...ALWAYS.flatMap(({ finds, becomes }) =>
    becomes === null ? [new RegExp(finds.source)] : []
  ),
  // The reference's socket layer, too.
  /\(TCP_NODELAY=1\)/,
];

const OWN = ALWAYS.flatMap(({ finds, becomes }) =>
  becomes === null ? [] : [{ finds, becomes }]
);

/** The text as it is compared, `masks` applied after those of every case. */
export function mask(text: string, masks: readonly LogMask[]): string {
  const kept = text.split("\n")
    .filter((line) => !DROPPED.some((dropped) => dropped.test(line)))
    .join("\n");
  return [...OWN, ...masks].reduce(
    (left, { finds, becomes }) => left.replaceAll(finds, becomes),
    kept,
  );
}
