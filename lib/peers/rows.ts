/** Rows of any format to peers. Pure. */

import type { TlsSettings } from "../tls/settings.ts";
import { Cells, RowError } from "./cells.ts";
import { type Column, columnOf, LISTS } from "./columns.ts";
import { LIST_SEPARATOR } from "./csv.ts";
import type {
  Peer,
  PeerDefaults,
  PeersFile,
  PeersProblem,
  Row,
  Rows,
  Value,
} from "./peer.ts";
import { quoted } from "./quoted.ts";
import { rowTls } from "./tls.ts";

/** Most characters of a name or host. */
const MOST_TEXT = 255;
/** Of an AE title (PS3.5 table 6.2-1). */
const MOST_TITLE = 16;
/** More unknown columns are not worth a line each. */
const MOST_UNKNOWN = 20;

/** A row with something wrong in it becomes a problem, and no peer. */
export function peersOf(
  { rows, problems: found }: Rows,
  defaults: PeerDefaults,
): PeersFile {
  const broken: PeersProblem[] = [];
  const unknown = new Set<string>();
  const shared = new Map<string, TlsSettings>();
  const share = (tls: TlsSettings): TlsSettings => {
    const key = JSON.stringify(tls);
    const one = shared.get(key) ?? tls;
    shared.set(key, one);
    return one;
  };
  const peers: Peer[] = [];
  for (const row of rows) {
    try {
      const peer = peerOf(row, defaults, (name) => unknown.add(name));
      const { tls } = peer;
      peers.push(tls === undefined ? peer : { ...peer, tls: share(tls) });
    } catch (error) {
      if (!(error instanceof RowError)) throw error;
      broken.push({ line: row.line, text: error.message });
    }
  }
  const problems = [...found, ...broken]
    .sort((a, b) => (a.line ?? Infinity) - (b.line ?? Infinity));
  return { peers, problems: [...unknownColumns(unknown), ...problems] };
}

function unknownColumns(unknown: ReadonlySet<string>): PeersProblem[] {
  return [...unknown].slice(0, MOST_UNKNOWN).map((name) => ({
    line: undefined,
    text: `unknown column ${quoted(name)} is ignored`,
  }));
}

function peerOf(
  { line, fields }: Row,
  { settings, tls: defaultTls }: PeerDefaults,
  unknown: (name: string) => void,
): Peer {
  const cells = new Cells(cellsOf(fields, unknown));
  const host = textOf(cells, "host") ?? missing("host");
  if (/\s/.test(host)) throw new RowError(`host ${quoted(host)} has a blank`);
  const port = cells.whole("port", 1, 65535) ?? missing("port");
  const callingAeTitle = title(cells, "calling") ?? settings.callingAeTitle;
  const calledAeTitle = title(cells, "called") ?? settings.calledAeTitle;
  const tls = rowTls(cells, defaultTls);
  return {
    line,
    target: {
      name: textOf(cells, "name"),
      host,
      port,
      callingAeTitle,
      calledAeTitle,
      tls: tls !== undefined,
    },
    settings: {
      ...settings,
      peer: host,
      port,
      callingAeTitle,
      calledAeTitle,
      connectTimeout: cells.seconds("timeout") ?? settings.connectTimeout,
      acseTimeout: cells.seconds("acse-timeout") ?? settings.acseTimeout,
      dimseTimeout: cells.seconds("dimse-timeout") ?? settings.dimseTimeout,
      socketTimeout: cells.seconds("socket-timeout") ?? settings.socketTimeout,
    },
    tls,
  };
}

function missing(column: Column): never {
  throw new RowError(`${column} is missing`);
}

function cellsOf(
  fields: Row["fields"],
  unknown: (name: string) => void,
): ReadonlyMap<Column, Value> {
  const cells = new Map<Column, Value>();
  for (const [name, value] of fields) {
    const column = columnOf(name);
    if (column === undefined) {
      if (name !== "" || value !== "") unknown(name);
    } else if (cells.has(column)) {
      throw new RowError(`${column} stands twice`);
    } else if (typeof value === "string" && LISTS.has(column)) {
      cells.set(column, value.split(LIST_SEPARATOR));
    } else cells.set(column, value);
  }
  return cells;
}

/** @throws {RowError} on what no name has. */
function textOf(cells: Cells, column: Column): string | undefined {
  const text = cells.text(column);
  if (text === undefined) return undefined;
  if (text.length > MOST_TEXT) {
    throw new RowError(`${column} is longer than ${MOST_TEXT} characters`);
  }
  if (/[\p{Cc}\p{Zl}\p{Zp}]/u.test(text)) {
    throw new RowError(`${column} ${quoted(text)} has a control character`);
  }
  return text;
}

/** @throws {RowError} on what no AE title has (PS3.5 section 6.2). */
function title(cells: Cells, column: Column): string | undefined {
  const text = textOf(cells, column);
  if (text === undefined) return undefined;
  if (text.length > MOST_TITLE) {
    throw new RowError(
      `${column} ${quoted(text)} is longer than ${MOST_TITLE} characters`,
    );
  }
  if (text.includes("\\")) {
    throw new RowError(`${column} ${quoted(text)} has a backslash`);
  }
  return text;
}
