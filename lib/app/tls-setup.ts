/** TLS set up, used and cleaned up, on a runtime that verifies. */

import { formatCondition } from "../base/condition.ts";
import { app, type Log } from "../log/log.ts";
import { type Deadline, ExpiredError } from "../net/deadline.ts";
import type { Secure } from "../net/transport.ts";
import type { Host } from "../host.ts";
import { tlsMessages } from "../report/tls.ts";
import { builtInEngine } from "../tls/built-in/built-in-engine.ts";
import { judge } from "../tls/connect/judgement.ts";
import type { LoadedTls } from "../tls/files/load.ts";
import type { TlsMachine } from "../tls/deno/machine.ts";
import { BUILT_IN, partOf, type TlsPolicy } from "../tls/policy/policy.ts";
import { secureWith } from "../tls/connect/secure.ts";
import { writeSeed } from "../tls/files/seed.ts";
import type { TlsEvent } from "../tls/session.ts";
import type { TlsSettings } from "../tls/settings.ts";
import type { Outcome } from "../verify/outcome.ts";
import { type Loading, loadOrTell, policyOrRefused } from "./load-tls.ts";
import { SharedOpenssl } from "./shared-openssl.ts";

/** TLS ready to be used, or refused with everything said. */
export type PreparedTls =
  | {
    readonly kind: "ready";
    /**
     * @param told of everything, beside the log.
     * @param costly asked before more than a connection is opened for it, and
     * waited for.
     */
    readonly secure: (
      told?: (event: TlsEvent) => void,
      costly?: () => Promise<void> | undefined,
    ) => Secure;
    /** No connection does without more. */
    readonly alwaysCostly: boolean;
    /**
     * What is to be done after a verification, however it ended.
     *
     * @param outcome undefined: there was none.
     */
    readonly finish: (outcome: Outcome | undefined) => Promise<void>;
  }
  | Exclude<Loading, { readonly kind: "loaded" }>;

/**
 * Looks at all that TLS needs before anything is sent.
 *
 * @param openssl where others look for the program as well.
 */
export async function setUpTls(
  settings: TlsSettings,
  log: Log,
  host: Host,
  machine: TlsMachine,
  openssl: SharedOpenssl = new SharedOpenssl(),
): Promise<PreparedTls> {
  const observe = (event: TlsEvent): void => {
    for (const message of tlsMessages(event, new Date())) log.write(message);
  };
  const loading = await loadOrTell(settings, log, host, machine);
  if (loading.kind !== "loaded") return loading;
  const { loaded } = loading;
  const policy = policyOrRefused(settings, log);
  if ("kind" in policy) return policy;
  return connection(settings, loaded, policy, machine, observe, log, openssl);
}

function connection(
  settings: TlsSettings,
  loaded: LoadedTls,
  policy: TlsPolicy,
  machine: TlsMachine,
  observe: (event: TlsEvent) => void,
  log: Log,
  openssl: SharedOpenssl,
): PreparedTls {
  const { serverName, peerAuthentication, revocation, verifyHostname } =
    settings;
  const trust = peerAuthentication === "ignore"
    ? undefined
    : { ...loaded, revocation, verifyHostname };
  const secure = (
    told?: (event: TlsEvent) => void,
    costly?: () => Promise<void> | undefined,
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
      second: async (deadline) => {
        await permitted(costly?.(), deadline);
        return await openssl.find(machine, deadline);
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
  const alwaysCostly = partOf(policy.offer, BUILT_IN) === undefined;
  return { kind: "ready", secure, alwaysCostly, finish };
}

/**
 * Waits for leave to open more, which may take as long as it does: that is not
 * the peer's time.
 *
 * @throws {ExpiredError} when it is interrupted.
 */
async function permitted(
  leave: Promise<void> | undefined,
  deadline: Deadline,
): Promise<void> {
  while (leave !== undefined) {
    try {
      await deadline.race(leave);
      return;
    } catch (error) {
      if (!(error instanceof ExpiredError) || error.expiry !== "timeout") {
        throw error;
      }
    } finally {
      deadline.renew();
    }
  }
}
