/** What a peer may answer a ClientHello with, and what must come of it. */

import assert from "node:assert/strict";
import { ASSOCIATE_AC, bytes } from "../support/golden.ts";
import { abort, text } from "../support/pdus.ts";
import { shaken } from "./handshake.ts";
import { assertHarmless } from "./probe.ts";
import {
  type Act,
  closed,
  flood,
  halfClosed,
  say,
  trickle,
} from "./raw-tls-peer.ts";
import {
  ALERT,
  alert,
  CHANGE_CIPHER_SPEC,
  HANDSHAKE,
  message,
  record,
  serverHello,
} from "./tls-records.ts";

interface Case {
  readonly rule: string;
  readonly acts: readonly Act[];
  /** It ends with RST. */
  readonly reset?: boolean;
  /** The condition, and how its cause begins. */
  readonly told: readonly [string, string];
  /** What we say after the ClientHello; null: it may be lost on the way. */
  readonly heard: string | null;
}

/** In seconds: for those that wait for nothing else. */
const SHORT = 0.2;
/** Nobody waits for as long. */
const LONG = 14;

/** The handshake is read up to a bound, and one buffer more. */
const MOST = 256 * 1024 + 20_000;

const TOO_LONG = [
  "000b:000b TLS read operation did not complete (SSL_ERROR_WANT_READ)",
  "the TLS handshake took too long: see -to",
] as const;
const CLOSED = [
  "000b:0926 TLS error: unexpected eof while reading",
  "the peer closed the connection in the TLS handshake",
] as const;
const RESET = [
  "000b:0017 OpenSSL I/O error (SSL_ERROR_SYSCALL)",
  "the peer closed the connection in the TLS handshake",
] as const;
const FAULT = [
  "000b:0014 Other TLS error (unknown SSL_ERROR code)",
  "TLS found a fault: ",
] as const;

function notTls(words: string): readonly [string, string] {
  return ["000b:090b TLS error: wrong version number", words];
}

const OTHER = notTls("the peer does not speak TLS, it answers ");
const NOTHING_IN_COMMON = "the peer has no suite or version that was offered";
const REFUSED = [
  "000b:0c10 TLS error: sslv3 alert handshake failure",
  NOTHING_IN_COMMON,
] as const;

/** Alerts that tell the peer what is wrong (RFC 8446 section 6.2). */
const UNEXPECTED_MESSAGE = "ALERT(2,10)";
const HANDSHAKE_FAILURE = "ALERT(2,40)";
const ILLEGAL_PARAMETER = "ALERT(2,47)";
const DECODE_ERROR = "ALERT(2,50)";
/** The alert is encrypted. */
const ENCRYPTED = "record 23";
const PROTOCOL_VERSION = "ALERT(2,70)";

const HELLO = record(HANDSHAKE, serverHello());

/** Up to where the peer plays its part. */
const STEPS: Readonly<Record<string, readonly Uint8Array[]>> = {
  "the ClientHello": [],
  "one byte of an answer": [HELLO.subarray(0, 1)],
  "the header of a record": [HELLO.subarray(0, 5)],
  "half a ServerHello": [HELLO.subarray(0, 40)],
  "a ServerHello but for a byte": [HELLO.subarray(0, -1)],
  "a ServerHello": [HELLO],
};

const ENDS = Object.entries(STEPS).flatMap(([step, parts]): Case[] => {
  const acts = parts.length === 0 ? [] : [say(...parts)];
  // After its ServerHello all is encrypted, and what is due first is a record
  // that the runtime may send for the sake of middleboxes.
  const heard = step === "a ServerHello" ? "record 20" : "";
  const lost = step === "a ServerHello" ? null : "";
  return [
    { rule: `silent after ${step}`, acts, told: TOO_LONG, heard },
    {
      rule: `closed after ${step}`,
      acts: [...acts, closed],
      told: CLOSED,
      heard: lost,
    },
    {
      rule: `half-closed after ${step}`,
      acts: [...acts, halfClosed],
      told: CLOSED,
      heard,
    },
    {
      rule: `reset after ${step}`,
      acts: [...acts, closed],
      reset: true,
      told: RESET,
      heard: lost,
    },
  ];
});

function fault(rule: string, heard: string, ...acts: Act[]): Case {
  return { rule, acts, told: FAULT, heard };
}

function other(rule: string, said: Uint8Array, words?: string): Case {
  const told = words === undefined ? OTHER : notTls(words);
  return { rule, acts: [say(said)], told, heard: DECODE_ERROR };
}

function speaks(protocol: string): string {
  return `the peer speaks ${protocol} on this port`;
}

const PROTOCOLS: readonly Case[] = [
  other("HTTP", text("HTTP/1.1 400 Bad Request\r\n\r\n"), speaks("HTTP")),
  other("SSH", text("SSH-2.0-OpenSSH_9.2\r\n"), speaks("SSH")),
  other("SMTP", text("220 mail.test ESMTP\r\n"), speaks("FTP or SMTP")),
  other("HL7", text("\x0bMSH|^~\\&|\x1c\r"), "the peer speaks HL7 (MLLP) on"),
  other("DICOM, an acceptance", ASSOCIATE_AC, speaks("plain DICOM")),
  other("DICOM, an abort", abort(2, 1), speaks("plain DICOM")),
  other("escape sequences", text("\x1b[2J\x1b]0;owned\x07")),
  other("zeros", new Uint8Array(100)),
  other("SSL 2", bytes("80 2e 04 00 01 00 02 00")),
];

const RECORDS: readonly Case[] = [
  other("a record of 2^14+2049 bytes (RFC 5246 6.2.3)", bytes("1603034801")),
  other("a record of 65535 bytes", bytes("160303ffff", "00".repeat(99))),
  other("a heartbeat (RFC 6520)", bytes("180303 0003 010000")),
  other("a record of type 99", bytes("630303 0003 010000")),
  other("a record of major version 2", bytes("160200 0004 02000000")),
  other("a record of version 3.5", bytes("160305 0004 02000000")),
  fault("an empty record (RFC 8446 5.1)", DECODE_ERROR, say(record(HANDSHAKE))),
  fault("an empty alert (RFC 8446 5.1)", DECODE_ERROR, say(record(ALERT))),
  fault(
    "application data before the handshake",
    UNEXPECTED_MESSAGE,
    say(bytes("1703030004 01020304")),
  ),
  fault(
    "change_cipher_spec before a ServerHello (RFC 8446 5)",
    UNEXPECTED_MESSAGE,
    say(record(CHANGE_CIPHER_SPEC, bytes("01"))),
  ),
  fault(
    "a change_cipher_spec that is none (RFC 8446 5)",
    DECODE_ERROR,
    say(record(CHANGE_CIPHER_SPEC, bytes("02"))),
  ),
];

const ALERTS: readonly Case[] = [
  ...[
    [40, "0c10", "sslv3 alert handshake failure", NOTHING_IN_COMMON],
    [
      70,
      "0c2e",
      "tlsv1 alert protocol version",
      "the peer has no TLS version that was offered",
    ],
    [80, "0c38", "tlsv1 alert internal error", "the peer gave up TLS"],
    [112, "0c58", "tlsv1 unrecognized name", "the peer does not know the name"],
    [116, "0c5c", "tlsv13 alert certificate required", "the peer demands a"],
    [200, "0cb0", "OpenSSL error", "the peer gave up TLS with the alert"],
  ].map(([number, code, words, cause]): Case => ({
    rule: `fatal alert ${number} is told as such (RFC 8446 6.2)`,
    acts: [say(alert(2, Number(number)))],
    told: [`000b:${code} TLS error: ${words}`, String(cause)],
    heard: "",
  })),
  {
    rule: "a fatal alert byte by byte",
    acts: [trickle(alert(2, 40))],
    told: REFUSED,
    heard: "",
  },
  ...[0, 3, 255].map((level): Case => ({
    rule: `an alert of level ${level} (RFC 8446 6)`,
    acts: [say(alert(level, 40))],
    told: REFUSED,
    heard: ILLEGAL_PARAMETER,
  })),
  fault("an alert of one byte", DECODE_ERROR, say(record(ALERT, bytes("02")))),
  {
    rule: "an alert of three bytes",
    acts: [say(record(ALERT, bytes("022800")))],
    told: REFUSED,
    heard: DECODE_ERROR,
  },
  fault(
    "an alert in two records (RFC 8446 5.1)",
    DECODE_ERROR,
    say(record(ALERT, bytes("02")), record(ALERT, bytes("28"))),
  ),
  ...[0, 90].map((number): Case => ({
    rule: `warning ${number}, then silence`,
    acts: [say(alert(1, number))],
    told: TOO_LONG,
    heard: "",
  })),
  {
    rule: "a warning, then closed",
    acts: [say(alert(1, 90)), closed],
    told: [
      "000b:0c42 TLS error: tlsv1 alert user cancelled",
      "the peer gave up TLS with the alert user_canceled (90)",
    ],
    heard: "",
  },
];

/** In place of a ServerHello (RFC 8446 section 4). */
const OTHER_MESSAGES: Readonly<Record<string, readonly [number, string]>> = {
  "HelloRequest": [0, UNEXPECTED_MESSAGE],
  "ClientHello, cut": [1, DECODE_ERROR],
  "ServerHello, cut": [2, DECODE_ERROR],
  "NewSessionTicket, cut": [4, DECODE_ERROR],
  "EncryptedExtensions, cut": [8, DECODE_ERROR],
  "CertificateRequest, cut": [13, DECODE_ERROR],
  "ServerHelloDone": [14, UNEXPECTED_MESSAGE],
  "KeyUpdate, cut": [24, DECODE_ERROR],
  "a message of type 255": [255, UNEXPECTED_MESSAGE],
};

const MESSAGES: readonly Case[] = [
  ...Object.entries(OTHER_MESSAGES).map(([what, [type, heard]]) =>
    fault(
      `${what}, in place of a ServerHello (RFC 8446 4)`,
      heard,
      say(record(HANDSHAKE, message(type))),
    )
  ),
  fault(
    "a Finished in place of a ServerHello (RFC 8446 4)",
    UNEXPECTED_MESSAGE,
    say(record(HANDSHAKE, message(20, new Uint8Array(32)))),
  ),
  fault(
    "a message of 2^24-1 bytes",
    "",
    say(record(HANDSHAKE, bytes("02ffffff"))),
  ),
];

/** A ServerHello with one thing wrong (RFC 8446 section 4.1.3). */
const HELLOS: readonly Case[] = [
  fault(
    "a suite that was not offered",
    HANDSHAKE_FAILURE,
    say(record(HANDSHAKE, serverHello({ suite: 0x00ff }))),
  ),
  ...[
    { version: 0x0302, selected: null },
    { version: 0x0300, selected: null },
    { selected: 0x0302 },
    { selected: 0x7f1c },
  ].map((options): Case => ({
    rule: `a version that was not offered: ${JSON.stringify(options)}`,
    acts: [say(record(HANDSHAKE, serverHello(options)))],
    told: [FAULT[0], "the peer and we have no version or suite in common"],
    heard: PROTOCOL_VERSION,
  })),
  fault(
    "a compression",
    ILLEGAL_PARAMETER,
    say(record(HANDSHAKE, serverHello({ compression: 1 }))),
  ),
  fault(
    "extensions that are longer than the message",
    DECODE_ERROR,
    say(record(HANDSHAKE, serverHello({ extensionLength: 0xffff }))),
  ),
  fault(
    "one extension twice",
    ILLEGAL_PARAMETER,
    say(record(HANDSHAKE, serverHello({ twice: true }))),
  ),
  fault(
    "no key share",
    "ALERT(2,109)",
    say(record(HANDSHAKE, serverHello({ share: null }))),
  ),
  fault(
    "a key share of no bytes",
    DECODE_ERROR,
    say(record(HANDSHAKE, serverHello({ share: new Uint8Array() }))),
  ),
  fault(
    "a second ServerHello in the clear (RFC 8446 5)",
    `record 20 ${ENCRYPTED}`,
    say(HELLO, HELLO),
  ),
];

const FLOODS: readonly Case[] = [
  { ...other("zeros", bytes()), acts: [flood(new Uint8Array(1024))] },
  fault("empty records", DECODE_ERROR, flood(record(HANDSHAKE))),
  fault("empty alerts", DECODE_ERROR, flood(record(ALERT))),
  fault("warnings", "", flood(alert(1, 112))),
  fault(
    "change_cipher_specs",
    UNEXPECTED_MESSAGE,
    flood(record(CHANGE_CIPHER_SPEC, bytes("01"))),
  ),
  fault(
    "HelloRequests",
    UNEXPECTED_MESSAGE,
    flood(record(HANDSHAKE, message(0))),
  ),
  fault(
    "fragments of one byte, of a message without end",
    "",
    say(record(HANDSHAKE, bytes("0200ffff"))),
    flood(record(HANDSHAKE, bytes("00"))),
  ),
  fault(
    "fragments of 16 KiB",
    "",
    say(record(HANDSHAKE, bytes("0200ffff"))),
    flood(record(HANDSHAKE, new Uint8Array(16_384))),
  ),
  fault(
    "records under keys that nobody has",
    `record 20 ${ENCRYPTED}`,
    say(HELLO),
    flood(record(23, new Uint8Array(16_384))),
  ),
];

const KINDS: Readonly<Record<string, readonly Case[]>> = {
  "ends": ENDS,
  "another protocol": PROTOCOLS,
  "a record that is wrong": RECORDS,
  "alerts": ALERTS,
  "a message that is not due": MESSAGES,
  "a ServerHello with": HELLOS,
  "a flood of": FLOODS,
};

for (const [kind, cases] of Object.entries(KINDS)) {
  for (const { rule, acts, reset, told, heard } of cases) {
    Deno.test(`TLS handshake, ${kind}: ${rule}`, async () => {
      const seconds = told === TOO_LONG ? SHORT : LONG;
      const result = await shaken(acts, seconds, reset);
      assert.equal(result.exit, 1);
      assert.equal(result.failure?.stage, "tls");
      const [condition, cause] = told;
      const [first, second = "", ...rest] = result.lines;
      assert.equal(first, `F: Association Request Failed: ${condition}`);
      assert.match(second, /^F: 000b:0f[0-9a-f]{2} /);
      assert.equal(second.slice(13, 13 + cause.length), cause);
      // At most one line more: what an openssl program could do.
      assert.ok(
        rest.every((line) => line.includes("need the openssl program")),
      );
      assert.ok(rest.length <= 1);
      if (heard !== null) assert.equal(result.heard, heard);
      assertHarmless(result.log);
      assert.ok(result.taken <= MOST, `${result.taken} bytes taken`);
    });
  }
}
