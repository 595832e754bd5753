/** TLS set up, used and cleaned up, on a runtime that verifies. */

import { formatCondition } from "../base/condition.ts";
import { app, type Log } from "../log/log.ts";
import type { Secure } from "../net/transport.ts";
import type { Host } from "../host.ts";
import { tlsMessages } from "../report/tls.ts";
import { builtInEngine } from "../tls/built-in/built-in-engine.ts";
import { judge } from "../tls/connect/judgement.ts";
import type { LoadedTls } from "../tls/files/load.ts";
import type { TlsMachine } from "../tls/deno/machine.ts";
import { BUILT_IN, type TlsPolicy } from "../tls/policy/policy.ts";
import {
  type EngineChoice,
  type MissingEngine,
  secureWith,
} from "../tls/connect/secure.ts";
import { writeSeed } from "../tls/files/seed.ts";
import type { TlsEvent } from "../tls/session.ts";
import type { TlsSettings } from "../tls/settings.ts";
import type { Outcome } from "../verify/outcome.ts";
import { type Loading, loadOrTell, policyOrRefused } from "./load-tls.ts";

/** TLS ready to be used, or refused with everything said. */
export type PreparedTls =
  | {
    readonly kind: "ready";
    /**
     * @param told of everything, beside the log.
     * @param costly told before more than a connection is opened for it.
     */
    readonly secure: (
      told?: (event: TlsEvent) => void,
      costly?: () => void,
    ) => Secure;
    /**
     * What is to be done after a verification, however it ended.
     *
     * @param outcome undefined: there was none.
     */
    readonly finish: (outcome: Outcome | undefined) => Promise<void>;
  }
  | Exclude<Loading, { readonly kind: "loaded" }>;

/** Looks at all that TLS needs before anything is sent. */
export async function setUpTls(
  settings: TlsSettings,
  log: Log,
  host: Host,
  machine: TlsMachine,
): Promise<PreparedTls> {
  const observe = (event: TlsEvent): void => {
    for (const message of tlsMessages(event, new Date())) log.write(message);
  };
  const loading = await loadOrTell(settings, log, host, machine);
  if (loading.kind !== "loaded") return loading;
  const { loaded } = loading;
  const policy = policyOrRefused(settings, log);
  if ("kind" in policy) return policy;
  return connection(settings, loaded, policy, machine, observe, log);
}

function connection(
  settings: TlsSettings,
  loaded: LoadedTls,
  policy: TlsPolicy,
  machine: TlsMachine,
  observe: (event: TlsEvent) => void,
  log: Log,
): PreparedTls {
  const { serverName, peerAuthentication, revocation, verifyHostname } =
    settings;
  const trust = peerAuthentication === "ignore"
    ? undefined
    : { ...loaded, revocation, verifyHostname };
  const openssl = opensslOf(machine);
  const secure = (
    told?: (event: TlsEvent) => void,
    costly?: () => void,
  ): Secure => {
    const tell = (event: TlsEvent): void => {
      observe(event);
      told?.(event);
    };
    const now = (): Date => new Date();
    const judging = { policy, trust, now, observe: tell };
    return secureWith({
      offer: policy.offer,
      clientCertificate: loaded.clientCertificate,
      serverName: serverName.sni === "given" ? serverName.name : undefined,
      builtIn: { engine: builtInEngine, ability: BUILT_IN },
      second: (deadline) => {
        costly?.();
        return openssl.find(deadline);
      },
      judge: (channel, { name }, host) => judge(channel, name, host, judging),
      observe: tell,
    });
  };
  const finish = async (outcome: Outcome | undefined): Promise<void> => {
    await openssl.settled();
    if (outcome?.negotiated === undefined) return;
    const fault = writeSeed(settings.seed, machine.writeOwnerOnly);
    if (fault === undefined) return;
    log.write(app("warn", formatCondition(fault)));
  };
  return { kind: "ready", secure, finish };
}

interface LazyOpenssl {
  readonly find: (
    deadline: Parameters<
      typeof import("../tls/openssl/openssl-program.ts").findOpenssl
    >[2],
  ) => Promise<EngineChoice | MissingEngine>;
  readonly settled: () => Promise<void>;
}

/** Looked for only when it is wanted. */
function opensslOf({ programs, system }: TlsMachine): LazyOpenssl {
  let settled: (() => Promise<void>) | undefined;
  return {
    find: async (deadline) => {
      const { findOpenssl } = await import("../tls/openssl/openssl-program.ts");
      const search = await findOpenssl(programs, system, deadline);
      if (search.kind === "missing") return { reason: search.reason };
      const { OpensslEngine } = await import(
        "../tls/openssl/openssl-engine.ts"
      );
      const engine = new OpensslEngine(programs, search.program);
      settled = () => engine.settled();
      return { engine, ability: search.program.ability };
    },
    settled: async () => {
      await settled?.();
    },
  };
}
