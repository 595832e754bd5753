import assert from "node:assert/strict";
import { authority, issue } from "../support/certificates.ts";
import { parseCertificate } from "../../lib/x509/certificate.ts";
import { rootProblem, verifyChain } from "../../lib/x509/verify.ts";
import { CHAINS } from "./chains.ts";
import { CONSTRAINT_CHAINS } from "./constraint-chains.ts";
import { STRICT_CHAINS } from "./strict-chains.ts";
import { read, verdictOn } from "./verdict.ts";

type Conditions = Omit<
  Parameters<typeof verifyChain>[0],
  "presented" | "anchors"
>;

/** A server, now, without revocation lists. */
function plainly(): Conditions {
  return { crls: [], revocation: "none", time: new Date(), purpose: "server" };
}

for (const chain of [...CHAINS, ...CONSTRAINT_CHAINS, ...STRICT_CHAINS]) {
  Deno.test(`${chain.name}: ${chain.expected}`, async () => {
    const { problem } = await verdictOn(chain);
    assert.equal(problem?.kind ?? "trusted", chain.expected);
  });
}

Deno.test("the chain goes from the peer's own to the anchor", async () => {
  const root = authority({ name: "r" });
  const ca = issue(root, { name: "i", ca: true });
  const [r, i, l] = await read([root, ca, issue(ca, { name: "l" })]);
  assert.ok(r !== undefined && i !== undefined && l !== undefined);
  const { chain } = await verifyChain({
    presented: [l, i],
    anchors: [r],
    ...plainly(),
  });
  assert.deepEqual(chain.map(({ commonName }) => commonName), ["l", "i", "r"]);
});

Deno.test("of two ways the shorter one to an anchor is taken", async () => {
  const top = authority({ name: "top" });
  const root = authority({ name: "r" });
  const cross = issue(top, { name: "r", ca: true, key: root });
  const verdict = await verifyChain({
    presented: await read([issue(root, { name: "l" }), cross]),
    anchors: await read([top, root]),
    ...plainly(),
  });
  assert.equal(verdict.problem, undefined);
  assert.deepEqual(
    verdict.chain.map(({ issuer }) => issuer.text),
    ["/CN=r", "/CN=r"],
  );
});

Deno.test("an intermediate that is given without its root is told apart", async () => {
  const ca = issue(authority({ name: "r" }), { name: "i", ca: true });
  const presented = await read([issue(ca, { name: "l" }), ca]);
  const given: unknown[] = [];
  for (const anchors of [await read([ca]), []]) {
    const { problem } = await verifyChain({
      presented,
      anchors,
      ...plainly(),
    });
    assert.ok(problem?.kind === "unknown-issuer");
    assert.equal(problem.certificate.commonName, "i");
    given.push(problem.given);
  }
  assert.deepEqual(given, [true, undefined]);
});

Deno.test("a chain that reaches an anchor says more than one that does not", async () => {
  const root = authority({
    name: "expired",
    notAfter: new Date(Date.now() - 1000),
  });
  const ca = issue(authority({ name: "not given" }), { name: "i", ca: true });
  const cross = issue(root, { name: "i", ca: true, key: ca });
  const { problem } = await verifyChain({
    presented: await read([issue(ca, { name: "l" }), cross]),
    anchors: await read([ca, root]),
    ...plainly(),
  });
  assert.equal(problem?.kind, "expired");
});

Deno.test("a peer without a certificate is told", async () => {
  const { problem } = await verifyChain({
    presented: [],
    anchors: [],
    ...plainly(),
  });
  assert.equal(problem?.kind, "no-certificate");
});

Deno.test("a crowd of one name costs a bounded number of signatures", async () => {
  const key = authority({ name: "Crowd", subjectKeyId: undefined });
  const roots = Array.from(
    { length: 300 },
    () => authority({ name: "Crowd", key: "ec", subjectKeyId: undefined }),
  );
  const anchors = await read(roots);
  let count = 0;
  const { problem } = await verifyChain({
    presented: await read([issue(key, { name: "leaf" })]),
    anchors,
    ...plainly(),
    verifySignature: () => {
      count++;
      return "bad";
    },
  });
  assert.equal(problem?.kind, "bad-signature");
  assert.equal(count, 100);
});

Deno.test("a certificate that cannot be checked here is not called forged", async () => {
  const root = authority({ name: "r" });
  const { problem } = await verifyChain({
    presented: await read([issue(root, { name: "l" })]),
    anchors: await read([root]),
    ...plainly(),
    verifySignature: () => "unsupported",
  });
  assert.ok(problem?.kind === "unreadable");
  assert.match(problem.detail, /\/CN=r \(EC, 256 bits\) cannot be checked/);
});

Deno.test("a root is valid and signed by itself, whatever it is for", async () => {
  const now = new Date();
  const root = authority({ name: "r" });
  const kinds: (string | undefined)[] = [];
  for (
    const candidate of [
      root,
      authority({ name: "device", ca: false }),
      authority({ name: "old", version: 1 }),
      issue(root, { name: "leaf" }),
      authority({ name: "expired", notAfter: new Date(now.getTime() - 1000) }),
    ]
  ) {
    const [certificate] = await read([candidate]);
    assert.ok(certificate !== undefined);
    kinds.push((await rootProblem(certificate, now))?.kind);
  }
  assert.deepEqual(kinds, [
    undefined,
    undefined,
    undefined,
    "unknown-issuer",
    "expired",
  ]);
});

Deno.test("a signature of an unknown algorithm is not called forged", async () => {
  const root = authority({ name: "r" });
  const leaf = issue(root, { name: "l" });
  // ecdsa-with-SHA256 becomes something that nobody knows.
  const der = Uint8Array.fromHex(
    leaf.der.toHex().replaceAll("06082a8648ce3d040302", "06082a8648ce3d04037f"),
  );
  const { problem } = await verifyChain({
    presented: [await parseCertificate(der)],
    anchors: await read([root]),
    ...plainly(),
  });
  assert.ok(problem?.kind === "unreadable");
  assert.match(problem.detail, /cannot be checked here/);
});

Deno.test("very many anchors of one name are compared once each", async () => {
  const root = authority({ name: "Same" });
  const [anchor] = await read([root]);
  const presented = await read([issue(root, { name: "l" })]);
  assert.ok(anchor !== undefined);
  let compared = 0;
  const anchors = Array.from({ length: 3000 }, (_, index) => ({
    ...anchor,
    get fingerprint(): string {
      compared++;
      return String(index);
    },
  }));
  let signatures = 0;
  const { problem } = await verifyChain({
    presented,
    anchors,
    ...plainly(),
    verifySignature: () => {
      signatures++;
      return "bad";
    },
  });
  assert.equal(problem?.kind, "bad-signature");
  assert.equal(signatures, 100);
  assert.ok(compared < 20_000, String(compared));
});
