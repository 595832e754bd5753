/** What a row of the table of options is made of. */

/** Bounds of a numeric value, inclusive, and how its text is read. */
export interface NumberRange {
  /** Signed as C's `%li`, unsigned as its `%lu`: see numbers.ts. */
  readonly reading: "signed" | "unsigned";
  readonly min: number;
  readonly max?: number;
}

/** One row; `Name` is a long option's name. */
export interface OptionRow<Name extends string, Section extends string> {
  readonly section: Section;
  readonly long: Name;
  readonly short?: string;
  /** What the help text calls the values; one argument each, none: a switch. */
  readonly values?: readonly string[];
  /** Only for an option of one value: it is a number. */
  readonly range?: NumberRange;
  /** Of the value; true: the option itself is what happens without it. */
  readonly default?: string | number | true;
  /** Parameters are neither needed nor counted. */
  readonly exclusive?: true;
  /** Options of one family exclude each other: the rightmost is in effect. */
  readonly family?: string;
  /** Stays in effect although this one of its family stands to its right. */
  readonly beside?: Name;
  /** Of each list, one must be in effect. */
  readonly needs?: readonly (readonly Name[])[];
  /** `needs` does not count with `--verify-cert` and `--is-root-cert`. */
  readonly offline?: true;
  /** Of no list may one be in effect. */
  readonly conflicts?: readonly (readonly Name[])[];
  /** Every occurrence counts, not only the last. */
  readonly repeatable?: true;
  /** The value is never shown. */
  readonly secret?: true;
}
