/** What real peers accept, beside what they are set up for. */

import assert from "node:assert/strict";
import { acceptedKeywords, answersFor, probe } from "../probe/ask.ts";
import {
  freePort,
  type RealPeer,
  startDcmqrscp,
  startOrthanc,
  startPeerProcess,
  startStorescp,
} from "./real-peers.ts";

const EXPLICIT = "1.2.840.10008.1.2.1";
const QUERY = [
  "PatientRootQueryRetrieveInformationModelFind",
  "PatientRootQueryRetrieveInformationModelMove",
  "StudyRootQueryRetrieveInformationModelFind",
  "StudyRootQueryRetrieveInformationModelMove",
];

function startStorescpWith(option: string): Promise<RealPeer> {
  const port = freePort();
  const program = {
    name: "storescp",
    command: "/usr/bin/storescp",
    leadingArguments: [],
  };
  const args = ["--ignore", option, String(port)];
  return startPeerProcess(program, args, port, { env: { TCP_NODELAY: "1" } });
}

function assertHas(keywords: readonly string[], all: readonly string[]): void {
  for (const one of all) assert.ok(keywords.includes(one), one);
}

function assertLacks(
  keywords: readonly string[],
  all: readonly string[],
): void {
  for (const one of all) assert.ok(!keywords.includes(one), one);
}

Deno.test("storescp stores, uncompressed as it is by default, and does nothing else", async () => {
  await using peer = await startStorescp();
  const result = await probe(peer.port);
  assert.equal(result.outcome.failure, undefined);
  assert.equal(result.identity?.implementationVersionName, "OFFIS_DCMTK_367");
  const keywords = acceptedKeywords(result);
  assertHas(keywords, [
    "Verification",
    "CTImageStorage",
    "MRImageStorage",
    "SecondaryCaptureImageStorage",
    "EncapsulatedPDFStorage",
    "BasicTextSRStorage",
  ]);
  assertLacks(keywords, [
    ...QUERY,
    "ModalityWorklistInformationModelFind",
    "StorageCommitmentPushModel",
    "ModalityPerformedProcedureStep",
  ]);
  assert.deepEqual(answersFor(result, "CTImageStorage"), {
    "uncompressed": EXPLICIT,
    "jpeg": "refused",
    "jpeg-lossless": "refused",
    "jpeg-ls": "refused",
    "jpeg-2000": "refused",
    "htj2k": "refused",
    "rle": "refused",
  });
});

for (
  const [option, family, uid] of [
    ["+xs", "jpeg-lossless", "1.2.840.10008.1.2.4.70"],
    ["+xy", "jpeg", "1.2.840.10008.1.2.4.50"],
    ["+xr", "rle", "1.2.840.10008.1.2.5"],
    ["+xt", "jpeg-ls", "1.2.840.10008.1.2.4.80"],
    ["+xv", "jpeg-2000", "1.2.840.10008.1.2.4.90"],
  ] as const
) {
  Deno.test(`storescp with ${option} takes ${family} as well, and no other`, async () => {
    await using peer = await startStorescpWith(option);
    const answers = answersFor(await probe(peer.port), "CTImageStorage");
    assert.equal(answers[family], uid);
    for (const [other, answer] of Object.entries(answers)) {
      if (other !== family && other !== "uncompressed") {
        assert.equal(answer, "refused", other);
      }
    }
  });
}

Deno.test("dcmqrscp stores and answers queries", async () => {
  await using peer = await startDcmqrscp("ARCHIVE");
  const result = await probe(peer.port, {
    settings: { calledAeTitle: "ARCHIVE" },
  });
  assert.equal(result.outcome.failure, undefined);
  const keywords = acceptedKeywords(result);
  assertHas(keywords, [
    "Verification",
    ...QUERY,
    "StudyRootQueryRetrieveInformationModelGet",
    "CTImageStorage",
  ]);
  assertLacks(keywords, [
    "ModalityWorklistInformationModelFind",
    "StorageCommitmentPushModel",
  ]);
});

Deno.test("dcmqrscp rejects a title that is not its own, as in a verification", async () => {
  await using peer = await startDcmqrscp("ARCHIVE");
  const { outcome, associations } = await probe(peer.port);
  assert.deepEqual(outcome.failure?.cause, {
    kind: "rejected",
    pdu: { type: "A-ASSOCIATE-RJ", result: 1, source: 1, reason: 7 },
  });
  assert.equal(associations.length, 1);
});

Deno.test("Orthanc stores all that it can read, answers queries, and commits", async () => {
  await using peer = await startOrthanc("ORTHANC");
  const result = await probe(peer.port, {
    settings: { calledAeTitle: "ORTHANC" },
  });
  assert.equal(result.outcome.failure, undefined);
  const keywords = acceptedKeywords(result);
  assertHas(keywords, [
    "Verification",
    ...QUERY,
    "StorageCommitmentPushModel",
    "CTImageStorage",
  ]);
  // Its worklists are in a plug-in, which is not loaded.
  assertLacks(keywords, ["ModalityWorklistInformationModelFind"]);
  // Of what this version knows, all is accepted unless it is set up otherwise.
  assert.deepEqual(
    Object.entries(answersFor(result, "CTImageStorage"))
      .filter(([, syntax]) => syntax === "refused"),
    [["htj2k", "refused"]],
  );
});
