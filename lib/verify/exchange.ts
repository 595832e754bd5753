/** The C-ECHO exchanges of an association (PS3.7 section 9.3.5). */

import { expiryFault } from "../association/fault.ts";
import {
  isAccepted,
  type Negotiated,
  type NegotiatedContext,
} from "../association/negotiation.ts";
import {
  type Condition,
  NO_DATA_AVAILABLE,
  PEER_ABORTED,
  unexpectedResponse,
} from "../base/condition.ts";
import { STATUS_SUCCESS } from "../dimse/command-set.ts";
import { echoAnswer, echoRequest } from "../dimse/echo.ts";
import { EchoRequests } from "../dimse/echo-requests.ts";
import { DimseError, MessageReceiver } from "../dimse/message.ts";
import { type Deadline, ExpiredError, milliseconds } from "../net/deadline.ts";
import type { EchoCounts, FailureCause } from "./outcome.ts";
import type { Run } from "./run.ts";
import { StageFailure } from "./stages.ts";

/** Message IDs have 16 bits; after the last comes 0, as in the reference. */
const MESSAGE_ID_MASK = 0xffff;

/** Counts up while exchanges go on, so that a failure keeps what was before. */
export type EchoTally = { -readonly [K in keyof EchoCounts]: EchoCounts[K] };

/**
 * Exchanges `settings.repeat` C-ECHOs one after another. A status other than
 * Success is noted and does not end the series.
 *
 * @throws {StageFailure}
 */
export async function exchangeEchoes(
  run: Run,
  negotiated: Negotiated,
  context: NegotiatedContext,
  tally: EchoTally,
): Promise<void> {
  const requests = new EchoRequests(context.id, negotiated);
  const receiver = new MessageReceiver(
    run.layer,
    negotiated.contexts.filter(isAccepted),
    run.step,
  );
  using deadline = run.deadlines.start(
    milliseconds(run.settings.dimseTimeout ?? run.settings.socketTimeout),
  );
  const exchange = { requests, receiver, contextId: context.id, deadline };
  for (let count = 0; count < run.settings.repeat; count++) {
    const messageId = (count + 1) & MESSAGE_ID_MASK;
    run.host.observe({ kind: "echo-request", messageId });
    const { dictionaryFault } = run.host;
    if (dictionaryFault !== undefined) {
      throw failed(run, { kind: "no-dictionary" }, dictionaryFault);
    }
    const caughtUp = run.host.behind?.();
    if (caughtUp !== undefined) await keepPace(run, caughtUp);
    tally.sent++;
    const status = await echo(run, exchange, messageId);
    if (status === STATUS_SUCCESS) tally.succeeded++;
    else run.note(new StageFailure({ kind: "status", status }, undefined));
  }
  // Before a release it is for the release to find.
  if (run.settings.ending === "abort" && receiver.unasked) {
    throw unasked(run, "after that to", run.settings.repeat & MESSAGE_ID_MASK);
  }
}

/** A series does not run away from whoever reads of it. */
async function keepPace(run: Run, caughtUp: Promise<void>): Promise<void> {
  using deadline = run.deadlines.start(undefined);
  try {
    await deadline.race(caughtUp);
  } catch (error) {
    if (!(error instanceof ExpiredError)) throw error;
    throw failed(run, expiryFault(error.expiry, false), PEER_ABORTED);
  }
}

/** What all exchanges on a presentation context share. */
interface Exchange {
  /** Of one exchange: each has its whole time. */
  readonly deadline: Deadline;
  readonly contextId: number;
  readonly requests: EchoRequests;
  readonly receiver: MessageReceiver;
}

/** One exchange, bounded as a whole; gives the status. */
async function echo(
  run: Run,
  { contextId, requests, receiver, deadline }: Exchange,
  messageId: number,
): Promise<number> {
  const { host, layer, step } = run;
  deadline.renew();
  try {
    if (receiver.unasked) throw unasked(run, "before request", messageId);
    step?.({
      kind: "command-to-send",
      contextId,
      elements: echoRequest(messageId),
      byteLength: requests.byteLength,
    });
    await requests.send(layer, messageId, deadline);
    step?.({ kind: "response-awaited" });
    const message = await receiver.receive(deadline);
    step?.({ kind: "command-received", message });
    const answer = echoAnswer(message, { contextId, messageId });
    if (answer.kind === "unusable") {
      const { condition, announcesDataSet } = answer;
      throw failed(run, { kind: "bad-message" }, condition, announcesDataSet);
    }
    if (receiver.surplus) throw unasked(run, "after that to", messageId);
    const { status } = answer;
    host.observe({ kind: "echo-response", status, message });
    return status;
  } catch (error) {
    if (error instanceof ExpiredError) {
      throw failed(run, expiryFault(error.expiry, false), silence(run));
    }
    if (!(error instanceof DimseError)) throw error;
    const { fault, condition } = error;
    const silent = fault.kind === "timeout" && !fault.midPdu;
    throw failed(run, fault, silent ? silence(run) : condition);
  }
}

/**
 * With one operation at a time, which is the default (PS3.7 D.3.3.3), a peer
 * has nothing to say before it is asked, nor after it has answered.
 */
function unasked(run: Run, when: string, messageId: number): StageFailure {
  const condition = unexpectedResponse(`${when} MsgId: ${messageId}`);
  return failed(run, { kind: "bad-message" }, condition);
}

/** The reference takes silence for the peer's end unless `-td` is given. */
function silence(run: Run): Condition {
  return run.settings.dimseTimeout === undefined
    ? PEER_ABORTED
    : NO_DATA_AVAILABLE;
}

function failed(
  run: Run,
  cause: FailureCause,
  condition: Condition,
  announcesDataSet = false,
): StageFailure {
  if (cause.kind !== "interrupted") {
    run.host.observe({ kind: "echo-failed", condition, announcesDataSet });
  }
  return new StageFailure(cause, condition);
}
