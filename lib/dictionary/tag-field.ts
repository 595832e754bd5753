/**
 * The first field of a dictionary line: "(0008,0016)", a range as
 * "(6000-60FF,3000)" or "(0009-o-FFFF,0010-u-00FF)", a private element as
 * `(0019,"CREATOR",10)`. As tolerant as the reference, which scans a number
 * and overlooks what follows it.
 */

import type { Parity } from "./entry.ts";
import { stripAll, stripEnd, stripStart } from "./white-space.ts";

/** The tags that the field names, or why it names none. */
export type TagField =
  | {
    readonly kind: "tags";
    readonly first: number;
    readonly last: number;
    readonly groupParity: Parity;
    readonly elementParity: Parity;
    readonly creator: string | undefined;
  }
  | {
    readonly kind: "bad";
    /** The field as the reference prints it. */
    readonly text: string;
    /** A letter in a range that is none of e, o and u. */
    readonly restrictor: string | undefined;
  };

/** One half of a tag: numbers of 16 bits. */
interface Part {
  readonly lowest: number;
  readonly highest: number;
  readonly parity: Parity;
}

const NUMBER = "([+-]?(?:0[xX][0-9a-fA-F]*|[0-9a-fA-F]+))";
const RESTRICTED_RANGE = new RegExp(`^${NUMBER}-([!-~])-${NUMBER}`);
const RANGE = new RegExp(`^${NUMBER}-${NUMBER}`);
const SINGLE = new RegExp(`^${NUMBER}`);

const PARITIES: ReadonlyMap<string, Parity> = new Map([
  ["e", "even"],
  ["o", "odd"],
  ["u", "any"],
]);

/** The lower 16 bits, as the reference keeps no more; "0x" alone is 0. */
function number(digits: string | undefined): number {
  return parseInt(digits ?? "", 16) & 0xffff;
}

/** A range; a letter that restricts to nothing known; or undefined. */
function parseRange(text: string): Part | string | undefined {
  const restricted = RESTRICTED_RANGE.exec(text);
  if (restricted !== null) {
    const [, lowest, letter = "", highest] = restricted;
    const parity = PARITIES.get(letter.toLowerCase());
    if (parity === undefined) return letter;
    return { lowest: number(lowest), highest: number(highest), parity };
  }
  const range = RANGE.exec(text);
  if (range === null) return undefined;
  const [, lowest, highest] = range;
  return { lowest: number(lowest), highest: number(highest), parity: "even" };
}

/** A part; a letter that restricts to nothing known; or undefined. */
function parsePart(text: string): Part | string | undefined {
  const range = text.includes("-") ? parseRange(text) : undefined;
  if (range !== undefined) return range;
  const single = SINGLE.exec(text);
  if (single === null) return undefined;
  const lowest = number(single[1]);
  return { lowest, highest: lowest, parity: "any" };
}

function tag(group: number, element: number): number {
  return group * 0x10000 + element;
}

/** Parses the field; never throws. */
export function parseTagField(field: string): TagField {
  let text = stripEnd(stripStart(field));
  const bad = (restrictor?: string): TagField => {
    return { kind: "bad", text, restrictor };
  };
  const comma = text.indexOf(",");
  if (!text.startsWith("(") || !text.endsWith(")") || comma < 0) return bad();

  const groupText = text.slice(1, comma);
  let rest = stripStart(text.slice(comma + 1));
  text = text.slice(0, comma + 1) + rest;

  let creator: string | undefined;
  if (rest.startsWith('"')) {
    const quote = rest.indexOf('"', 1);
    if (quote < 0) return bad();
    const quoted = rest.slice(1, quote);
    if (quoted !== "") creator = quoted;
    rest = stripStart(rest.slice(quote + 1));
    text = text.slice(0, comma + 1) + `"${quoted}"` + rest;
    if (!rest.startsWith(",")) return bad();
    rest = rest.slice(1);
  }

  const group = parsePart(stripAll(groupText));
  if (group === undefined) return bad();
  if (typeof group === "string") return bad(group);
  const element = parsePart(stripAll(rest.slice(0, rest.indexOf(")"))));
  if (element === undefined) return bad();
  if (typeof element === "string") return bad(element);
  return {
    kind: "tags",
    first: tag(group.lowest, element.lowest),
    last: tag(group.highest, element.highest),
    groupParity: group.parity,
    elementParity: element.parity,
    creator,
  };
}
