/** The listening end, called by real clients. */

import assert from "node:assert/strict";
import dimse from "dcmjs-dimse";
import type { Call } from "../../lib/listen/types.ts";
import { serverTls } from "../../lib/listen/tls.ts";
import { tlsPolicy } from "../../lib/tls/policy/policy.ts";
import { DEFAULT_TLS } from "../../lib/tls/settings.ts";
import { parseCertificate } from "../../lib/x509/certificate.ts";
import { authority, issue } from "../support/certificates.ts";
import { whileListening } from "../listen/listening.ts";
import { type Run, run, temporaryDirectory } from "../support/run.ts";

async function program(
  command: string,
  args: readonly string[],
  cwd?: string,
): Promise<{ readonly code: Run["exit"]; readonly output: string }> {
  const { exit, stdout, stderr } = await run(
    { name: command, command: `/usr/bin/${command}`, leadingArguments: [] },
    args,
    cwd === undefined ? {} : { cwd },
  );
  return { code: exit, output: stdout + stderr };
}

/** What was told of the one call that `make` makes. */
async function calledBy(
  make: (port: number) => Promise<void>,
  calledAeTitle?: string,
): Promise<Call> {
  let call: Call | undefined;
  await whileListening(async ({ port, nextCall }) => {
    await make(port);
    call = await nextCall();
  }, { calledAeTitle });
  assert.ok(call);
  return call;
}

Deno.test("the reference's call is told as it was made", async () => {
  const { request, end, echoes } = await calledBy(async (port) => {
    const { code, output } = await program("echoscu", [
      "-aet",
      "MODALITY",
      "-aec",
      "LISTENER",
      "-pdu",
      "32768",
      "-ppc",
      "2",
      "-pts",
      "3",
      "--repeat",
      "3",
      "127.0.0.1",
      String(port),
    ]);
    assert.equal(code, 0, output);
  }, "LISTENER");
  assert.equal(end.kind, "released");
  assert.equal(echoes, 3);
  assert.equal(request?.callingAeTitle, "MODALITY");
  assert.equal(request.calledAeTitle, "LISTENER");
  assert.equal(request.implementationVersionName, "OFFIS_DCMTK_367");
  assert.equal(request.maximumLength, 32768);
  assert.deepEqual(
    request.contexts.map(({ id, transferSyntaxes, result }) => [
      id,
      transferSyntaxes.length,
      result,
    ]),
    [[1, 3, 0], [3, 3, 0]],
  );
});

Deno.test("the reference is rejected when it asks for another title", async () => {
  const { end } = await calledBy(async (port) => {
    const { code, output } = await program("echoscu", [
      "-aec",
      "ELSE",
      "127.0.0.1",
      String(port),
    ]);
    assert.equal(code, 1);
    assert.match(output, /Called AE Title Not Recognized/);
  }, "LISTENER");
  assert.equal(end.kind, "rejected");
});

const DUMP = `(0008,0016) UI 1.2.840.10008.5.1.4.1.1.7
(0008,0018) UI 1.2.3.4
(0010,0010) PN Nobody
`;

Deno.test("a modality that wants to store finds nothing to store with", async () => {
  await using directory = await temporaryDirectory({ "object.dump": DUMP });
  const made = await program(
    "dump2dcm",
    ["object.dump", "object.dcm"],
    directory.path,
  );
  assert.equal(made.code, 0, made.output);
  const { request, echoes, accepted } = await calledBy(async (port) => {
    await program("storescu", [
      "-aet",
      "CT1",
      "--user",
      "jane",
      "--password",
      "s3cr3t",
      "127.0.0.1",
      String(port),
      "object.dcm",
    ], directory.path);
  });
  assert.equal(echoes, 0);
  assert.equal(accepted, true);
  assert.equal(request?.callingAeTitle, "CT1");
  assert.deepEqual(request.identity, {
    type: 2,
    userName: "jane",
    secret: true,
    responseRequested: false,
  });
  const wanted = request.contexts
    .filter((one) => one.abstractSyntax === "1.2.840.10008.5.1.4.1.1.7");
  assert.ok(wanted.length > 0);
  assert.ok(request.contexts.every(({ result }) => result === 3));
});

Deno.test("the reference is served over TLS, with a certificate or told why not", async () => {
  const root = authority({ name: "Root" });
  const server = issue(root, { name: "listener" });
  const client = issue(root, { name: "modality" });
  const stranger = issue(authority({ name: "Other" }), { name: "stranger" });
  await using directory = await temporaryDirectory({
    "root.pem": root.pem,
    "client.key": client.keyPem,
    "client.pem": client.pem,
    "stranger.key": stranger.keyPem,
    "stranger.pem": stranger.pem,
  });
  const found = tlsPolicy(DEFAULT_TLS);
  assert.ok("policy" in found);
  const made = serverTls({
    settings: DEFAULT_TLS,
    loaded: {
      clientCertificate: { keyPem: server.keyPem, chainPem: server.pem },
      anchors: [await parseCertificate(root.der)],
      crls: [],
    },
    policy: found.policy,
    now: () => new Date(),
    warn: (text) => assert.fail(text),
  });
  assert.ok("tls" in made);
  const { tls } = made;
  await whileListening(async ({ port, nextCall }) => {
    const call = (name: string): ReturnType<typeof program> =>
      program("echoscu", [
        "+tls",
        `${name}.key`,
        `${name}.pem`,
        "+cf",
        "root.pem",
        "127.0.0.1",
        String(port),
      ], directory.path);
    const { code, output } = await call("client");
    assert.equal(code, 0, output);
    const served = await nextCall();
    assert.equal(served.end.kind, "released");
    assert.equal(served.echoes, 1);
    assert.match(served.tls?.subject ?? "", /modality/);
    await call("stranger");
    const refused = await nextCall();
    assert.equal(refused.end.kind, "tls-failed");
  }, { tls });
});

Deno.test("GDCM's client is served", async () => {
  const { request, echoes } = await calledBy(async (port) => {
    const { output } = await program("gdcmscu", [
      "--echo",
      "--aetitle",
      "GDCM",
      "--call",
      "LISTENER",
      "127.0.0.1",
      String(port),
    ]);
    assert.ok(!/fail/i.test(output), output);
  }, "LISTENER");
  assert.equal(request?.callingAeTitle, "GDCM");
  assert.match(request.implementationVersionName, /GDCM/);
  assert.equal(echoes, 1);
});

Deno.test("dcmjs-dimse is served", async () => {
  const { request, echoes, end } = await calledBy(async (port) => {
    const status = await new Promise<number>((resolve, reject) => {
      const client = new dimse.Client();
      const echo = new dimse.requests.CEchoRequest();
      echo.on(
        "response",
        (response: { getStatus(): number }) => resolve(response.getStatus()),
      );
      client.addRequest(echo);
      client.on("networkError", reject);
      client.send("127.0.0.1", port, "DCMJS", "LISTENER");
    });
    assert.equal(status, 0);
  }, "LISTENER");
  assert.equal(request?.callingAeTitle, "DCMJS");
  assert.equal(echoes, 1);
  assert.equal(end.kind, "released");
});
