/** Peers, titles and addresses as a person may see them. */

import { escapeControls, printable, toByteText } from "../base/text.ts";
import type { Addresses, Target } from "../result/types.ts";
import { AE_TITLE_LENGTH } from "../pdu/pdu-type.ts";

/** "192.0.2.1" for "192.0.2.1:104", "fe80::1" for "[fe80::1]:104". */
function withoutPort(address: string): string {
  const [, literal] = /^\[(.*)\](?::\d+)?$/.exec(address) ?? [];
  return literal ?? address.replace(/^([^:]*):\d+$/, "$1");
}

/** In quotes, and cut to what fits into a PDU. */
export function sentTitle(title: string): string {
  return `"${printable(toByteText(title).slice(0, AE_TITLE_LENGTH))}"`;
}

/** "pacs (192.0.2.1) port 104" */
export function peerName(
  { host, port }: Pick<Target, "host" | "port">,
  { resolved, remote }: Addresses,
): string {
  const name = escapeControls(host);
  const shown = remote === undefined ? resolved[0] : withoutPort(remote);
  const address = shown === undefined || shown === withoutPort(host)
    ? ""
    : ` (${escapeControls(shown)})`;
  return `${name}${address} port ${port}`;
}

/** Our address; undefined: there is none, or nobody has asked for it. */
export function ownAddress({ local }: Addresses): string | undefined {
  return local === undefined ? undefined : escapeControls(withoutPort(local));
}
