/** One verification: from settings and an injected host to an outcome. */

import {
  associateRequest,
  type Negotiated,
} from "../association/negotiation.ts";
import { Deadlines, milliseconds } from "../net/deadline.ts";
import type { Transport } from "../net/transport.ts";
import { UpperLayer } from "../association/upper-layer.ts";
import { associate, connectToPeer, secureTransport } from "./establish.ts";
import { type EchoTally, exchangeEchoes } from "./exchange.ts";
import type { Outcome } from "./outcome.ts";
import { release } from "./release.ts";
import type { Run, VerificationHost } from "./run.ts";
import type { VerificationSettings } from "./settings.ts";
import { StageFailure, StageLog } from "./stages.ts";

/** How long an ended association may take to close (PS3.8 9.1.5), in ms. */
const ARTIM_TIMEOUT = 500;

/**
 * Connects, associates, exchanges `settings.repeat` C-ECHOs, and releases or
 * aborts. Whatever a peer or the network does becomes part of the outcome; only
 * what `host.connect` or `host.observe` throw, apart from a TransportError, is
 * thrown.
 *
 * Nothing is shared between calls: any number may run side by side.
 */
export async function verify(
  settings: VerificationSettings,
  host: VerificationHost,
): Promise<Outcome> {
  const maximumLength = settings.maximumLength - settings.maximumLength % 2;
  const { steps = true } = host;
  const layer = new UpperLayer({
    side: "requestor",
    maximumLength,
    pduTimeout: milliseconds(settings.socketTimeout),
    artimTimeout: ARTIM_TIMEOUT,
    warningsOnly: !steps,
  }, host.observe);
  using deadlines = new Deadlines(host.signal);
  const stages = new StageLog(host.now);
  const echoes: EchoTally = { sent: 0, succeeded: 0 };
  let negotiated: Negotiated | undefined;
  const note = (failure: StageFailure): void => stages.note(failure);
  const step = steps ? host.observe : undefined;
  const run: Run = { settings, host, layer, step, deadlines, note };

  const request = associateRequest({ ...settings, maximumLength });
  host.observe({
    kind: "proposal",
    request,
    maximumLength: settings.maximumLength,
  });
  host.observe({ kind: "requesting" });
  try {
    const transport = await establishTransport(run, stages);
    const agreed = negotiated = await stages.run("association", async () => {
      const result = await associate(run, transport, request);
      if (result.accepted === undefined) {
        host.observe({ kind: "no-accepted-context" });
        note(new StageFailure({ kind: "no-accepted-context" }, undefined));
      }
      return result;
    });
    const context = agreed.accepted;
    if (context !== undefined) {
      host.observe({ kind: "accepted", negotiated: agreed });
      await stages.run(
        "echo",
        () => exchangeEchoes(run, agreed, context, echoes),
      );
      host.observe({ kind: "ending", ending: settings.ending });
    }
    if (context !== undefined && settings.ending === "abort") {
      await stages.run("abort", () => layer.abort());
    } else {
      await stages.run("release", () => release(run, context !== undefined));
    }
  } catch (error) {
    if (!(error instanceof StageFailure)) throw error;
    const { standing } = layer;
    if (error.reason.kind === "interrupted") {
      host.observe({ kind: "interrupted", standing });
    }
    if (standing) await stages.run("abort", () => layer.abort());
  } finally {
    layer.close();
  }
  const { failure, records } = stages;
  return { failure, stages: records, negotiated, echoes };
}

async function establishTransport(
  run: Run,
  stages: StageLog,
): Promise<Transport> {
  const { secure, now } = run.host;
  const begin = now();
  const transport = await stages.run("connect", () => connectToPeer(run));
  if (secure === undefined) return transport;
  const elapsed = now() - begin;
  return await stages.run(
    "tls",
    () => secureTransport(run, secure, transport, elapsed),
  );
}
