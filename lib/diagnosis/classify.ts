/** From how a verification failed to the code for it. Pure. */

import type { PeerFault } from "../association/fault.ts";
import type { Violation } from "../association/service.ts";
import type { Condition } from "../base/condition.ts";
import { hex } from "../base/text.ts";
import type { TransportFault } from "../net/transport.ts";
import { contextResultText, describeAbort } from "../pdu/reasons.ts";
import type { DiagnosisHints } from "../result/run.ts";
import type { CauseCode, PersonStage } from "../result/types.ts";
import type { Failure } from "../verify/outcome.ts";
import { classifyRejection } from "./classify-rejection.ts";
import { classifyTls, isTlsCondition } from "./classify-tls.ts";
import type { Finding, Found, Undiagnosed } from "./finding.ts";
import { isPassingStatus, statusName } from "./status-name.ts";

/** @param failure that of the result. */
export function classify(
  result: Undiagnosed,
  failure: Failure,
  hints: Pick<DiagnosisHints, "deadline">,
): Finding {
  const stage = personStage(result, failure);
  return { stage, ...findingOf(result, failure, stage, hints) };
}

/** The look-up is the part of connecting that a person sees for itself. */
function personStage(
  { stages }: Undiagnosed,
  { stage, cause }: Failure,
): PersonStage {
  if (stage === "abort") return "release";
  if (stage !== "connect") return stage;
  const notLookedUp = stages.some((one) => one.stage === "lookup" && !one.ok);
  return notLookedUp || cause.kind === "transport" &&
      (cause.fault === "unknown-host" || cause.fault === "illegal-peer")
    ? "lookup"
    : "connect";
}

const MEANWHILE: Readonly<Record<PersonStage, string>> = {
  lookup: "the name was being looked up",
  connect: "the connection was being opened",
  tls: "the TLS handshake was under way",
  association: "the answer to the association request was awaited",
  echo: "the C-ECHO response was awaited",
  release: "the association was being released",
};

function findingOf(
  result: Undiagnosed,
  { cause, condition }: Failure,
  stage: PersonStage,
  { deadline }: Pick<DiagnosisHints, "deadline">,
): Found {
  switch (cause.kind) {
    case "interrupted":
      return {
        code: deadline === undefined ? "interrupted" : "deadline",
        seen: MEANWHILE[stage],
      };
    case "transport":
      return transport(result, cause.fault, condition, stage);
    case "not-set-up":
      return { code: "tls-not-set-up", seen: setUpFault(condition) };
    case "illegal-title":
      return {
        code: "illegal-title",
        seen: result.target.calledAeTitle === "" ? "called" : "calling",
      };
    case "rejected":
      return classifyRejection(cause.pdu);
    case "no-accepted-context":
      return { code: "no-context", seen: contextResults(result) };
    case "no-dictionary":
      return { code: "no-dictionary", seen: "" };
    case "status":
      return {
        code: "echo-status",
        seen: statusName(cause.status),
        status: cause.status,
        transient: isPassingStatus(cause.status),
      };
    case "bad-message":
    case "no-room":
      return { code: "protocol-error", seen: innermost(condition) };
    default:
      return peerFault(result, cause, condition, stage);
  }
}

const TRANSPORT_CODES: Readonly<Record<TransportFault, CauseCode>> = {
  "illegal-peer": "illegal-peer",
  "unknown-host": "lookup-failed",
  refused: "refused",
  unreachable: "unreachable",
  timeout: "connect-timeout",
  interrupted: "interrupted",
  reset: "connect-failed",
  tls: "tls-protocol",
  exhausted: "connect-failed",
  other: "connect-failed",
};

function transport(
  result: Undiagnosed,
  fault: TransportFault,
  condition: Condition | undefined,
  stage: PersonStage,
): Found {
  if (isTlsCondition(condition)) return classifyTls(result, condition);
  if (stage === "lookup" && fault === "timeout") {
    return {
      code: "lookup-failed",
      seen: "its look-up took too long",
      transient: true,
    };
  }
  // The reference's words for this one are those of the next cause.
  const seen = fault === "unknown-host"
    ? ""
    : innermost(condition).replace(/^TCP Initialization Error: /, "");
  return { code: TRANSPORT_CODES[fault], seen };
}

function peerFault(
  result: Undiagnosed,
  fault: PeerFault,
  condition: Condition | undefined,
  stage: PersonStage,
): Found {
  // The verdict of a TLS 1.3 server on us comes after its handshake.
  if (fault.kind === "closed" && isTlsCondition(fault.cause)) {
    return classifyTls(result, fault.cause);
  }
  if (stage === "release") {
    return { code: "release-failed", seen: inRelease(fault, condition) };
  }
  const early = stage === "association";
  switch (fault.kind) {
    case "timeout":
      return {
        code: early ? "association-timeout" : "echo-timeout",
        seen: fault.midPdu
          ? "did not send all of its answer"
          : early
          ? "did not answer the association request"
          : "did not answer C-ECHO",
      };
    case "closed":
      return {
        code: early ? "association-closed" : "echo-closed",
        seen: closed(fault.midPdu, early),
      };
    case "abort":
      return {
        code: early ? "association-aborted" : "echo-aborted",
        seen: aborter(fault),
      };
    case "release-request":
      return { code: "echo-closed", seen: "released the association" };
    case "violation":
      return violation(fault.violation, condition, early);
    default:
      return { code: "protocol-error", seen: innermost(condition) };
  }
}

function closed(midPdu: boolean, early: boolean): string {
  if (midPdu) return "closed the connection in the middle of its answer";
  return early
    ? "closed the connection, without a word, on the association request"
    : "closed the connection";
}

function aborter(fault: Extract<PeerFault, { kind: "abort" }>): string {
  const { source, reason } = describeAbort(fault);
  return reason === undefined ? source : `${source}, ${reason}`;
}

function inRelease(
  fault: PeerFault,
  condition: Condition | undefined,
): string {
  switch (fault.kind) {
    case "timeout":
      return "no answer to the request";
    case "closed":
      return "it closed the connection";
    case "abort":
      return `it aborted (${aborter(fault)})`;
    case "p-data":
      return "it sent data instead";
    default:
      return innermost(condition);
  }
}

function violation(
  found: Violation,
  condition: Condition | undefined,
  early: boolean,
): Found {
  switch (found.kind) {
    case "unrecognized-pdu": {
      const { type, protocol } = found;
      if (!early) break;
      if (protocol === "TLS") return { code: "plain-on-tls-port", seen: "" };
      return {
        code: "not-dicom",
        seen: protocol === undefined
          ? `its answer begins with the byte ${hex(type, 2).toUpperCase()}H`
          : `it speaks ${protocol}`,
        protocol,
      };
    }
    case "unexpected-pdu":
      return {
        code: "protocol-error",
        seen: found.name === "A-ASSOCIATE-RQ"
          ? "it sends A-ASSOCIATE-RQ, as a service does that echoes all it gets"
          : `unexpected ${found.name}`,
      };
    case "too-long":
      return {
        code: "protocol-error",
        seen: `${found.name} of ${found.length} bytes, where ${found.limit} ` +
          "are allowed",
      };
    case "invalid-pdu":
      return {
        code: "protocol-error",
        seen: `${found.name}, field ${found.field}: ${innermost(condition)}`,
      };
    case "wrong-acceptance":
      break;
  }
  return { code: "protocol-error", seen: innermost(condition) };
}

/** What could not be used, and why: "certificate …: there is no such file". */
function setUpFault(condition: Condition | undefined): string {
  if (condition?.cause === undefined) return innermost(condition);
  return `${condition.text}: ${innermost(condition)}`;
}

/** Each answer once: there may be 128 of them. */
function contextResults({ outcome }: Undiagnosed): string {
  const contexts = outcome.negotiated?.contexts ?? [];
  const results = contexts.map(({ result }) =>
    result === undefined ? "No Answer" : contextResultText(result)
  );
  return [...new Set(results)].join(", ");
}

/** The most telling line of a chain of conditions, which is the last. */
function innermost(condition: Condition | undefined): string {
  if (condition === undefined) return "no more is known";
  return condition.cause === undefined
    ? condition.text
    : innermost(condition.cause);
}
