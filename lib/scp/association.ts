/** One association from the side of the Verification SCP. */

import {
  isAccepted,
  maximumLengthOf,
  sendLengths,
} from "../association/negotiation.ts";
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
import { type AcceptancePolicy, answerRequest } from "./acceptance.ts";

/** Bounds of one association, in milliseconds, and what it accepts. */
export interface AcceptorSettings extends AcceptancePolicy {
  /** For the association request to come (PS3.8 9.1.5). */
  readonly artimTimeout: number;
  /** From one message to the next. */
  readonly idleTimeout: number;
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
  signal: AbortSignal,
): Promise<void> {
  using deadlines = new Deadlines(signal);
  const layer = new UpperLayer({
    side: "acceptor",
    maximumLength: settings.maximumLength,
    pduTimeout: settings.idleTimeout,
    artimTimeout: CLOSE_TIMEOUT,
  }, () => {});
  try {
    layer.accepted(transport);
    const established = await establish(layer, deadlines, settings);
    if (established !== undefined) {
      await serveMessages(layer, deadlines, settings, established);
    }
  } catch (error) {
    if (!(error instanceof ExpiredError)) throw error;
    await layer.terminate();
  } finally {
    layer.close();
  }
}

interface Established {
  readonly request: AssociateRequest;
  readonly accept: AssociateAccept;
}

async function establish(
  layer: UpperLayer,
  deadlines: Deadlines,
  settings: AcceptorSettings,
): Promise<Established | undefined> {
  using deadline = deadlines.start(settings.artimTimeout);
  const indication = await layer.receive(deadline);
  if (indication.kind !== "associate-request") return undefined;
  const answer = answerRequest(indication.pdu, settings);
  if (answer.type === "A-ASSOCIATE-RJ") {
    await layer.reject(answer);
    return undefined;
  }
  await layer.accept(answer, deadline);
  return { request: indication.pdu, accept: answer };
}

async function serveMessages(
  layer: UpperLayer,
  deadlines: Deadlines,
  settings: AcceptorSettings,
  { request, accept }: Established,
): Promise<void> {
  const receiver = new MessageReceiver(
    layer,
    accept.presentationContexts.filter(isAccepted),
  );
  const peerMaximumLength = maximumLengthOf(request.userInformation);
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
        return await layer.abort();
      }
      const response = echoResponse(messageId, STATUS_SUCCESS);
      await sendCommand(layer, contextId, response, limit, deadline);
    }
  } catch (error) {
    if (!(error instanceof DimseError)) throw error;
    if (error.fault.kind === "release-request") {
      using deadline = deadlines.start(settings.artimTimeout);
      await layer.respondToRelease(deadline);
    } else {
      await layer.terminate();
    }
  }
}
