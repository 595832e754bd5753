/** What a data dictionary knows about a data element (PS3.6 section 5). */

/** Which numbers of a range count. */
export type Parity = "even" | "odd" | "any";

/**
 * One element, or a range of them. Tags are 32 bits: the group in the upper
 * 16, the element in the lower.
 */
export interface DictionaryEntry {
  /** Lowest group and lowest element. */
  readonly first: number;
  /** Highest group and highest element; equal to `first` for one element. */
  readonly last: number;
  readonly groupParity: Parity;
  readonly elementParity: Parity;
  /** Of a private element (PS3.5 section 7.8.1). */
  readonly creator: string | undefined;
  /** Two letters of PS3.5 section 6.2, or a wider one: ox, xs, lt, up, na. */
  readonly vr: string;
  readonly keyword: string;
  /** As written: "1", "1-n", "2-2n". */
  readonly vm: string;
}

/** Looks up elements of a data dictionary. */
export interface Dictionary {
  /** The entry for a tag, of a private element with its creator. */
  find(tag: number, creator?: string): DictionaryEntry | undefined;
  /** The (lowest) tag that a keyword stands for. */
  findKeyword(keyword: string): number | undefined;
}
