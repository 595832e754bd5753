/** Byte-level mutations: what a broken or mean peer makes of good bytes. */

import { concatenate } from "../../lib/base/writer.ts";
import type { Random } from "./random.ts";

type Mutation = (bytes: Uint8Array, random: Random) => Uint8Array;

/** From and to, in order, within the bytes. */
function range(bytes: Uint8Array, random: Random): readonly [number, number] {
  const from = random.below(bytes.byteLength + 1);
  const most = Math.min(bytes.byteLength - from, 1 + random.below(32));
  return [from, from + random.below(most + 1)];
}

function withByte(bytes: Uint8Array, at: number, value: number): Uint8Array {
  const copy = bytes.slice();
  if (at < copy.byteLength) copy[at] = value;
  return copy;
}

const INTERESTING = [0, 1, 2, 3, 4, 7, 0x7f, 0x80, 0xfe, 0xff, 0x1b] as const;

const flipBit: Mutation = (bytes, random) => {
  const at = random.below(bytes.byteLength);
  return withByte(bytes, at, (bytes[at] ?? 0) ^ (1 << random.below(8)));
};

const setByte: Mutation = (bytes, random) =>
  withByte(bytes, random.below(bytes.byteLength), random.below(256));

const setInteresting: Mutation = (bytes, random) =>
  withByte(bytes, random.below(bytes.byteLength), random.oneOf(INTERESTING));

/** One more or one less, as lengths are wrong most often. */
const nudge: Mutation = (bytes, random) => {
  const at = random.below(bytes.byteLength);
  return withByte(bytes, at, (bytes[at] ?? 0) + random.oneOf([1, -1, 2, -2]));
};

/** Two or four bytes that are all ones, or all but one. */
const hugeLength: Mutation = (bytes, random) => {
  const copy = bytes.slice();
  const at = random.below(copy.byteLength);
  const width = random.oneOf([2, 4]);
  copy.fill(0xff, at, at + width);
  if (random.below(2) === 0) return withByte(copy, at, 0x7f);
  return copy;
};

const drop: Mutation = (bytes, random) => {
  const [from, to] = range(bytes, random);
  return concatenate([bytes.subarray(0, from), bytes.subarray(to)]);
};

const duplicate: Mutation = (bytes, random) => {
  const [from, to] = range(bytes, random);
  return concatenate([bytes.subarray(0, to), bytes.subarray(from)]);
};

const insert: Mutation = (bytes, random) => {
  const at = random.below(bytes.byteLength + 1);
  const extra = random.bytes(1 + random.below(16));
  return concatenate([bytes.subarray(0, at), extra, bytes.subarray(at)]);
};

const splice: Mutation = (bytes, random) => {
  const [from, to] = range(bytes, random);
  const at = random.below(bytes.byteLength + 1);
  return concatenate([
    bytes.subarray(0, at),
    bytes.subarray(from, to),
    bytes.subarray(at),
  ]);
};

const truncate: Mutation = (bytes, random) =>
  bytes.slice(0, random.below(bytes.byteLength + 1));

const MUTATIONS = [
  flipBit,
  setByte,
  setInteresting,
  nudge,
  hugeLength,
  drop,
  duplicate,
  insert,
  splice,
  truncate,
] as const;

/** Up to four mutations, one after another; an empty text gets some bytes. */
export function mutate(bytes: Uint8Array, random: Random): Uint8Array {
  let mutated = bytes;
  for (let count = 1 + random.below(4); count > 0; count--) {
    mutated = mutated.byteLength === 0
      ? random.bytes(1 + random.below(8))
      : random.oneOf(MUTATIONS)(mutated, random);
  }
  return mutated;
}
