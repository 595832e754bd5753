/** A peer that answers a ClientHello with bytes, right or wrong. */

import { concatenate } from "../../lib/base/writer.ts";

/** One thing that the peer does; its acts run in turn. */
export type Act =
  | { readonly do: "say"; readonly bytes: Uint8Array }
  /** Each byte in a segment of its own. */
  | { readonly do: "trickle"; readonly bytes: Uint8Array }
  /** Again and again, until nobody takes it any more. */
  | { readonly do: "flood"; readonly bytes: Uint8Array }
  | { readonly do: "half-close" }
  | { readonly do: "close" };

export const closed: Act = { do: "close" };
export const halfClosed: Act = { do: "half-close" };

export function say(...parts: readonly Uint8Array[]): Act {
  return { do: "say", bytes: concatenate(parts) };
}

export function trickle(bytes: Uint8Array): Act {
  return { do: "trickle", bytes };
}

export function flood(...parts: readonly Uint8Array[]): Act {
  // In pieces of some size, so that a flood is one.
  const once = concatenate(parts);
  const times = Math.ceil(16_384 / Math.max(1, once.byteLength));
  return { do: "flood", bytes: concatenate(Array(times).fill(once)) };
}

export interface RawTlsPeer extends AsyncDisposable {
  readonly port: number;
  /**
   * What came after the ClientHello: "ALERT(2,50)" for an alert that is not
   * encrypted, else the type of each record; when the connection is over.
   */
  heard(): Promise<string>;
}

const HEADER = 5;

/** Listens on a free port of 127.0.0.1, for one client. */
export function startRawTlsPeer(acts: readonly Act[]): RawTlsPeer {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  let connection: Deno.TcpConn | undefined;
  let later = new Uint8Array();
  const listen = async (connection: Deno.TcpConn): Promise<void> => {
    const chunk = new Uint8Array(65_536);
    for (;;) {
      const count = await connection.read(chunk);
      if (count === null) return;
      later = concatenate([later, chunk.subarray(0, count)]).slice();
    }
  };
  const play = async (): Promise<void> => {
    connection = await listener.accept();
    connection.setNoDelay(true);
    const hello = await exactly(connection, HEADER);
    const [, , , high = 0, low = 0] = hello;
    await exactly(connection, high * 256 + low);
    const listening = listen(connection).catch(() => {});
    try {
      for (const act of acts) {
        if (await perform(connection, act)) return;
      }
    } finally {
      if (acts.at(-1)?.do !== "close") await listening;
      close(connection);
      await listening;
    }
  };
  // The client may reset the connection, or never come.
  const playing = play().catch(() => {});
  return {
    port: listener.addr.port,
    heard: async () => {
      await playing;
      return records(later);
    },
    async [Symbol.asyncDispose](): Promise<void> {
      listener.close();
      if (connection !== undefined) close(connection);
      await playing;
    },
  };
}

/** True: there is nothing more to do. */
async function perform(connection: Deno.TcpConn, act: Act): Promise<boolean> {
  switch (act.do) {
    case "say":
      await write(connection, act.bytes);
      return false;
    case "trickle":
      for (const byte of act.bytes) {
        await write(connection, Uint8Array.of(byte));
        await new Promise((resolve) => setTimeout(resolve, 0));
      }
      return false;
    case "flood":
      for (;;) await write(connection, act.bytes);
    case "half-close":
      await connection.closeWrite();
      return false;
    case "close":
      return true;
  }
}

function close(connection: Deno.TcpConn): void {
  try {
    connection.close();
  } catch {
    // It is closed.
  }
}

async function write(
  connection: Deno.TcpConn,
  bytes: Uint8Array,
): Promise<void> {
  for (let at = 0; at < bytes.byteLength;) {
    at += await connection.write(bytes.subarray(at));
  }
}

async function exactly(
  connection: Deno.TcpConn,
  length: number,
): Promise<Uint8Array> {
  const bytes = new Uint8Array(length);
  for (let at = 0; at < length;) {
    const count = await connection.read(bytes.subarray(at));
    if (count === null) throw new Error("the client has closed");
    at += count;
  }
  return bytes;
}

function records(bytes: Uint8Array): string {
  const names: string[] = [];
  for (let at = 0; at < bytes.byteLength;) {
    const [type = 0, , , high = 0, low = 0, ...body] = bytes.subarray(at);
    const length = high * 256 + low;
    names.push(
      type === 21 && length === 2
        ? `ALERT(${body[0]},${body[1]})`
        : `record ${type}`,
    );
    at += HEADER + length;
  }
  return names.join(" ");
}
