import assert from "node:assert/strict";
import { FAMILIES, syntaxesOf, syntaxName } from "../../lib/probe/families.ts";
import { nameOf } from "../../lib/probe/names.ts";
import {
  batches,
  contextsFor,
  halves,
  questions,
} from "../../lib/probe/plan.ts";
import { SERVICES } from "../../lib/probe/services.ts";

Deno.test("each service stands once in the table, with UID, keyword and name", () => {
  for (const { uid, keyword, name } of SERVICES) {
    assert.match(uid, /^1\.2\.840\.10008(\.(0|[1-9]\d*))+$/);
    assert.match(keyword, /^[A-Z][A-Za-z0-9]+$/, uid);
    assert.match(name, /^[A-Z0-9].*\S$/, uid);
  }
  for (const field of ["uid", "keyword", "name"] as const) {
    const values = SERVICES.map((service) => service[field]);
    assert.equal(new Set(values).size, values.length, field);
  }
});

Deno.test("the services that are asked for most are in the table", () => {
  const uids = new Map(SERVICES.map(({ keyword, uid }) => [keyword, uid]));
  const root = "1.2.840.10008.";
  for (
    const [keyword, end] of [
      ["Verification", "1.1"],
      ["ModalityWorklistInformationModelFind", "5.1.4.31"],
      ["PatientRootQueryRetrieveInformationModelFind", "5.1.4.1.2.1.1"],
      ["StudyRootQueryRetrieveInformationModelMove", "5.1.4.1.2.2.2"],
      ["StudyRootQueryRetrieveInformationModelGet", "5.1.4.1.2.2.3"],
      ["StorageCommitmentPushModel", "1.20.1"],
      ["ModalityPerformedProcedureStep", "3.1.2.3.3"],
      ["InstanceAvailabilityNotification", "5.1.4.33"],
      ["CTImageStorage", "5.1.4.1.1.2"],
      ["MRImageStorage", "5.1.4.1.1.4"],
      ["UltrasoundMultiFrameImageStorage", "5.1.4.1.1.3.1"],
      ["SecondaryCaptureImageStorage", "5.1.4.1.1.7"],
      ["EncapsulatedPDFStorage", "5.1.4.1.1.104.1"],
      ["KeyObjectSelectionDocumentStorage", "5.1.4.1.1.88.59"],
      ["SegmentationStorage", "5.1.4.1.1.66.4"],
      ["RTPlanStorage", "5.1.4.1.1.481.5"],
    ] as const
  ) assert.equal(uids.get(keyword), root + end, keyword);
});

Deno.test("all is asked without compression first, and once for each family", () => {
  const all = questions(SERVICES);
  const keys = all.map(({ service, family }) => `${service.uid} ${family}`);
  assert.equal(new Set(keys).size, keys.length);
  const plain = all.slice(0, SERVICES.length);
  assert.ok(plain.every(({ family }) => family === "uncompressed"));
});

Deno.test("a batch leaves room for Verification, which begins it", () => {
  const all = questions(SERVICES);
  const portions = batches(all, 128);
  assert.deepEqual(portions.flat(), all);
  for (const batch of portions) {
    const contexts = contextsFor(batch);
    assert.ok(contexts.length <= 128);
    assert.equal(contexts[0]?.abstractSyntax, "1.2.840.10008.1.1");
  }
  assert.equal(batches(all, 2).length, all.length);
});

Deno.test("halves are all there is, in order; one question has none", () => {
  const all = questions(SERVICES).slice(0, 5);
  const parts = halves(all);
  assert.deepEqual(parts?.map(({ length }) => length), [3, 2]);
  assert.deepEqual(parts?.flat(), all);
  assert.equal(halves(all.slice(0, 1)), undefined);
});

Deno.test("no transfer syntax is in two families, and each has a name", () => {
  const uids = FAMILIES.flatMap(syntaxesOf);
  assert.equal(new Set(uids).size, uids.length);
  for (const uid of uids) assert.ok(syntaxName(uid));
});

Deno.test("what nobody knows is named by its UID, harmless and short", () => {
  assert.equal(nameOf("1.2.840.10008.1.2"), "Implicit VR Little Endian");
  assert.equal(nameOf("1.2.840.10008.1.1"), "Verification SOP Class");
  assert.equal(nameOf("1.2\x1b[31m"), "1.2\\x1b[31m");
  assert.equal(nameOf("1".repeat(70000)).length, 64);
  assert.equal(nameOf(""), "(none)");
});
