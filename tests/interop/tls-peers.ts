/** Peers of the tests of TLS, started when they are first wanted. */

import { startVerificationScp } from "../../lib/scp/server.ts";
import type { ScpTls } from "../../lib/scp/tls.ts";
import { demanding } from "../tls/handshakes.ts";
import { freePort, startPeerProcess } from "./real-peers.ts";
import type { PeerName } from "./tls-certificates.ts";
import { startTlsRelay } from "./tls-relay.ts";

/** What a peer that does not speak TLS does on each connection. */
export interface RawBehaviour {
  /** Sent at once, or as soon as the client has said something. */
  readonly says?: Uint8Array;
  readonly when?: "at once" | "after the client";
  /** What then: close, reset or wait until the client does. */
  readonly then: "closes" | "waits";
}

export type TlsPeer =
  /** DCMTK's; without identity it speaks plain DICOM. */
  | {
    readonly kind: "storescp";
    readonly identity?: PeerName;
    readonly args?: readonly string[];
  }
  /** `openssl s_server`, and behind it a plain storescp that answers. */
  | {
    readonly kind: "s_server";
    readonly identity: PeerName;
    readonly args?: readonly string[];
  }
  /** Our own. */
  | {
    readonly kind: "scp";
    readonly identity: PeerName;
    readonly demands?: "a certificate of the root";
    readonly versions?: ScpTls["versions"];
  }
  | { readonly kind: "raw"; readonly does: RawBehaviour }
  | { readonly kind: "nobody" };

export interface RunningPeer extends AsyncDisposable {
  readonly port: number;
}

const STORESCP = {
  name: "storescp",
  command: "/usr/bin/storescp",
  leadingArguments: ["--ignore", "--fork"],
};

/** They answer in two writes: Nagle's algorithm would delay them. */
const PROMPTLY = { TCP_NODELAY: "1" };

function startStorescp(
  folder: string,
  identity: PeerName | undefined,
  args: readonly string[] = [],
): Promise<RunningPeer> {
  const port = freePort();
  const secure = identity === undefined ? [] : [
    ...["+tls", `${identity}.key`, `${identity}.chain`, "-pw"],
    ...["+cf", "root.pem", ...args],
  ];
  return startPeerProcess(
    STORESCP,
    [...secure, String(port)],
    port,
    { cwd: folder, env: PROMPTLY },
  );
}

async function startScp(
  folder: string,
  { identity, demands, versions }: Extract<TlsPeer, { kind: "scp" }>,
): Promise<RunningPeer> {
  const read = (name: string): Promise<string> =>
    Deno.readTextFile(`${folder}/${name}`);
  return startVerificationScp({
    tls: {
      keyPem: await read(`${identity}.key`),
      chainPem: await read(`${identity}.chain`),
      ...(versions === undefined ? {} : { versions }),
      ...(demands === undefined ? {} : demanding(await read("root.pem"))),
    },
  });
}

function startRaw({ says, when, then }: RawBehaviour): RunningPeer {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const open = new Set<Deno.Conn>();
  const serve = async (connection: Deno.Conn): Promise<void> => {
    open.add(connection);
    try {
      const buffer = new Uint8Array(4096);
      if (when === "after the client") await connection.read(buffer);
      if (says !== undefined) await connection.write(says);
      while (then === "waits" && await connection.read(buffer) !== null);
    } catch {
      // The client has gone.
    }
    open.delete(connection);
    connection.close();
  };
  const served: Promise<void>[] = [];
  const accepting = (async (): Promise<void> => {
    for await (const connection of listener) served.push(serve(connection));
  })();
  return {
    port: listener.addr.port,
    async [Symbol.asyncDispose](): Promise<void> {
      listener.close();
      await accepting;
      for (const connection of open) connection.close();
      await Promise.all(served);
    },
  };
}

/** All peers of a test; each is shared by the cases that want the same. */
export class PeerPool implements AsyncDisposable {
  readonly #folder: string;
  readonly #running = new Map<string, Promise<RunningPeer>>();

  constructor(folder: string) {
    this.#folder = folder;
  }

  async portOf(peer: TlsPeer): Promise<number> {
    if (peer.kind === "nobody") return freePort();
    const key = JSON.stringify(
      peer,
      (_, value) => value instanceof Uint8Array ? value.toHex() : value,
    );
    const running = this.#running.get(key) ?? this.#start(peer);
    this.#running.set(key, running);
    return (await running).port;
  }

  async #start(peer: Exclude<TlsPeer, { kind: "nobody" }>): Promise<
    RunningPeer
  > {
    switch (peer.kind) {
      case "storescp":
        return await startStorescp(this.#folder, peer.identity, peer.args);
      case "s_server":
        return await startTlsRelay(
          this.#folder,
          peer.identity,
          peer.args ?? [],
          await this.portOf({ kind: "storescp" }),
        );
      case "scp":
        return await startScp(this.#folder, peer);
      case "raw":
        return startRaw(peer.does);
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const started = await Promise.allSettled(this.#running.values());
    for (const result of started.toReversed()) {
      if (result.status === "fulfilled") {
        await result.value[Symbol.asyncDispose]();
      }
    }
  }
}
