/** Reads the cells of one row; whatever is wrong is thrown as one error. */

import type { Column } from "./columns.ts";
import { quoted } from "./quoted.ts";
import type { Value } from "./peer.ts";

/** What is wrong with a row, ready to print. */
export class RowError extends Error {}

/** The cells of a row by their columns; empty ones are as if not there. */
export class Cells {
  readonly #values: ReadonlyMap<Column, Value>;

  constructor(values: ReadonlyMap<Column, Value>) {
    this.#values = values;
  }

  has(column: Column): boolean {
    return this.list(column).length > 0;
  }

  /** @throws {RowError} on several values. */
  text(column: Column): string | undefined {
    const values = this.list(column);
    if (values.length > 1) throw new RowError(`${column} has several values`);
    return values[0];
  }

  list(column: Column): readonly string[] {
    const value = this.#values.get(column) ?? [];
    const values = typeof value === "string" ? [value] : value;
    return values.map((one) => one.trim()).filter((one) => one !== "");
  }

  /** @throws {RowError} if it is no whole number within the bounds. */
  whole(column: Column, least: number, most: number): number | undefined {
    const text = this.text(column);
    if (text === undefined) return undefined;
    const value = Number(text);
    if (!/^\d{1,10}$/.test(text) || value < least || value > most) {
      throw new RowError(
        `${column} ${quoted(text)} is no number from ${least} to ${most}`,
      );
    }
    return value;
  }

  /** Seconds, more than 0, perhaps with decimals. @throws {RowError} */
  seconds(column: Column): number | undefined {
    const text = this.text(column);
    if (text === undefined) return undefined;
    const value = Number(text);
    if (!/^\d{1,9}(\.\d{1,6})?$/.test(text) || value <= 0) {
      throw new RowError(`${column} ${quoted(text)} is no time in seconds`);
    }
    return value;
  }

  /** @throws {RowError} */
  flag(column: Column): boolean | undefined {
    const text = this.text(column);
    if (text === undefined) return undefined;
    const value = truth(text);
    if (value === undefined) {
      throw new RowError(`${column} ${quoted(text)} is neither yes nor no`);
    }
    return value;
  }

  /** One of a few words, in any case. @throws {RowError} */
  word<W extends string>(
    column: Column,
    words: readonly W[],
  ): W | undefined {
    const text = this.text(column);
    if (text === undefined) return undefined;
    const word = words.find((one) => one === text.toLowerCase());
    if (word === undefined) {
      throw new RowError(
        `${column} ${quoted(text)} is none of ${words.join(", ")}`,
      );
    }
    return word;
  }
}

/** Undefined: neither yes nor no. */
export function truth(text: string): boolean | undefined {
  if (/^(yes|true|on|1)$/i.test(text)) return true;
  return /^(no|false|off|0)$/i.test(text) ? false : undefined;
}
