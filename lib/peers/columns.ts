/** The columns of a peers file, the same in every format. */

/** What each is for is in docs/peers.md. */
export const COLUMNS = [
  "name",
  "host",
  "port",
  "called",
  "calling",
  "tls",
  "key",
  "cert",
  "ca",
  "crl",
  "profile",
  "sni",
  "verify-hostname",
  "ignore-peer-cert",
  "timeout",
  "acse-timeout",
  "dimse-timeout",
  "socket-timeout",
] as const;

export type Column = typeof COLUMNS[number];

/** Columns that may have several values. */
export const LISTS: ReadonlySet<Column> = new Set<Column>(["ca", "crl"]);

/** What others call them, as {@linkcode plainName} leaves it. */
const ALIASES: Readonly<Record<string, Column>> = {
  peer: "host",
  hostname: "host",
  address: "host",
  ip: "host",
  calledaetitle: "called",
  calledaet: "called",
  aec: "called",
  callingaetitle: "calling",
  callingaet: "calling",
  aet: "calling",
  keyfile: "key",
  certificate: "cert",
  certfile: "cert",
  cafile: "ca",
  crlfile: "crl",
};

function plainName(name: string): string {
  return name.toLowerCase().replace(/[-_ ]/g, "");
}

const BY_NAME: ReadonlyMap<string, Column> = new Map([
  ...Object.entries(ALIASES),
  ...COLUMNS.map((column) => [plainName(column), column] as const),
]);

/** Undefined: nobody knows it. Case, "-", "_" and blanks do not matter. */
export function columnOf(name: string): Column | undefined {
  return BY_NAME.get(plainName(name));
}
