/** How `openssl s_client` is called. Pure. */

import type { Offer } from "../engine.ts";
import type { OpensslProgram } from "./openssl-program.ts";
import { suiteByName } from "../policy/suites.ts";

/** Files that s_client reads, and the socket that it connects to. */
export interface SClientPaths {
  readonly socket: string;
  readonly identity:
    | {
      readonly key: string;
      readonly certificate: string;
      /** Certificates of authorities; undefined: there are none. */
      readonly chain: string | undefined;
    }
    | undefined;
}

/** The environment variable with the password of the key file. */
export const PASSWORD_VARIABLE = "ECHOSCU_KEY_PASSWORD";

/**
 * The arguments. Data goes from standard input to the peer and from the peer to
 * standard output, as it is; all else goes to standard error.
 *
 * @param offer of what the program has.
 * @param serverName for the SNI extension; undefined: none.
 */
export function sClientArguments(
  { version }: Pick<OpensslProgram, "version">,
  offer: Offer,
  serverName: string | undefined,
  { socket, identity }: SClientPaths,
): string[] {
  const suites = offer.suites.flatMap((name) => suiteByName(name) ?? []);
  const tls13 = suites.filter(({ versions }) => versions.includes("TLSv1.3"));
  const older = suites.filter((suite) => !tls13.includes(suite));
  const names = (some: typeof suites): string =>
    some.map(({ openssl }) => openssl).join(":");
  return [
    "s_client",
    ...["-unix", socket],
    // Neither commands in the data, nor anything but data on standard output;
    // the end of the input is the end of the connection.
    ...["-quiet", "-nocommands", "-no_ign_eof"],
    ...["-brief", "-msg", "-msgfile", "/dev/stderr"],
    // Control characters in names are escaped, whatever the default is: a line
    // end in one could imitate what is agreed on, in the same report.
    ...["-nameopt", "oneline"],
    // Certificates are judged by others.
    ...["-no-CAfile", "-no-CApath", "-no-CAstore"],
    ...["-no_renegotiation", "-legacy_server_connect"],
    // Compressed certificates would not be told as such.
    ...(version.major > 3 || version.minor >= 2 ? ["-no_rx_cert_comp"] : []),
    ...(serverName === undefined
      ? ["-noservername"]
      : ["-servername", serverName]),
    ...["-min_protocol", offer.versions.at(-1) ?? ""],
    ...["-max_protocol", offer.versions[0] ?? ""],
    // Any suite at all, if only TLS 1.3 is offered: the list must not be empty.
    ...["-cipher", `${names(older) || "ALL"}:@SECLEVEL=0`],
    ...["-ciphersuites", names(tls13)],
    ...(identity === undefined ? [] : [
      ...["-key", identity.key, "-pass", `env:${PASSWORD_VARIABLE}`],
      ...["-cert", identity.certificate],
      ...(identity.chain === undefined ? [] : ["-cert_chain", identity.chain]),
    ]),
  ];
}
