/** Checks of peers on loopback, with what a diagnosis needs of them. */

import { diagnose } from "../../lib/diagnosis/diagnose.ts";
import { consoleLog } from "../../lib/log/log.ts";
import { observedConnect } from "../../lib/net/observed-connect.ts";
import type { Secure } from "../../lib/net/transport.ts";
import { messages } from "../../lib/report/messages.ts";
import { type CheckMachine, checkPeer } from "../../lib/result/run.ts";
import type { Diagnosis, PeerResult } from "../../lib/result/types.ts";
import { unmeasured } from "../../lib/result/unmeasured.ts";
import { builtInEngine } from "../../lib/tls/built-in/built-in-engine.ts";
import { judge, type Trust } from "../../lib/tls/connect/judgement.ts";
import {
  BUILT_IN,
  type TlsPolicy,
  tlsPolicy,
} from "../../lib/tls/policy/policy.ts";
import { secureWith } from "../../lib/tls/connect/secure.ts";
import type { TlsEvent } from "../../lib/tls/session.ts";
import type { TlsProfile } from "../../lib/tls/settings.ts";
import type { VerificationSettings } from "../../lib/verify/settings.ts";
import { parseCertificate } from "../../lib/x509/certificate.ts";
import { parseCrl } from "../../lib/x509/crl.ts";
import { BOUNDS } from "../result/checking.ts";
import type { Issued } from "../support/certificates.ts";
import { asClient, ROOT } from "../tls/handshakes.ts";
import { DEFAULTS } from "../verify/verification.ts";

/** What TLS is asked for; without more, the root of the tests is trusted. */
export interface TlsWishes {
  readonly profile?: TlsProfile;
  readonly policy?: Partial<TlsPolicy>;
  readonly anchors?: readonly Issued[];
  readonly crls?: readonly { readonly der: Uint8Array }[];
  readonly revocation?: Trust["revocation"];
  readonly verifyHostname?: boolean;
  readonly client?: Issued;
}

export interface CheckOptions {
  readonly tls?: TlsWishes;
  readonly machine?: Partial<CheckMachine>;
  /** Of the whole run, in seconds. */
  readonly deadline?: number;
}

export interface Checked {
  readonly result: PeerResult;
  /** What a call without any option of ours prints. */
  readonly lines: readonly string[];
  /** What it hints at: nothing is measured then. Undefined: as in the result. */
  readonly hinted?: Diagnosis | undefined;
}

/** Checks whatever the settings name. */
export async function check(
  changes: Partial<VerificationSettings>,
  options: CheckOptions = {},
): Promise<Checked> {
  const settings = { ...DEFAULTS, ...changes };
  const { peer: host, port, callingAeTitle, calledAeTitle } = settings;
  const { tls, machine = {}, deadline } = options;
  const titles = { calling: callingAeTitle, called: calledAeTitle };
  let printed = "";
  const log = consoleLog("warn", (text) => printed += text);
  const name = undefined;
  const isTls = tls !== undefined;
  let hinted: Diagnosis | undefined;
  const result = await checkPeer({
    target: { name, host, port, callingAeTitle, calledAeTitle, tls: isTls },
    settings,
    bounds: { ...BOUNDS, deadline },
  }, {
    connect: observedConnect,
    secure: tls === undefined ? undefined : await secure(tls),
    now: () => performance.now(),
    today: () => new Date(),
    signal: undefined,
    dictionaryFault: undefined,
    diagnose: (measured, hints) => {
      const { target, outcome, tlsFailure } = measured;
      const plain = { ...unmeasured(target, outcome), tlsFailure };
      hinted = diagnose(plain, hints);
      return diagnose(measured, hints);
    },
    ...machine,
    observe: (event) => {
      for (const message of messages(event, titles)) log.write(message);
      machine.observe?.(event);
    },
  });
  return { result, lines: printed.split("\n").slice(0, -1), hinted };
}

/** Without an openssl program, whether there is one or not. */
async function secure(
  wishes: TlsWishes,
): Promise<(observe: (event: TlsEvent) => void) => Secure> {
  const { profile = "8996", anchors = [ROOT], crls = [], client } = wishes;
  const found = tlsPolicy({ profile, cipherSuites: [] });
  if ("fault" in found) throw new Error(found.fault.line);
  const policy = { ...found.policy, ...wishes.policy };
  const trust = {
    anchors: await Promise.all(anchors.map(({ der }) => parseCertificate(der))),
    crls: crls.map(({ der }) => parseCrl(der)),
    revocation: wishes.revocation ?? "none",
    verifyHostname: wishes.verifyHostname ?? false,
  };
  const clientCertificate = client === undefined ? undefined : asClient(client);
  return (observe) => {
    const judging = { policy, trust, now: () => new Date(), observe };
    return secureWith({
      offer: policy.offer,
      clientCertificate,
      serverName: undefined,
      builtIn: { engine: builtInEngine, ability: BUILT_IN },
      second: () => Promise.resolve({ reason: "none is installed" }),
      judge: (channel, { name }, peer) => judge(channel, name, peer, judging),
      observe,
    });
  };
}
