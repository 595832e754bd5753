/** Peers in YAML: a sequence, or a mapping whose "peers" is one. */

import type { Document, Pair } from "yaml";
import {
  MOST_PEERS,
  type PeersProblem,
  type Row,
  type Rows,
  type Value,
} from "./peer.ts";
import { quoted } from "./quoted.ts";

/** So many mappings may be merged into one by "<<". */
const MOST_MERGED = 100;

/** More characters would take the parser gigabytes of memory. */
const MOST_TEXT = 10 * 1024 * 1024;

type Yaml = typeof import("yaml");
type Resolve = (node: unknown) => unknown;

/**
 * Every scalar is text, as it stands there: titles and ports do not become
 * numbers, nor "no" a truth value. An alias stands for its anchor, and "<<"
 * takes fields from there; nothing is ever expanded as a whole, so that a few
 * lines cannot become a gigabyte.
 */
export async function yamlRows(text: string): Promise<Rows> {
  if (text.length > MOST_TEXT) return nothingBut(TOO_LONG);
  const yaml = await import("yaml");
  const lineCounter = new yaml.LineCounter();
  try {
    const document = yaml.parseDocument(text, {
      schema: "failsafe",
      lineCounter,
      prettyErrors: false,
      logLevel: "silent",
      // Looking for keys that stand twice takes quadratic time.
      uniqueKeys: false,
    });
    const lineAt = (offset: number): number => lineCounter.linePos(offset).line;
    return rowsOf(yaml, document, lineAt);
  } catch (error) {
    // The stack of the parser, which follows the nesting.
    if (!(error instanceof RangeError)) throw error;
    return nothingBut("not YAML: nested too deeply");
  }
}

const TOO_LONG = "more than 10 MiB of YAML; CSV or JSON may be longer";

function nothingBut(problem: string): Rows {
  return { rows: [], problems: [{ line: undefined, text: problem }] };
}

function rowsOf(
  yaml: Yaml,
  document: Document.Parsed,
  lineAt: (offset: number) => number,
): Rows {
  const broken = document.errors.toSorted((a, b) => a.pos[0] - b.pos[0]);
  const problems: PeersProblem[] = broken.map(({ pos: [offset], message }) => ({
    line: lineAt(offset),
    text: `not YAML: ${short(message)}`,
  }));
  const rows: Row[] = [];
  const items = sequence(yaml, document.contents);
  if (items === undefined) {
    if (problems.length === 0) {
      problems.push({ line: undefined, text: NO_LIST });
    }
    return { rows, problems };
  }
  const resolve = resolver(yaml, document);
  let passed = 0;
  for (const [index, item] of items.entries()) {
    const [start, , end] = yaml.isNode(item) ? item.range ?? NOWHERE : NOWHERE;
    const line = lineAt(start);
    if (index >= MOST_PEERS) {
      problems.push({ line, text: `more than ${MOST_PEERS} peers` });
      break;
    }
    while ((broken[passed]?.pos[0] ?? Infinity) < start) passed++;
    // What is not closed is noticed where it would have to be.
    if ((broken[passed]?.pos[0] ?? Infinity) <= end) continue;
    const row = rowOf(yaml, item, line, resolve);
    if ("text" in row) problems.push(row);
    else rows.push(row);
  }
  return { rows, problems };
}

const NOWHERE = [0, 0, 0] as const;

/** Neither text nor list nor mapping. */
const NOTHING = {};

/** Finds what an alias stands for: the last anchor of its name before it. */
function resolver(yaml: Yaml, document: Document.Parsed): Resolve {
  const anchors = new Map<string, unknown>();
  const aliases = new Map<unknown, unknown>();
  yaml.visit(document, {
    Alias: (_, node) => {
      aliases.set(node, anchors.get(node.source));
    },
    Value: (_, node) => {
      if (node.anchor !== undefined) anchors.set(node.anchor, node);
    },
  });
  return (node) => yaml.isAlias(node) ? aliases.get(node) ?? NOTHING : node;
}

const NO_LIST = 'neither a list of peers nor a mapping with "peers"';

function short(message: string): string {
  return quoted(message.split("\n")[0] ?? "").slice(1, -1);
}

function sequence(
  yaml: Yaml,
  contents: unknown,
): readonly unknown[] | undefined {
  if (yaml.isSeq(contents)) return contents.items;
  if (!yaml.isMap(contents)) return undefined;
  const peers = contents.items.find(({ key }) => nameOf(yaml, key) === "peers")
    ?.value;
  return yaml.isSeq(peers) ? peers.items : undefined;
}

function nameOf(yaml: Yaml, key: unknown): string | undefined {
  return yaml.isScalar(key) ? String(key.value) : undefined;
}

function rowOf(
  yaml: Yaml,
  item: unknown,
  line: number,
  resolve: Resolve,
): Row | PeersProblem {
  const fields = new Map<string, Value>();
  // What is merged comes later, so that it never wins.
  const maps = [item];
  for (const one of maps) {
    const problem = maps.length > MOST_MERGED
      ? `"<<" merges more than ${MOST_MERGED} mappings`
      : collect(yaml, resolve(one), fields, maps, resolve);
    if (problem !== undefined) return { line, text: problem };
  }
  return { line, fields };
}

/**
 * Adds the fields of a mapping that are not there yet, and to `maps` what it
 * merges.
 *
 * @returns what is wrong, if something is.
 */
function collect(
  yaml: Yaml,
  map: unknown,
  fields: Map<string, Value>,
  maps: unknown[],
  resolve: Resolve,
): string | undefined {
  if (!yaml.isMap(map)) return "not a mapping";
  const own = new Set<string>();
  for (const { key, value } of map.items as readonly Pair[]) {
    const name = nameOf(yaml, key);
    if (name === undefined) return "a key is no text";
    if (own.has(name)) return `${quoted(name)} stands twice`;
    own.add(name);
    if (name === "<<") {
      const merged = resolve(value);
      maps.push(...(yaml.isSeq(merged) ? merged.items : [merged]));
      continue;
    }
    if (fields.has(name)) continue;
    const content = valueOf(yaml, value, resolve);
    if (content === undefined) {
      return `the value of ${quoted(name)} is no text`;
    }
    fields.set(name, content);
  }
  return undefined;
}

/** "~", "null" and nothing at all are no value. */
function valueOf(
  yaml: Yaml,
  value: unknown,
  resolve: Resolve,
): Value | undefined {
  const node = resolve(value);
  if (node === null || node === undefined) return "";
  if (yaml.isSeq(node)) {
    const texts = node.items.map((item) => scalarText(yaml, resolve(item)));
    return texts.every((text) => text !== undefined) ? texts : undefined;
  }
  return scalarText(yaml, node);
}

function scalarText(yaml: Yaml, node: unknown): string | undefined {
  if (!yaml.isScalar(node)) return undefined;
  const text = String(node.value ?? "");
  const plain = node.type === "PLAIN";
  return plain && /^(~|null)$/i.test(text) ? "" : text;
}
