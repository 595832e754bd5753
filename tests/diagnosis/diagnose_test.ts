import assert from "node:assert/strict";
import { faultCondition, type PeerFault } from "../../lib/association/fault.ts";
import type { Violation } from "../../lib/association/service.ts";
import {
  PEER_ABORTED,
  tcpInitializationError,
  unknownHost,
} from "../../lib/base/condition.ts";
import { diagnose } from "../../lib/diagnosis/diagnose.ts";
import type { PeerProtocol } from "../../lib/net/peer-protocol.ts";
import { DEFAULTS } from "../verify/verification.ts";
import { diagnosisOf, verified } from "./results.ts";

function faultIn(
  stage: "association" | "echo" | "release",
  fault: PeerFault,
): readonly [string, string] {
  const { code, cause } = diagnosisOf(stage, fault, faultCondition(fault));
  return [code, cause];
}

function rejection(
  result: number,
  source: number,
  reason: number,
): readonly [string, boolean] {
  const pdu = { type: "A-ASSOCIATE-RJ", result, source, reason } as const;
  const { code, transient } = diagnosisOf("association", {
    kind: "rejected",
    pdu,
  });
  return [code, transient];
}

Deno.test("a verified peer has no diagnosis", () => {
  const hints = { settings: DEFAULTS, deadline: undefined };
  assert.equal(diagnose(verified(), hints), undefined);
});

Deno.test("a peer that is no DICOM one is called by what it speaks", () => {
  const found = (protocol?: PeerProtocol): readonly [string, string] => {
    const violation: Violation = protocol === undefined
      ? { kind: "unrecognized-pdu", type: 0x1b }
      : { kind: "unrecognized-pdu", type: 0x48, protocol };
    return faultIn("association", { kind: "violation", violation });
  };
  const peer = "pacs (192.0.2.10) port 104";
  for (const protocol of ["HTTP", "SSH", "HL7", "FTP or SMTP"] as const) {
    assert.deepEqual(found(protocol), [
      "not-dicom",
      `${peer} does not speak DICOM: it speaks ${protocol}`,
    ]);
  }
  assert.deepEqual(found("TLS"), [
    "plain-on-tls-port",
    `${peer} wants TLS, and was spoken to without`,
  ]);
  assert.deepEqual(found(), [
    "not-dicom",
    `${peer} does not speak DICOM: its answer begins with the byte 1BH`,
  ]);
});

Deno.test("who has spoken DICOM before breaks its protocol", () => {
  const violation: Violation = {
    kind: "unrecognized-pdu",
    type: 0x48,
    protocol: "HTTP",
  };
  assert.equal(
    faultIn("echo", { kind: "violation", violation })[0],
    "protocol-error",
  );
});

Deno.test("a violation is told with its particulars", () => {
  const cases: readonly (readonly [Violation, RegExp])[] = [
    [{ kind: "unexpected-pdu", name: "A-ASSOCIATE-RQ" }, /echoes all it gets/],
    [{ kind: "unexpected-pdu", name: "P-DATA-TF" }, /unexpected P-DATA-TF/],
    [
      { kind: "too-long", name: "A-RELEASE-RP", length: 9999, limit: 1024 },
      /A-RELEASE-RP of 9999 bytes, where 1024 are allowed/,
    ],
    [
      {
        kind: "invalid-pdu",
        name: "A-ASSOCIATE-AC",
        field: "user information",
        offset: 80,
        fault: "overrun",
        condition: { code: "0006:0307", text: "DUL Illegal PDU" },
        abortReason: 6,
      },
      /A-ASSOCIATE-AC, field user information: DUL Illegal PDU/,
    ],
    [
      {
        kind: "wrong-acceptance",
        condition: {
          ...PEER_ABORTED,
          cause: { code: "0006:0306", text: "context 3 was not proposed" },
        },
        abortReason: 6,
      },
      /: context 3 was not proposed$/,
    ],
  ];
  for (const [violation, text] of cases) {
    const [code, cause] = faultIn("association", {
      kind: "violation",
      violation,
    });
    assert.equal(code, "protocol-error");
    assert.match(cause, text);
  }
});

Deno.test("each reason of a rejection is filed under its source", () => {
  assert.deepEqual(rejection(1, 1, 7), ["called-title-unknown", false]);
  assert.deepEqual(rejection(1, 1, 3), ["calling-title-unknown", false]);
  assert.deepEqual(rejection(2, 3, 1), ["rejected-congestion", true]);
  assert.deepEqual(rejection(2, 3, 2), ["rejected-limit", true]);
  for (const source of [1, 2, 3, 9]) {
    assert.deepEqual(rejection(1, source, 0), ["rejected-other", false]);
  }
  assert.deepEqual(rejection(1, 2, 1), ["rejected-other", false]);
  assert.deepEqual(rejection(1, 1, 2), ["rejected-other", false]);
  assert.deepEqual(rejection(1, 3, 7), ["rejected-other", false]);
});

Deno.test("what a peer calls transient passes, and so does what is full", () => {
  assert.deepEqual(rejection(2, 1, 1), ["rejected-other", true]);
  assert.deepEqual(rejection(1, 3, 2), ["rejected-limit", true]);
});

Deno.test("an unknown caller is told the title and address that were seen", () => {
  const pdu = {
    type: "A-ASSOCIATE-RJ",
    result: 1,
    source: 1,
    reason: 3,
  } as const;
  const { target } = verified();
  const { cause, next } = diagnosisOf(
    "association",
    { kind: "rejected", pdu },
    undefined,
    {
      target: { ...target, callingAeTitle: "A_TITLE_THAT_IS_TOO_LONG" },
      addresses: {
        resolved: [],
        local: "[2001:db8::20]:40000",
        remote: "[2001:db8::10]:104",
      },
    },
  );
  assert.equal(
    cause,
    "pacs (2001:db8::10) port 104 does not know the caller: " +
      'title "A_TITLE_THAT_IS_", from 2001:db8::20',
  );
  assert.equal(
    next[0],
    'Add "A_TITLE_THAT_IS_" with the address 2001:db8::20 to the ' +
      "peer's list of callers",
  );
});

Deno.test("the default title is doubted, one that was given is not", () => {
  const pdu = {
    type: "A-ASSOCIATE-RJ",
    result: 1,
    source: 1,
    reason: 7,
  } as const;
  const next = (calledAeTitle: string): readonly string[] =>
    diagnosisOf("association", { kind: "rejected", pdu }, undefined, {
      target: { ...verified().target, calledAeTitle },
    }).next;
  assert.match(next("ANY-SCP").join(), /mere default/);
  assert.doesNotMatch(next("PACS").join(), /default/);
});

Deno.test("a peer is named with the address that was tried", () => {
  const cause = (host: string, resolved: readonly string[]): string =>
    diagnosisOf(
      "connect",
      { kind: "transport", fault: "refused" },
      tcpInitializationError("Connection refused"),
      {
        target: { ...verified().target, host },
        addresses: { resolved, local: undefined, remote: undefined },
      },
    ).cause.replace(/ refuses.*/, "");
  assert.equal(
    cause("pacs", ["192.0.2.1", "192.0.2.2"]),
    "pacs (192.0.2.1) port 104",
  );
  assert.equal(cause("192.0.2.1", ["192.0.2.1"]), "192.0.2.1 port 104");
  assert.equal(cause("[::1]", ["::1"]), "[::1] port 104");
  assert.equal(cause("pacs", []), "pacs port 104");
});

Deno.test("a look-up that takes too long is no connection that does", () => {
  const { code, stage, transient } = diagnosisOf(
    "connect",
    { kind: "transport", fault: "timeout" },
    tcpInitializationError("Operation now in progress (Timeout)"),
    { stages: [{ stage: "lookup", duration: 5000, ok: false }] },
  );
  assert.deepEqual([code, stage, transient], ["lookup-failed", "lookup", true]);
});

Deno.test("-i4 and -i6 are named where they may be the reason", () => {
  const next = (addressFamily: "auto" | "ipv4" | "ipv6"): string | undefined =>
    diagnosisOf(
      "connect",
      { kind: "transport", fault: "unknown-host" },
      unknownHost("pacs"),
      { settings: { addressFamily } },
    ).next[0];
  assert.equal(next("ipv4"), "Leave out -i4: it allows IPv4 alone");
  assert.equal(next("ipv6"), "Leave out -i6: it allows IPv6 alone");
  assert.equal(next("auto"), "Check the spelling of the name");
});

Deno.test("limits of time are named as they were", () => {
  const timeout: PeerFault = { kind: "timeout", midPdu: false };
  const connect = (connectTimeout?: number): string =>
    diagnosisOf("connect", { kind: "transport", fault: "timeout" }, undefined, {
      settings: { connectTimeout },
    }).cause;
  assert.match(connect(5), /within 5 s:/);
  assert.match(connect(), /within the system's limit:/);
  const echo = (dimseTimeout?: number): string =>
    diagnosisOf("echo", timeout, undefined, {
      settings: { dimseTimeout },
    }).cause;
  assert.match(echo(7), /within 7 s$/);
  assert.match(echo(), /within 60 s$/);
});

Deno.test("an answer that stops in the middle is told so", () => {
  for (const stage of ["association", "echo"] as const) {
    assert.match(
      faultIn(stage, { kind: "timeout", midPdu: true })[1],
      /all of/,
    );
    assert.match(faultIn(stage, { kind: "closed", midPdu: true })[1], /middle/);
  }
});

Deno.test("who aborted is told, and a provider's reason", () => {
  assert.match(
    faultIn("echo", { kind: "abort", source: 2, reason: 1 })[1],
    /\(DICOM UL service-provider, unrecognized-PDU\)/,
  );
  assert.match(
    faultIn("association", { kind: "abort", source: 0, reason: 1 })[1],
    /\(DICOM UL service-user\)/,
  );
});

Deno.test("whatever goes wrong in the release is a failure of the release", () => {
  const faults: readonly PeerFault[] = [
    { kind: "timeout", midPdu: false },
    { kind: "closed", midPdu: false },
    { kind: "abort", source: 0, reason: 0 },
    { kind: "p-data" },
    {
      kind: "violation",
      violation: { kind: "unrecognized-pdu", type: 0x48, protocol: "HTTP" },
    },
  ];
  for (const fault of faults) {
    assert.equal(faultIn("release", fault)[0], "release-failed");
  }
});

Deno.test("a release in place of an answer ends the echo", () => {
  assert.deepEqual(faultIn("echo", { kind: "release-request" }), [
    "echo-closed",
    "pacs (192.0.2.10) port 104 released the association in place of a " +
    "C-ECHO response",
  ]);
});

Deno.test("TLS is thought of where a plain peer says nothing", () => {
  const { target } = verified();
  const next = (tls: boolean): string =>
    diagnosisOf("association", { kind: "closed", midPdu: false }, undefined, {
      target: { ...target, tls },
    }).next.join();
  assert.match(next(false), /\+tla/);
  assert.doesNotMatch(next(true), /\+tla/);
});

Deno.test("less is to be proposed only where more was", () => {
  const next = (transferSyntaxCount: number): string =>
    diagnosisOf(
      "association",
      { kind: "abort", source: 0, reason: 0 },
      undefined,
      { settings: { transferSyntaxCount } },
    ).next.join();
  assert.match(next(38), /-pts/);
  assert.doesNotMatch(next(1), /-pts/);
});

Deno.test("the stage that a deadline has ended is told, and its advice", () => {
  const cases = [
    ["connect", "the connection was being opened", /switched on/],
    ["tls", "the TLS handshake was under way", /\+tls/],
    [
      "association",
      "the answer to the association request was awaited",
      /stuck/,
    ],
    ["echo", "the C-ECHO response was awaited", /stuck/],
    ["release", "the association was being released", /stuck/],
    ["abort", "the association was being released", /stuck/],
  ] as const;
  for (const [stage, seen, advice] of cases) {
    const { code, cause, next, transient, condition } = diagnosisOf(
      stage,
      { kind: "interrupted" },
      PEER_ABORTED,
      { deadline: 10 },
    );
    assert.equal(code, "deadline");
    assert.equal(cause, `not done within the deadline of 10 s: ${seen}`);
    assert.match(next[0] ?? "", advice);
    assert.equal(transient, false);
    assert.equal(condition, undefined);
  }
});

Deno.test("statuses have their names, and some of them pass", () => {
  const status = (status: number): readonly [string, boolean] => {
    const { cause, transient } = diagnosisOf("echo", {
      kind: "status",
      status,
    });
    return [cause.replace(/^.* with status /, ""), transient];
  };
  assert.deepEqual(status(0x0124), ["0124H (Refused: Not Authorized)", false]);
  assert.deepEqual(status(0x0213), ["0213H (Resource Limitation)", true]);
  assert.deepEqual(status(0xa700), ["A700H (Refused: Out of Resources)", true]);
  assert.deepEqual(status(0xa7ff)[1], true);
  assert.deepEqual(status(0xa800), ["A800H (Failure of the service)", false]);
  assert.deepEqual(status(0xc001), [
    "C001H (Failure: Cannot Understand)",
    false,
  ]);
  assert.deepEqual(status(0x7777), [
    "7777H (not a status of the standard)",
    false,
  ]);
});

Deno.test("nothing that is printed is dangerous, whatever the names are", () => {
  const bad = "\x1b]0;owned\x07\n\u202e\u2028";
  const { cause, next } = diagnosisOf(
    "association",
    {
      kind: "rejected",
      pdu: { type: "A-ASSOCIATE-RJ", result: 1, source: 1, reason: 3 },
    },
    undefined,
    {
      target: {
        ...verified().target,
        host: bad,
        callingAeTitle: bad,
        calledAeTitle: bad,
      },
      addresses: { resolved: [bad], local: bad, remote: bad },
    },
  );
  for (const line of [cause, ...next]) {
    assert.doesNotMatch(line, /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
  }
  assert.match(cause, /\\x1b\]0;owned/);
});
