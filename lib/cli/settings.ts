/** Settings out of a command line that has passed all checks. */

import type { AddressFamily } from "../base/address-family.ts";
import type { VerificationSettings } from "../verify/settings.ts";
import { readOptionNumber } from "./numbers.ts";
import { DEFAULTS, type OptionName, OPTIONS } from "./options.ts";
import { inEffect, isGiven, lastValue, type Line } from "./scan.ts";

/** A number whose row of the table has bounds, which were checked. */
export function numberOf(line: Line, name: OptionName): number | undefined {
  const text = lastValue(line, name);
  if (text === undefined) return undefined;
  const range = OPTIONS.find(({ long }) => long === name)?.range;
  if (range === undefined) return undefined;
  const result = readOptionNumber(range, text);
  return result.ok ? result.value : undefined;
}

function addressFamily(line: Line): AddressFamily {
  if (inEffect(line, "--ipv4")) return "ipv4";
  return inEffect(line, "--ipv6") ? "ipv6" : "auto";
}

/** @param port already checked. */
export function verificationSettings(
  line: Line,
  peer: string,
  port: number,
): VerificationSettings {
  return {
    peer,
    port,
    addressFamily: addressFamily(line),
    callingAeTitle: lastValue(line, "--aetitle") ?? DEFAULTS.callingAeTitle,
    calledAeTitle: lastValue(line, "--call") ?? DEFAULTS.calledAeTitle,
    transferSyntaxCount: numberOf(line, "--propose-ts") ??
      DEFAULTS.transferSyntaxCount,
    presentationContextCount: numberOf(line, "--propose-pc") ??
      DEFAULTS.presentationContextCount,
    connectTimeout: numberOf(line, "--timeout"),
    socketTimeout: numberOf(line, "--socket-timeout") ??
      DEFAULTS.socketTimeout,
    acseTimeout: numberOf(line, "--acse-timeout") ?? DEFAULTS.acseTimeout,
    dimseTimeout: numberOf(line, "--dimse-timeout"),
    maximumLength: numberOf(line, "--max-pdu") ?? DEFAULTS.maximumLength,
    repeat: numberOf(line, "--repeat") ?? DEFAULTS.repeat,
    ending: isGiven(line, "--abort") ? "abort" : "release",
  };
}

/** Whether the connection is to use TLS. */
export function isSecure(line: Line): boolean {
  return inEffect(line, "--enable-tls") || inEffect(line, "--anonymous-tls");
}
