/** A peers file's bytes to peers, whatever its format. */

import { decodeLatin1 } from "../base/text.ts";
import type { PeerDefaults, PeersFile, Rows } from "./peer.ts";
import { peersOf } from "./rows.ts";

export type PeersFormat = "csv" | "json" | "yaml";

/**
 * By the end of the file's name, else by how the text begins: a bracket, or a
 * line that can be only YAML. All else is CSV, whose header has a line to
 * itself.
 *
 * @param path undefined: there is none, as of standard input.
 */
export function formatOf(path: string | undefined, text: string): PeersFormat {
  const extension = /\.([a-z]+)$/i.exec(path ?? "")?.[1]?.toLowerCase();
  if (extension === "json") return "json";
  if (extension === "yaml" || extension === "yml") return "yaml";
  if (extension === "csv" || extension === "tsv") return "csv";
  const begin = /^(?:\s*(?:#[^\n]*(?:\n|$))?)*/.exec(text)?.[0].length ?? 0;
  const line = text.slice(begin, begin + 200).split("\n")[0] ?? "";
  if (/^[[{]/.test(line)) return "json";
  return /^(---|%YAML|- |-\s*$|\w+:(\s|$))/.test(line) ? "yaml" : "csv";
}

/**
 * Reads peers; a broken entry is a problem of its own and stops no other.
 * Nothing that the bytes can be is thrown.
 */
export async function parsePeers(
  bytes: Uint8Array,
  path: string | undefined,
  defaults: PeerDefaults,
): Promise<PeersFile> {
  const text = decode(bytes);
  const file = peersOf(await rowsOf(text, formatOf(path, text)), defaults);
  if (file.peers.length > 0 || file.problems.length > 0) return file;
  return { peers: [], problems: [{ line: undefined, text: "no peers" }] };
}

async function rowsOf(text: string, format: PeersFormat): Promise<Rows> {
  switch (format) {
    case "csv":
      return (await import("./csv.ts")).csvRows(text);
    case "json":
      return (await import("./json.ts")).jsonRows(text);
    case "yaml": {
      // Named otherwise, its package would be fetched for every peers file.
      const { yamlRows }: typeof import("./yaml.ts") = await import(
        import.meta.resolve("./yaml.ts")
      );
      return await yamlRows(text);
    }
  }
}

/** UTF-8, or what spreadsheets write: UTF-16 with its mark, or one byte each. */
function decode(bytes: Uint8Array): string {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return decoded(bytes, "utf-16le");
  if (first === 0xfe && second === 0xff) return decoded(bytes, "utf-16be");
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return decodeLatin1(bytes);
  }
}

function decoded(bytes: Uint8Array, encoding: string): string {
  return new TextDecoder(encoding).decode(bytes);
}
