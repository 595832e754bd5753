/** What `+cc` and `+ph` print below the banner. Pure. */

import type { OpensslSearch } from "../openssl/openssl-program.ts";
import {
  type Ability,
  BUILT_IN,
  partOf,
  profileOffer,
} from "../policy/policy.ts";
import { PROFILES } from "../policy/profiles.ts";
import type { EngineName } from "../session.ts";
import { DEFAULT_TLS } from "../settings.ts";
import { SUITES } from "../policy/suites.ts";

/** What this installation does TLS with. */
export interface Installation {
  /** "Deno 2.9.6". */
  readonly runtime: string;
  readonly openssl: OpensslSearch;
}

/** The suites that can be used, from the weakest to the strongest. */
export function cipherSuiteList(installation: Installation): string[] {
  const engines = enginesOf(installation);
  const lines = SUITES.flatMap(({ name }) => {
    const by = engines
      .filter(([, { suites }]) => suites.includes(name))
      .map(([engine]) => engine);
    return by.length === 0 ? [] : [`  ${name.padEnd(WIDTH)} ${by.join(", ")}`];
  });
  return [
    implementedBy(installation),
    "",
    "Supported TLS ciphersuites are:",
    ...lines,
  ];
}

const WIDTH = Math.max(...SUITES.map(({ name }) => name.length));

/** The profiles of which at least one suite can be used. */
export function profileList(installation: Installation): string[] {
  const engines = enginesOf(installation);
  const lines = Object.values(PROFILES).flatMap((rules) => {
    const offer = profileOffer(rules);
    const by = engines.flatMap(([engine, ability]) => {
      const count = partOf(offer, ability)?.suites.length ?? 0;
      const all = offer.suites.length;
      if (count === 0) return [];
      return [count === all ? engine : `${engine} (${count} of ${all} suites)`];
    });
    const remark = rules === PROFILES[DEFAULT_TLS.profile]
      ? " (default)"
      : rules.retired
      ? " (retired)"
      : "";
    return by.length === 0
      ? []
      : [`- ${rules.title}${remark}: ${by.join(", ")}`];
  });
  return [
    implementedBy(installation),
    "",
    "Supported TLS Secure Transport Connection Profiles are:",
    ...lines,
  ];
}

function implementedBy({ runtime, openssl }: Installation): string {
  const second = openssl.kind === "found"
    ? `${openssl.program.title} (openssl)`
    : `no openssl program: ${openssl.reason}`;
  return `Cryptographic algorithms implemented by: ${runtime} (built-in), ` +
    second;
}

function enginesOf(
  { openssl }: Installation,
): (readonly [EngineName, Ability])[] {
  return [
    ["built-in", BUILT_IN],
    ...(openssl.kind === "found"
      ? [["openssl", openssl.program.ability] as const]
      : []),
  ];
}
