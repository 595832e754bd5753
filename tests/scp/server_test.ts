import assert from "node:assert/strict";
import { type ScpOptions, startVerificationScp } from "../../lib/scp/server.ts";
import {
  ABORT,
  ASSOCIATE_RQ,
  bytes,
  P_DATA_ECHO_RQ,
  P_DATA_ECHO_RSP,
  RELEASE_RP,
  RELEASE_RQ,
} from "../support/golden.ts";
import {
  associateReject,
  COMMAND_LAST,
  COMMAND_MORE,
  commandSet,
  DATA_LAST,
  echoResponseCommand,
  element,
  little,
  pData,
  pdv,
  text,
} from "../support/pdus.ts";
import {
  contextResults,
  RawClient,
  type RequestOptions,
} from "./raw-client.ts";

/** The command set of a C-ECHO-RQ (PS3.7 Table 9.3-12). */
function echoRequestCommand(messageId: number, field = 0x0030): Uint8Array {
  return commandSet(
    element(0x0002, text("1.2.840.10008.1.1\0")),
    element(0x0100, little(field, 2)),
    element(0x0110, little(messageId, 2)),
    element(0x0800, "0101"),
  );
}

function echoRequest(messageId: number, contextId = 1): Uint8Array {
  return pData(pdv(contextId, COMMAND_LAST, echoRequestCommand(messageId)));
}

function echoResponse(messageId: number, contextId = 1): Uint8Array {
  return pData(
    pdv(contextId, COMMAND_LAST, echoResponseCommand({ messageId })),
  );
}

/** Runs `talk` with a client of an SCP, then closes both. */
async function withClient(
  talk: (client: RawClient, port: number) => Promise<void>,
  options: ScpOptions = {},
): Promise<void> {
  await using scp = startVerificationScp(options);
  using client = await RawClient.connect(scp.port);
  await talk(client, scp.port);
}

Deno.test("an echo is answered as the standard's tables say, then a release", async () => {
  await withClient(async (client) => {
    await client.send(ASSOCIATE_RQ);
    const accept = await client.receive();
    assert.equal(accept?.[0], 0x02);
    assert.deepEqual(
      accept.subarray(6, 42),
      ASSOCIATE_RQ.subarray(6, 42),
      "version and titles as they came",
    );
    assert.deepEqual(contextResults(accept), [[1, 0, "1.2.840.10008.1.2"]]);
    await client.send(P_DATA_ECHO_RQ);
    assert.deepEqual(await client.receive(), P_DATA_ECHO_RSP);
    await client.send(RELEASE_RQ);
    assert.deepEqual(await client.receive(), RELEASE_RP);
    assert.equal(await client.receive(), undefined);
  });
});

Deno.test("an association request that comes in pieces is one", async () => {
  await withClient(async (client) => {
    for (const byte of ASSOCIATE_RQ.subarray(0, 20)) {
      await client.send(Uint8Array.of(byte));
    }
    await client.send(ASSOCIATE_RQ.subarray(20));
    assert.equal((await client.receive())?.[0], 0x02);
    await client.send(ABORT);
  });
});

/** Asserts that the request is rejected, and the connection then closed. */
async function assertRejected(
  request: RequestOptions,
  expected: Uint8Array,
  options?: ScpOptions,
): Promise<void> {
  await withClient(async (client) => {
    assert.deepEqual(await client.associate(request), expected);
    assert.equal(await client.receive(), undefined);
  }, options);
}

Deno.test("without a title of its own the SCP answers to any", async () => {
  await withClient(async (client) => {
    const accept = await client.associate({ calledAeTitle: "SOMEBODY" });
    assert.equal(accept?.[0], 0x02);
    await client.send(ABORT);
  });
});

Deno.test("a wrong called title is rejected by the service user", async () => {
  const options = { calledAeTitle: "MYSCP" };
  for (const calledAeTitle of ["ANY-SCP", "MYSCP2", "myscp", ""]) {
    await assertRejected(
      { calledAeTitle },
      associateReject(1, 1, 7),
      options,
    );
  }
  await withClient(async (client) => {
    const accept = await client.associate({ calledAeTitle: "MYSCP" });
    assert.equal(accept?.[0], 0x02);
    await client.send(ABORT);
  }, options);
});

Deno.test("a protocol version without bit 0 is rejected by the service provider", async () => {
  for (const protocolVersion of [0, 2]) {
    await assertRejected({ protocolVersion }, associateReject(1, 2, 2));
  }
});

Deno.test("another application context is rejected by the service user", async () => {
  await assertRejected(
    { applicationContext: "1.2.840.10008.3.1.1.2" },
    associateReject(1, 1, 2),
  );
});

Deno.test("each proposed context gets the result that it deserves", async () => {
  await withClient(async (client) => {
    const [implicit, explicit, big] = ["", ".1", ".2"]
      .map((end) => `1.2.840.10008.1.2${end}`);
    assert.ok(implicit && explicit && big);
    const accept = await client.associate({
      contexts: [
        { id: 1, transferSyntaxes: [explicit, implicit] },
        { id: 3, transferSyntaxes: [big, explicit] },
        { id: 5, transferSyntaxes: ["1.2.840.10008.1.2.4.50"] },
        { id: 7, abstractSyntax: "1.2.840.10008.5.1.4.1.1.2" },
        { id: 9, transferSyntaxes: [big] },
        { id: 255 },
      ],
    });
    assert.ok(accept);
    const results = contextResults(accept);
    assert.deepEqual(
      results.map(([id, result]) => [id, result]),
      [[1, 0], [3, 0], [5, 4], [7, 3], [9, 0], [255, 0]],
    );
    assert.equal(results[0]?.[2], implicit);
    assert.equal(results[1]?.[2], explicit);
    assert.equal(results[4]?.[2], big);
    await client.send(ABORT);
  });
});

Deno.test("echoes on several contexts are answered each on its own", async () => {
  await withClient(async (client) => {
    await client.associate({ contexts: [{ id: 1 }, { id: 3 }, { id: 5 }] });
    for (
      const [messageId, contextId] of [[1, 5], [65535, 1], [0, 3]] as const
    ) {
      await client.send(echoRequest(messageId, contextId));
      assert.deepEqual(
        await client.receive(),
        echoResponse(messageId, contextId),
      );
    }
    await client.send(RELEASE_RQ);
    assert.deepEqual(await client.receive(), RELEASE_RP);
  });
});

Deno.test("requests in fragments, and several in a segment, are all answered", async () => {
  await withClient(async (client) => {
    await client.associate();
    const command = echoRequestCommand(7);
    await client.send(
      pData(pdv(1, COMMAND_MORE, command.subarray(0, 12))),
      pData(pdv(1, COMMAND_LAST, command.subarray(12))),
      echoRequest(8),
      RELEASE_RQ,
    );
    assert.deepEqual(await client.receive(), echoResponse(7));
    assert.deepEqual(await client.receive(), echoResponse(8));
    assert.deepEqual(await client.receive(), RELEASE_RP);
    assert.equal(await client.receive(), undefined);
  });
});

Deno.test("responses keep the client's maximum length", async () => {
  await withClient(async (client) => {
    await client.associate({ maximumLength: 20 });
    await client.send(echoRequest(1));
    const command = echoResponseCommand();
    for (let at = 0; at < command.byteLength;) {
      const response = await client.receive();
      assert.ok(response);
      assert.ok(response.byteLength - 6 <= 20);
      const data = response.subarray(12);
      const last = at + data.byteLength === command.byteLength;
      assert.equal(response[11], last ? COMMAND_LAST : COMMAND_MORE);
      assert.deepEqual(data, command.slice(at, at + data.byteLength));
      at += data.byteLength;
    }
    await client.send(ABORT);
  });
});

Deno.test("a client's abort is not answered, only the connection closed", async () => {
  await withClient(async (client) => {
    await client.associate();
    await client.send(ABORT);
    assert.equal(await client.receive(), undefined);
  });
});

/** What is no C-ECHO-RQ on an accepted context. */
const BAD_MESSAGES: Readonly<Record<string, Uint8Array>> = {
  "a C-FIND-RQ": pData(pdv(1, COMMAND_LAST, echoRequestCommand(1, 0x0020))),
  "a C-ECHO-RSP": echoResponse(1),
  "a request without message ID": pData(
    pdv(1, COMMAND_LAST, commandSet(element(0x0100, "3000"))),
  ),
  "a data set": pData(pdv(1, DATA_LAST, bytes("0800"))),
  "a context that was not accepted": echoRequest(1, 3),
};

for (const [what, message] of Object.entries(BAD_MESSAGES)) {
  Deno.test(`${what} is answered by an abort of the service user`, async () => {
    await withClient(async (client) => {
      await client.associate();
      await client.send(message);
      assert.deepEqual(await client.receive(), ABORT);
      assert.equal(await client.receive(), undefined);
    });
  });
}
