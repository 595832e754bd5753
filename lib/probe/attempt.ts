/** One association that is asked for, looked at, and released. */

import type { Negotiated } from "../association/negotiation.ts";
import { UpperLayer } from "../association/upper-layer.ts";
import { Deadlines, milliseconds } from "../net/deadline.ts";
import type { AssociateAccept, AssociateRequest } from "../pdu/types.ts";
import {
  associate,
  connectToPeer,
  secureTransport,
} from "../verify/establish.ts";
import type { VerificationEvent } from "../verify/event.ts";
import type { Failure, StageRecord } from "../verify/outcome.ts";
import { release } from "../verify/release.ts";
import type { Run, VerificationHost } from "../verify/run.ts";
import type { VerificationSettings } from "../verify/settings.ts";
import { StageFailure, StageLog } from "../verify/stages.ts";

export interface Attempt {
  readonly request: AssociateRequest;
  /** Undefined: there was no association. */
  readonly answer: Answer | undefined;
  readonly stages: readonly StageRecord[];
  readonly failure: Failure | undefined;
  /** In milliseconds. */
  readonly duration: number;
}

export interface Answer {
  readonly accept: AssociateAccept;
  readonly negotiated: Negotiated;
}

/** How long an ended association may take to close (PS3.8 9.1.5), in ms. */
const ARTIM_TIMEOUT = 500;

/**
 * Connects, negotiates, releases; sends no data. Whatever the peer or the
 * network does becomes part of what is returned.
 */
export async function attempt(
  settings: VerificationSettings,
  host: VerificationHost,
  request: AssociateRequest,
  maximumLength: number,
): Promise<Attempt> {
  const begin = host.now();
  let accept: AssociateAccept | undefined;
  let negotiated: Negotiated | undefined;
  const observe = (event: VerificationEvent): void => {
    if (event.kind === "negotiated") ({ accept, negotiated } = event);
    host.observe(event);
  };
  const layer = new UpperLayer({
    side: "requestor",
    maximumLength,
    pduTimeout: milliseconds(settings.socketTimeout),
    artimTimeout: ARTIM_TIMEOUT,
  }, observe);
  using deadlines = new Deadlines(host.signal);
  const stages = new StageLog(host.now);
  const note = (failure: StageFailure): void => stages.note(failure);
  const run: Run = {
    settings,
    host: { ...host, observe },
    layer,
    deadlines,
    note,
  };
  observe({ kind: "proposal", request, maximumLength });
  observe({ kind: "requesting" });
  try {
    await overTransport(run, stages, request);
  } catch (error) {
    if (!(error instanceof StageFailure)) throw error;
    const { standing } = layer;
    if (error.reason.kind === "interrupted") {
      observe({ kind: "interrupted", standing });
    }
    if (standing) await stages.run("abort", () => layer.abort());
  } finally {
    layer.close();
  }
  return {
    request,
    answer: accept === undefined || negotiated === undefined
      ? undefined
      : { accept, negotiated },
    stages: stages.records,
    failure: stages.failure,
    duration: host.now() - begin,
  };
}

async function overTransport(
  run: Run,
  stages: StageLog,
  request: AssociateRequest,
): Promise<void> {
  const { secure, now, observe } = run.host;
  const begin = now();
  const plain = await stages.run("connect", () => connectToPeer(run));
  const elapsed = now() - begin;
  const transport = secure === undefined ? plain : await stages.run(
    "tls",
    () => secureTransport(run, secure, plain, elapsed),
  );
  const { accepted } = await stages.run(
    "association",
    () => associate(run, transport, request),
  );
  if (accepted === undefined) observe({ kind: "no-accepted-context" });
  observe({ kind: "ending", ending: "release" });
  await stages.run("release", () => release(run, true));
}
