/** What to say when there is no connection. */

import { type CauseEntries, type Particulars, seconds } from "./finding.ts";

/** An advice that is of use only with `-i4` or `-i6`. */
function family({ settings: { addressFamily } }: Particulars): string[] {
  if (addressFamily === "ipv4") return ["Leave out -i4: it allows IPv4 alone"];
  if (addressFamily === "ipv6") return ["Leave out -i6: it allows IPv6 alone"];
  return [];
}

export const NETWORK_CAUSES: CauseEntries<
  | "illegal-peer"
  | "lookup-failed"
  | "refused"
  | "unreachable"
  | "connect-timeout"
  | "connect-failed"
> = {
  "illegal-peer": {
    transient: false,
    cause: ({ host }) =>
      `"${host}" is neither a host name nor an address that can be used`,
    next: (particulars) => [
      ...family(particulars),
      "Give host and port as two words: echoscu pacs.example.org 104",
      "Write an IPv6 address with colons only, as in fd00::10",
    ],
  },
  "lookup-failed": {
    transient: false,
    cause: ({ host, seen }) =>
      `the name "${host}" has no address${seen === "" ? "" : `: ${seen}`}`,
    next: (particulars) =>
      [
        ...family(particulars),
        "Check the spelling of the name",
        `Look it up by hand: nslookup ${particulars.host}`,
        "Check this host's DNS server and its hosts file",
        "Use the IP address until the name works",
      ].slice(0, 4),
  },
  refused: {
    transient: true,
    cause: ({ peer }) =>
      `${peer} refuses the connection: nothing listens there, or a firewall ` +
      "rejects it",
    next: ({ from, tls }) => [
      "Check that the DICOM service of the peer is running",
      tls
        ? "Check the port: with TLS 2762 is usual, or 11112"
        : "Check the port: 104 and 11112 are usual",
      "Check that it listens on this address, not on 127.0.0.1 alone",
      `Ask whether a firewall rejects connections from ${from}`,
    ],
  },
  unreachable: {
    transient: true,
    cause: ({ peer, seen }) => `there is no way to ${peer}: ${seen}`,
    next: ({ host }) => [
      "Check the address of the peer, and that it is switched on",
      "Check cable, VPN and VLAN of this host",
      `Check the route: traceroute ${host}`,
    ],
  },
  "connect-timeout": {
    transient: true,
    cause: ({ peer, settings }) =>
      `no answer from ${peer} within ` +
      `${
        seconds(settings.connectTimeout, "the system's limit")
      }: dropped on the way`,
    next: ({ host, port, from }) => [
      "Check the address of the peer, and that it is switched on",
      `Ask whether a firewall drops what ${from} sends to port ${port}`,
      `Check the way: ping ${host}, traceroute ${host}`,
      "Give a slow peer more time with -to",
    ],
  },
  "connect-failed": {
    transient: false,
    cause: ({ peer, seen }) =>
      `the connection to ${peer} cannot be opened: ${seen}`,
    next: ({ host }) => [
      ...(/^fe80:[^%]*$/i.test(host)
        ? [`Add the interface to a link-local address: ${host}%eth0`]
        : []),
      "Check the address",
      "Check the limits of this host: free ports, open files, permissions",
    ],
  },
};
