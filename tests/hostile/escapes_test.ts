/** Text from the peer, in every field that has any, at every level. */

import assert from "node:assert/strict";
import { RELEASE_RP } from "../support/golden.ts";
import {
  type AcceptOptions,
  associateAccept,
  big,
  echoResponse,
  type EchoResponseOptions,
  element,
  item,
  text,
} from "../support/pdus.ts";
import {
  receive,
  receiveMessage,
  send,
  waitForEnd,
} from "../support/scripted-peer.ts";
import { assertHarmless, type Probe, probe } from "./probe.ts";

/** One character a byte; what is beyond ASCII comes as UTF-8 or as it is. */
const HARMFUL: Readonly<Record<string, string>> = {
  "an escape sequence": "\x1b[2J\x1b]0;owned\x07",
  "line ends": "a\r\nF: forged\n",
  "C0 controls": "\x01\x02\x03\x04\x05\x06\x07\b\t\v\f\x0e\x0f",
  "more C0 controls": "\x10\x11\x12\x13\x1a\x1c\x1d\x1e\x1f",
  "DEL": "rubbed\x7fout",
  "C1 controls as bytes": "\x80\x85\x90\x9b1m\x9d",
  "C1 controls in UTF-8": "\xc2\x9b1m\xc2\x85",
  "bidirectional overrides": "\xe2\x80\xae\xe2\x80\xa6\xe2\x81\xa7",
  "line separators": "\xe2\x80\xa8\xe2\x80\xa9F: forged",
  "zero width and tags": "\xe2\x80\x8b\xef\xbb\xbf\xf3\xa0\x80\x81",
  "half a character": "\xc3\x1b",
  "a NUL and more": "\0\x1b[2J",
};

interface Fields {
  readonly accept?: AcceptOptions;
  readonly response?: EchoResponseOptions;
}

/** Every field of text that a peer sends, made of `value`. */
const FIELDS: Readonly<Record<string, (value: string) => Fields>> = {
  "called AE title": (value) => ({
    accept: { calledAeTitle: value.slice(0, 16).padEnd(16) },
  }),
  "calling AE title": (value) => ({
    accept: { callingAeTitle: value.slice(0, 16).padEnd(16) },
  }),
  "application context name": (value) => ({
    accept: { applicationContext: value },
  }),
  "accepted transfer syntax": (value) => ({
    accept: { contexts: [{ id: 1, transferSyntax: value }] },
  }),
  "transfer syntax of a rejected context": (value) => ({
    accept: { contexts: [{ id: 1, result: 3, transferSyntax: value }] },
  }),
  "implementation class UID": (value) => ({
    accept: { implementationClassUid: value },
  }),
  "implementation version name": (value) => ({
    accept: { implementationVersionName: value },
  }),
  "UID of role selection": (value) => ({
    accept: {
      userItems: [item(0x54, big(value.length, 2), text(value), "0101")],
    },
  }),
  "UID of extended negotiation": (value) => ({
    accept: {
      userItems: [item(0x56, big(value.length, 2), text(value), "01")],
    },
  }),
  "UID of common extended negotiation": (value) => ({
    accept: {
      userItems: [
        item(0x57, big(value.length, 2), text(value), "0000", "0000"),
      ],
    },
  }),
  "response to user identity": (value) => ({
    accept: { userItems: [item(0x59, big(value.length, 2), text(value))] },
  }),
  "unknown item": (value) => ({
    accept: {
      extraItems: [item(0x1b, text(value))],
      userItems: [item(0x9b, text(value))],
    },
  }),
  "affected SOP class UID": (value) => ({
    response: { sopClass: even(value) },
  }),
  // Error comment, offending element, error ID, and one that nobody knows.
  "status detail": (value) => ({
    response: {
      status: 0x0110,
      more: [0x0901, 0x0902, 0x0903, 0x1000, 0x5123].map((number) =>
        element(number, text(even(value)))
      ),
    },
  }),
};

function even(value: string): string {
  return value.length % 2 === 0 ? value : `${value} `;
}

async function send1({ accept, response }: Fields): Promise<Probe> {
  return await probe([
    receive,
    send(associateAccept(accept)),
    receiveMessage,
    send(echoResponse(response)),
    receive,
    send(RELEASE_RP),
    waitForEnd,
  ]);
}

for (const [field, fields] of Object.entries(FIELDS)) {
  Deno.test(`no harm comes of what the ${field} may be`, async () => {
    for (const [what, value] of Object.entries(HARMFUL)) {
      const { log } = await send1(fields(value));
      try {
        assertHarmless(log);
        assert.doesNotMatch(log, /^F: forged/m);
      } catch (error) {
        throw new Error(`${what} in ${field}`, { cause: error });
      }
    }
  });
}

/** What the escapes are, where text is shown; the rest is never shown. */
const SHOWN: Readonly<Record<string, RegExp>> = {
  "application context name":
    /^F: .*application context name "\\x1b\[2J\\x1b\]0;owned\\x07"$/m,
  "accepted transfer syntax":
    /^F: .*Unsupported transfer syntax: \\x1b\[2J\\x1b\]0;owned\\x07$/m,
  "implementation class UID":
    /^D: Their Implementation Class UID: +\\x1b\[2J\\x1b\]0;owned\\x07$/m,
  "implementation version name":
    /^D: Their Implementation Version Name: \\x1b\[2J\\x1b\]0;owne/m,
  "calling AE title": /^D: Calling Application Name: +\\x1b\[2J/m,
  "called AE title": /^D: Responding Application Name: +ANY-SCP$/m,
  "UID of extended negotiation": /^D: {3}\\x1b\[2J\\x1b\]0;owned\\x07 \(/m,
  "affected SOP class UID": /^E: .*UID: \\x1b\[2J\\x1b\]0;owned\\x07$/m,
  "status detail": /^D: \(0000,0902\) LO \[\\x1b\[2J\\x1b\]0;owned\\x07\]/m,
};

for (const [field, pattern] of Object.entries(SHOWN)) {
  Deno.test(`the ${field} is shown, escaped`, async () => {
    const fields = FIELDS[field]?.("\x1b[2J\x1b]0;owned\x07");
    assert.ok(fields);
    const { log } = await send1(fields);
    assert.match(log, pattern);
  });
}
