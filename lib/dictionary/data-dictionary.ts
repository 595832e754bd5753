/** Entries, and how they are found. */

import type { Dictionary, DictionaryEntry, Parity } from "./entry.ts";

/** Known without any file: what a reader of data sets cannot do without. */
const SKELETON: readonly DictionaryEntry[] = [
  skeletonEntry(0x00000000, 0xffff0000, "UL", "GenericGroupLength"),
  skeletonEntry(0xfffee000, 0xfffee000, "na", "Item"),
  skeletonEntry(0xfffee00d, 0xfffee00d, "na", "ItemDelimitationItem"),
  skeletonEntry(0xfffee0dd, 0xfffee0dd, "na", "SequenceDelimitationItem"),
];

function skeletonEntry(
  first: number,
  last: number,
  vr: string,
  keyword: string,
): DictionaryEntry {
  return {
    first,
    last,
    groupParity: "any",
    elementParity: "any",
    creator: undefined,
    vr,
    keyword,
    vm: "1",
  };
}

function groupOf(tag: number): number {
  return tag >>> 16;
}

function elementOf(tag: number): number {
  return tag & 0xffff;
}

function hasParity(number: number, parity: Parity): boolean {
  return parity === "any" || (number % 2 === 0) === (parity === "even");
}

function within(number: number, lowest: number, highest: number): boolean {
  return lowest <= number && number <= highest;
}

/** Whether the tag lies in the entry's range. */
function contains(
  entry: DictionaryEntry,
  tag: number,
  creator: string | undefined,
): boolean {
  const { first, last } = entry;
  const group = groupOf(tag);
  const element = elementOf(tag);
  if (
    entry.creator !== creator ||
    !hasParity(group, entry.groupParity) ||
    !hasParity(element, entry.elementParity) ||
    !within(group, groupOf(first), groupOf(last))
  ) return false;
  const [lowest, highest] = [elementOf(first), elementOf(last)];
  return within(element, lowest, highest) ||
    // The upper byte of a private element is the block it was assigned.
    (creator !== undefined && within(element & 0xff, lowest, highest));
}

/** Whether the one range lies within the other. */
function isPartOf(part: DictionaryEntry, whole: DictionaryEntry): boolean {
  return groupOf(part.first) >= groupOf(whole.first) &&
    groupOf(part.last) <= groupOf(whole.last) &&
    elementOf(part.first) >= elementOf(whole.first) &&
    elementOf(part.last) <= elementOf(whole.last);
}

/** A dictionary in memory; a later entry replaces an earlier one. */
export class DataDictionary implements Dictionary {
  readonly #elements = new Map<number, DictionaryEntry>();
  readonly #privateElements = new Map<string, DictionaryEntry>();
  readonly #ranges = new Map<string, DictionaryEntry>();

  constructor() {
    for (const entry of SKELETON) this.add(entry);
  }

  add(entry: DictionaryEntry): void {
    const { first, last, groupParity, elementParity, creator } = entry;
    if (first !== last) {
      const key = [first, last, groupParity, elementParity, creator].join();
      this.#ranges.set(key, entry);
    } else if (creator !== undefined) {
      this.#privateElements.set(`${first} ${creator}`, entry);
    } else {
      this.#elements.set(first, entry);
    }
  }

  find(tag: number, creator?: string): DictionaryEntry | undefined {
    const exact = creator === undefined
      ? this.#elements.get(tag)
      : this.#privateElements.get(`${tag} ${creator}`) ??
        // The upper byte of a private element is the block it was assigned.
        this.#privateElements.get(`${(tag & 0xffff00ff) >>> 0} ${creator}`);
    if (exact !== undefined) return exact;
    let found: DictionaryEntry | undefined;
    for (const entry of this.#ranges.values()) {
      if (!contains(entry, tag, creator)) continue;
      if (found === undefined || isPartOf(entry, found)) found = entry;
    }
    return found;
  }

  findKeyword(keyword: string): number | undefined {
    let privateTag: number | undefined;
    for (const { first, keyword: candidate } of this.#elements.values()) {
      if (candidate !== keyword) continue;
      if (groupOf(first) % 2 === 0) return first;
      privateTag ??= first;
    }
    for (const { first, keyword: candidate } of this.#ranges.values()) {
      if (candidate === keyword) return first;
    }
    if (privateTag !== undefined) return privateTag;
    for (const entry of this.#privateElements.values()) {
      if (entry.keyword === keyword) return entry.first;
    }
    return undefined;
  }
}
