import assert from "node:assert/strict";
import { passwordFrom } from "../../../lib/tls/files/password.ts";
import { TlsSetupError } from "../../../lib/tls/setup-error.ts";
import {
  type FakeTerminal,
  fakeTerminal,
  NO_TERMINAL,
  setupError,
} from "../setup.ts";

const ASK = { from: "standard-input" } as const;
const decoder = new TextDecoder();

async function answer(terminal: FakeTerminal): Promise<string> {
  return decoder.decode(await passwordFrom(ASK, "k.pem", terminal));
}

Deno.test("a password of the command line is taken without asking", async () => {
  const given = { from: "command-line", password: "gehörnt" } as const;
  const bytes = await passwordFrom(given, "k.pem", NO_TERMINAL);
  assert.equal(decoder.decode(bytes), "gehörnt");
});

Deno.test("the empty password is taken without asking", async () => {
  const bytes = await passwordFrom({ from: "empty" }, "k.pem", NO_TERMINAL);
  assert.equal(bytes.byteLength, 0);
});

Deno.test("from a pipe one line is taken and not a byte more", async () => {
  const terminal = fakeTerminal("secret\nrest");
  assert.equal(await answer(terminal), "secret");
  assert.equal(terminal.left(), "rest".length);
  assert.deepEqual(terminal.seen, ["Enter PEM pass phrase:", "\n"]);
});

Deno.test("the last line of a pipe needs no end, and may end as on Windows", async () => {
  assert.equal(await answer(fakeTerminal("secret")), "secret");
  assert.equal(await answer(fakeTerminal("secret\r\n")), "secret");
  assert.equal(await answer(fakeTerminal("\n")), "");
});

Deno.test("a pipe without a password is an error that names another way", async () => {
  const [text, cause] = await setupError(answer(fakeTerminal("")));
  assert.equal(
    text,
    "000b:0004 Unable to load private TLS key from 'k.pem'",
  );
  assert.match(cause, /standard input has no password.*\+pw/);
});

Deno.test("a line that is too long is not read to its end, nor shown", async () => {
  const terminal = fakeTerminal("x".repeat(5000));
  const [, cause] = await setupError(answer(terminal));
  assert.match(cause, /longer than 1024 bytes/);
  assert.ok(!cause.includes("xx"));
  assert.ok(terminal.left() > 3000);
});

Deno.test("on a terminal there is no echo while a password is typed", async () => {
  const terminal = fakeTerminal("secret\r", { isTerminal: true });
  assert.equal(await answer(terminal), "secret");
  assert.deepEqual(terminal.seen, [
    "<raw>",
    "Enter PEM pass phrase:",
    "<cooked>",
    "\n",
  ]);
});

Deno.test("backspace takes a whole character away, Ctrl-U all", async () => {
  for (
    const [typed, password] of [
      ["sex\x7fcret\n", "secret"],
      ["sä\x08ecret\n", "secret"],
      ["\x7f\x7fsecret\n", "secret"],
      ["wrong\x15secret\n", "secret"],
    ] as const
  ) {
    const terminal = fakeTerminal(typed, { isTerminal: true });
    assert.equal(await answer(terminal), password);
  }
});

Deno.test("Ctrl-D ends a password, and without one is its absence", async () => {
  const ended = fakeTerminal("secret\x04", { isTerminal: true });
  assert.equal(await answer(ended), "secret");
  const empty = fakeTerminal("\x04", { isTerminal: true });
  const [, cause] = await setupError(answer(empty));
  assert.match(cause, /has no password/);
  assert.ok(empty.seen.includes("<cooked>"));
});

async function isInterrupted(terminal: FakeTerminal): Promise<void> {
  await assert.rejects(
    answer(terminal),
    (error) => error instanceof TlsSetupError && error.interrupted,
  );
  assert.deepEqual(terminal.seen.slice(-2), ["<cooked>", "\n"]);
}

Deno.test("Ctrl-C interrupts, and the terminal is as before", async () => {
  await isInterrupted(fakeTerminal("sec\x03ret\n", { isTerminal: true }));
});

Deno.test("a signal interrupts the prompt, and the terminal is as before", async () => {
  const controller = new AbortController();
  const terminal = fakeTerminal(undefined, {
    isTerminal: true,
    signal: controller.signal,
  });
  const interrupted = isInterrupted(terminal);
  controller.abort();
  await interrupted;
});

Deno.test("standard input that cannot be read is an error, and the terminal is as before", async () => {
  const terminal: FakeTerminal = {
    ...fakeTerminal("", { isTerminal: true }),
    readByte: () => Promise.reject(new Error("gone")),
  };
  const [, cause] = await setupError(answer(terminal));
  assert.match(cause, /cannot be read/);
  assert.ok(terminal.seen.includes("<cooked>"));
});
