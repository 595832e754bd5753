import assert from "node:assert/strict";
import {
  encodeResponse,
  headLength,
  readRequest,
  textResponse,
} from "../../lib/listen/http.ts";

function bytes(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

Deno.test("a head ends with an empty line, whichever way lines end", () => {
  for (
    const [text, length] of [
      ["GET / HTTP/1.1\r\nA: b\r\n\r\nrest", 24],
      ["GET / HTTP/1.1\nA: b\n\nrest", 21],
      ["a\r\n\n", 4],
      ["a\n\r\n", 4],
      ["a\r\n\r", undefined],
      ["a\r\nb\r\n", undefined],
      ["", undefined],
      ["\n", undefined],
    ] as const
  ) assert.equal(headLength(bytes(text)), length, JSON.stringify(text));
});

Deno.test("a request is its method and its path", () => {
  for (
    const [line, wanted] of [
      ["GET /metrics HTTP/1.1", { method: "GET", path: "/metrics" }],
      ["GET /a?b#c HTTP/1.0", { method: "GET", path: "/a" }],
      ["GET http://h/m?x HTTP/1.1", { method: "GET", path: "/m" }],
      ["GET * HTTP/1.1", undefined],
      ["GET / HTTP/2.0", undefined],
      ["get / HTTP/1.1", undefined],
      ["GET  / HTTP/1.1", undefined],
      ["", undefined],
    ] as const
  ) assert.deepEqual(readRequest(`${line}\r\nHost: x\r\n\r\n`), wanted, line);
});

Deno.test("the length of an answer is that of its bytes", () => {
  const text = new TextDecoder().decode(
    encodeResponse(textResponse(200, "é"), false),
  );
  assert.match(text, /^content-length: 2\r$/m);
  assert.ok(text.endsWith("\r\n\r\né"));
  const head = encodeResponse(textResponse(200, "é"), true);
  assert.ok(new TextDecoder().decode(head).endsWith("close\r\n\r\n"));
});
