/** Probes a port of 127.0.0.1 as the program would. */

import { connectTcp } from "../../lib/net/tcp.ts";
import { type ProbeOptions, probePeer } from "../../lib/probe/probe.ts";
import type { ProbeResult, ServiceAnswer } from "../../lib/probe/types.ts";
import type { VerificationHost } from "../../lib/verify/run.ts";
import type { VerificationSettings } from "../../lib/verify/settings.ts";

export interface Wishes extends ProbeOptions {
  readonly settings?: Partial<VerificationSettings>;
  readonly host?: Partial<VerificationHost>;
}

export async function probe(
  port: number,
  { settings = {}, host = {}, ...options }: Wishes = {},
): Promise<ProbeResult> {
  return await probePeer(
    {
      peer: "127.0.0.1",
      port,
      addressFamily: "ipv4",
      callingAeTitle: "PROBER",
      calledAeTitle: "PEER",
      transferSyntaxCount: 1,
      presentationContextCount: 1,
      connectTimeout: 20,
      socketTimeout: 20,
      acseTimeout: 20,
      dimseTimeout: undefined,
      maximumLength: 16384,
      repeat: 1,
      ending: "release",
      ...settings,
    },
    {
      connect: connectTcp,
      now: () => performance.now(),
      observe: () => {},
      signal: undefined,
      dictionaryFault: undefined,
      ...host,
    },
    options,
  );
}

export function acceptedKeywords(result: ProbeResult): string[] {
  return result.services.filter(({ accepted }) => accepted)
    .map(({ service }) => service.keyword);
}

/** Verdict and transfer syntax by family. */
export function answersFor(
  result: ProbeResult,
  keyword: string,
): Readonly<Record<string, string>> {
  const found: ServiceAnswer | undefined = result.services
    .find(({ service }) => service.keyword === keyword);
  return Object.fromEntries(
    (found?.answers ?? []).map((
      { family, verdict, transferSyntax },
    ) => [family, transferSyntax ?? verdict]),
  );
}
