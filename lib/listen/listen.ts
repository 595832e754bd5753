/** The listening end: a Verification SCP that tells what its callers send. */

import type { AddressFamily } from "../base/address-family.ts";
import { escapeControls } from "../base/text.ts";
import { ExpiredError, milliseconds } from "../net/deadline.ts";
import { pause } from "../net/pause.ts";
import { isLiteral } from "../net/peer-address.ts";
import {
  type ConnectionObserver,
  startVerificationScp,
  type VerificationScp,
} from "../scp/server.ts";
import type { ScpTls } from "../scp/tls.ts";
import { Tally } from "./counts.ts";
import { address, FamilyError, hostWithPort, reasonOf } from "./address.ts";
import type { Call, CallCounts } from "./types.ts";
import { CallWatch } from "./watch.ts";
import type { AnsweredCall } from "./text.ts";

/** What is to be listened for. */
export interface ListenRequest {
  /** Undefined: on all addresses. */
  readonly hostname: string | undefined;
  /** Default: whichever the hostname has; without one, both. */
  readonly addressFamily?: AddressFamily;
  /** 0: any that is free. */
  readonly port: number;
  /** Undefined: callers may ask for any title. */
  readonly calledAeTitle: string | undefined;
  /** Our maximum length received (PS3.8 D.1), in bytes. */
  readonly maximumLength: number;
  /** Undefined: plain DICOM. */
  readonly tls: ScpTls | undefined;
  /** In seconds; undefined: until the signal is raised. */
  readonly deadline: number | undefined;
  /** For a caller's handshake and request, in milliseconds. Default: 10 s. */
  readonly artimTimeout?: number | undefined;
  /** Between two messages of a caller, in milliseconds. Default: 60 s. */
  readonly idleTimeout?: number | undefined;
}

/** Who is told, in the order in which things happen. */
export interface ListenObserver {
  readonly listening: (where: Listening) => void;
  readonly answered: (call: AnsweredCall) => void;
  readonly ended: (call: Call) => void;
  /** An error in serving one call that was not the caller's doing. */
  readonly failed: (error: unknown) => void;
}

/** Where it listens, and what can be asked at any time. */
export interface Listening {
  /** "0.0.0.0:11112" */
  readonly address: string;
  readonly hostname: string;
  readonly port: number;
  readonly started: Date;
  readonly tally: Tally;
}

export interface ListenMachine {
  /** A monotonic clock in milliseconds. */
  readonly now: () => number;
  readonly date: () => Date;
  /** Raised: it stops, in order. */
  readonly signal: AbortSignal | undefined;
  readonly observe: ListenObserver;
}

export type ListenResult =
  | { readonly kind: "listened"; readonly counts: CallCounts }
  /** `reason` is one line, safe to print. */
  | { readonly kind: "not-listening"; readonly reason: string };

/**
 * Listens until the deadline or the signal, then aborts what is open and waits
 * for it. Nothing that a caller does ends it.
 */
export async function listen(
  request: ListenRequest,
  machine: ListenMachine,
): Promise<ListenResult> {
  const tally = new Tally();
  const stop = { stopped: false };
  const onConnection = (client: Deno.NetAddr): ConnectionObserver =>
    follow(client, tally, machine, stop);
  let scp: VerificationScp;
  try {
    scp = await start(request, onConnection, machine.observe.failed);
  } catch (error) {
    return { kind: "not-listening", reason: whyNot(request, error) };
  }
  try {
    const { hostname, port } = scp;
    machine.observe.listening({
      address: hostWithPort(hostname, port),
      hostname,
      port,
      started: machine.date(),
      tally,
    });
    await pause(milliseconds(request.deadline), machine.signal);
  } finally {
    stop.stopped = true;
    await scp.close();
  }
  return { kind: "listened", counts: tally };
}

async function start(
  request: ListenRequest,
  onConnection: (client: Deno.NetAddr) => ConnectionObserver,
  onError: (error: unknown) => void,
): Promise<VerificationScp> {
  const { port, calledAeTitle, maximumLength, tls } = request;
  const { artimTimeout, idleTimeout, addressFamily = "auto" } = request;
  const at = (hostname: string): VerificationScp =>
    startVerificationScp({
      hostname,
      port,
      maximumLength,
      onConnection,
      onError,
      // A socket for IPv6 takes IPv4 as well, on most systems.
      ...(addressFamily === "ipv6"
        ? { admits: (client) => address(client.hostname) === client.hostname }
        : {}),
      ...(calledAeTitle === undefined ? {} : { calledAeTitle }),
      ...(tls === undefined ? {} : { tls }),
      ...(artimTimeout === undefined ? {} : { artimTimeout }),
      ...(idleTimeout === undefined ? {} : { idleTimeout }),
    });
  if (request.hostname !== undefined) {
    return at(await inFamily(request.hostname, addressFamily));
  }
  if (addressFamily === "ipv6") return at("::");
  // One socket takes IPv4 as well, but on Windows, or without IPv6.
  if (addressFamily === "ipv4" || Deno.build.os === "windows") {
    return at("0.0.0.0");
  }
  try {
    return at("::");
  } catch (error) {
    if (error instanceof Deno.errors.AddrInUse) throw error;
    return at("0.0.0.0");
  }
}

/**
 * What to listen on of a host's addresses: the first of that family.
 *
 * @throws {FamilyError} where it has none.
 */
async function inFamily(host: string, family: AddressFamily): Promise<string> {
  if (family === "auto") return host;
  if (isLiteral(host)) {
    if (host.includes(":") === (family === "ipv6")) return host;
    throw new FamilyError(family);
  }
  const { lookUp } = await import("../net/connect-in-family.ts");
  const addresses = await lookUp(host, family === "ipv4" ? 4 : 6)
    .catch(() => []);
  const [first] = addresses;
  if (first === undefined) throw new FamilyError(family);
  return first;
}

function follow(
  client: Deno.NetAddr,
  tally: Tally,
  { now, date, observe }: ListenMachine,
  stop: { readonly stopped: boolean },
): ConnectionObserver {
  const number = tally.begin();
  const started = date();
  const begin = now();
  const from = hostWithPort(address(client.hostname), client.port);
  const watch = new CallWatch(() => {
    const { tls, request, accepted } = watch;
    if (request === undefined) return;
    observe.answered({ number, started, from, tls, accepted, request });
  });
  return {
    secured: async ({ version, suite, clientCertificates }) => {
      const { subjectOf } = await import("./tls.ts");
      const subject = await subjectOf(clientCertificates);
      watch.tls = { version, suite, subject };
    },
    tlsFailed: (error) =>
      watch.tlsFailed(
        error instanceof ExpiredError
          ? "no handshake in time"
          : error.condition.text,
      ),
    observe: (event) => watch.observe(event),
    ended: () => {
      const { tls, request, accepted, echoes } = watch;
      const call: Call = {
        number,
        started,
        from,
        tls,
        request,
        accepted,
        echoes,
        end: watch.end(stop.stopped),
        duration: now() - begin,
      };
      tally.end(call);
      observe.ended(call);
    },
  };
}

function whyNot({ hostname, port }: ListenRequest, error: unknown): string {
  return `Cannot listen on ${
    hostname === undefined
      ? `port ${port}`
      : escapeControls(hostWithPort(hostname, port))
  }: ${reasonOf(error)}`;
}
