/** Upper layers in a given state, over a transport without a network. */

import assert from "node:assert/strict";
import { associateRequest } from "../../lib/association/negotiation.ts";
import type {
  Indication,
  UpperLayerEvent,
} from "../../lib/association/service.ts";
import { UpperLayer } from "../../lib/association/upper-layer.ts";
import { type Deadline, Deadlines } from "../../lib/net/deadline.ts";
import type { AssociateAccept } from "../../lib/pdu/types.ts";
import { ASSOCIATE_AC, ASSOCIATE_RQ } from "../support/golden.ts";
import { MemoryTransport } from "./memory-transport.ts";
import type { PDataTf } from "../../lib/pdu/types.ts";

export const MAXIMUM_LENGTH = 4096;

export const REQUEST = associateRequest({
  callingAeTitle: "ECHOSCU",
  calledAeTitle: "ANY-SCP",
  presentationContextCount: 1,
  transferSyntaxCount: 1,
  maximumLength: MAXIMUM_LENGTH,
});

export const ACCEPT: AssociateAccept = {
  type: "A-ASSOCIATE-AC",
  protocolVersion: 1,
  calledAeTitle: "ANY-SCP",
  callingAeTitle: "ECHOSCU",
  applicationContext: "1.2.840.10008.3.1.1.1",
  presentationContexts: [
    { id: 1, result: 0, transferSyntax: "1.2.840.10008.1.2" },
  ],
  userInformation: [{ item: "maximum-length", maximumLength: MAXIMUM_LENGTH }],
  unknownItems: [],
};

export type Side = "requestor" | "acceptor";

export interface Fixture extends Disposable {
  readonly layer: UpperLayer;
  readonly transport: MemoryTransport;
  readonly events: UpperLayerEvent[];
  /** Without a bound. */
  readonly deadline: Deadline;
  receive(): Promise<Indication>;
  /** What was written since the last call of this. */
  written(): Uint8Array[];
  /** Events and actions of the machine since the last call of this. */
  steps(): string[];
}

/** A layer in Sta1. */
export function fresh(side: Side, artimTimeout = 5_000): Fixture {
  const events: UpperLayerEvent[] = [];
  const transport = new MemoryTransport();
  const layer = new UpperLayer({
    side,
    maximumLength: MAXIMUM_LENGTH,
    pduTimeout: undefined,
    artimTimeout,
  }, (event) => events.push(event));
  const deadlines = new Deadlines();
  const deadline = deadlines.start(undefined);
  let stepsSeen = 0;
  return {
    layer,
    transport,
    events,
    deadline,
    receive: () => layer.receive(deadline),
    written: () => transport.written.splice(0),
    steps(): string[] {
      const steps = events.flatMap((event) =>
        event.kind === "transition" ? [`${event.event}: ${event.action}`] : []
      );
      return steps.slice(stepsSeen, stepsSeen = steps.length);
    },
    [Symbol.dispose](): void {
      layer.close();
      deadlines[Symbol.dispose]();
    },
  };
}

type ReachedState = "Sta2" | "Sta3" | "Sta5" | "Sta6" | "Sta7";

/** How a layer gets from Sta1 into each state in which it can receive. */
const WAYS: Readonly<Record<ReachedState, (side: Side) => Promise<Fixture>>> = {
  Sta2: () => {
    const fixture = fresh("acceptor");
    fixture.layer.accepted(fixture.transport);
    return Promise.resolve(fixture);
  },
  Sta3: async () => {
    const fixture = await WAYS.Sta2("acceptor");
    fixture.transport.give(ASSOCIATE_RQ);
    await fixture.receive();
    return fixture;
  },
  Sta5: async () => {
    const fixture = fresh("requestor");
    fixture.layer.begin();
    await fixture.layer.connected(
      fixture.transport,
      REQUEST,
      fixture.deadline,
    );
    return fixture;
  },
  Sta6: async (side) => {
    if (side === "requestor") {
      const fixture = await WAYS.Sta5(side);
      fixture.transport.give(ASSOCIATE_AC);
      await fixture.receive();
      return fixture;
    }
    const fixture = await WAYS.Sta3(side);
    await fixture.layer.accept(ACCEPT, fixture.deadline);
    return fixture;
  },
  Sta7: async (side) => {
    const fixture = await WAYS.Sta6(side);
    await fixture.layer.requestRelease(fixture.deadline);
    return fixture;
  },
};

/** A layer in that state, with all that led there taken off the records. */
export async function layerIn(
  state: ReachedState,
  side: Side = "requestor",
): Promise<Fixture> {
  const fixture = await WAYS[state](side);
  assert.equal(fixture.layer.state, state);
  fixture.written();
  fixture.steps();
  return fixture;
}

export const DATA: PDataTf = {
  type: "P-DATA-TF",
  values: [
    { contextId: 1, isCommand: true, isLast: true, data: Uint8Array.of(1, 2) },
  ],
};
