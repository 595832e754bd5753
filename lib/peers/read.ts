/** Reads a peers file from where it is: the thin part that is not pure. */

import { escapeControls } from "../base/text.ts";
import type { FileAccess, FileContent } from "../base/files.ts";
import { Writer } from "../base/writer.ts";
import { parsePeers } from "./parse.ts";
import type { PeerDefaults, PeersFile } from "./peer.ts";

/** Longest peers file, in bytes: some hundred for each of 100,000 peers. */
const PEERS_LIMIT = 32 * 1024 * 1024;

/** The path that stands for standard input. */
const STANDARD_INPUT = "-";

/** Where a peers file may come from. */
export interface PeersSource {
  readonly files: Pick<FileAccess, "read">;
  /** All of it; unreadable if it has more than `limit` bytes. */
  readonly standardInput: (limit: number) => Promise<FileContent>;
}

/** @param path as given; "-" is standard input. Never throws. */
export async function readPeers(
  path: string,
  source: PeersSource,
  defaults: PeerDefaults,
): Promise<PeersFile> {
  const isInput = path === STANDARD_INPUT;
  const content = isInput
    ? await source.standardInput(PEERS_LIMIT)
    : source.files.read(path, PEERS_LIMIT);
  if (content.kind === "content") {
    return await parsePeers(
      content.bytes,
      isInput ? undefined : path,
      defaults,
    );
  }
  const name = isInput ? "standard input" : escapeControls(path);
  return {
    peers: [],
    problems: [{ line: undefined, text: `${name}: ${WHY[content.kind]}` }],
  };
}

const WHY = {
  folder: "is a folder",
  missing: "no such file",
  unreadable: "cannot be read, or is too long",
} as const;

/**
 * What {@linkcode PeersSource} needs of a stream, which it uses up.
 *
 * @param signal raised: nothing more is waited for, and it is unreadable.
 */
export async function readStream(
  stream: ReadableStream<Uint8Array>,
  limit: number,
  signal?: AbortSignal,
): Promise<FileContent> {
  const reader = stream.getReader();
  const stop = (): void => {
    reader.cancel().catch(() => {});
  };
  signal?.addEventListener("abort", stop);
  if (signal?.aborted) stop();
  const whole = new Writer();
  let length = 0;
  try {
    for (;;) {
      const { value, done } = await reader.read();
      if (signal?.aborted) return { kind: "unreadable" };
      if (done) return { kind: "content", bytes: whole.finish() };
      length += value.byteLength;
      if (length > limit) {
        stop();
        return { kind: "unreadable" };
      }
      whole.bytes(value);
    }
  } catch {
    return { kind: "unreadable" };
  } finally {
    signal?.removeEventListener("abort", stop);
  }
}
