/** What the user sees, and the beginnings of scripts that many cases share. */

import { RELEASE_RP } from "../support/golden.ts";
import {
  type AcceptOptions,
  associateAccept,
  echoResponse,
} from "../support/pdus.ts";
import {
  receive,
  receiveMessage,
  type Script,
  send,
  waitForEnd,
} from "../support/scripted-peer.ts";
import type { HostileCase } from "./probe.ts";

export const PEER_ABORTED =
  "0006:0317 Peer aborted Association (or never connected)";
export const READ_TIMEOUT = "0006:031a DUL network read timeout";
export const NETWORK_CLOSED = "0006:0310 DUL network closed";
export const ILLEGAL_PDU = "0006:0307 DUL Illegal or ill-formed PDU";
export const RECEIVE_FAILED = "0006:020d DIMSE Failed to receive message";
export const READ_FAILED = "0006:020c DIMSE Read PDV failed";
export const BAD_CONTEXT = "0006:0101 ASC Bad presentation context ID";

type Told = Pick<HostileCase, "lines" | "exit">;

function level(
  letter: string,
  text: string,
  causes: readonly string[],
): string[] {
  return [`${letter}: ${text}`, ...causes.map((line) => `${letter}: ${line}`)];
}

/** The association request failed: the condition, and what caused it. */
export function notAssociated(first: string, ...causes: string[]): Told {
  const text = `Association Request Failed: ${first}`;
  return { lines: level("F", text, causes), exit: 1 };
}

/** The echo failed; the reference says so twice. */
export function notEchoed(first: string, ...causes: string[]): Told {
  return {
    lines: [
      ...level("E", `Echo Failed: ${first}`, causes),
      ...level("E", `Echo SCU Failed: ${first}`, causes),
    ],
    exit: 70,
  };
}

/** The same of a peer that is gone. */
export const GONE_IN_ECHO: Told = {
  lines: [`E: Echo Failed: ${PEER_ABORTED}`],
  exit: 70,
};

/** Something was wrong within a PDU while a response was awaited. */
export function badPdu(...causes: string[]): Told {
  return notEchoed(RECEIVE_FAILED, READ_FAILED, ...causes);
}

export function notReleased(first: string, ...causes: string[]): Told {
  const text = `Association Release Failed: ${first}`;
  return { lines: level("F", text, causes), exit: 1 };
}

export const VERIFIED: Told = { lines: [], exit: 0 };

/** Answers the association request as `options` say. */
export function accepting(options: AcceptOptions = {}): Script {
  return [receive, send(associateAccept(options))];
}

/** An association stands, and the request is read. */
export const ASKED: Script = [...accepting(), receiveMessage];

/** One exchange is done. */
export const ANSWERED: Script = [...ASKED, send(echoResponse())];

/** One exchange is done, and the release request is read. */
export const RELEASING: Script = [...ANSWERED, receive];

/** Answers the release request. */
export const RELEASED: Script = [receive, send(RELEASE_RP), waitForEnd];

/** All that a good peer does, but for the acceptance. */
export const THE_REST: Script = [
  receiveMessage,
  send(echoResponse()),
  ...RELEASED,
];

/** What we send to a good peer. */
export const ALL_SENT = "RQ DATA RELEASE-RQ";
