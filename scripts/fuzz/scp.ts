/** One association of the SCP with clients whose good bytes are mutated. */

import { concatenate } from "../../lib/base/writer.ts";
import { serveAssociation } from "../../lib/scp/association.ts";
import { Intake } from "../../lib/scp/intake.ts";
import { Places } from "../../lib/net/places.ts";
import {
  ASSOCIATE_RQ,
  P_DATA_ECHO_RQ,
  RELEASE_RQ,
} from "../../tests/support/golden.ts";
import { MemoryPeer } from "./memory-peer.ts";
import { mutate } from "./mutate.ts";
import type { Target } from "./target.ts";

const CONVERSATION = concatenate([
  ASSOCIATE_RQ,
  P_DATA_ECHO_RQ,
  P_DATA_ECHO_RQ,
  RELEASE_RQ,
]);

/** What an SCP may say, in order; an abort or a rejection is the last word. */
const ANSWERS = /^(3|2(4)*(6|7)?|7|)$/;

export const scpInMemory: Target = {
  name: "SCP, in memory",
  make: (random) => [
    mutate(
      random.below(2) === 0 ? CONVERSATION : concatenate([
        ASSOCIATE_RQ,
        mutate(P_DATA_ECHO_RQ, random),
        RELEASE_RQ,
      ]),
      random,
    ),
  ],
  async run(input): Promise<void> {
    const client = new MemoryPeer(input, [], 65536);
    const associations = new Places(1);
    await serveAssociation(
      client,
      {
        calledAeTitle: undefined,
        maximumLength: 16384,
        artimTimeout: 2000,
        idleTimeout: 2000,
      },
      { associations, intake: new Intake(1 << 25) },
      new AbortController().signal,
    );
    if (associations.take() === undefined) throw new Error("a place is lost");
    const types = client.written.map(([type]) => type).join("");
    if (!ANSWERS.test(types)) throw new Error(`answers ${types}`);
  },
};
