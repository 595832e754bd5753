import assert from "node:assert/strict";
import { SERVICES } from "../../lib/probe/services.ts";
import type { ProbeResult, ServiceAnswer } from "../../lib/probe/types.ts";
import { probeDocument, probeText } from "../../lib/report/probe.ts";

const EXPLICIT = "1.2.840.10008.1.2.1";

function answer(
  keyword: string,
  how: (family: string) => Partial<ServiceAnswer["answers"][number]>,
): ServiceAnswer {
  const service = SERVICES.find((one) => one.keyword === keyword);
  assert.ok(service);
  const answers = service.families.map((family) => ({
    family,
    proposed: [],
    verdict: "refused",
    result: 3,
    transferSyntax: undefined,
    ...how(family),
  } as const));
  const accepted = answers.some(({ verdict }) => verdict === "accepted");
  return { service, accepted, answers };
}

const RESULT: ProbeResult = {
  outcome: {
    failure: undefined,
    stages: [],
    negotiated: undefined,
    echoes: { sent: 0, succeeded: 0 },
  },
  identity: {
    implementationClassUid: "1.2.3",
    implementationVersionName: "EVIL\x1b[31m\n",
    maximumLength: 0,
    calledAeTitle: "PACS",
    callingAeTitle: "ME",
    otherItems: [{ item: "unknown", itemType: 0x60, data: new Uint8Array(2) }],
  },
  services: [
    answer("Verification", () => ({
      verdict: "accepted",
      result: 0,
      transferSyntax: EXPLICIT,
    })),
    answer("ModalityWorklistInformationModelFind", () => ({})),
    answer(
      "CTImageStorage",
      (family) =>
        family === "uncompressed" || family === "rle"
          ? {
            verdict: "accepted",
            result: 0,
            transferSyntax: family === "rle" ? "1.2.840.10008.1.2.5" : EXPLICIT,
          }
          : { result: 4 },
    ),
    answer(
      "MRImageStorage",
      (family) =>
        family === "uncompressed"
          ? { verdict: "not-endured", result: undefined }
          : { verdict: "not-asked", result: undefined },
    ),
  ],
  associations: [
    { contexts: 16, accepted: 3, duration: 12.34567, failure: undefined },
  ],
  duration: 12.34567,
};

Deno.test("a probe is told by groups, with what was chosen or why not", () => {
  assert.equal(
    probeText(RESULT),
    `Accepted: 2 of 4 services (1 association, 0.012 s)
Implementation Class UID:    1.2.3
Implementation Version Name: EVIL\\x1b[31m\\x0a
Maximum PDU Length:          no limit
Called AE Title Sent Back:   PACS
Further Item:                unknown

Verification: 1 of 1
  yes  Verification SOP Class  Explicit VR Little Endian

Worklist: 0 of 1
  no   Modality Worklist Information Model - FIND  abstract syntax not supported

Storage of images: 1 of 2
  yes  CT Image Storage  Explicit VR Little Endian, RLE Lossless
  no   MR Image Storage  the peer ends the association when it is proposed, not asked
`,
  );
});

Deno.test("the document of a probe has the same facts, null for what is unknown", () => {
  const document = probeDocument(RESULT);
  const parsed: unknown = JSON.parse(JSON.stringify(document));
  assert.deepEqual(parsed, document, "nothing is undefined");
  assert.equal(document.verification, true);
  assert.equal(document.peer?.implementationVersionName, "EVIL\\x1b[31m\\x0a");
  assert.deepEqual(document.associations, [{
    contexts: 16,
    accepted: 3,
    durationMs: 12.346,
    failedStage: null,
    failure: null,
  }]);
  assert.deepEqual(
    document.services.map(({ keyword, accepted }) => [keyword, accepted]),
    [
      ["Verification", true],
      ["ModalityWorklistInformationModelFind", false],
      ["CTImageStorage", true],
      ["MRImageStorage", false],
    ],
  );
  assert.deepEqual(document.services[3]?.contexts[0], {
    family: "uncompressed",
    verdict: "not-endured",
    result: null,
    transferSyntax: null,
  });
});

Deno.test("a probe that failed says so, and has no peer", () => {
  const document = probeDocument({
    ...RESULT,
    identity: undefined,
    outcome: {
      ...RESULT.outcome,
      failure: {
        stage: "connect",
        cause: { kind: "transport", fault: "refused" },
        condition: undefined,
      },
    },
  });
  assert.equal(document.outcome, "failed");
  assert.equal(document.failedStage, "connect");
  assert.equal(document.peer, null);
});
