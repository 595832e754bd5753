/** Runs in which a secret could be told. */

import { PASSWORD } from "./tls-files.ts";
import type { TlsPeer } from "./tls-peers.ts";

export const WRONG = "Not-The-Password-0815";
const OWN = "client-rsa.";
export const LOCKED = ["+tls", `${OWN}encrypted.pem`, `${OWN}pem`];
export const TRUST = ["+cf", "root.pem"];

interface Scenario {
  readonly peer: TlsPeer;
  readonly args: readonly string[];
  readonly stdin?: string;
  readonly exit: number;
}

const DEMANDING: TlsPeer = {
  kind: "storescp",
  identity: "pacs",
  args: ["-rc"],
};

export const SCENARIOS: Readonly<Record<string, Scenario>> = {
  "success, +pw": {
    peer: DEMANDING,
    args: [...LOCKED, "+pw", PASSWORD, ...TRUST],
    exit: 0,
  },
  "success, +ps": {
    peer: DEMANDING,
    args: [...LOCKED, "+ps", ...TRUST],
    stdin: `${PASSWORD}\n`,
    exit: 0,
  },
  "success with openssl": {
    peer: { kind: "storescp", identity: "pacs", args: ["-rc", "+pa"] },
    args: [...LOCKED, "+pw", PASSWORD, ...TRUST, "+pa"],
    exit: 0,
  },
  "success, a key that is not encrypted": {
    peer: DEMANDING,
    args: [
      ...["+tls", `${OWN}traditional.pem`, `${OWN}pem`, "+pw", PASSWORD],
      ...TRUST,
    ],
    exit: 0,
  },
  "a wrong password": {
    peer: DEMANDING,
    args: [...LOCKED, "+pw", WRONG, ...TRUST],
    exit: 1,
  },
  "a wrong password from a pipe": {
    peer: DEMANDING,
    args: [...LOCKED, ...TRUST],
    stdin: `${WRONG}\n`,
    exit: 1,
  },
  "a key in place of a certificate": {
    peer: DEMANDING,
    args: [
      ...["+tls", `${OWN}pkcs8.pem`, `${OWN}pkcs8.pem`, "+pw", PASSWORD],
      ...TRUST,
    ],
    exit: 1,
  },
  "a key in place of a trusted certificate": {
    peer: DEMANDING,
    args: [...LOCKED, "+pw", PASSWORD, "+cf", `${OWN}pkcs8.pem`],
    exit: 1,
  },
  "a key in place of DH parameters and of a list": {
    peer: DEMANDING,
    args: [
      ...[...LOCKED, "+pw", PASSWORD, ...TRUST, "+dp", `${OWN}pkcs8.pem`],
      ...["+crl", `${OWN}pkcs8.pem`],
    ],
    exit: 1,
  },
  "a key that does not fit": {
    peer: DEMANDING,
    args: [
      ...["+tls", `${OWN}encrypted.pem`, "scu.pem", "+pw", PASSWORD],
      ...TRUST,
    ],
    exit: 1,
  },
  "a stranger": {
    peer: { kind: "storescp", identity: "stranger", args: ["-ic"] },
    args: [...LOCKED, "+pw", PASSWORD, ...TRUST],
    exit: 1,
  },
  "ours is not accepted": {
    peer: {
      kind: "s_server",
      identity: "pacs",
      args: [
        ...["-Verify", "3", "-verify_return_error", "-CAfile"],
        "other-root.pem",
      ],
    },
    args: [...LOCKED, "+pw", PASSWORD, ...TRUST],
    exit: 1,
  },
  "ours is not accepted, with openssl": {
    peer: {
      kind: "s_server",
      identity: "pacs",
      args: [
        ...["-Verify", "3", "-verify_return_error", "-CAfile"],
        ...["other-root.pem", "-tls1_1", "-cipher", "ALL:@SECLEVEL=0"],
      ],
    },
    args: [...LOCKED, "+pw", PASSWORD, ...TRUST, "+pa"],
    exit: 1,
  },
  "a usage error after the password": {
    peer: { kind: "nobody" },
    args: [...LOCKED, "+pw", PASSWORD, "--no-such-option"],
    exit: 1,
  },
  "the password where it is not allowed": {
    peer: { kind: "nobody" },
    args: ["+pw", PASSWORD],
    exit: 1,
  },
  "nobody listens": {
    peer: { kind: "nobody" },
    args: [...LOCKED, "+pw", PASSWORD, ...TRUST],
    exit: 1,
  },
};
