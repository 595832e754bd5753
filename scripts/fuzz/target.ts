/** What is fuzzed, and how a case that fails is made small. */

import type { Random } from "./random.ts";

/** An input: pieces of bytes, which a target reads as it likes. */
export type Input = readonly Uint8Array[];

export interface Target {
  readonly name: string;
  readonly make: (random: Random) => Input;
  /** It waits more than it works: a batch runs side by side. */
  readonly parallel?: boolean;
  /** Throws when the input shows a fault of the program. */
  readonly run: (input: Input) => Promise<void> | void;
}

/** Only a hang lasts as long: so many ticks of so many milliseconds. */
const TICKS = 100;
const TICK = 100;

/**
 * Rejects when so much time has passed in which the program could run: a tick
 * that comes late counts once. A machine that is busy with something else
 * hangs nothing by it.
 */
export function watchdog(
  ticks = TICKS,
  tick = TICK,
): Disposable & { readonly expired: Promise<never> } {
  const { promise: expired, reject } = Promise.withResolvers<never>();
  let left = ticks;
  const timer = setInterval(() => {
    left--;
    if (left > 0) return;
    clearInterval(timer);
    reject(new Error("it hangs"));
  }, tick);
  return { expired, [Symbol.dispose]: () => clearInterval(timer) };
}

/** Undefined: it is as it should be; else what is wrong. */
export async function faultOf(
  target: Target,
  input: Input,
): Promise<string | undefined> {
  try {
    const work = target.run(input);
    if (work === undefined) return undefined;
    using watch = watchdog();
    await Promise.race([work, watch.expired]);
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.stack ?? error.message : `${error}`;
  }
}

/** Leaves out ever smaller parts as long as the case still fails. */
export async function shrink(target: Target, input: Input): Promise<Input> {
  let best = input;
  for (let index = 0; index < input.length; index++) {
    let size = Math.ceil((best[index]?.byteLength ?? 0) / 2);
    while (size >= 1) {
      let smaller = false;
      const length = best[index]?.byteLength ?? 0;
      for (let at = 0; at < length; at += size) {
        const candidate = best.map((piece, other) =>
          other === index
            ? Uint8Array.from([
              ...piece.subarray(0, at),
              ...piece.subarray(at + size),
            ])
            : piece
        );
        if (await faultOf(target, candidate) === undefined) continue;
        best = candidate;
        smaller = true;
        break;
      }
      if (!smaller) size = size === 1 ? 0 : Math.ceil(size / 2);
    }
  }
  return best;
}
