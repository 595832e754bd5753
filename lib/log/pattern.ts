/** Patterns such as `%D{%H:%M:%S} %-5p %m%n`, read into converters. Pure. */

import type { LogEvent, ReportProblem } from "./appender.ts";
import { formatTime } from "./date-format.ts";
import { leadingInteger } from "./setting-values.ts";

/** What the machine and the program say of themselves in patterns. */
export interface LayoutFacts {
  readonly pid: number;
  readonly hostname: () => string;
  readonly fullHostname: () => string;
  /** When the program began, in ms since 1970. */
  readonly started: number;
}

/** One line of an event's text, or all of it. */
export interface Piece {
  readonly event: LogEvent;
  readonly text: string;
  /** Whether it is one line of several. */
  readonly part: boolean;
}

export type Converter = (piece: Piece) => string;

/** How a field is fitted into its place. */
interface Fit {
  minimum: number;
  /** From the left, that many characters too many are cut off. */
  maximum: number;
  left: boolean;
}

/** So that a wrong pattern does not fill the memory. */
const WIDEST = 64 * 1024;

const DEFAULT_DATE = "%Y-%m-%d %H:%M:%S";

/** Since the program began: milliseconds, without leading zeros. */
export function relativeTime(time: Date, started: number): string {
  const elapsed = Math.max(0, Math.floor(time.getTime() - started));
  return String(elapsed);
}

/** The last `count` parts of a logger's name; all of it for 0 and below. */
function lastParts(name: string, count: number): string {
  return count <= 0 ? name : name.split(".").slice(-count).join(".");
}

function fitted(convert: Converter, fit: Fit): Converter {
  const minimum = Math.min(fit.minimum, WIDEST);
  if (minimum <= 0 && fit.maximum === Infinity) return convert;
  return (piece) => {
    const characters = [...convert(piece)];
    const { length } = characters;
    if (length > fit.maximum) {
      return characters.slice(length - fit.maximum).join("");
    }
    const fill = " ".repeat(Math.max(0, minimum - length));
    const text = characters.join("");
    return fit.left ? text + fill : fill + text;
  };
}

/**
 * Reads a pattern. What is wrong in it is reported and stays as it stands.
 *
 * Of a place in the sources there is nothing to tell: `%F`, `%b`, `%L` and `%M`
 * are empty, `%l` is ":", as of a message without one. Nor are there diagnostic
 * contexts: `%x` and `%X` are empty.
 */
export function parsePattern(
  pattern: string,
  facts: LayoutFacts,
  report: ReportProblem,
): Converter[] {
  return new PatternParser(pattern, facts, report).parse();
}

class PatternParser {
  readonly #pattern: string;
  readonly #facts: LayoutFacts;
  readonly #report: ReportProblem;
  readonly #converters: Converter[] = [];
  #position = 0;
  #literal = "";

  constructor(pattern: string, facts: LayoutFacts, report: ReportProblem) {
    this.#pattern = pattern;
    this.#facts = facts;
    this.#report = report;
  }

  parse(): Converter[] {
    while (this.#position < this.#pattern.length) {
      const c = this.#next();
      // The last character never begins a conversion.
      if (c !== "%" || this.#position === this.#pattern.length) {
        this.#literal += c;
      } else if (this.#pattern.startsWith("%", this.#position)) {
        this.#literal += this.#next();
      } else {
        this.#endLiteral();
        this.#literal = c;
        this.#readConversion();
      }
    }
    this.#endLiteral();
    return this.#converters;
  }

  #next(): string {
    const c = this.#pattern.charAt(this.#position);
    this.#position++;
    return c;
  }

  #endLiteral(): void {
    const literal = this.#literal;
    if (literal !== "") this.#converters.push(() => literal);
    this.#literal = "";
  }

  /** What follows a `%`; all that is read stays in the literal if it fails. */
  #readConversion(): void {
    const fit: Fit = { minimum: 0, maximum: Infinity, left: false };
    let c = this.#read();
    while (c === "-") {
      fit.left = true;
      c = this.#read();
    }
    if (isDigit(c)) {
      let digits = "";
      for (; isDigit(c); c = this.#read()) digits += c;
      fit.minimum = Number(digits);
    }
    if (c === ".") {
      c = this.#read();
      if (!isDigit(c)) {
        if (c !== "") {
          this.#report(
            `Error occurred in position ${this.#position}.\n` +
              ` Was expecting digit, instead got char "${c}".`,
          );
        }
        return;
      }
      let digits = "";
      for (; isDigit(c); c = this.#read()) digits += c;
      fit.maximum = Number(digits);
    }
    if (c === "") return;
    const convert = this.#converterFor(c);
    if (convert === undefined) {
      this.#report(
        `Unexpected char [${c}] at position ${this.#position} ` +
          "in conversion pattern.",
      );
      this.#endLiteral();
    } else {
      this.#literal = "";
      this.#converters.push(fitted(convert, fit));
    }
  }

  /** The next character, kept in the literal; "" at the end. */
  #read(): string {
    if (this.#position >= this.#pattern.length) return "";
    const c = this.#next();
    this.#literal += c;
    return c;
  }

  /** What stands in braces; "" if there is nothing. */
  #option(): string {
    if (!this.#pattern.startsWith("{", this.#position)) return "";
    const end = this.#pattern.indexOf("}", this.#position);
    if (end < 0) {
      this.#report(
        "No matching '}' found in conversion pattern string " +
          `"${this.#pattern}"`,
      );
      this.#position = this.#pattern.length;
      return "";
    }
    const option = this.#pattern.slice(this.#position + 1, end);
    this.#position = end + 1;
    return option;
  }

  #converterFor(letter: string): Converter | undefined {
    const { pid, hostname, fullHostname, started } = this.#facts;
    switch (letter) {
      case "c": {
        const count = leadingInteger(this.#option());
        return ({ event }) => lastParts(event.logger, count);
      }
      case "d":
      case "D": {
        const format = this.#option() || DEFAULT_DATE;
        return this.#dateConverter(format, letter === "d");
      }
      case "h":
      case "H": {
        const name = letter === "h" ? hostname() : fullHostname();
        return () => name;
      }
      case "i":
      case "t":
        return () => String(pid);
      case "l":
        return () => ":";
      case "b":
      case "F":
      case "L":
      case "M":
      case "x":
        return () => "";
      case "m":
        return ({ text }) => text;
      case "n":
        return () => "\n";
      case "p":
        return ({ event }) => event.level.toUpperCase();
      case "P":
        return ({ event }) => event.level.charAt(0).toUpperCase();
      case "r":
        return ({ event }) => relativeTime(event.time, started);
      case "T":
        return ({ part }) => part ? "" : String(pid);
      case "X":
        this.#option();
        return () => "";
      default:
        return undefined;
    }
  }

  /** A format that gives nothing is wrong; the reference ends there. */
  #dateConverter(format: string, utc: boolean): Converter {
    if (formatTime(format, new Date(0), utc) === "") {
      this.#report("Error in strftime(): 0");
      return () => "";
    }
    return ({ event }) => formatTime(format, event.time, utc);
  }
}

function isDigit(c: string): boolean {
  return c >= "0" && c <= "9";
}
