/** Ports on which something else than DICOM answers. */

import { bytes } from "../support/golden.ts";
import { text } from "../support/pdus.ts";
import {
  receive,
  type Script,
  send,
  waitForEnd,
} from "../support/scripted-peer.ts";
import { ASKED, badPdu, notAssociated } from "./expected.ts";
import { type HostileCase, testCases } from "./probe.ts";

/** What a peer of another protocol sends, and how we call it. */
const OTHERS: Readonly<Record<string, readonly [string, Uint8Array, string]>> =
  {
    "HTTP, a complaint": [
      "48",
      text("HTTP/1.1 400 Bad Request\r\nServer: nginx\r\n\r\n"),
      "the peer speaks HTTP, not DICOM: ask for its DICOM port",
    ],
    "HTTP, an old one": [
      "48",
      text("HTTP/1.0 501 Not Implemented\r\n\r\n"),
      "the peer speaks HTTP, not DICOM: ask for its DICOM port",
    ],
    "SSH, its banner": [
      "53",
      text("SSH-2.0-OpenSSH_9.2p1 Debian-2+deb12u3\r\n"),
      "the peer speaks SSH, not DICOM: ask for its DICOM port",
    ],
    "TLS, an alert": [
      "15",
      bytes("15 0301 0002 0246"),
      "the peer speaks TLS on this port: use +tls or +tla",
    ],
    "TLS, an alert of version 1.2": [
      "15",
      bytes("15 0303 0002 0232"),
      "the peer speaks TLS on this port: use +tls or +tla",
    ],
    "HL7, a message in its MLLP block": [
      " b",
      text("\x0bMSH|^~\\&|LAB|HOSPITAL|||20260101||ACK|1|P|2.3\r\x1c\r"),
      "the peer speaks HL7, not DICOM: ask for its DICOM port",
    ],
    "FTP, its greeting": [
      "32",
      text("220 (vsFTPd 3.0.3)\r\n"),
      "the peer speaks FTP or SMTP, not DICOM: ask for its DICOM port",
    ],
    "SMTP, its greeting": [
      "32",
      text("220 mail.example.org ESMTP Postfix\r\n"),
      "the peer speaks FTP or SMTP, not DICOM: ask for its DICOM port",
    ],
  };

function answering(
  state: string,
  script: Script,
  sent: string,
  told: (...conditions: [string, ...string[]]) => Pick<
    HostileCase,
    "lines" | "exit"
  >,
): void {
  testCases(
    Object.entries(OTHERS).map(([what, [type, banner, cause]]) => ({
      rule: `${what}, is named, and aborted in ${state} as an unrecognized ` +
        "PDU (PS3.8 9.3.8)",
      script: [...script, send(banner), waitForEnd],
      sent: `${sent} ABORT(2,1)`,
      ...told(
        `0006:0321 Unrecognized PDU type: ${type}`,
        `0006:0321 ${cause}`,
      ),
    })),
  );
}

answering("Sta5", [receive], "RQ", notAssociated);
answering("Sta6", ASKED, "RQ DATA", badPdu);

testCases([
  {
    rule: "what nobody knows is called by its first byte (PS3.8 9.3.8)",
    script: [receive, send(text("\x1b]0;owned\x07\r\n")), waitForEnd],
    sent: "RQ ABORT(2,1)",
    ...notAssociated("0006:0321 Unrecognized PDU type: 1b"),
  },
  {
    rule: "a greeting sent before we have said anything is named as well " +
      "(PS3.8 9.3.8)",
    script: [send(text("SSH-2.0-dropbear\r\n")), waitForEnd],
    sent: "RQ ABORT(2,1)",
    ...notAssociated(
      "0006:0321 Unrecognized PDU type: 53",
      "0006:0321 the peer speaks SSH, not DICOM: ask for its DICOM port",
    ),
  },
]);
