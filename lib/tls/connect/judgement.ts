/** The verdict on what a peer has shown in its handshake. */

import { parseCertificate } from "../../x509/certificate.ts";
import { chainCondition } from "../../x509/problem.ts";
import {
  type Certificate,
  type RevocationList,
  X509Error,
} from "../../x509/types.ts";
import { verifyChain } from "../../x509/verify.ts";
import { type TlsChannel, TlsError } from "../engine.ts";
import type { EngineFailure } from "../failure.ts";
import {
  certificateCondition,
  failureCondition,
} from "../failure-condition.ts";
import { note } from "../note.ts";
import type { TlsPolicy } from "../policy/policy.ts";
import { chainStrength } from "../policy/weak-certificate.ts";
import type { EngineName, TlsEvent, TlsSession } from "../session.ts";

/** Who is trusted, and how carefully it is looked at. */
export interface Trust {
  readonly anchors: readonly Certificate[];
  readonly crls: readonly RevocationList[];
  readonly revocation: "none" | "leaf" | "chain";
  /** The peer's certificate must be for the host that is connected to. */
  readonly verifyHostname: boolean;
}

export interface JudgeSettings {
  readonly policy: Pick<TlsPolicy, "isAllowed" | "strengthOf">;
  /** Undefined: whatever certificate the peer shows is accepted. */
  readonly trust: Trust | undefined;
  readonly now: () => Date;
  readonly observe: (event: TlsEvent) => void;
}

/**
 * Tells what the peer has shown, then refuses it if it is not as it must be:
 * first what was agreed on, then whether the peer is the owner of its
 * certificate, then the certificate itself.
 *
 * @throws {TlsError} for a connection that is not to be used.
 */
export async function judge(
  channel: TlsChannel,
  engine: EngineName,
  host: string,
  settings: JudgeSettings,
): Promise<void> {
  const { policy, trust, observe, now } = settings;
  const { version, suite, unproven } = channel;
  const verdict = await examine(channel, host, settings);
  const ignored = trust === undefined;
  observe({
    kind: "tls-session",
    session: { engine, version, suite, ignored, ...verdict },
  });
  if (!policy.isAllowed(version, suite)) {
    throw refusal({ kind: "not-allowed", version, suite });
  }
  if (ignored) return;
  if (unproven !== undefined) {
    throw refusal({ kind: "unproven", detail: unproven });
  }
  const { problem } = verdict;
  if (problem !== undefined) {
    throw new TlsError(
      { kind: "certificate", problem },
      certificateCondition(chainCondition(problem, now())),
    );
  }
}

function refusal(failure: EngineFailure): TlsError {
  return new TlsError(failure, failureCondition(failure));
}

type Examined = Pick<TlsSession, "presented" | "chain" | "problem">;

async function examine(
  channel: TlsChannel,
  host: string,
  settings: JudgeSettings,
): Promise<Examined> {
  let presented: readonly Certificate[];
  try {
    presented = await Promise.all(
      channel.peerCertificates.map((der) => parseCertificate(der)),
    );
  } catch (error) {
    if (!(error instanceof X509Error)) throw error;
    const problem = { kind: "unreadable", detail: error.message } as const;
    return { presented: [], chain: [], problem };
  }
  const { trust, now } = settings;
  if (trust === undefined) {
    return { presented, chain: presented, problem: undefined };
  }
  const { chain, problem } = await verifyChain({
    presented,
    anchors: trust.anchors,
    crls: trust.crls,
    revocation: trust.revocation,
    time: now(),
    purpose: "server",
    ...(trust.verifyHostname ? { hostname: host } : {}),
  });
  if (problem !== undefined) return { presented, chain, problem };
  const { policy, observe } = settings;
  const strength = chainStrength(chain, (one) => policy.strengthOf(one));
  for (const text of strength.warnings) observe(note("warn", text));
  return { presented, chain, problem: strength.problem };
}
