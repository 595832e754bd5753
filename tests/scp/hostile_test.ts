/** Hostile clients over TCP. */

import { startVerificationScp } from "../../lib/scp/server.ts";
import { assertServes, CONVERSATION, testHostileClients } from "./hostile.ts";
import { sayAndReset } from "./wire.ts";

testHostileClients("TCP");

Deno.test("a good conversation that is reset at any byte leaves nothing behind", async () => {
  await using scp = startVerificationScp();
  for (let length = 0; length <= CONVERSATION.byteLength; length++) {
    await sayAndReset(scp.port, CONVERSATION.subarray(0, length));
  }
  await assertServes(scp.port);
});
