/** What a failure of TLS is, by its condition and what the engine found. Pure. */

import { causeCode } from "../tls/failure-condition.ts";
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
  [causeCode("clientCertificateWanted")]: "tls-client-certificate-required",
  [causeCode("clientCertificateRefused")]: "tls-client-certificate-refused",
  [causeCode("nothingInCommon")]: "tls-nothing-in-common",
  [causeCode("notAllowed")]: "tls-not-allowed",
  [causeCode("unavailable")]: "tls-unavailable",
  [causeCode("unproven")]: "tls-unproven",
  [causeCode("plainDicom")]: "tls-on-plain-port",
  [causeCode("otherProtocol")]: "not-tls",
  [causeCode("closed")]: "tls-closed",
  [causeCode("alert")]: "tls-protocol",
  [causeCode("fault")]: "tls-protocol",
  [causeCode("timeout")]: "tls-timeout",
  [causeCode("runtime")]: "tls-unavailable",
  [causeCode("lacking")]: "tls-unavailable",
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

/** It is the last of the causes (lib/tls/connect/secure.ts). */
function missesOpenssl({ code, cause }: Condition): boolean {
  return cause === undefined
    ? code === causeCode("unavailable")
    : missesOpenssl(cause);
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
