/** What one comparison of the two programs consists of. */

import type { Script } from "../support/scripted-peer.ts";
import type { Deviation } from "./deviation.ts";

/** Stands for the peer's port in arguments and command files. */
export const PORT = "{port}";

/** The host at which every peer of these tests listens. */
export const HOST = "127.0.0.1";

export interface Case {
  /** What is shown, in a few words; unique. */
  readonly name: string;
  readonly args: readonly string[];
  /**
   * Who listens at `PORT`: a script, a peer that the test has started for many
   * cases, nobody, or one whose queue is full. A usage error needs none.
   */
  readonly peer?: Script | "shared" | "nobody" | "full";
  readonly env?: Readonly<Record<string, string>>;
  /** Files in the working directory of both programs. */
  readonly files?: Readonly<Record<string, string | Uint8Array>>;
  /** Folders in the working directory of both programs. */
  readonly folders?: readonly string[];
  /** Where ours differs on purpose, and how. */
  readonly deviation?: Deviation;
}

/** A case with a scripted peer: `options`, then the peer's host and port. */
export function withPeer(
  name: string,
  options: readonly string[],
  peer: Script | "shared",
  more: Omit<Partial<Case>, "name" | "args" | "peer"> = {},
): Case {
  return { name, args: [...options, HOST, PORT], peer, ...more };
}

/** A case that ends before anything is sent: arguments as they are. */
export function usage(
  args: readonly string[],
  more: Omit<Partial<Case>, "args"> = {},
): Case {
  const shown = args.map((argument) =>
    /^[\w@+.\/:{}-]+$/.test(argument) ? argument : JSON.stringify(argument)
  );
  return { name: shown.join(" ") || "no arguments", args, ...more };
}
