/**
 * The TLS of the hostile suite: one authority, one certificate, and a client
 * that trusts it, made as the program makes it. There is no openssl program.
 */

import type { Log } from "../../lib/log/log.ts";
import type { Secure } from "../../lib/net/transport.ts";
import { tlsMessages } from "../../lib/report/tls.ts";
import { builtInEngine } from "../../lib/tls/built-in/built-in-engine.ts";
import { judge } from "../../lib/tls/connect/judgement.ts";
import { secureWith } from "../../lib/tls/connect/secure.ts";
import { BUILT_IN, tlsPolicy } from "../../lib/tls/policy/policy.ts";
import type { TlsEvent } from "../../lib/tls/session.ts";
import { parseCertificate } from "../../lib/x509/certificate.ts";
import { ROOT, SERVER } from "../tls/handshakes.ts";

/** For Deno.listenTls. */
export const IDENTITY = { cert: SERVER.pem, key: SERVER.keyPem } as const;

const ANCHOR = await parseCertificate(ROOT.der);

/** @param log of what is said of TLS; undefined: nobody is told. */
export function secured(log?: Log): Secure {
  const found = tlsPolicy({ profile: "8996", cipherSuites: [] });
  if ("fault" in found) throw new Error(found.fault.condition.text);
  const { policy } = found;
  const observe = (event: TlsEvent): void => {
    for (const message of tlsMessages(event, new Date())) log?.write(message);
  };
  const trust = {
    anchors: [ANCHOR],
    crls: [],
    revocation: "none",
    verifyHostname: false,
  } as const;
  const judging = { policy, trust, now: () => new Date(), observe };
  return secureWith({
    offer: policy.offer,
    clientCertificate: undefined,
    serverName: undefined,
    builtIn: { engine: builtInEngine, ability: BUILT_IN },
    second: () => Promise.resolve({ reason: "none is installed" }),
    judge: (channel, { name }, host) => judge(channel, name, host, judging),
    observe,
  });
}
