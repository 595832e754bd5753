/** What several formats say of a result, in one place. Pure. */

import { escapeControls, printable } from "../base/text.ts";
import type {
  Addresses,
  PeerResult,
  PersonStage,
  Target,
} from "../result/types.ts";
import type { Certificate } from "../x509/types.ts";

/** In the order in which they come. */
export const STAGES: readonly PersonStage[] = [
  "lookup",
  "connect",
  "tls",
  "association",
  "echo",
  "release",
];

/** "pacs:104", "[2001:db8::1]:104"; safe to print. */
export function endpoint({ host, port }: Target): string {
  const name = escapeControls(host.trim());
  return name.includes(":") && !name.startsWith("[")
    ? `[${name}]:${port}`
    : `${name}:${port}`;
}

/** What a person calls the peer; safe to print. */
export function displayName(target: Target): string {
  const name = target.name?.trim() ?? "";
  return name === "" ? endpoint(target) : escapeControls(name);
}

/** Milliseconds in seconds, to the microsecond, never with an exponent. */
export function seconds(milliseconds: number): string {
  return decimal(milliseconds / 1000);
}

/** At most six decimals, no exponent; what is no time at all counts as 0. */
export function decimal(value: number): string {
  if (!Number.isFinite(value) || value <= 0) return "0";
  return value.toFixed(6).replace(/\.?0+$/, "");
}

/** Time of a stage in milliseconds; undefined: it was not reached. */
export function stageDuration(
  { stages }: PeerResult,
  stage: PersonStage,
): number | undefined {
  const times = stages.filter((time) => time.stage === stage);
  return times.length === 0
    ? undefined
    : times.reduce((sum, { duration }) => sum + duration, 0);
}

/** The peer's own certificate; undefined: it has shown none. */
export function ownCertificate(
  { session }: PeerResult,
): Certificate | undefined {
  return session?.chain[0] ?? session?.presented[0];
}

/** Of the chain as far as it was built, the certificate that expires first. */
export function firstToExpire(result: PeerResult): Certificate | undefined {
  const { session } = result;
  if (session === undefined) return undefined;
  const { chain, presented } = session;
  return (chain.length > 0 ? chain : presented.slice(0, 1)).reduce<
    Certificate | undefined
  >(
    (first, certificate) =>
      first === undefined || certificate.notAfter < first.notAfter
        ? certificate
        : first,
    undefined,
  );
}

/** IP version of the address that was used, or would have been. */
export function ipVersion(
  { remote, resolved }: Addresses,
): 4 | 6 | undefined {
  const address = remote ?? resolved[0];
  if (address === undefined) return undefined;
  return /^\[|:.*:/.test(address) ? 6 : 4;
}

/** The transfer syntax of the first accepted context; safe to print. */
export function transferSyntax({ outcome }: PeerResult): string | undefined {
  const accepted = outcome.negotiated?.accepted;
  return accepted === undefined
    ? undefined
    : printable(accepted.transferSyntax);
}

/**
 * Names that are all different: the second "pacs" is "pacs (2)".
 *
 * @param taken names that were given before, which grows
 */
export function unique(name: string, taken: Set<string>): string {
  let chosen = name;
  for (let number = 2; taken.has(chosen); number++) {
    chosen = `${name} (${number})`;
  }
  taken.add(chosen);
  return chosen;
}
