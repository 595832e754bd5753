/** Parts of scripts that many cases share. */

import { RELEASE_RP } from "../../support/golden.ts";
import {
  type AcceptOptions,
  associateAccept,
  echoResponse,
  type EchoResponseOptions,
} from "../../support/pdus.ts";
import {
  receive,
  receiveMessage,
  type Script,
  send,
  waitForEnd,
} from "../../support/scripted-peer.ts";

/** Answers the association request. */
export function accept(options: AcceptOptions = {}): Script {
  return [receive, send(associateAccept(options))];
}

/** Answers the first echo request, or the one that `options` says. */
export function echo(options: EchoResponseOptions = {}): Script {
  return [receiveMessage, send(echoResponse(options))];
}

/** Answers the echo requests 1 to `count`. */
export function echoes(count: number): Script {
  return Array.from({ length: count }, (_, i) => echo({ messageId: i + 1 }))
    .flat();
}

/** Answers the release request. */
export const RELEASE: Script = [receive, send(RELEASE_RP), waitForEnd];

/** A whole verification, all right, after an A-ASSOCIATE-AC as given. */
export function verified(options: AcceptOptions = {}): Script {
  return [...accept(options), ...echo(), ...RELEASE];
}

/** Answers the first request with whatever `bytes` are, then waits. */
export function answer(...bytes: readonly Uint8Array[]): Script {
  return [receive, send(...bytes), waitForEnd];
}

/** Accepts, answers the echo request with `bytes`, then waits. */
export function echoAnswer(...bytes: readonly Uint8Array[]): Script {
  return [...accept(), ...answer(...bytes)];
}

/** Accepts, answers the echo, answers the release with `bytes`, waits. */
export function releaseAnswer(...bytes: readonly Uint8Array[]): Script {
  return [...accept(), ...echo(), ...answer(...bytes)];
}
