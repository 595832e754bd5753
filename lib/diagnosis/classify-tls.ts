/** What a failure of TLS is, by its condition and what the engine found. Pure. */

import type { Condition } from "../base/condition.ts";
import { hex } from "../base/text.ts";
import type { TlsFailure } from "../tls/failure.ts";
import { chainCondition } from "../x509/problem.ts";
import type { ChainProblem } from "../x509/types.ts";
import type { CauseCode } from "../result/types.ts";
import { PROBLEM_CODES } from "./certificate-causes.ts";
import type { Found, Undiagnosed } from "./finding.ts";

/** Module 000b is that of TLS. */
export function isTlsCondition(
  condition: Condition | undefined,
): condition is Condition {
  return condition?.code.startsWith("000b:") ?? false;
}

/** By the causes of lib/tls/failure-condition.ts, which has thought it over. */
const CODES: Readonly<Record<string, CauseCode>> = {
  "000b:0f02": "tls-client-certificate-required",
  "000b:0f03": "tls-client-certificate-refused",
  "000b:0f04": "tls-nothing-in-common",
  "000b:0f05": "tls-not-allowed",
  "000b:0f06": "tls-unavailable",
  "000b:0f07": "tls-unproven",
  "000b:0f08": "tls-on-plain-port",
  "000b:0f09": "not-tls",
  "000b:0f0a": "tls-closed",
  "000b:0f0b": "tls-protocol",
  "000b:0f0c": "tls-protocol",
  "000b:0f0d": "tls-timeout",
  "000b:0f0e": "tls-unavailable",
};

export function classifyTls(
  { tlsFailure, started, duration }: Undiagnosed,
  condition: Condition,
): Found {
  if (tlsFailure?.kind === "certificate") {
    const time = new Date(started.getTime() + duration);
    return certificate(tlsFailure.problem, time);
  }
  const { cause = condition } = condition;
  const code = CODES[cause.code] ?? "tls-protocol";
  return {
    code,
    seen: seen(code, tlsFailure, cause.text),
    protocol: tlsFailure?.kind === "not-tls" ? tlsFailure.protocol : undefined,
    withoutOpenssl: missesOpenssl(cause),
  };
}

/** It is the last of the causes (lib/tls/secure.ts). */
function missesOpenssl({ code, cause }: Condition): boolean {
  return cause === undefined ? code === "000b:0f06" : missesOpenssl(cause);
}

/** Bytes of an unknown answer that are shown. */
const SHOWN = 8;

function seen(
  code: CauseCode,
  failure: TlsFailure | undefined,
  text: string,
): string {
  switch (code) {
    case "not-tls":
      if (failure?.kind !== "not-tls") return "something else";
      return failure.protocol === "unknown"
        ? `something unknown (${dump(failure.bytes)})`
        : failure.protocol;
    case "tls-not-allowed":
      return failure?.kind === "not-allowed"
        ? `${failure.version} with ${failure.suite}`
        : "a suite";
    case "tls-closed":
      return failure?.kind === "closed" && failure.reset
        ? "reset the connection in the TLS handshake"
        : "closed the connection in the TLS handshake";
    case "tls-client-certificate-refused":
      // What follows is advice.
      return text.replace(/: .*$/s, "");
    default:
      return text;
  }
}

function dump(bytes: Uint8Array): string {
  return [...bytes.subarray(0, SHOWN)].map((byte) => hex(byte, 2)).join(" ");
}

function certificate(problem: ChainProblem, time: Date): Found {
  const code = PROBLEM_CODES[problem.kind];
  return { code, problem, seen: problemText(problem, time) };
}

function problemText(problem: ChainProblem, time: Date): string {
  switch (problem.kind) {
    case "too-weak":
    case "unreadable":
      return problem.detail;
    case "no-certificate":
      return "the peer has shown none";
    default:
      // "…verification error - words: detail", where words are the reference's.
      return chainCondition(problem, time).text
        .replace(/^.*?verification error - /, "")
        .replace(/: .*$/s, "");
  }
}
