import assert from "node:assert/strict";
import { authority, issue } from "../support/certificates.ts";
import { rootProblem, verifyChain } from "../../lib/x509/verify.ts";
import { CHAINS } from "./chains.ts";
import { read, verdictOn } from "./verdict.ts";

for (const chain of CHAINS) {
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
    crls: [],
    revocation: "none",
    time: new Date(),
    purpose: "server",
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
    crls: [],
    revocation: "none",
    time: new Date(),
    purpose: "server",
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
      crls: [],
      revocation: "none",
      time: new Date(),
      purpose: "server",
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
    crls: [],
    revocation: "none",
    time: new Date(),
    purpose: "server",
  });
  assert.equal(problem?.kind, "expired");
});

Deno.test("a peer without a certificate is told", async () => {
  const { problem } = await verifyChain({
    presented: [],
    anchors: [],
    crls: [],
    revocation: "none",
    time: new Date(),
    purpose: "server",
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
    crls: [],
    revocation: "none",
    time: new Date(),
    purpose: "server",
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
    crls: [],
    revocation: "none",
    time: new Date(),
    purpose: "server",
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
