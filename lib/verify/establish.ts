/** From nothing to an association: transport connection, then negotiation. */

import {
  expiryFault,
  faultCondition,
  faultOf,
  type PeerFault,
} from "../association/fault.ts";
import { negotiate, type Negotiated } from "../association/negotiation.ts";
import { type Condition, illegalServiceParameter } from "../base/condition.ts";
import { type Deadline, ExpiredError, milliseconds } from "../net/deadline.ts";
import {
  type Secure,
  type Transport,
  TransportError,
} from "../net/transport.ts";
import type { AssociateRequest } from "../pdu/types.ts";
import type { FailureCause } from "./outcome.ts";
import type { Run } from "./run.ts";
import { StageFailure } from "./stages.ts";

/**
 * Looks the peer up and connects.
 *
 * @throws {StageFailure}
 */
export async function connectToPeer(run: Run): Promise<Transport> {
  const { connectTimeout, socketTimeout } = run.settings;
  using deadline = run.deadlines.start(milliseconds(connectTimeout));
  run.layer.begin();
  const transport = await transportOf(run, connection(run, deadline));
  try {
    run.host.observe({ kind: "connected", socketTimeout });
  } catch (error) {
    transport.close();
    throw error;
  }
  return transport;
}

/**
 * Puts TLS on top of TCP, within what the connect timeout has left. Without
 * one it has as long as a silent socket, and at most the ACSE timeout.
 *
 * @throws {StageFailure}
 */
export async function secureTransport(
  run: Run,
  secure: Secure,
  transport: Transport,
  elapsed: number,
): Promise<Transport> {
  const { connectTimeout, socketTimeout, acseTimeout, peer } = run.settings;
  const bound = connectTimeout === undefined
    ? milliseconds(socketTimeout > 0 ? socketTimeout : acseTimeout)
    : Math.max(0, connectTimeout * 1000 - elapsed);
  using deadline = run.deadlines.start(bound);
  const reconnect = (): Promise<Transport> => connection(run, deadline);
  return await transportOf(
    run,
    secure({ transport, reconnect, host: peer, deadline }),
  );
}

function connection(run: Run, deadline: Deadline): Promise<Transport> {
  const { peer, port, addressFamily } = run.settings;
  return run.host.connect({ host: peer, port, addressFamily, deadline });
}

async function transportOf(
  run: Run,
  opening: Promise<Transport>,
): Promise<Transport> {
  try {
    return await opening;
  } catch (error) {
    if (!(error instanceof TransportError)) throw error;
    run.layer.transportFailed();
    const { fault, condition } = error;
    throw failed(
      run,
      fault === "interrupted"
        ? { kind: "interrupted" }
        : { kind: "transport", fault },
      condition,
    );
  }
}

/**
 * Requests an association (PS3.8 section 7.1) and waits for the answer, both
 * together within the ACSE timeout.
 *
 * @throws {StageFailure}
 */
export async function associate(
  run: Run,
  transport: Transport,
  request: AssociateRequest,
): Promise<Negotiated> {
  const { host, layer, settings } = run;
  const { acseTimeout } = settings;
  await checkTitles(run, transport, request);
  using deadline = run.deadlines.start(milliseconds(acseTimeout));
  try {
    await layer.connected(transport, request, deadline);
    host.observe({ kind: "answer-awaited", acseTimeout });
    const answer = await layer.receive(deadline);
    switch (answer.kind) {
      case "associate-accept": {
        const { pdu: accept } = answer;
        const negotiated = negotiate(request, accept);
        host.observe({ kind: "negotiated", request, accept, negotiated });
        return negotiated;
      }
      case "associate-reject":
        host.observe({ kind: "rejected", pdu: answer.pdu });
        throw new StageFailure(
          { kind: "rejected", pdu: answer.pdu },
          undefined,
        );
      case "abort":
      case "closed":
      case "provider-abort":
        throw faulted(run, faultOf(answer));
      default:
        throw new Error(`${answer.kind} before an association`);
    }
  } catch (error) {
    if (!(error instanceof ExpiredError)) throw error;
    throw faulted(run, expiryFault(error.expiry, layer.midPdu));
  }
}

/** The reference notices an empty title only now, with the transport up. */
async function checkTitles(
  run: Run,
  transport: Transport,
  request: AssociateRequest,
): Promise<void> {
  const which = request.calledAeTitle === ""
    ? "Called"
    : request.callingAeTitle === ""
    ? "Calling"
    : undefined;
  if (which === undefined) return;
  const condition = illegalServiceParameter(`${which} AP Title`);
  await run.layer.abort();
  transport.close();
  run.host.observe({ kind: "illegal-title", condition });
  throw failed(run, { kind: "illegal-title" }, condition);
}

function faulted(run: Run, fault: PeerFault): StageFailure {
  const condition = faultCondition(fault);
  if (
    fault.kind === "violation" && fault.violation.kind === "too-long" &&
    fault.violation.name === "A-ASSOCIATE-AC"
  ) {
    const { length } = fault.violation;
    run.host.observe({ kind: "accept-too-long", length });
  }
  return failed(run, fault, condition);
}

function failed(
  run: Run,
  cause: FailureCause,
  condition: Condition,
): StageFailure {
  if (cause.kind !== "interrupted") {
    run.host.observe({ kind: "association-failed", condition });
  }
  return new StageFailure(cause, condition);
}
