/**
 * Results as Prometheus metrics. Names and meanings are those of the blackbox
 * exporter where it has one; the others begin with `dicom_`. Pure.
 */

import { NAME, VERSION } from "../base/product.ts";
import type { PeerResult } from "../result/types.ts";
import {
  expositionParts,
  type Family,
  type Labels,
  type Sample,
} from "./exposition.ts";
import { unique } from "./facts.ts";
import type { LeftOut, Report, ReportOptions } from "./options.ts";
import { type ProbeFacts, probeFacts, QUANTILES } from "./probe-facts.ts";

/** For the textfile collector, or to be served; there are no timestamps. */
export function prometheusReport({ leftOut }: ReportOptions): Report {
  const facts: ProbeFacts[] = [];
  return {
    begin: "",
    take: (result) => {
      const one = probeFacts(result);
      return () => {
        facts.push(one);
        return "";
      };
    },
    end: () => ({ rest: prometheusParts(facts, leftOut) }),
  };
}

/** The same for results that are all there. */
export function prometheusText(
  results: readonly PeerResult[],
  leftOut?: readonly LeftOut[],
): string {
  return [...prometheusParts(results.map(probeFacts), leftOut)].join("");
}

/** Piece by piece: of many peers it is much. */
export function prometheusParts(
  facts: readonly ProbeFacts[],
  leftOut?: readonly LeftOut[],
): Iterable<string> {
  return expositionParts(families(facts, leftOut));
}

interface Peer {
  readonly facts: ProbeFacts;
  /** Of every sample; no two peers have the same. */
  readonly labels: Labels;
}

function labelled(facts: readonly ProbeFacts[]): readonly Peer[] {
  const names = new Set<string>();
  return facts.map((one) => ({
    facts: one,
    labels: {
      name: unique(one.name, names),
      target: one.target,
      calling_aet: one.callingAeTitle,
      called_aet: one.calledAeTitle,
    },
  }));
}

/** A sample for each peer that has the value. */
function gauge(
  name: string,
  help: string,
  peers: readonly Peer[],
  value: (facts: ProbeFacts) => number | undefined,
): Family {
  return {
    name,
    type: "gauge",
    help,
    samples: peers.values().flatMap(({ facts, labels }) => {
      const found = value(facts);
      return found === undefined ? [] : [{ labels, value: found }];
    }),
  };
}

/** The same for what is told by labels; the value is 1. */
function info(
  name: string,
  help: string,
  peers: readonly Peer[],
  told: (facts: ProbeFacts) => Labels | undefined,
): Family {
  return {
    name,
    type: "gauge",
    help,
    samples: peers.values().flatMap(({ facts, labels }) => {
      const found = told(facts);
      return found === undefined
        ? []
        : [{ labels: { ...labels, ...found }, value: 1 }];
    }),
  };
}

/** Samples are made as they are asked for, and once. */
export function* families(
  facts: readonly ProbeFacts[],
  leftOut?: readonly LeftOut[],
): Generator<Family> {
  const peers = labelled(facts);
  yield* probeFamilies(peers);
  yield* tlsFamilies(peers);
  yield* echoFamilies(peers);
  yield gauge(
    "dicom_peer_maximum_length_bytes",
    "Longest PDU that the peer takes; 0: it names no limit.",
    peers,
    ({ maximumLength }) => maximumLength,
  );
  yield info(
    "dicom_peer_implementation_info",
    "Implementation class UID and version name of the peer.",
    peers,
    ({ implementation }) => implementation,
  );
  if (leftOut !== undefined) {
    yield {
      name: "dicom_peers_left_out",
      type: "gauge",
      help: "Entries of the peers file that cannot be checked.",
      samples: [{ labels: {}, value: leftOut.length }],
    };
  }
  yield {
    name: `${NAME}_build_info`,
    type: "gauge",
    help: "Version of the program that made these.",
    samples: [{ labels: { version: VERSION }, value: 1 }],
  };
}

function* probeFamilies(peers: readonly Peer[]): Generator<Family> {
  yield gauge(
    "probe_success",
    "Whether the peer was verified (1) or not (0).",
    peers,
    ({ failure }) => failure === undefined ? 1 : 0,
  );
  yield {
    name: "probe_duration_seconds",
    type: "gauge",
    help: "How long each phase of the last attempt took.",
    samples: peers.values().flatMap(({ facts, labels }) =>
      facts.phases.map(([phase, value]) => ({
        labels: { ...labels, phase },
        value,
      }))
    ),
  };
  yield gauge(
    "dicom_probe_total_seconds",
    "How long the last attempt took from look-up to release.",
    peers,
    ({ total }) => total,
  );
  yield gauge(
    "probe_dns_lookup_time_seconds",
    "How long the look-up of the peer's name took.",
    peers,
    ({ phases }) => phases.find(([stage]) => stage === "lookup")?.[1],
  );
  yield gauge(
    "probe_ip_protocol",
    "Version of IP that was used: 4 or 6.",
    peers,
    ({ ipVersion }) => ipVersion,
  );
  yield info(
    "dicom_probe_failure_info",
    "Where and why the peer was not verified.",
    peers,
    ({ failure }) => failure,
  );
  yield gauge(
    "dicom_probe_attempts",
    "Attempts that were made, the first included.",
    peers,
    ({ attempts }) => attempts,
  );
  yield gauge(
    "dicom_probe_start_timestamp_seconds",
    "When the check began, in Unix time.",
    peers,
    ({ started }) => started,
  );
}

function* tlsFamilies(peers: readonly Peer[]): Generator<Family> {
  yield gauge(
    "probe_ssl_earliest_cert_expiry",
    "When the first certificate of the chain expires, in Unix time.",
    peers,
    ({ expires }) => expires,
  );
  yield info(
    "probe_ssl_last_chain_info",
    "The peer's certificate.",
    peers,
    ({ certificate }) => certificate,
  );
  yield info(
    "probe_tls_version_info",
    "Version of TLS that was agreed on.",
    peers,
    ({ tlsVersion }) => tlsVersion,
  );
  yield info(
    "probe_tls_cipher_info",
    "Cipher suite that was agreed on.",
    peers,
    ({ tlsSuite }) => tlsSuite,
  );
}

function* echoFamilies(peers: readonly Peer[]): Generator<Family> {
  yield gauge(
    "dicom_echo_requests",
    "C-ECHO requests that were sent.",
    peers,
    ({ echoesSent }) => echoesSent,
  );
  yield gauge(
    "dicom_echo_successes",
    "C-ECHO requests that were answered with success.",
    peers,
    ({ echoesSucceeded }) => echoesSucceeded,
  );
  yield {
    name: "dicom_echo_latency_seconds",
    type: "summary",
    help: "Round trips of C-ECHO; quantile 0 is the shortest, 1 the longest.",
    samples: peers.values().flatMap(latencies),
  };
}

function latencies(
  { facts: { latency }, labels }: Peer,
): readonly Sample[] {
  if (latency === undefined) return [];
  const { quantiles, sum, count } = latency;
  return [
    ...quantiles.map((value, at) => ({
      labels: { ...labels, quantile: String(QUANTILES[at]) },
      value,
    })),
    { labels, value: sum, suffix: "_sum" },
    { labels, value: count, suffix: "_count" },
  ];
}
