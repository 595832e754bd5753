/** Peers files of tests. */

import { parsePeers } from "../../lib/peers/parse.ts";
import {
  type Peer,
  type PeerDefaults,
  type PeersFile,
  problemText,
} from "../../lib/peers/peer.ts";
import { DEFAULTS } from "../verify/verification.ts";

export const PLAIN: PeerDefaults = { settings: DEFAULTS, tls: undefined };

export async function parse(
  text: string,
  path: string | undefined,
  defaults: PeerDefaults = PLAIN,
): Promise<PeersFile> {
  return await parsePeers(new TextEncoder().encode(text), path, defaults);
}

/** "pacs 192.0.2.1:104 ECHOSCU>PACS" */
export function shown({ target }: Peer): string {
  const { name, host, port, callingAeTitle, calledAeTitle } = target;
  const start = name === undefined ? "" : `${name} `;
  return `${start}${host}:${port} ${callingAeTitle}>${calledAeTitle}`;
}

/** Peers as text, and problems as they are printed. */
export async function read(
  text: string,
  path: string,
): Promise<{ readonly peers: string[]; readonly problems: string[] }> {
  const { peers, problems } = await parse(text, path);
  return { peers: peers.map(shown), problems: problems.map(problemText) };
}

/** The only peer of a CSV file with these columns and cells. */
export async function onePeer(
  fields: Readonly<Record<string, string>>,
  defaults: PeerDefaults = PLAIN,
): Promise<Peer | string> {
  const all = { host: "h", port: "104", ...fields };
  const text = `${Object.keys(all).join(",")}\n${
    Object.values(all).map((value) => `"${value}"`).join(",")
  }\n`;
  const { peers: [peer], problems: [problem] } = await parse(
    text,
    "a.csv",
    defaults,
  );
  return problem === undefined
    ? peer ?? "nothing"
    : problemText(problem).replace("line 2: ", "");
}
