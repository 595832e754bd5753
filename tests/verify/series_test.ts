/** Series of C-ECHOs on one association. */

import assert from "node:assert/strict";
import { pause } from "../../lib/net/pause.ts";
import { RELEASE_RP } from "../support/golden.ts";
import { echoResponse } from "../support/pdus.ts";
import { receive, send, waitForEnd } from "../support/scripted-peer.ts";
import { ASSOCIATED, verifyPeer } from "./verification.ts";

Deno.test("each echo of a series has its whole time", async () => {
  const echoes = [1, 2];
  const { outcome } = await verifyPeer(
    [
      ...ASSOCIATED,
      ...echoes.flatMap((
        id,
      ) => [receive, send(echoResponse({ messageId: id }))]),
      receive,
      send(RELEASE_RP),
      waitForEnd,
    ],
    { repeat: echoes.length, dimseTimeout: 0.5 },
    // A pause is longer than what one has.
    { behind: () => pause(600, undefined) },
  );
  assert.equal(outcome.failure, undefined);
  assert.deepEqual(outcome.echoes, { sent: 2, succeeded: 2 });
});
