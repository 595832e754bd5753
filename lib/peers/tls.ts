/** The TLS settings of one row. Pure. */

import {
  DEFAULT_TLS,
  TLS_PROFILES,
  type TlsSettings,
} from "../tls/settings.ts";
import { type Cells, RowError, truth } from "./cells.ts";
import type { Column } from "./columns.ts";

/** Each of them asks for TLS where the row does not say "none". */
const TLS_COLUMNS: readonly Column[] = [
  "key",
  "cert",
  "ca",
  "crl",
  "profile",
  "sni",
  "verify-hostname",
  "ignore-peer-cert",
];

/**
 * Undefined: TCP as it is.
 *
 * @throws {RowError}
 */
export function rowTls(
  cells: Cells,
  defaults: TlsSettings | undefined,
): TlsSettings | undefined {
  const mode = modeOf(cells);
  const given = TLS_COLUMNS.filter((column) => cells.has(column));
  const [first] = given;
  if (mode === "none") {
    if (first === undefined) return undefined;
    throw new RowError(`${first} has no meaning where tls is none`);
  }
  if (mode === undefined && first === undefined) return defaults;
  const base = defaults ?? DEFAULT_TLS;
  const crlFiles = cells.has("crl") ? cells.list("crl") : base.crlFiles;
  const name = cells.text("sni");
  return {
    ...base,
    clientCertificate: clientCertificate(cells, mode, base),
    ...(cells.has("ca")
      ? { certificateFiles: cells.list("ca"), certificateDirectories: [] }
      : {}),
    crlFiles,
    revocation: cells.has("crl") && base.revocation === "none"
      ? "leaf"
      : base.revocation,
    profile: cells.word("profile", TLS_PROFILES) ?? base.profile,
    serverName: name === undefined ? base.serverName : { sni: "given", name },
    verifyHostname: cells.flag("verify-hostname") ?? base.verifyHostname,
    peerAuthentication: peerAuthentication(cells, base),
  };
}

type Mode = "none" | "anonymous" | "client" | "tls";

/** "tls" is plain "yes": with a client certificate if there is one. */
function modeOf(cells: Cells): Mode | undefined {
  const yes = truth(cells.text("tls") ?? "");
  if (yes !== undefined) return yes ? "tls" : "none";
  return cells.word("tls", ["none", "anonymous", "client"]);
}

function clientCertificate(
  cells: Cells,
  mode: Mode | undefined,
  base: TlsSettings,
): TlsSettings["clientCertificate"] {
  const keyFile = cells.text("key");
  const certificateFile = cells.text("cert");
  if (mode === "anonymous") {
    if (keyFile === undefined && certificateFile === undefined) {
      return undefined;
    }
    throw new RowError("key and cert have no meaning where tls is anonymous");
  }
  if (keyFile !== undefined && certificateFile !== undefined) {
    // Nobody is asked for a thousand passwords: the one of the command line
    // holds for all, and without it a key must be open.
    const password = base.clientCertificate?.password ?? { from: "empty" };
    return { keyFile, certificateFile, password };
  }
  if (keyFile !== undefined || certificateFile !== undefined) {
    throw new RowError("key and cert go together");
  }
  if (mode === "client" && base.clientCertificate === undefined) {
    throw new RowError("tls is client, but there is no key and cert");
  }
  return base.clientCertificate;
}

function peerAuthentication(
  cells: Cells,
  base: TlsSettings,
): TlsSettings["peerAuthentication"] {
  const ignore = cells.flag("ignore-peer-cert");
  if (ignore === undefined) return base.peerAuthentication;
  return ignore ? "ignore" : "require";
}
