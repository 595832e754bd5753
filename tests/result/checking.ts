/** Checks of scripted peers, over real sockets of loopback. */

import { observedConnect } from "../../lib/net/observed-connect.ts";
import {
  type CheckMachine,
  checkPeer,
  type CheckRequest,
  type DiagnosisHints,
} from "../../lib/result/run.ts";
import type { Diagnosis, PeerResult } from "../../lib/result/types.ts";
import type { VerificationEvent } from "../../lib/verify/event.ts";
import type { VerificationSettings } from "../../lib/verify/settings.ts";
import {
  type Connection,
  type Script,
  startScriptedPeer,
} from "../support/scripted-peer.ts";
import { DEFAULTS } from "../verify/verification.ts";

export const BOUNDS: CheckRequest["bounds"] = {
  deadline: undefined,
  retries: 0,
  retryDelay: 0,
  interval: undefined,
  reconnect: false,
};

/** The least that a diagnosis can be; refused connections pass by themselves. */
export function plainDiagnosis(
  { outcome }: Omit<PeerResult, "diagnosis">,
  { deadline }: DiagnosisHints,
): Diagnosis | undefined {
  const { failure } = outcome;
  if (failure === undefined) return undefined;
  const { cause, condition } = failure;
  return {
    stage: failure.stage === "abort" ? "release" : failure.stage,
    code: cause.kind === "interrupted"
      ? deadline === undefined ? "interrupted" : "deadline"
      : "protocol-error",
    cause: cause.kind,
    next: [],
    condition,
    transient: cause.kind === "transport" && cause.fault === "refused",
  };
}

export interface Check {
  readonly result: PeerResult;
  readonly events: readonly VerificationEvent[];
}

export async function check(
  settings: Partial<VerificationSettings>,
  bounds: Partial<CheckRequest["bounds"]> = {},
  machine: Partial<CheckMachine> = {},
): Promise<Check> {
  const events: VerificationEvent[] = [];
  const all = { ...DEFAULTS, ...settings };
  const result = await checkPeer({
    target: {
      name: undefined,
      host: all.peer,
      port: all.port,
      callingAeTitle: all.callingAeTitle,
      calledAeTitle: all.calledAeTitle,
      tls: machine.secure !== undefined,
    },
    settings: all,
    bounds: { ...BOUNDS, ...bounds },
  }, {
    connect: observedConnect,
    now: () => performance.now(),
    today: () => new Date(0),
    signal: undefined,
    dictionaryFault: undefined,
    diagnose: plainDiagnosis,
    ...machine,
    observe: (event) => {
      events.push(event);
      machine.observe?.(event);
    },
  });
  return { result, events };
}

/** Checks a peer each of whose connections follows the script. */
export async function checkScript(
  script: Script,
  settings: Partial<VerificationSettings> = {},
  bounds: Partial<CheckRequest["bounds"]> = {},
  machine: Partial<CheckMachine> = {},
): Promise<Check & { readonly connections: readonly Connection[] }> {
  await using peer = await startScriptedPeer(script);
  const { port } = peer;
  const checked = await check({ port, ...settings }, bounds, machine);
  await peer.settled();
  return { ...checked, connections: peer.connections };
}

/** "lookup ok, connect failed" */
export function stagesOf({ stages }: PeerResult): string {
  return stages.map(({ stage, ok }) => `${stage} ${ok ? "ok" : "failed"}`)
    .join(", ");
}
