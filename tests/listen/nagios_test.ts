import assert from "node:assert/strict";
import { Tally } from "../../lib/listen/counts.ts";
import { nagiosOutput } from "../../lib/listen/output.ts";
import type { Call } from "../../lib/listen/types.ts";
import { type Output, parseOutput } from "../format/nagios-grammar.ts";

const ECHOED: Call = {
  number: 1,
  started: new Date(0),
  from: "192.0.2.1:50000",
  tls: undefined,
  request: {
    callingAeTitle: "CT1",
    calledAeTitle: "US",
    protocolVersion: 1,
    applicationContext: "1.2.840.10008.3.1.1.1",
    implementationClassUid: "1.2.3",
    implementationVersionName: "MODALITY_1",
    maximumLength: 0,
    identity: {
      type: 2,
      userName: "jo",
      secret: true,
      responseRequested: false,
    },
    extras: [],
    contexts: [{
      id: 1,
      abstractSyntax: "1.2.840.10008.1.1",
      transferSyntaxes: ["1.2.840.10008.1.2"],
      result: 0,
      transferSyntax: "1.2.840.10008.1.2",
    }],
  },
  accepted: true,
  echoes: 1,
  end: { kind: "released" },
  duration: 12,
};
const REJECTED: Call = {
  ...ECHOED,
  number: 2,
  accepted: false,
  echoes: 0,
  end: {
    kind: "rejected",
    pdu: { type: "A-ASSOCIATE-RJ", result: 1, source: 1, reason: 7 },
  },
};
const NO_TLS: Call = {
  ...REJECTED,
  number: 3,
  request: undefined,
  end: { kind: "tls-failed", text: "expired | since 1999" },
};

interface Told {
  readonly exit: number | undefined;
  readonly output: Output;
  readonly text: string;
}

function tell(calls: readonly Call[], faulty = false): Told {
  const tally = new Tally();
  let text = "";
  const output = nagiosOutput((whole) => {
    text += whole;
    return undefined;
  });
  for (const call of calls) {
    tally.begin();
    tally.end(call);
    output.ended(call);
  }
  assert.equal(text, "");
  const exit = output.summary(tally, faulty);
  return { exit, text, output: parseOutput(text) };
}

function values({ performance }: Output): Record<string, number> {
  return Object.fromEntries(
    performance.map(({ label, value }) => [label, value]),
  );
}

Deno.test("an echo that was answered is OK, with the sums", () => {
  const { exit, output, text } = tell([ECHOED, REJECTED, NO_TLS, ECHOED]);
  assert.equal(exit, 0);
  assert.equal(output.state, "OK");
  assert.equal(output.text, "2 echoes answered, 2 associations, 2 refused");
  assert.deepEqual(values(output), {
    echoes: 2,
    associations: 2,
    refused: 2,
    connections: 4,
  });
  assert.ok((text.split("\n")[0] ?? "").length <= 80);
});

Deno.test("each of the calls is a line, with what the caller sent", () => {
  const { output } = tell([ECHOED, REJECTED, NO_TLS]);
  assert.deepEqual(output.lines, [
    "3 connections (1 released, 1 rejected, 1 tls-failed)",
    "#1 192.0.2.1:50000: CT1 calls US, MODALITY_1, 1 of 1 context accepted, " +
    "user name and passcode, jo, secret not shown: 1 echo answered, released",
    "#2 192.0.2.1:50000: CT1 calls US, MODALITY_1, 1 of 1 context accepted, " +
    "user name and passcode, jo, secret not shown: rejected by us: " +
    "Rejected Permanent, Service User, Called AE Title Not Recognized",
    "#3 192.0.2.1:50000: no TLS: expired \\x7c since 1999",
  ]);
});

Deno.test("that nobody has called is CRITICAL", () => {
  const { exit, output } = tell([]);
  assert.equal(exit, 2);
  assert.equal(output.state, "CRITICAL");
  assert.equal(output.text, "nobody has called");
  assert.deepEqual(output.lines, ["0 connections"]);
});

Deno.test("that nobody was answered is CRITICAL, with how they ended", () => {
  const { exit, output } = tell([REJECTED, NO_TLS]);
  assert.equal(exit, 2);
  assert.equal(
    output.text,
    "no echo answered on 2 connections (1 rejected, 1 tls-failed)",
  );
  const ends = ["silent", "closed-by-caller", "not-an-echo"] as const;
  const many = tell([
    REJECTED,
    NO_TLS,
    ...ends.map((kind): Call => ({
      ...NO_TLS,
      end: { kind },
    })),
  ]);
  // Where it is cut off, it is told whole in the next line.
  assert.match(many.output.text, /…$/);
  assert.match(many.output.lines[0] ?? "", /\(.*1 tls-failed\)$/);
});

Deno.test("an error of our own is UNKNOWN, whoever has called", () => {
  for (const calls of [[], [ECHOED]]) {
    const { exit, output } = tell(calls, true);
    assert.equal(exit, 3);
    assert.equal(output.state, "UNKNOWN");
  }
});

Deno.test("of many calls only the last are shown", () => {
  const calls = Array.from({ length: 5000 }, (_, at): Call => ({
    ...ECHOED,
    number: at + 1,
  }));
  const { output, text } = tell(calls);
  assert.equal(output.lines[1], "… 4990 calls before these");
  assert.match(output.lines[2] ?? "", /^#4991 /);
  assert.equal(output.lines.length, 12);
  assert.ok(text.length < 8192);
});

Deno.test("what a caller says does not break the output", () => {
  const { request } = ECHOED;
  assert.ok(request);
  const title = "|'=\n\x1b[31m|";
  const { output } = tell([{
    ...ECHOED,
    request: { ...request, callingAeTitle: title, calledAeTitle: title },
  }]);
  assert.equal(output.lines.length, 2);
  assert.doesNotMatch(output.lines[1] ?? "", /\p{C}|\|/u);
});

Deno.test("where it cannot be written, that exit code counts", () => {
  assert.equal(nagiosOutput(() => 3).summary(new Tally(), false), 3);
});
