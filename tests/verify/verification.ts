/** Verifications of scripted peers, over real sockets of loopback. */

import { connectTcp } from "../../lib/net/tcp.ts";
import type { VerificationEvent } from "../../lib/verify/event.ts";
import type { Outcome } from "../../lib/verify/outcome.ts";
import type { VerificationHost } from "../../lib/verify/run.ts";
import type { VerificationSettings } from "../../lib/verify/settings.ts";
import { verify } from "../../lib/verify/verify.ts";
import { ASSOCIATE_AC, RELEASE_RP } from "../support/golden.ts";
import { echoResponse } from "../support/pdus.ts";
import {
  type Connection,
  receive,
  type Script,
  send,
  startScriptedPeer,
  waitForEnd,
} from "../support/scripted-peer.ts";

/** As without any option; the port is the scripted peer's. */
export const DEFAULTS: VerificationSettings = {
  peer: "127.0.0.1",
  port: 104,
  addressFamily: "auto",
  callingAeTitle: "ECHOSCU",
  calledAeTitle: "ANY-SCP",
  transferSyntaxCount: 1,
  presentationContextCount: 1,
  connectTimeout: undefined,
  socketTimeout: 60,
  acseTimeout: 30,
  dimseTimeout: undefined,
  maximumLength: 16384,
  repeat: 1,
  ending: "release",
};

/** What came of one verification, seen from both sides. */
export interface Verification {
  readonly outcome: Outcome;
  readonly events: readonly VerificationEvent[];
  /** What the peer was sent, on each connection. */
  readonly connections: readonly Connection[];
}

/** Verifies whatever the settings name. */
export async function verifyHost(
  settings: Partial<VerificationSettings>,
  host: Partial<VerificationHost> = {},
): Promise<Omit<Verification, "connections">> {
  const events: VerificationEvent[] = [];
  const outcome = await verify({ ...DEFAULTS, ...settings }, {
    connect: connectTcp,
    now: () => performance.now(),
    signal: undefined,
    dictionaryFault: undefined,
    ...host,
    observe: (event) => {
      events.push(event);
      host.observe?.(event);
    },
  });
  return { outcome, events };
}

/** Verifies a peer that follows the script. */
export async function verifyPeer(
  script: Script,
  settings: Partial<VerificationSettings> = {},
  host: Partial<VerificationHost> = {},
): Promise<Verification> {
  await using peer = await startScriptedPeer(script);
  const { port } = peer;
  const verification = await verifyHost({ port, ...settings }, host);
  await peer.settled();
  return { ...verification, connections: peer.connections };
}

/** Types of the PDUs that a peer was sent: "01 04 05". */
export function sentTypes(connections: readonly Connection[]): string {
  return connections.map(({ pdus }) =>
    pdus.map(([type = 0]) => type.toString(16).padStart(2, "0")).join(" ")
  ).join(" | ");
}

/** Takes the request, answers with golden bytes. */
export const ASSOCIATED: Script = [receive, send(ASSOCIATE_AC)];

/** One exchange, Success. */
export const ECHOED: Script = [...ASSOCIATED, receive, send(echoResponse())];

/** All that a peer that is verified once does. */
export const WELL_BEHAVED: Script = [
  ...ECHOED,
  receive,
  send(RELEASE_RP),
  waitForEnd,
];
