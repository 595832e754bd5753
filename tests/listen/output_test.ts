import assert from "node:assert/strict";
import { callHeader, callRow } from "../../lib/listen/csv.ts";
import { Tally } from "../../lib/listen/counts.ts";
import {
  csvOutput,
  jsonOutput,
  type ListenOutput,
  type OutputStream,
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
  assert.equal(output.summary(tally, false), undefined);
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

const TITLE = { calledAeTitle: undefined, tls: false };

for (
  const [what, make, gap] of [
    [
      "text",
      (stream: OutputStream) => textOutput(TITLE, stream),
      /^… (\d+) messages left out: they came too fast\n$/,
    ],
    [
      "lines of JSON",
      (stream: OutputStream) => jsonOutput(TITLE, stream, () => new Date(0)),
      /"event":"left-out","time":"1970-\S+","lines":(\d+)\}\n$/,
    ],
    ["rows of CSV", csvOutput, /^()$/],
  ] as const
) {
  Deno.test(`${what} that nobody reads are left out, and take up no memory`, () => {
    let backlog = 0;
    const written: string[] = [];
    const output = make({
      write: (more) => {
        written.push(more);
        backlog += more.length;
      },
      backlog: () => backlog,
    });
    for (let count = 0; count < 100_000; count++) output.ended(CALL);
    const { length } = written;
    assert.ok(backlog < 2 ** 20 + 10_000, `${backlog} bytes`);
    backlog = 0;
    output.ended(CALL);
    const left = gap.exec(written[length] ?? "")?.[1];
    if (left !== "") assert.equal(Number(left), 100_000 - length);
    assert.equal(written.length, length + 2);
  });
}

Deno.test("the end is told to a reader that is far behind, too", () => {
  for (const make of [textOutput, jsonOutput]) {
    const written: string[] = [];
    const output = make(
      TITLE,
      { write: (more) => void written.push(more), backlog: () => 2 ** 21 },
      () => new Date(0),
    );
    output.ended(CALL);
    output.summary(new Tally(), false);
    assert.equal(written.length, 2);
  }
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

Deno.test("CSV has what a caller proposed, and who it says it is", () => {
  const read = (call: Call): (name: string) => string | undefined => {
    const cells = callRow(call).trimEnd().split(",");
    const names = callHeader().trimEnd().split(",");
    return (name) => cells[names.indexOf(name)];
  };
  const call: Call = { ...CALL, end: { kind: "released" } };
  const rejected = read(call);
  assert.equal(rejected("user_identity"), "user name");
  assert.equal(rejected("user_name"), "jo");
  assert.equal(
    rejected("presentation_contexts"),
    "1 1.2.840.10008.1.1 [1.2.840.10008.1.2]",
  );
  const [context] = CALL.request?.contexts ?? [];
  assert.ok(CALL.request && context);
  const accepted = read({
    ...call,
    request: {
      ...CALL.request,
      identity: undefined,
      contexts: [
        { ...context, result: 0, transferSyntax: "1.2.840.10008.1.2" },
        { ...context, id: 3, transferSyntaxes: ["1.2", "3\x07"], result: 4 },
      ],
    },
  });
  assert.equal(accepted("user_identity"), "");
  assert.equal(
    accepted("presentation_contexts"),
    "1 1.2.840.10008.1.1 [1.2.840.10008.1.2] 0 1.2.840.10008.1.2 / " +
      "3 1.2.840.10008.1.1 [1.2 3\\x07] 4",
  );
  assert.equal(read({ ...call, request: undefined })("user_name"), "");
});

Deno.test("of sums nothing is said before the end", () => {
  const said: string[] = [];
  const write = (text: string): undefined => void said.push(text);
  tellAll(sumsOutput(write, () => "sums\n"));
  assert.deepEqual(said, ["sums\n"]);
});
