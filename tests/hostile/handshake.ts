/** Verifications of peers whose TLS is not as it should be. */

import { consoleLog } from "../../lib/log/log.ts";
import { connectTcp } from "../../lib/net/tcp.ts";
import type { Connect, Transport } from "../../lib/net/transport.ts";
import { exitCode } from "../../lib/report/exit-code.ts";
import { logReporter } from "../../lib/report/reporter.ts";
import type { Outcome } from "../../lib/verify/outcome.ts";
import type { VerificationSettings } from "../../lib/verify/settings.ts";
import { startResettingRelay } from "../support/resetting-relay.ts";
import { DEFAULTS, verifyHost } from "../verify/verification.ts";
import { withinBound } from "./probe.ts";
import { type Act, startRawTlsPeer } from "./raw-tls-peer.ts";
import { secured } from "./secured.ts";

/** What came of one verification. */
export interface Verified {
  readonly exit: number;
  readonly failure: Outcome["failure"];
  readonly log: string;
  readonly lines: readonly string[];
  /** Bytes that were read. */
  readonly taken: number;
}

/** Counts what is read. */
function counting(): { readonly connect: Connect; taken(): number } {
  let taken = 0;
  const connect: Connect = async (request) => {
    const transport = await connectTcp(request);
    const counted: Transport = {
      read: async (buffer) => {
        const count = await transport.read(buffer);
        taken += count;
        return count;
      },
      write: (bytes) => transport.write(bytes),
      closeWrite: () => transport.closeWrite(),
      close: () => transport.close(),
    };
    return counted;
  };
  return { connect, taken: () => taken };
}

/** Verifies whoever listens on the port, in TLS. */
export async function verified(
  port: number,
  settings: Partial<VerificationSettings>,
): Promise<Verified> {
  let log = "";
  const console = consoleLog("trace", (text) => log += text);
  const observe = await logReporter(
    console,
    { calling: "ECHOSCU", called: "ANY-SCP" },
    () => {
      throw new Error("nothing of DICOM is to be named");
    },
  );
  const { connect, taken } = counting();
  const { outcome } = await withinBound(
    verifyHost({ ...DEFAULTS, port, ...settings }, {
      connect,
      observe,
      secure: secured(console),
    }),
  );
  return {
    exit: exitCode(outcome),
    failure: outcome.failure,
    log,
    lines: log.split("\n").filter((line) => /^[FEW]: /.test(line)),
    taken: taken(),
  };
}

/**
 * Verifies a peer that answers the ClientHello as it is told to.
 *
 * @param seconds that the handshake may take.
 */
export async function shaken(
  acts: readonly Act[],
  seconds: number,
  reset = false,
): Promise<Verified & { readonly heard: string }> {
  await using peer = startRawTlsPeer(acts);
  await using relay = reset ? await startResettingRelay(peer.port) : undefined;
  const port = relay?.port ?? peer.port;
  const result = await verified(port, { socketTimeout: seconds });
  return { ...result, heard: await withinBound(peer.heard()) };
}
