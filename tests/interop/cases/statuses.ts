/** Echo responses with a status other than Success. */

import { waitForEnd } from "../../support/scripted-peer.ts";
import { type Case, withPeer } from "../case.ts";
import { showing } from "../deviation.ts";
import { STATUS_NOT_SUCCESS } from "../deviations.ts";
import { accept, echo, RELEASE } from "./scripts.ts";

const notSuccess = { deviation: STATUS_NOT_SUCCESS };
const quietly = {
  deviation: showing(STATUS_NOT_SUCCESS, { exitCode: 70, onlyOurs: [] }),
};
/** Statuses of PS3.7 Annex C and others, and how they are named. */
const STATUSES = [
  0x0105,
  0x0107,
  0x0110,
  0x0111,
  0x0112,
  0x0116,
  0x0117,
  0x0118,
  0x0119,
  0x0120,
  0x0122,
  0x0124,
  0x0210,
  0x0211,
  0x0212,
  0x0213,
  0x0001,
  0xa700,
  0xb000,
  0xc000,
  0xfe00,
  0xff00,
  0xff01,
  0xffff,
];

export const STATUS: readonly Case[] = [
  ...STATUSES.map((status) =>
    withPeer(`status ${status.toString(16).padStart(4, "0")}`, ["-v"], [
      ...accept(),
      ...echo({ status }),
      ...RELEASE,
    ], notSuccess)
  ),
  withPeer("status 0122 at the default level", [], [
    ...accept(),
    ...echo({ status: 0x0122 }),
    ...RELEASE,
  ], notSuccess),
  withPeer("status 0122 -q", ["-q"], [
    ...accept(),
    ...echo({ status: 0x0122 }),
    ...RELEASE,
  ], quietly),
  withPeer("status 0122 -ll trace", ["-ll", "trace"], [
    ...accept(),
    ...echo({ status: 0x0122 }),
    ...RELEASE,
  ], notSuccess),
  withPeer("status 0122 --abort", ["-v", "--abort"], [
    ...accept(),
    ...echo({ status: 0x0122 }),
    waitForEnd,
  ], notSuccess),
  withPeer("status 0122 to the second of three", ["-v", "--repeat", "3"], [
    ...accept(),
    ...echo(),
    ...echo({ messageId: 2, status: 0x0122 }),
    ...echo({ messageId: 3 }),
    ...RELEASE,
  ], notSuccess),
];
