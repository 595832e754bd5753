/** Has bytes dissected by Wireshark's command line program. */

import assert from "node:assert/strict";
import { run, temporaryDirectory } from "../support/run.ts";
import { capture, type Segment } from "./pcap.ts";

const TSHARK = {
  name: "tshark",
  command: "/usr/bin/tshark",
  leadingArguments: [],
};
const PORT = 11112;

/** Expert information from "note" on; "chat" tells of normal things. */
const REMARKABLE =
  "_ws.malformed || _ws.unreassembled || _ws.expert.severity > 0x200000";

async function tshark(
  file: string,
  args: readonly string[],
): Promise<string> {
  const result = await run(TSHARK, [
    "-r",
    file,
    "-d",
    `tcp.port==${PORT},dicom`,
    ...args,
  ]);
  assert.equal(result.exit, 0, `tshark failed: ${result.stderr}`);
  return result.stdout;
}

/** What the dissector says of a conversation. */
export interface Dissection {
  /** What it says of frames with errors, warnings or notes. */
  readonly remarks: readonly string[];
  /** The values of a field in frames of the client, in order. */
  values(field: string): Promise<readonly string[]>;
}

/** A UID as the dissector shows it, with its name or without, as a UID. */
export function bareUid(shown: string): string {
  return /\(([\d.]+)\)$/.exec(shown)?.[1] ?? shown;
}

/** Dissects `segments` for as long as `use` takes. */
export async function dissect(
  segments: readonly Segment[],
  use: (dissection: Dissection) => Promise<void>,
): Promise<void> {
  await using directory = await temporaryDirectory({
    "capture.pcap": await capture(segments, PORT),
  });
  const file = `${directory.path}/capture.pcap`;
  const values = async (
    filter: string,
    field: string,
  ): Promise<readonly string[]> => {
    const text = await tshark(file, [
      "-Y",
      filter,
      "-T",
      "fields",
      "-E",
      "aggregator=;",
      "-e",
      field,
    ]);
    return text.split(/[;\n]/).map((value) => value.trim())
      .filter((value) => value !== "");
  };
  await use({
    remarks: await values(REMARKABLE, "_ws.expert.message"),
    values: (field) => values(`tcp.dstport == ${PORT} && dicom`, field),
  });
}
