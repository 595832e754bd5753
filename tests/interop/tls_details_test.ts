/** What is shown of a TLS connection, line by line beside the reference. */

import assert from "node:assert/strict";
import { differences, report } from "./differential.ts";
import { eachInParallel } from "./pool.ts";
import { SHOWN } from "./tls-cases/details.ts";
import { runTlsCase } from "./tls-differential.ts";
import { tlsFolder } from "./tls-files.ts";
import { PeerPool } from "./tls-peers.ts";

Deno.test("TLS: what is shown of a connection", async (t) => {
  await using folder = await tlsFolder([]);
  await using pool = new PeerPool(folder.path);
  await eachInParallel(SHOWN, 4, async (details) => {
    const { peer, ...test } = details;
    await t.step({
      name: test.name,
      sanitizeExit: false,
      sanitizeOps: false,
      sanitizeResources: false,
      fn: async () => {
        const { name, args } = test;
        const { ours, reference } = await runTlsCase(
          { name, args, peer, exit: 0 },
          folder.path,
          pool,
        );
        assert.ok(reference !== undefined);
        const problems = differences(test, { ours, reference });
        assert.ok(problems.length === 0, report(test, problems));
      },
    });
  });
});
