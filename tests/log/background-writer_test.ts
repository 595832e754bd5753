import assert from "node:assert/strict";
import { BackgroundWriter } from "../../lib/log/background-writer.ts";
import { decodeRaw } from "../../lib/log/raw-text.ts";

const decoder = new TextDecoder();

/** Takes at most `most` bytes at a time, once it is told to go on. */
class SlowReader {
  text = "";
  readonly #most: number;
  #gate = Promise.withResolvers<void>();

  constructor(most: number) {
    this.#most = most;
  }

  goOn(): void {
    this.#gate.resolve();
  }

  async write(bytes: Uint8Array): Promise<number> {
    await this.#gate.promise;
    const taken = bytes.subarray(0, this.#most);
    this.text += decoder.decode(taken, { stream: true });
    return taken.byteLength;
  }
}

Deno.test("texts come out whole and in order, however little is taken", async () => {
  const reader = new SlowReader(2);
  const writer = new BackgroundWriter(reader);
  writer.write("one\n");
  writer.write("zwölf\n");
  reader.goOn();
  await writer.done;
  assert.equal(reader.text, "one\nzwölf\n");
});

Deno.test("nobody waits for a reader who has stalled", async () => {
  const reader = new SlowReader(100);
  const writer = new BackgroundWriter(reader);
  writer.write("first\n");
  writer.write("second\n");
  assert.equal(reader.text, "");
  assert.equal(writer.backlog, "second\n".length);
  assert.notEqual(writer.done, undefined);
  reader.goOn();
  await writer.done;
  assert.equal(writer.backlog, 0);
  assert.equal(writer.done, undefined);
});

Deno.test("what is written while nothing is under way starts anew", async () => {
  const reader = new SlowReader(100);
  const writer = new BackgroundWriter(reader);
  reader.goOn();
  writer.write("a");
  await writer.done;
  writer.write("b");
  await writer.done;
  assert.equal(reader.text, "ab");
});

Deno.test("a reader who is gone loses what was for him, and no more happens", async () => {
  let tries = 0;
  const writer = new BackgroundWriter({
    write: () => {
      tries++;
      return Promise.reject(new Deno.errors.BrokenPipe("gone"));
    },
  });
  writer.write("lost");
  await writer.done;
  assert.equal(tries, 1);
  assert.equal(writer.done, undefined);
});

Deno.test("a stream that would block is tried again", async () => {
  let tries = 0;
  let text = "";
  const writer = new BackgroundWriter({
    write: (bytes) => {
      if (++tries < 3) {
        return Promise.reject(new Deno.errors.WouldBlock("full"));
      }
      text += decoder.decode(bytes);
      return Promise.resolve(bytes.byteLength);
    },
  });
  writer.write("at last");
  await writer.done;
  assert.equal(text, "at last");
  assert.equal(tries, 3);
});

Deno.test("an empty text is no text, and more can follow", async () => {
  const reader = new SlowReader(100);
  const writer = new BackgroundWriter(reader);
  reader.goOn();
  writer.write("");
  assert.equal(writer.done, undefined);
  writer.write("more");
  await writer.done;
  assert.equal(reader.text, "more");
});

Deno.test("who wrote is told once what has become of it", async () => {
  const outcomes: unknown[] = [];
  const settled = (error: unknown): void => {
    outcomes.push(error);
  };
  const full = new Error("no space");
  const reader = new SlowReader(100);
  let isFull = false;
  const writer = new BackgroundWriter({
    write: (bytes) => isFull ? Promise.reject(full) : reader.write(bytes),
  });
  reader.goOn();
  writer.write("first\n", settled);
  await writer.done;
  isFull = true;
  writer.write("lost\n", settled);
  await writer.done;
  assert.deepEqual(outcomes, [undefined, full]);
});

Deno.test("bytes that are no UTF-8 are written as they were read", async () => {
  const written: number[] = [];
  const writer = new BackgroundWriter({
    write: (bytes) => {
      written.push(...bytes);
      return Promise.resolve(bytes.byteLength);
    },
  });
  writer.write(decodeRaw(Uint8Array.of(0x41, 0xfc, 0xc3, 0xbc)));
  await writer.done;
  assert.deepEqual(written, [0x41, 0xfc, 0xc3, 0xbc]);
});
