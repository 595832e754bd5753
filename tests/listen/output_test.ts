import assert from "node:assert/strict";
import { Tally } from "../../lib/listen/counts.ts";
import {
  csvOutput,
  jsonOutput,
  type ListenOutput,
  sumsOutput,
  textOutput,
} from "../../lib/listen/output.ts";
import type { Call } from "../../lib/listen/types.ts";

const CALL: Call = {
  number: 7,
  started: new Date(0),
  from: "[2001:db8::1]:50000",
  tls: { version: "TLSv1.3", suite: "TLS_AES_128_GCM_SHA256", subject: "CN=a" },
  request: {
    callingAeTitle: "MOD\x1b",
    calledAeTitle: "US",
    protocolVersion: 1,
    applicationContext: "1.2.840.10008.3.1.1.1",
    implementationClassUid: "1.2.3",
    implementationVersionName: "V",
    maximumLength: 0,
    identity: {
      type: 1,
      userName: "jo",
      secret: false,
      responseRequested: false,
    },
    extras: ["Unknown item 0x60, 3 bytes"],
    contexts: [{
      id: 1,
      abstractSyntax: "1.2.840.10008.1.1",
      transferSyntaxes: ["1.2.840.10008.1.2"],
      result: undefined,
      transferSyntax: undefined,
    }],
  },
  accepted: false,
  echoes: 0,
  end: {
    kind: "rejected",
    pdu: { type: "A-ASSOCIATE-RJ", result: 1, source: 1, reason: 7 },
  },
  duration: 12.3456789,
};

function tellAll(output: ListenOutput): void {
  const tally = new Tally();
  output.listening({
    address: "[::]:104",
    hostname: "::",
    port: 104,
    started: new Date(0),
    tally,
  });
  tally.begin();
  tally.end(CALL);
  output.ended(CALL);
  output.summary(tally);
}

Deno.test("each line of JSON is an object of its own, harmless on a terminal", () => {
  let text = "";
  tellAll(jsonOutput(
    { calledAeTitle: undefined, tls: true },
    { write: (more) => text += more, backlog: () => 0 },
    () => new Date(1000),
  ));
  assert.match(text, /^[\x20-\x7e\n]*$/);
  const [listening, connection, summary, rest] = text.split("\n");
  assert.equal(rest, "");
  assert.deepEqual(JSON.parse(listening ?? ""), {
    schema: "echoscu-listen",
    schemaVersion: 1,
    event: "listening",
    time: "1970-01-01T00:00:01.000Z",
    address: "[::]:104",
    aeTitle: null,
    tls: true,
    metrics: null,
  });
  assert.deepEqual(JSON.parse(connection ?? ""), {
    schema: "echoscu-listen",
    schemaVersion: 1,
    event: "connection",
    number: 7,
    started: "1970-01-01T00:00:00.000Z",
    durationMs: 12.346,
    from: "[2001:db8::1]:50000",
    tls: {
      version: "TLSv1.3",
      suite: "TLS_AES_128_GCM_SHA256",
      clientCertificate: "CN=a",
    },
    accepted: false,
    echoes: 0,
    end: "rejected",
    endText: "rejected by us: Rejected Permanent, Service User, " +
      "Called AE Title Not Recognized",
    rejection: { result: 1, source: 1, reason: 7 },
    request: {
      callingAeTitle: "MOD\\x1b",
      calledAeTitle: "US",
      protocolVersion: 1,
      applicationContext: "1.2.840.10008.3.1.1.1",
      implementationClassUid: "1.2.3",
      implementationVersionName: "V",
      maximumLength: 0,
      userIdentity: {
        type: 1,
        typeName: "user name",
        userName: "jo",
        secretSent: false,
        positiveResponseRequested: false,
      },
      otherItems: ["Unknown item 0x60, 3 bytes"],
      contexts: [{
        id: 1,
        abstractSyntax: "1.2.840.10008.1.1",
        transferSyntaxes: ["1.2.840.10008.1.2"],
        result: null,
        transferSyntax: null,
      }],
    },
  });
  assert.equal(JSON.parse(summary ?? "").ends.rejected, 1);
});

Deno.test("text says where it listens, and sums up", () => {
  let text = "";
  tellAll(textOutput(
    {
      calledAeTitle: "US\x07",
      tls: true,
      metrics: "http://127.0.0.1:9/metrics",
    },
    { write: (more) => text += more, backlog: () => 0 },
  ));
  assert.equal(
    text,
    `Listening on [::]:104, AE title US\\x07, TLS
Metrics: http://127.0.0.1:9/metrics
#7 [2001:db8::1]:50000 rejected by us: Rejected Permanent, Service User, Called AE Title Not Recognized (0.012 s)
Connections: 1, associations accepted: 0, echoes answered: 0 (1 rejected)
`,
  );
});

Deno.test("what comes faster than it is read is left out, and counted", () => {
  let backlog = 0;
  const written: string[] = [];
  const output = textOutput(
    { calledAeTitle: undefined, tls: false },
    { write: (more) => void written.push(more), backlog: () => backlog },
  );
  backlog = 2 ** 21;
  output.ended(CALL);
  output.ended(CALL);
  assert.deepEqual(written, []);
  backlog = 0;
  output.ended(CALL);
  assert.equal(written[0], "… 2 messages left out: they came too fast\n");
  assert.equal(written.length, 2);
});

Deno.test("CSV has a header, then a harmless row for each connection", () => {
  let text = "";
  tellAll(csvOutput({
    write: (more) => {
      text += more;
    },
    backlog: () => 0,
  }));
  const [header = "", row = "", rest] = text.split("\r\n");
  assert.equal(rest, "");
  const names = header.split(",");
  const cells = row.split(",");
  const cell = (name: string): string | undefined => cells[names.indexOf(name)];
  assert.equal(cell("number"), "7");
  assert.equal(cell("calling_ae_title"), "MOD\\x1b");
  assert.equal(cell("tls_version"), "TLSv1.3");
  assert.equal(cell("contexts"), "1");
  assert.equal(cell("accepted"), "false");
  assert.equal(cell("end"), "rejected");
});

Deno.test("of sums nothing is said before the end", () => {
  const said: string[] = [];
  tellAll(sumsOutput((text) => said.push(text), () => "sums\n"));
  assert.deepEqual(said, ["sums\n"]);
});
