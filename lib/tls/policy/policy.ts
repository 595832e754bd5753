/** What may be agreed on with a peer, and which engine can do it. Pure. */

import type { Condition } from "../../base/condition.ts";
import { escapeControls } from "../../base/text.ts";
import type { Certificate } from "../../x509/types.ts";
import type { Offer } from "../engine.ts";
import { type ProfileRules, PROFILES } from "./profiles.ts";
import type { TlsSettings } from "../settings.ts";
import {
  BUILT_IN_VERSIONS,
  type CipherSuite,
  suiteByName,
  suiteByOpensslName,
  SUITES,
  VERSIONS,
} from "./suites.ts";
import { type Strength, strengthOf } from "./weak-certificate.ts";

/** Profile and added suites, looked up and found to go together. */
export interface TlsPolicy {
  readonly offer: Offer;
  /** What is to be said about suites that were added, as the reference does. */
  readonly warnings: readonly string[];
  /** Whether the peer's choice is one that was to be offered. */
  isAllowed(version: string, suite: string): boolean;
  /** @param peer what the peer is. Default: a server. */
  strengthOf(certificate: Certificate, peer?: "server" | "client"): Strength;
}

/** Why there is no policy; nothing may be sent. */
export interface PolicyFault {
  readonly condition: Condition;
  /** What the reference says before it, at level fatal. */
  readonly line: string | undefined;
}

/** Added suites that nobody knows, or that the profile refuses, are faults. */
export function tlsPolicy(
  { profile, cipherSuites }: Pick<TlsSettings, "profile" | "cipherSuites">,
):
  | { readonly policy: TlsPolicy }
  | { readonly fault: PolicyFault } {
  const rules = PROFILES[profile];
  const warnings: string[] = [];
  const added: CipherSuite[] = [];
  for (const name of cipherSuites) {
    const suite = suiteByName(name);
    if (suite === undefined) return { fault: unknownSuite(name) };
    const refusal = refusalOf(suite, rules);
    if (refusal !== undefined) {
      return { fault: { condition: SUITE_NOT_ALLOWED, line: refusal } };
    }
    warnings.push(...adviceOn(suite, rules));
    added.push(suite);
  }
  const offer = profileOffer(rules, added);
  return {
    policy: {
      offer,
      warnings,
      isAllowed: (version, suite) => allows(offer, version, suite),
      strengthOf: (certificate, peer) =>
        strengthOf(certificate, rules.certificates, peer),
    },
  };
}

const SUITE_NOT_ALLOWED: Condition = {
  code: "000b:000a",
  text: "Ciphersuite not allowed in current DICOM security profile",
};

function unknownSuite(name: string): PolicyFault {
  const meant = suiteByOpensslName(name);
  const code = "000b:0003";
  const text = `Unknown or invalid ciphersuite: ${escapeControls(name)}`;
  const hint = meant === undefined
    ? "--list-ciphers (+cc) lists them"
    : `its name here is ${meant.name}`;
  return {
    condition: {
      code: "0001:0007",
      text: "Illegal call, perhaps wrong parameters",
      cause: { code, text: `${text}; ${hint}` },
    },
    line: undefined,
  };
}

function refusalOf(
  { name, encrypts, sha1 }: CipherSuite,
  { title, additional }: ProfileRules,
): string | undefined {
  const end = `not permitted with security profile '${title}'`;
  switch (additional) {
    case "any":
      return undefined;
    case "none":
      return `Additional ciphersuites ${end}`;
    case "encrypting":
    case "encrypting, not SHA-1":
      if (!encrypts) return `Unencrypted ciphersuite '${name}' ${end}`;
      return sha1 && additional === "encrypting, not SHA-1"
        ? `Ciphersuite '${name}' using SHA-1 MAC ${end}`
        : undefined;
  }
}

function adviceOn(
  { name, keyExchange, cbc }: CipherSuite,
  { advice }: ProfileRules,
): string[] {
  if (advice === undefined) return [];
  const lines: string[] = [];
  const say = (uses: string, unless = ""): void => {
    lines.push(
      `Ciphersuite '${name}' uses ${uses}. ${advice} recommends that such ` +
        `cipher suites should not be used${unless}.`,
    );
  };
  if (keyExchange === "RSA") say("RSA key transport");
  if (advice === "RFC 7525") return lines;
  if (keyExchange === "DHE") {
    say("ephemeral finite-field Diffie-Hellman key agreement");
  }
  if (cbc) {
    say(
      "CBC mode of operation",
      ", unless both sides support the encrypt_then_mac extension (we do)",
    );
  }
  return lines;
}

/** What a profile offers, with the suites that are added to it. */
export function profileOffer(
  rules: ProfileRules,
  added: readonly CipherSuite[] = [],
): Offer {
  const [oldest, newest] = [rules.oldest, rules.newest].map((version) =>
    VERSIONS.indexOf(version)
  );
  const versions = VERSIONS.slice(oldest, (newest ?? 0) + 1).toReversed();
  const names = [
    ...rules.tls13Suites,
    ...rules.suites,
    ...added.map(({ name }) => name),
  ];
  return usable({ versions, suites: [...new Set(names)] }) ??
    { versions: [], suites: [] };
}

/** The suites without a version, and the versions without a suite, left out. */
function usable({ versions, suites }: Offer): Offer | undefined {
  const has = (version: string, suite: string): boolean =>
    suiteByName(suite)?.versions.some((one) => one === version) ?? false;
  const left = {
    versions: versions.filter((version) =>
      suites.some((suite) => has(version, suite))
    ),
    suites: suites.filter((suite) =>
      versions.some((version) => has(version, suite))
    ),
  };
  return left.suites.length === 0 ? undefined : left;
}

function allows(offer: Offer, version: string, suite: string): boolean {
  return offer.versions.includes(version) && offer.suites.includes(suite) &&
    (suiteByName(suite)?.versions.some((one) => one === version) ?? false);
}

/** What a way of doing TLS has. */
export interface Ability {
  /** "TLSv1.2", … */
  readonly versions: readonly string[];
  /** IANA names. */
  readonly suites: readonly string[];
}

/** What the runtime has. */
export const BUILT_IN: Ability = {
  versions: BUILT_IN_VERSIONS,
  suites: SUITES.filter(({ builtIn }) => builtIn).map(({ name }) => name),
};

/** What of an offer can be done; undefined: nothing of it. */
export function partOf(offer: Offer, ability: Ability): Offer | undefined {
  return usable({
    versions: offer.versions.filter((one) => ability.versions.includes(one)),
    suites: offer.suites.filter((one) => ability.suites.includes(one)),
  });
}

/**
 * Whether it is worth trying `other` when a peer has found nothing to agree on
 * in `first`.
 */
export function offersMore(other: Offer, first: Offer | undefined): boolean {
  return first === undefined ||
    other.versions.some((one) => !first.versions.includes(one)) ||
    other.suites.some((one) => !first.suites.includes(one));
}
