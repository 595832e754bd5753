/**
 * Results as Prometheus metrics. Names and meanings are those of the blackbox
 * exporter where it has one; the others begin with `dicom_`. Pure.
 */

import { NAME, VERSION } from "../base/product.ts";
import { printable } from "../base/text.ts";
import { summarise } from "../latency/statistics.ts";
import type { PeerResult } from "../result/types.ts";
import {
  exposition,
  type Family,
  type Labels,
  type Sample,
} from "./exposition.ts";
import {
  displayName,
  endpoint,
  firstToExpire,
  ipVersion,
  ownCertificate,
  stageDuration,
  STAGES,
  unique,
} from "./facts.ts";
import type { LeftOut } from "./options.ts";

/** For the textfile collector, or to be served; there are no timestamps. */
export function prometheusText(
  results: readonly PeerResult[],
  leftOut?: readonly LeftOut[],
): string {
  return exposition(families(results, leftOut));
}

interface Peer {
  readonly result: PeerResult;
  /** Of every sample; no two peers have the same. */
  readonly labels: Labels;
}

function labelled(results: readonly PeerResult[]): readonly Peer[] {
  const names = new Set<string>();
  return results.map((result) => {
    const { target } = result;
    return {
      result,
      labels: {
        name: unique(displayName(target), names),
        target: endpoint(target),
        calling_aet: target.callingAeTitle,
        called_aet: target.calledAeTitle,
      },
    };
  });
}

/** For whoever serves more than these. */
export function families(
  results: readonly PeerResult[],
  leftOut?: readonly LeftOut[],
): readonly Family[] {
  const peers = labelled(results);
  /** A sample for each peer that has the value. */
  const gauge = (
    name: string,
    help: string,
    value: (result: PeerResult) => number | undefined,
  ): Family => ({
    name,
    type: "gauge",
    help,
    samples: peers.flatMap(({ result, labels }) => {
      const found = value(result);
      return found === undefined ? [] : [{ labels, value: found }];
    }),
  });
  /** The same for what is told by labels; the value is 1. */
  const info = (
    name: string,
    help: string,
    facts: (result: PeerResult) => Labels | undefined,
  ): Family => ({
    name,
    type: "gauge",
    help,
    samples: peers.flatMap(({ result, labels }) => {
      const found = facts(result);
      return found === undefined
        ? []
        : [{ labels: { ...labels, ...found }, value: 1 }];
    }),
  });
  return [
    gauge(
      "probe_success",
      "Whether the peer was verified (1) or not (0).",
      ({ diagnosis }) => diagnosis === undefined ? 1 : 0,
    ),
    {
      name: "probe_duration_seconds",
      type: "gauge",
      help: "How long each phase of the last attempt took.",
      samples: peers.flatMap(phases),
    },
    gauge(
      "dicom_probe_total_seconds",
      "How long the last attempt took from look-up to release.",
      ({ duration }) => inSeconds(duration),
    ),
    gauge(
      "probe_dns_lookup_time_seconds",
      "How long the look-up of the peer's name took.",
      (result) => optionalSeconds(stageDuration(result, "lookup")),
    ),
    gauge(
      "probe_ip_protocol",
      "Version of IP that was used: 4 or 6.",
      ({ addresses }) => ipVersion(addresses),
    ),
    info(
      "dicom_probe_failure_info",
      "Where and why the peer was not verified.",
      ({ diagnosis }) =>
        diagnosis && { stage: diagnosis.stage, cause: diagnosis.code },
    ),
    gauge(
      "dicom_probe_attempts",
      "Attempts that were made, the first included.",
      ({ attempts }) => attempts,
    ),
    gauge(
      "dicom_probe_start_timestamp_seconds",
      "When the check began, in Unix time.",
      ({ started }) => started.getTime() / 1000,
    ),
    ...tlsFamilies(gauge, info),
    ...echoFamilies(gauge, peers),
    gauge(
      "dicom_peer_maximum_length_bytes",
      "Longest PDU that the peer takes; 0: it names no limit.",
      ({ outcome }) => outcome.negotiated?.peerMaximumLength,
    ),
    info(
      "dicom_peer_implementation_info",
      "Implementation class UID and version name of the peer.",
      ({ outcome: { negotiated } }) =>
        negotiated && {
          class_uid: printable(negotiated.peerImplementationClassUid),
          version_name: printable(negotiated.peerImplementationVersionName),
        },
    ),
    ...(leftOut === undefined ? [] : [
      {
        name: "dicom_peers_left_out",
        type: "gauge",
        help: "Entries of the peers file that cannot be checked.",
        samples: [{ labels: {}, value: leftOut.length }],
      } as const,
    ]),
    {
      name: `${NAME}_build_info`,
      type: "gauge",
      help: "Version of the program that made these.",
      samples: [{ labels: { version: VERSION }, value: 1 }],
    },
  ];
}

type Gauge = (
  name: string,
  help: string,
  value: (result: PeerResult) => number | undefined,
) => Family;

type Info = (
  name: string,
  help: string,
  facts: (result: PeerResult) => Labels | undefined,
) => Family;

function tlsFamilies(gauge: Gauge, info: Info): readonly Family[] {
  return [
    gauge(
      "probe_ssl_earliest_cert_expiry",
      "When the first certificate of the chain expires, in Unix time.",
      (result) => {
        const certificate = firstToExpire(result);
        return certificate && certificate.notAfter.getTime() / 1000;
      },
    ),
    info(
      "probe_ssl_last_chain_info",
      "The peer's certificate.",
      (result) => {
        const certificate = ownCertificate(result);
        return certificate && {
          fingerprint_sha256: certificate.fingerprint.replaceAll(":", "")
            .toLowerCase(),
          subject: certificate.subject.text,
          issuer: certificate.issuer.text,
        };
      },
    ),
    info(
      "probe_tls_version_info",
      "Version of TLS that was agreed on.",
      ({ session }) => session && { version: tlsVersion(session.version) },
    ),
    info(
      "probe_tls_cipher_info",
      "Cipher suite that was agreed on.",
      ({ session }) => session && { cipher: session.suite },
    ),
  ];
}

function echoFamilies(
  gauge: Gauge,
  peers: readonly Peer[],
): readonly Family[] {
  return [
    gauge(
      "dicom_echo_requests",
      "C-ECHO requests that were sent.",
      ({ outcome }) => outcome.echoes.sent,
    ),
    gauge(
      "dicom_echo_successes",
      "C-ECHO requests that were answered with success.",
      ({ outcome }) => outcome.echoes.succeeded,
    ),
    {
      name: "dicom_echo_latency_seconds",
      type: "summary",
      help: "Round trips of C-ECHO; quantile 0 is the shortest, 1 the longest.",
      samples: peers.flatMap(latencies),
    },
  ];
}

function phases({ result, labels }: Peer): readonly Sample[] {
  return STAGES.flatMap((phase) => {
    const value = optionalSeconds(stageDuration(result, phase));
    return value === undefined ? [] : [{ labels: { ...labels, phase }, value }];
  });
}

const QUANTILES = [0, 0.5, 0.95, 0.99, 1] as const;

function latencies({ result, labels }: Peer): readonly Sample[] {
  const summary = summarise(result.latencies);
  if (summary === undefined) return [];
  return [
    ...QUANTILES.map((share) => ({
      labels: { ...labels, quantile: String(share) },
      value: inSeconds(summary.quantile(share)),
    })),
    { labels, value: inSeconds(summary.sum), suffix: "_sum" },
    { labels, value: summary.count, suffix: "_count" },
  ];
}

/** Milliseconds in seconds, to the nanosecond. */
function inSeconds(milliseconds: number): number {
  return Math.round(milliseconds * 1e6) / 1e9;
}

function optionalSeconds(milliseconds: number | undefined): number | undefined {
  return milliseconds === undefined ? undefined : inSeconds(milliseconds);
}

/** In the words of the blackbox exporter: "TLS 1.3". */
function tlsVersion(version: string): string {
  return version === "TLSv1" ? "TLS 1.0" : version.replace("TLSv", "TLS ");
}
