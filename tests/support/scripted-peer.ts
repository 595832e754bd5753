/**
 * A peer that follows a script: it says and does on the socket exactly what a
 * test lists, right or wrong, and keeps all that it was sent. It shares no code
 * with the program under test.
 */

import { startResettingRelay } from "./resetting-relay.ts";

/** One thing that the peer does; the steps of a script run in turn. */
export type Step =
  /** Waits for one whole PDU and records it. */
  | { readonly do: "receive" }
  /** Waits for PDUs until one is no P-DATA-TF or ends a message. */
  | { readonly do: "receive-message" }
  | { readonly do: "send"; readonly bytes: Uint8Array }
  /** Sends each piece in a segment of its own, with a pause before it. */
  | {
    readonly do: "send-pieces";
    readonly pieces: readonly Uint8Array[];
    readonly pauseMilliseconds: number;
  }
  /** Sends the same again and again, unread, until nobody takes it any more. */
  | { readonly do: "flood"; readonly bytes: Uint8Array }
  /** Records whatever comes until the other side has closed or aborted. */
  | { readonly do: "wait-for-end" }
  /** The same, but leaves the connection open after an A-ABORT. */
  | { readonly do: "wait-for-close" }
  /** Sends FIN, and goes on reading. */
  | { readonly do: "half-close" }
  | { readonly do: "close" }
  /** Waits for one whole PDU, then has TCP send RST. */
  | { readonly do: "reset" };

export const receive: Step = { do: "receive" };
export const receiveMessage: Step = { do: "receive-message" };
export const waitForEnd: Step = { do: "wait-for-end" };
export const waitForClose: Step = { do: "wait-for-close" };
export const halfClose: Step = { do: "half-close" };
export const close: Step = { do: "close" };
export const reset: Step = { do: "reset" };

/** Sends all of `parts` in one write, so in one segment if they fit. */
export function send(...parts: readonly Uint8Array[]): Step {
  return { do: "send", bytes: join(parts) };
}

export function flood(bytes: Uint8Array): Step {
  return { do: "flood", bytes };
}

/** Cuts `bytes` into pieces of `length` and sends one after the other. */
export function sendPieces(
  bytes: Uint8Array,
  length: number,
  pauseMilliseconds = 2,
): Step {
  const pieces: Uint8Array[] = [];
  for (let at = 0; at < bytes.length; at += length) {
    pieces.push(bytes.subarray(at, at + length));
  }
  return { do: "send-pieces", pieces, pauseMilliseconds };
}

/**
 * When the script is over the peer closes; also when an A-ABORT comes, as
 * PS3.8 9.2.3 (AA-3) says.
 */
export type Script = readonly Step[];

/** What happened on one connection. */
export interface Connection {
  /** Whole PDUs that the other side sent, in order, header included. */
  readonly pdus: readonly Uint8Array[];
  /** What came after the last whole PDU, if anything. */
  readonly surplus: Uint8Array;
  /** Who closed first, or that an error (a reset, say) ended it. */
  readonly end: "open" | "by-script" | "by-other-side" | "by-error";
}

export interface ScriptedPeer extends AsyncDisposable {
  readonly port: number;
  /** In the order in which they were accepted. */
  readonly connections: readonly Connection[];
  /** Resolves when every connection accepted so far is over. */
  settled(): Promise<void>;
}

/** PEM of a server of TLS. */
export interface Identity {
  readonly cert: string;
  readonly key: string;
}

/**
 * Listens on a free port of 127.0.0.1; every connection gets the script.
 *
 * @param identity undefined: the peer speaks plain DICOM, else in TLS.
 */
export async function startScriptedPeer(
  script: Script,
  identity?: Identity,
): Promise<ScriptedPeer> {
  const peer = listen(script, identity);
  if (!script.some((step) => step.do === "reset")) return peer;
  const relay = await startResettingRelay(peer.port);
  return {
    port: relay.port,
    connections: peer.connections,
    settled: () => peer.settled(),
    async [Symbol.asyncDispose](): Promise<void> {
      await peer[Symbol.asyncDispose]();
      await relay[Symbol.asyncDispose]();
    },
  };
}

function listen(script: Script, identity: Identity | undefined): ScriptedPeer {
  const where = { hostname: "127.0.0.1", port: 0 };
  const listener = identity === undefined
    ? Deno.listen(where)
    : Deno.listenTls({ ...where, ...identity });
  const actors: Actor[] = [];
  const running: Promise<void>[] = [];
  const accepting = (async (): Promise<void> => {
    for await (const connection of listener) {
      const actor = new Actor(connection);
      actors.push(actor);
      running.push(actor.play(script));
    }
  })();
  return {
    port: listener.addr.port,
    connections: actors,
    async settled(): Promise<void> {
      await Promise.all(running);
    },
    async [Symbol.asyncDispose](): Promise<void> {
      listener.close();
      await accepting;
      for (const actor of actors) actor.shut();
      await Promise.all(running);
    },
  };
}

const HEADER_LENGTH = 6;
const P_DATA_TF = 0x04;
const A_ABORT = 0x07;
const CHUNK = 65_536;

/** Plays the script on one connection. */
class Actor implements Connection {
  readonly #connection: Deno.TcpConn | Deno.TlsConn;
  readonly #pdus: Uint8Array[] = [];
  #surplus = new Uint8Array(0);
  #end: Connection["end"] = "open";

  constructor(connection: Deno.TcpConn | Deno.TlsConn) {
    this.#connection = connection;
    if ("setNoDelay" in connection) connection.setNoDelay(true);
  }

  get pdus(): readonly Uint8Array[] {
    return this.#pdus;
  }

  get surplus(): Uint8Array {
    return this.#surplus;
  }

  get end(): Connection["end"] {
    return this.#end;
  }

  /** Never rejects: what went wrong on the socket is in `end`. */
  async play(script: Script): Promise<void> {
    try {
      for (const step of script) {
        if (!await this.#step(step)) {
          this.#over("by-other-side");
          return;
        }
      }
      this.#over("by-script");
    } catch {
      this.#over("by-error");
    }
  }

  shut(): void {
    this.#over("by-script");
  }

  #over(end: Connection["end"]): void {
    if (this.#end !== "open") return;
    this.#end = end;
    this.#connection.close();
  }

  /** False when the other side has closed and the script cannot go on. */
  async #step(step: Step): Promise<boolean> {
    switch (step.do) {
      case "receive":
        return await this.#receive() !== undefined;
      case "receive-message":
        for (;;) {
          const pdu = await this.#receive();
          if (pdu === undefined) return false;
          if (endsMessage(pdu)) return true;
        }
      case "send":
        await this.#write(step.bytes);
        return true;
      case "send-pieces":
        for (const piece of step.pieces) {
          await pause(step.pauseMilliseconds);
          await this.#write(piece);
        }
        return true;
      case "flood":
        for (;;) await this.#write(step.bytes);
      case "wait-for-end":
        while (await this.#receive() !== undefined);
        return false;
      case "wait-for-close":
        while (await this.#readMore());
        while (this.#cutOne() !== undefined);
        return false;
      case "half-close":
        await this.#connection.closeWrite();
        return true;
      case "close":
        this.#over("by-script");
        return true;
      case "reset":
        await this.#receive();
        this.#over("by-script");
        return true;
    }
  }

  /** The next PDU; undefined at the end and for an A-ABORT, which ends all. */
  async #receive(): Promise<Uint8Array | undefined> {
    for (;;) {
      const pdu = this.#cutOne();
      if (pdu !== undefined) return pdu[0] === A_ABORT ? undefined : pdu;
      if (!await this.#readMore()) return undefined;
    }
  }

  async #readMore(): Promise<boolean> {
    const chunk = new Uint8Array(CHUNK);
    const length = await this.#connection.read(chunk);
    if (length === null) return false;
    this.#surplus = join([this.#surplus, chunk.subarray(0, length)]);
    return true;
  }

  /** Moves one whole PDU from the surplus to the record. */
  #cutOne(): Uint8Array | undefined {
    const held = this.#surplus;
    if (held.length < HEADER_LENGTH) return undefined;
    const view = new DataView(held.buffer, held.byteOffset, held.length);
    const end = HEADER_LENGTH + view.getUint32(2);
    if (held.length < end) return undefined;
    const pdu = held.slice(0, end);
    this.#pdus.push(pdu);
    this.#surplus = held.slice(end);
    return pdu;
  }

  async #write(bytes: Uint8Array): Promise<void> {
    for (let at = 0; at < bytes.length;) {
      at += await this.#connection.write(bytes.subarray(at));
    }
  }
}

/** Whether the last PDV of a P-DATA-TF has the last-fragment bit (PS3.8 E.2). */
function endsMessage(pdu: Uint8Array): boolean {
  if (pdu[0] !== P_DATA_TF) return true;
  const view = new DataView(pdu.buffer, pdu.byteOffset, pdu.length);
  let control = 0;
  for (let at = HEADER_LENGTH; at + 6 <= pdu.length;) {
    control = view.getUint8(at + 5);
    at += 4 + view.getUint32(at);
  }
  return (control & 0x02) !== 0;
}

/** Gives the segment before time to leave: TCP has no other border. */
function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

function join(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const length = parts.reduce((sum, part) => sum + part.length, 0);
  const joined = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    joined.set(part, at);
    at += part.length;
  }
  return joined;
}
