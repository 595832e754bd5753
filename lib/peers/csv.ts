/** Comma-separated values (RFC 4180) with a header, a broken line at a time. */

import { MOST_PEERS, type PeersProblem, type Row, type Rows } from "./peer.ts";

/** In a cell that may have several values. */
export const LIST_SEPARATOR = "|";

/** No cell is longer; a quote that is not closed by then is a mistake. */
const MOST_IN_CELL = 4096;

/** No line has more cells. */
const MOST_CELLS = 1000;

/** One record, or what is wrong with the line. */
interface Record {
  readonly line: number;
  readonly cells: readonly string[] | string;
}

/**
 * Rows by the names of the header. Commas, or what the header has instead:
 * semicolons (as spreadsheets of many countries write) or tabs. Empty lines,
 * and lines that begin with "#", are skipped. After a broken line reading goes
 * on with the next.
 */
export function csvRows(text: string): Rows {
  const problems: PeersProblem[] = [];
  return { rows: rowsOf(text, problems), problems };
}

/** One at a time: a hundred thousand of them are much. */
function* rowsOf(text: string, problems: PeersProblem[]): Generator<Row> {
  let header: readonly string[] | undefined;
  let count = 0;
  for (const { line, cells } of records(text)) {
    if (header !== undefined && ++count > MOST_PEERS) {
      problems.push({ line, text: `more than ${MOST_PEERS} peers` });
      break;
    }
    if (typeof cells === "string") {
      problems.push({ line, text: cells });
      // Without a header nothing that follows can be understood.
      if (header === undefined) break;
    } else if (header === undefined) {
      header = cells.map((name) => name.trim());
      const twice = header.find((name, at) =>
        name !== "" && header?.indexOf(name) !== at
      );
      if (twice === undefined) continue;
      problems.push({ line, text: "a column stands twice in the header" });
      break;
    } else if (cells.length > header.length) {
      const text = `${cells.length} cells under ${header.length} columns`;
      problems.push({ line, text });
    } else yield { line, fields: fieldsOf(header, cells) };
  }
}

function fieldsOf(
  header: readonly string[],
  cells: readonly string[],
): Row["fields"] {
  const fields = new Map<string, string>();
  cells.forEach((cell, at) => fields.set(header[at] ?? "", cell));
  return fields;
}

function* records(text: string): Generator<Record> {
  const lines = new LineReader(text);
  let delimiter: string | undefined;
  while (!lines.done) {
    if (lines.skipEmpty()) continue;
    const { line } = lines;
    delimiter ??= delimiterOf(lines.rest());
    yield { line, cells: record(lines, delimiter) };
  }
}

/** The first of those that stands in the header. */
function delimiterOf(header: string): string {
  return /[,;\t]/.exec(header)?.[0] ?? ",";
}

/** A place in the text, and the number of its line. */
class LineReader {
  readonly text: string;
  at = 0;
  line = 1;

  constructor(text: string) {
    this.text = text;
  }

  get done(): boolean {
    return this.at >= this.text.length;
  }

  /** True: it was an empty line or a comment, which is passed. */
  skipEmpty(): boolean {
    const rest = this.rest();
    if (rest.trim() !== "" && !rest.startsWith("#")) return false;
    this.nextLine();
    return true;
  }

  /** What is left of this line. */
  rest(): string {
    const end = this.text.indexOf("\n", this.at);
    return this.text.slice(this.at, end < 0 ? undefined : end)
      .replace(/\r$/, "");
  }

  nextLine(): void {
    const end = this.text.indexOf("\n", this.at);
    this.at = end < 0 ? this.text.length : end + 1;
    this.line++;
  }
}

/** The cells of the record that begins here, or why it is none. */
function record(
  lines: LineReader,
  delimiter: string,
): readonly string[] | string {
  const cells: string[] = [];
  for (;;) {
    const cell = lines.text[lines.at] === '"'
      ? quotedCell(lines)
      : plainCell(lines, delimiter);
    if (typeof cell !== "string") {
      lines.nextLine();
      return cell.problem;
    }
    cells.push(cell);
    if (lines.text[lines.at] === delimiter) {
      lines.at++;
      if (cells.length < MOST_CELLS) continue;
      lines.nextLine();
      return `more than ${MOST_CELLS} cells`;
    }
    const whole = lines.rest().trim() === "";
    lines.nextLine();
    return whole ? cells : "something stands after a closing quote";
  }
}

interface Broken {
  readonly problem: string;
}

function plainCell(lines: LineReader, delimiter: string): string | Broken {
  const { text, at } = lines;
  let end = at;
  while (end < text.length && text[end] !== delimiter && text[end] !== "\n") {
    if (text[end] === '"') {
      return { problem: "a quote within a cell that does not begin with one" };
    }
    if (++end - at > MOST_IN_CELL) return TOO_LONG;
  }
  lines.at = end;
  return text.slice(at, end).trim();
}

const TOO_LONG: Broken = {
  problem: `a cell is longer than ${MOST_IN_CELL} characters`,
};

/** May go over several lines; "" is a quote. The place moves only if it ends. */
function quotedCell(lines: LineReader): string | Broken {
  const { text } = lines;
  const from = lines.at + 1;
  let content = "";
  for (let start = from;;) {
    const end = text.indexOf('"', start);
    if (end < 0 || end - from > MOST_IN_CELL) {
      return { problem: "a quote is not closed" };
    }
    content += text.slice(start, end);
    if (text[end + 1] === '"') {
      content += '"';
      start = end + 2;
      continue;
    }
    lines.line += text.slice(from, end).split("\n").length - 1;
    lines.at = end + 1;
    return content;
  }
}
