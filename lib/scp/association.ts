/** One association from the side of the Verification SCP. */

import {
  isAccepted,
  maximumLengthOf,
  sendLengths,
} from "../association/negotiation.ts";
import type { UpperLayerEvent } from "../association/service.ts";
import { UpperLayer } from "../association/upper-layer.ts";
import {
  COMMAND_FIELD,
  getUnsignedShort,
  STATUS_SUCCESS,
  TAG,
} from "../dimse/command-set.ts";
import { echoResponse } from "../dimse/echo.ts";
import { DimseError, MessageReceiver, sendCommand } from "../dimse/message.ts";
import { Deadlines, ExpiredError } from "../net/deadline.ts";
import type { Transport } from "../net/transport.ts";
import type { AssociateAccept, AssociateRequest } from "../pdu/types.ts";
import {
  type AcceptancePolicy,
  answerRequest,
  LOCAL_LIMIT_EXCEEDED,
} from "./acceptance.ts";
import type { Intake } from "./intake.ts";
import type { Places } from "../net/places.ts";

/** Bounds of one association, in milliseconds, and what it accepts. */
export interface AcceptorSettings extends AcceptancePolicy {
  /** For the association request to come (PS3.8 9.1.5). */
  readonly artimTimeout: number;
  /** From one message to the next. */
  readonly idleTimeout: number;
  /** Told of what happens on the association. */
  readonly observe?: (event: UpperLayerEvent) => void;
}

/** What all associations share. */
export interface SharedLimits {
  /** Where none is left, a request that would be accepted is rejected for now. */
  readonly associations: Places;
  readonly intake: Intake;
}

/** For the client to close after the last PDU, in milliseconds. */
const CLOSE_TIMEOUT = 500;

/**
 * Serves one association until it ends, by whichever side, or until the signal
 * is aborted. Never throws for anything that the peer does.
 */
export async function serveAssociation(
  transport: Transport,
  settings: AcceptorSettings,
  { associations, intake }: SharedLimits,
  signal: AbortSignal,
): Promise<void> {
  using deadlines = new Deadlines(signal);
  using guarded = intake.guard(transport);
  const layer = new UpperLayer({
    side: "acceptor",
    maximumLength: settings.maximumLength,
    pduTimeout: settings.idleTimeout,
    artimTimeout: CLOSE_TIMEOUT,
  }, settings.observe ?? (() => {}));
  try {
    layer.accepted(guarded);
    const request = await receiveRequest(layer, deadlines, settings);
    if (request === undefined) return;
    const answer = answerRequest(request, settings);
    if (answer.type === "A-ASSOCIATE-RJ") return await layer.reject(answer);
    using place = associations.take();
    if (place === undefined) return await layer.reject(LOCAL_LIMIT_EXCEEDED);
    guarded.stopCounting();
    await accept(layer, deadlines, settings, answer);
    const end = await serveMessages(
      layer,
      deadlines,
      settings,
      answer,
      maximumLengthOf(request.userInformation),
    );
    // The association is over; waiting for the client to close is not part.
    place[Symbol.dispose]();
    await end();
  } catch (error) {
    if (!(error instanceof ExpiredError)) throw error;
    await layer.terminate();
  } finally {
    layer.close();
  }
}

/** Undefined: something else came, and has been answered. */
async function receiveRequest(
  layer: UpperLayer,
  deadlines: Deadlines,
  settings: AcceptorSettings,
): Promise<AssociateRequest | undefined> {
  using deadline = deadlines.start(settings.artimTimeout);
  const indication = await layer.receive(deadline);
  return indication.kind === "associate-request" ? indication.pdu : undefined;
}

async function accept(
  layer: UpperLayer,
  deadlines: Deadlines,
  settings: AcceptorSettings,
  answer: AssociateAccept,
): Promise<void> {
  using deadline = deadlines.start(settings.artimTimeout);
  await layer.accept(answer, deadline);
}

/** Answers echoes as long as they come; gives how the association is to end. */
async function serveMessages(
  layer: UpperLayer,
  deadlines: Deadlines,
  settings: AcceptorSettings,
  { presentationContexts }: AssociateAccept,
  peerMaximumLength: number,
): Promise<() => Promise<void>> {
  const receiver = new MessageReceiver(
    layer,
    presentationContexts.filter(isAccepted),
  );
  const limit = { peerMaximumLength, ...sendLengths(peerMaximumLength) };
  try {
    for (;;) {
      using deadline = deadlines.start(settings.idleTimeout);
      const { contextId, elements } = await receiver.receive(deadline);
      const messageId = getUnsignedShort(elements, TAG.messageId);
      if (
        messageId === undefined ||
        getUnsignedShort(elements, TAG.commandField) !==
          COMMAND_FIELD.echoRequest
      ) {
        return () => layer.abort();
      }
      const response = echoResponse(messageId, STATUS_SUCCESS);
      await sendCommand(layer, contextId, response, limit, deadline);
    }
  } catch (error) {
    if (!(error instanceof DimseError)) throw error;
    return error.fault.kind === "release-request"
      ? () => respondToRelease(layer, deadlines, settings)
      : () => layer.terminate();
  }
}

async function respondToRelease(
  layer: UpperLayer,
  deadlines: Deadlines,
  settings: AcceptorSettings,
): Promise<void> {
  using deadline = deadlines.start(settings.artimTimeout);
  await layer.respondToRelease(deadline);
}
