import assert from "node:assert/strict";
import { alertName, receivedAlert } from "../../lib/tls/alerts.ts";

Deno.test("an alert has the name of the RFC and the words of OpenSSL", () => {
  assert.deepEqual(alertName(40), {
    name: "handshake_failure",
    reason: "sslv3 alert handshake failure",
  });
  assert.deepEqual(alertName(200), {
    name: "unknown",
    reason: "OpenSSL error",
  });
});

Deno.test("the runtime's words for an alert are understood", () => {
  const cases: readonly (readonly [string, number | undefined])[] = [
    ["received fatal alert: HandshakeFailure", 40],
    ["received fatal alert: CertificateRequired", 116],
    ["received fatal alert: UnknownCA", 48],
    ["received fatal alert: UnrecognisedName", 112],
    ["received fatal alert: UnknownPSKIdentity", 115],
    ["received fatal alert: UserCanceled", 90],
    ["received fatal alert: BadCertificateStatusResponse", 113],
    ["received fatal alert: Unknown(0xc8)", 200],
    ["received fatal alert: Unknown(200)", 200],
    ["received fatal alert: NeverHeardOf", undefined],
    ["received corrupt message of type InvalidContentType", undefined],
    ["", undefined],
  ];
  for (const [words, number] of cases) {
    assert.equal(receivedAlert(words), number, words);
  }
});
