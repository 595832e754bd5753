/**
 * A proxy between two good ends that does to their conversation what a bad
 * network, or a bad box in it, does.
 */

import { Buffer } from "node:buffer";
import type net from "node:net";
import { pairSockets } from "../support/socket-pairs.ts";

export type Direction = "to-scp" | "to-client";

/** What happens to one direction; the other is passed on as it comes. */
export type Fault =
  /** All is passed on as it comes. */
  | { readonly kind: "none" }
  /** After so many bytes nothing more is passed on, and all is closed. */
  | { readonly kind: "close"; readonly after: number }
  /** The same, with RST. */
  | { readonly kind: "reset"; readonly after: number }
  /** The same, but the connection stays as if nothing had happened. */
  | { readonly kind: "swallow"; readonly after: number }
  /** One byte at a time. */
  | { readonly kind: "split" }
  /** What comes is held back for a turn of the event loop, or several. */
  | { readonly kind: "delay"; readonly turns: number }
  /** What comes within so many turns of the event loop becomes one segment. */
  | { readonly kind: "join"; readonly turns: number }
  /** The segment of this number, from 0, is passed on twice. */
  | { readonly kind: "duplicate"; readonly segment: number };

export interface FaultProxy extends AsyncDisposable {
  readonly port: number;
  /** What came in each direction, passed on or not. */
  readonly seen: Readonly<Record<Direction, Uint8Array>>;
}

/** Listens on a free port of 127.0.0.1 and passes on to `target`. */
export async function startFaultProxy(
  target: number,
  direction: Direction,
  fault: Fault,
): Promise<FaultProxy> {
  const seen: Record<Direction, Uint8Array> = {
    "to-scp": new Uint8Array(),
    "to-client": new Uint8Array(),
  };
  let segment = 0;
  const joined: Uint8Array[] = [];
  function damage(
    data: Uint8Array,
    before: number,
    how: Fault,
    to: net.Socket,
    end: (how: "close" | "reset") => void,
  ): void {
    const number = how.kind === "none" ? 0 : segment++;
    switch (how.kind) {
      case "none":
        to.write(data);
        break;
      case "close":
      case "reset":
      case "swallow": {
        const left = how.after - before;
        if (left > 0) to.write(data.subarray(0, left));
        if (how.kind !== "swallow" && left <= data.byteLength) {
          // What was passed on gets out before the end.
          setImmediate(() => end(how.kind === "reset" ? "reset" : "close"));
        }
        break;
      }
      case "split":
        for (const byte of data) to.write(Uint8Array.of(byte));
        break;
      case "delay":
        later(how.turns, () => to.writable && to.write(data));
        break;
      case "join":
        if (joined.length === 0) {
          later(how.turns, () => {
            if (to.writable) to.write(Buffer.concat(joined));
            joined.length = 0;
          });
        }
        joined.push(data);
        break;
      case "duplicate":
        to.write(data);
        if (number === how.segment) to.write(data);
        break;
    }
  }
  const pairs = await pairSockets(target, (near, far) => {
    const end = (how: "close" | "reset"): void => {
      for (const socket of [near, far]) {
        if (how === "reset") socket.resetAndDestroy();
        else socket.end();
      }
    };
    const pass = (from: net.Socket, to: net.Socket, way: Direction): void => {
      const faulty = way === direction ? fault : { kind: "none" } as const;
      from.on("data", (data: Uint8Array) => {
        damage(data, seen[way].byteLength, faulty, to, end);
        seen[way] = new Uint8Array(Buffer.concat([seen[way], data]));
      });
      const turns = faulty.kind === "delay" || faulty.kind === "join"
        ? faulty.turns + 1
        : 0;
      from.on("end", () => later(turns, () => to.end()));
      from.on("close", () => later(turns, () => to.destroySoon()));
    };
    pass(near, far, "to-scp");
    pass(far, near, "to-client");
    if (
      (fault.kind === "close" || fault.kind === "reset") && fault.after === 0
    ) {
      const how = fault.kind;
      far.on("connect", () => end(how));
    }
  });
  return {
    port: pairs.port,
    seen,
    [Symbol.asyncDispose]: () => pairs[Symbol.asyncDispose](),
  };
}

function later(turns: number, work: () => void): void {
  if (turns === 0) work();
  else setImmediate(() => later(turns - 1, work));
}
