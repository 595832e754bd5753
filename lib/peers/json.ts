/** Peers in JSON: an array, or an object whose "peers" is one. Pure. */

import { errorText } from "../base/text.ts";
import {
  MOST_PEERS,
  type PeersProblem,
  type Row,
  type Rows,
  type Value,
} from "./peer.ts";
import { quoted } from "./quoted.ts";

/** An element of the array: its text and the line that it begins in. */
interface Element {
  readonly line: number;
  readonly text: string;
}

/**
 * Each element is parsed for itself, so that a broken one does not stop the
 * others and has its line.
 */
export function jsonRows(text: string): Rows {
  const rows: Row[] = [];
  const problems: PeersProblem[] = [];
  const start = arrayStart(text);
  if (start === undefined) {
    return { rows, problems: [{ line: undefined, text: NO_ARRAY }] };
  }
  let count = 0;
  for (const { line, text: element } of elements(text, start)) {
    if (++count > MOST_PEERS) {
      problems.push({ line, text: `more than ${MOST_PEERS} peers` });
      break;
    }
    const row = rowOf(element, line);
    if ("text" in row) problems.push(row);
    else rows.push(row);
  }
  return { rows, problems };
}

const NO_ARRAY = 'neither an array of peers nor an object with "peers"';

function rowOf(text: string, line: number): Row | PeersProblem {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    const why = error instanceof SyntaxError ? errorText(error) : "";
    return { line, text: `not JSON: ${quoted(why).slice(1, -1)}` };
  }
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    return { line, text: "not an object" };
  }
  const fields = new Map<string, Value>();
  for (const [name, content] of Object.entries(value)) {
    if (content === null) continue;
    const one = Array.isArray(content) ? list(content) : scalar(content);
    if (one === undefined) {
      return { line, text: `the value of ${quoted(name)} is no text` };
    }
    fields.set(name, one);
  }
  return { line, fields };
}

function scalar(value: unknown): string | undefined {
  switch (typeof value) {
    case "string":
      return value;
    case "number":
    case "boolean":
      return String(value);
    default:
      return undefined;
  }
}

function list(values: readonly unknown[]): readonly string[] | undefined {
  const texts = values.map(scalar);
  return texts.every((text) => text !== undefined) ? texts : undefined;
}

function afterSpace(text: string, at: number): number {
  let end = at;
  while (end < text.length && " \t\r\n".includes(text.charAt(end))) end++;
  return end;
}

/** Where the string ends that begins at `at`; undefined: there is none. */
function stringEnd(text: string, at: number): number | undefined {
  if (text[at] !== '"') return undefined;
  for (let end = at + 1; end < text.length; end++) {
    if (text[end] === '"') return end + 1;
    if (text[end] === "\\") end++;
  }
  return undefined;
}

/** Just after the "[" of the array. */
function arrayStart(text: string): number | undefined {
  const begin = afterSpace(text, 0);
  if (text[begin] === "[") return begin + 1;
  if (text[begin] !== "{") return undefined;
  for (let at = begin + 1; at < text.length;) {
    const nameAt = afterSpace(text, at);
    const nameEnd = stringEnd(text, nameAt);
    if (nameEnd === undefined) return undefined;
    const colon = afterSpace(text, nameEnd);
    if (text[colon] !== ":") return undefined;
    const value = afterSpace(text, colon + 1);
    if (text.slice(nameAt, nameEnd) === '"peers"') {
      return text[value] === "[" ? value + 1 : undefined;
    }
    const end = valueEnd(text, value);
    if (text[end] !== ",") return undefined;
    at = end + 1;
  }
  return undefined;
}

/** The comma or closing bracket that ends the value which begins at `start`. */
function valueEnd(text: string, start: number): number {
  let depth = 0;
  for (let at = start; at < text.length;) {
    switch (text[at]) {
      case '"':
        at = stringEnd(text, at) ?? text.length;
        continue;
      case "[":
      case "{":
        depth++;
        break;
      case "]":
      case "}":
        if (depth === 0) return at;
        depth--;
        break;
      case ",":
        if (depth === 0) return at;
    }
    at++;
  }
  return text.length;
}

function* elements(text: string, start: number): Generator<Element> {
  let line = 1;
  let counted = 0;
  for (let at = start;;) {
    const begin = afterSpace(text, at);
    for (; counted < begin; counted++) if (text[counted] === "\n") line++;
    const end = valueEnd(text, begin);
    const element = text.slice(begin, end);
    const last = text[end] !== ",";
    // An array may be empty; a trailing comma does no harm.
    if (element.trim() !== "" || !last) yield { line, text: element };
    if (last) {
      if (text[end] !== "]") yield { line, text: "" };
      return;
    }
    at = end + 1;
  }
}
