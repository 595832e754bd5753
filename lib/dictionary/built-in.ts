/** The dictionary that comes with the program. */

import { hex } from "../base/text.ts";
import { DataDictionary } from "./data-dictionary.ts";
import type { Dictionary, DictionaryEntry } from "./entry.ts";
import { parseLine } from "./line.ts";
import { readDictionary } from "./read.ts";

/**
 * Reads the file when first asked, since most runs never ask, and then looks
 * for the one line, since parsing them all takes as long as a verification.
 * For that the file has one line a tag, with upper-case digits.
 */
export class BuiltInDictionary implements Dictionary {
  readonly #read: () => Uint8Array | undefined;
  #bytes: Uint8Array | undefined;
  #text: string | undefined;
  #whole: DataDictionary | undefined;

  /** Undefined for a file that cannot be read: then nothing is known. */
  constructor(read: () => Uint8Array | undefined) {
    this.#read = read;
  }

  find(tag: number, creator?: string): DictionaryEntry | undefined {
    const quick = creator === undefined && this.#whole === undefined;
    const line = quick ? this.#line(tag) : undefined;
    const parsed = line === undefined ? undefined : parseLine(line);
    return parsed?.kind === "entry"
      ? parsed.entry
      : this.#everything().find(tag, creator);
  }

  findKeyword(keyword: string): number | undefined {
    return this.#everything().findKeyword(keyword);
  }

  #content(): Uint8Array {
    this.#bytes ??= this.#read() ?? new Uint8Array();
    return this.#bytes;
  }

  #line(tag: number): string | undefined {
    this.#text ??= new TextDecoder().decode(this.#content());
    const digits = hex(tag, 8).toUpperCase();
    const start = this.#text.indexOf(
      `\n(${digits.slice(0, 4)},${digits.slice(4)})\t`,
    );
    if (start < 0) return undefined;
    const end = this.#text.indexOf("\n", start + 1);
    return this.#text.slice(start + 1, end < 0 ? undefined : end);
  }

  #everything(): DataDictionary {
    if (this.#whole === undefined) {
      this.#whole = new DataDictionary();
      // A test sees to it that there is no fault in it.
      readDictionary(this.#whole, "", this.#content(), () => {});
    }
    return this.#whole;
  }
}
