import assert from "node:assert/strict";
import type { FileContent } from "../../lib/base/files.ts";
import { formatOf, parsePeers } from "../../lib/peers/parse.ts";
import { problemText } from "../../lib/peers/peer.ts";
import { readPeers, readStream } from "../../lib/peers/read.ts";
import { PLAIN, shown } from "./reading.ts";

Deno.test("the end of the name tells the format, whatever is in it", () => {
  for (
    const [path, format] of [
      ["a.csv", "csv"],
      ["a.TSV", "csv"],
      ["a.json", "json"],
      ["dir.csv/a.yaml", "yaml"],
      ["a.YML", "yaml"],
    ] as const
  ) {
    for (const text of ["", "[]", "host,port", "- a"]) {
      assert.equal(formatOf(path, text), format);
    }
  }
});

Deno.test("without one the content tells it", () => {
  for (
    const [text, format] of [
      ["", "csv"],
      ["host,port\n", "csv"],
      ['"host","port"\n', "csv"],
      ["# site\nhost;port\n", "csv"],
      ["[{}]", "json"],
      [' \n{"peers":[]}', "json"],
      ["- host: a\n", "yaml"],
      ["-\n  host: a\n", "yaml"],
      ["# site\n\n---\n", "yaml"],
      ["%YAML 1.2\n", "yaml"],
      ["peers:\n- host: a\n", "yaml"],
    ] as const
  ) {
    assert.equal(formatOf(undefined, text), format, text);
    assert.equal(formatOf("site.txt", text), format, text);
  }
});

Deno.test("what spreadsheets write is understood", async () => {
  const text = "name,host,port\nRöntgen,a,1\n";
  const utf16 = new Uint8Array(
    Uint16Array.from(`\ufeff${text}`, (c) => c.charCodeAt(0)).buffer,
  );
  for (
    const bytes of [
      new TextEncoder().encode(text),
      new TextEncoder().encode(`\ufeff${text}`),
      Uint8Array.from(text, (c) => c.charCodeAt(0)),
      utf16,
      Uint8Array.from(utf16, (_, i) => utf16[i ^ 1] ?? 0),
    ]
  ) {
    const { peers } = await parsePeers(bytes, "a.csv", PLAIN);
    assert.deepEqual(peers.map(shown), ["Röntgen a:1 ECHOSCU>ANY-SCP"]);
  }
});

const CONTENT: FileContent = {
  kind: "content",
  bytes: new TextEncoder().encode("host,port\na,1\n"),
};

async function readFrom(
  path: string,
  file: FileContent,
  input: FileContent = { kind: "unreadable" },
): Promise<string> {
  const { peers, problems } = await readPeers(path, {
    files: { read: () => file },
    standardInput: () => Promise.resolve(input),
  }, PLAIN);
  return [...peers.map(shown), ...problems.map(problemText)].join("\n");
}

Deno.test("peers come from a file, or from standard input", async () => {
  const expected = "a:1 ECHOSCU>ANY-SCP";
  assert.equal(await readFrom("f", CONTENT), expected);
  assert.equal(await readFrom("-", { kind: "missing" }, CONTENT), expected);
});

Deno.test("a file that cannot be read is told by its name, made harmless", async () => {
  assert.equal(await readFrom("f", { kind: "missing" }), "f: no such file");
  assert.equal(await readFrom("f", { kind: "folder" }), "f: is a folder");
  assert.equal(
    await readFrom("\x1bf", { kind: "unreadable" }),
    "\\x1bf: cannot be read, or is too long",
  );
  assert.equal(
    await readFrom("-", CONTENT),
    "standard input: cannot be read, or is too long",
  );
});

function stream(...chunks: readonly string[]): ReadableStream<Uint8Array> {
  return ReadableStream.from(chunks).pipeThrough(new TextEncoderStream());
}

Deno.test("a stream is read to its end, unless it is too long", async () => {
  assert.deepEqual(await readStream(stream("ab", "c"), 3), {
    kind: "content",
    bytes: new TextEncoder().encode("abc"),
  });
  assert.equal((await readStream(stream("ab", "cd"), 3)).kind, "unreadable");
});

Deno.test("a signal ends the wait for a stream", async () => {
  const stop = new AbortController();
  const endless = new ReadableStream<Uint8Array>();
  const reading = readStream(endless, 3, stop.signal);
  stop.abort();
  assert.equal((await reading).kind, "unreadable");
  assert.equal(
    (await readStream(stream("a"), 3, AbortSignal.abort())).kind,
    "unreadable",
  );
});
