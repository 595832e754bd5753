import assert from "node:assert/strict";
import {
  APPLICATION_CONTEXT,
  IMPLICIT_VR_LITTLE_ENDIAN,
  TRANSFER_SYNTAXES,
  uidName,
  VERIFICATION_SOP_CLASS,
} from "../../lib/base/uids.ts";

/** PS3.5 9.1: components without leading zeros, 64 characters at most. */
const UID = /^(0|[1-9]\d*)(\.(0|[1-9]\d*))+$/;

Deno.test("there are 53 transfer syntaxes, each once, the default first", () => {
  assert.equal(TRANSFER_SYNTAXES.length, 53);
  assert.equal(new Set(TRANSFER_SYNTAXES).size, 53);
  assert.equal(TRANSFER_SYNTAXES[0], IMPLICIT_VR_LITTLE_ENDIAN);
});

Deno.test("every UID is well-formed", () => {
  const all = [
    ...TRANSFER_SYNTAXES,
    APPLICATION_CONTEXT,
    VERIFICATION_SOP_CLASS,
  ];
  for (const uid of all) {
    assert.match(uid, UID);
    assert.ok(uid.length <= 64, uid);
  }
});

Deno.test("transfer syntaxes keep the order in which they are proposed", () => {
  const root = "1.2.840.10008.1.2";
  const short = TRANSFER_SYNTAXES.map((uid) => uid.slice(root.length + 1));
  assert.deepEqual(short.slice(0, 5), ["", "1", "2", "1.98", "4.50"]);
  assert.deepEqual(short.slice(20, 27), [
    "4.66",
    "4.70",
    "5",
    "1.99",
    "8.1",
    "4.80",
    "4.81",
  ]);
  assert.deepEqual(short.slice(-6), [
    "4.201",
    "4.202",
    "4.203",
    "4.110",
    "4.111",
    "4.112",
  ]);
});

Deno.test("a known UID is shown by name, another as it is", () => {
  assert.equal(uidName(VERIFICATION_SOP_CLASS), "=VerificationSOPClass");
  assert.equal(uidName(IMPLICIT_VR_LITTLE_ENDIAN), "=LittleEndianImplicit");
  assert.equal(uidName("1.2.3"), "1.2.3");
});
