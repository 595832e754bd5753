import assert from "node:assert/strict";
import {
  type LinkedCertificate,
  MOST_CERTIFICATES,
  presentedCertificates,
} from "../../../lib/tls/wire/presented-certificates.ts";

const [A, B] = [Uint8Array.of(1, 2), Uint8Array.of(3)];

function notAsked(): LinkedCertificate {
  return assert.fail("the links were asked for");
}

/** A socket whose binding answers so. */
function bound(answer: unknown): object {
  return { _handle: { getPeerCertificateChain: () => answer } };
}

Deno.test("certificates come from the binding where it has them", () => {
  const socket = bound({ certificates: [A, B, A] });
  assert.deepEqual(presentedCertificates(socket, notAsked), [A, B, A]);
});

Deno.test("without such a binding they come from the links", () => {
  const root: { raw: Uint8Array; issuerCertificate?: LinkedCertificate } = {
    raw: B,
  };
  root.issuerCertificate = root;
  const leaf = { raw: A, issuerCertificate: root };
  for (
    const socket of [
      {},
      { _handle: null },
      { _handle: {} },
      bound(undefined),
      bound(null),
      bound({ certificates: "none" }),
      bound({ certificates: [A, "x"] }),
    ]
  ) {
    assert.deepEqual(presentedCertificates(socket, () => leaf), [A, B]);
    assert.deepEqual(presentedCertificates(socket, () => ({})), []);
    assert.deepEqual(
      presentedCertificates(socket, () => {
        throw new Error("unreadable");
      }),
      [],
    );
  }
});

Deno.test("too many of them are none, also in a circle", () => {
  const many = Array.from({ length: MOST_CERTIFICATES + 1 }, () => A);
  assert.equal(
    presentedCertificates(bound({ certificates: many }), notAsked),
    undefined,
  );
  assert.equal(
    presentedCertificates(bound({ certificates: many.slice(1) }), notAsked)
      ?.length,
    MOST_CERTIFICATES,
  );
  const first: { raw: Uint8Array; issuerCertificate?: LinkedCertificate } = {
    raw: A,
  };
  first.issuerCertificate = { raw: B, issuerCertificate: first };
  assert.equal(presentedCertificates({}, () => first), undefined);
});
