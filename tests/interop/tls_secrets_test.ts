/** No secret gets out: not on the screen, not into a file or another process. */

import assert from "node:assert/strict";
import { createPrivateKey } from "node:crypto";
import { CLIENTS } from "./tls-certificates.ts";
import { run, runBeside } from "../support/run.ts";
import { eachInParallel } from "./pool.ts";
import { OURS_WITH_TLS } from "./tls-differential.ts";
import { PASSWORD, tlsFolder } from "./tls-files.ts";
import { PeerPool } from "./tls-peers.ts";
import { LOCKED, SCENARIOS, TRUST, WRONG } from "./tls-secret-scenarios.ts";

function keyOf(type: "pkcs8" | "pkcs1"): Uint8Array {
  const key = CLIENTS.get("rsa")?.keyPem;
  assert.ok(key !== undefined);
  return createPrivateKey(key).export({ type, format: "der" });
}

/** Enough of a key to be told by: pieces of it, each in one line of text. */
function piecesOf(bytes: Uint8Array): string[] {
  const base64 = bytes.toBase64();
  const hex = bytes.toHex();
  const pieces: string[] = [];
  // The public half comes first, in the modulus.
  for (let at = base64.length / 2; at < base64.length; at += 64) {
    pieces.push(base64.slice(at, at + 32));
  }
  for (let at = hex.length / 2; at < hex.length; at += 32) {
    pieces.push(hex.slice(at, at + 24));
  }
  return pieces.filter((piece) => piece.length >= 24);
}

const PIECES = [...piecesOf(keyOf("pkcs8")), ...piecesOf(keyOf("pkcs1"))];

/** The secrets that are in a text. */
function secretsIn(text: string): string[] {
  const bare = text.replace(/[\s:]/g, "");
  return [
    ...[PASSWORD, WRONG].filter((secret) => text.includes(secret)),
    ...PIECES.filter((piece) =>
      bare.includes(piece) || bare.toLowerCase().includes(piece)
    ),
  ];
}

Deno.test("secrets are found where they are", () => {
  const key = CLIENTS.get("rsa")?.keyPem ?? "";
  assert.ok(secretsIn(key).length > 10);
  const dump = [...keyOf("pkcs1")]
    .map((byte) => byte.toString(16).padStart(2, "0")).join("  ");
  assert.ok(secretsIn(dump.toUpperCase()).length > 10);
  assert.deepEqual(secretsIn(`+pw ${PASSWORD}`), [PASSWORD]);
  assert.deepEqual(secretsIn("nothing"), []);
});

/** Where most is said. */
const LOUD: Readonly<Record<string, readonly string[]>> = {
  "trace and --arguments": ["-ll", "trace", "--arguments"],
  "-lc": ["-lc", "log.cfg", "--arguments"],
};

const QUIETER: Readonly<Record<string, readonly string[]>> = {
  "-q": ["-q"],
  "no option": [],
  "-v": ["-v"],
  "-d and --arguments": ["-d", "--arguments"],
};

/** Tried at the quieter levels as well. */
const EVERYWHERE = ["success, +pw", "success with openssl", "a wrong password"];

const LOG_CONFIG = `log4cplus.rootLogger = TRACE, file
log4cplus.appender.file = log4cplus::FileAppender
log4cplus.appender.file.File = \${LOG_FILE}
log4cplus.appender.file.layout = log4cplus::PatternLayout
log4cplus.appender.file.layout.ConversionPattern = %d %p %c: %m%n
`;

const ALL_ARGS = Object.values(SCENARIOS).flatMap(({ args }) => args);

Deno.test("no secret is shown, logged or left behind", async (t) => {
  await using folder = await tlsFolder(ALL_ARGS);
  await using pool = new PeerPool(folder.path);
  await Deno.writeTextFile(`${folder.path}/log.cfg`, LOG_CONFIG);
  await Deno.mkdir(`${folder.path}/temporary`);
  const cases = Object.entries(SCENARIOS).flatMap(([name, scenario]) =>
    Object.entries({
      ...LOUD,
      ...(EVERYWHERE.includes(name) ? QUIETER : {}),
    }).map(([level, options]) => ({
      name: `${name}, ${level}`,
      scenario,
      options,
    }))
  );
  await eachInParallel(cases, 6, async ({ name, scenario, options }) => {
    await t.step({
      name,
      sanitizeExit: false,
      sanitizeOps: false,
      sanitizeResources: false,
      fn: async () => {
        const { peer, args, stdin, exit } = scenario;
        const port = String(await pool.portOf(peer));
        const log = `${folder.path}/${name.replace(/\W+/g, "-")}.log`;
        const result = await run(
          OURS_WITH_TLS,
          [...options, ...args, "127.0.0.1", port],
          {
            cwd: folder.path,
            env: { TMPDIR: `${folder.path}/temporary`, LOG_FILE: log },
            ...(stdin === undefined ? {} : { stdin }),
          },
        );
        assert.equal(result.exit, exit, result.stderr);
        assert.deepEqual(secretsIn(result.stdout + result.stderr), []);
        if (!options.includes("-lc")) return;
        const isUsageError = result.stderr.includes("\nerror: ");
        const logged = isUsageError ? "" : await Deno.readTextFile(log);
        assert.deepEqual(secretsIn(logged), []);
        assert.ok(isUsageError || logged.length > 0);
      },
    });
  });
  assert.deepEqual([...Deno.readDirSync(`${folder.path}/temporary`)], []);
});

/** Command lines of the processes that `pid` has started and that still run. */
async function childrenOf(pid: number): Promise<string[]> {
  const lines: string[] = [];
  try {
    // A child has the command line of its parent until it is another program.
    const own = await Deno.readTextFile(`/proc/${pid}/cmdline`);
    for await (const { name: task } of Deno.readDir(`/proc/${pid}/task`)) {
      const children = await Deno.readTextFile(
        `/proc/${pid}/task/${task}/children`,
      );
      for (const child of children.trim().split(/\s+/).filter(Boolean)) {
        const line = await Deno.readTextFile(`/proc/${child}/cmdline`);
        if (line !== own) lines.push(line.replaceAll("\0", " "));
      }
    }
  } catch {
    // It has ended in the meantime.
  }
  return lines;
}

Deno.test("no secret is in the command line of another process", async () => {
  await using folder = await tlsFolder(ALL_ARGS);
  await using pool = new PeerPool(folder.path);
  const temporary = `${folder.path}/temporary`;
  await Deno.mkdir(temporary);
  const port = await pool.portOf({ kind: "raw", does: { then: "waits" } });
  const seen = new Set<string>();
  {
    await using ours = runBeside(OURS_WITH_TLS, [
      ...[...LOCKED, "+pw", PASSWORD, ...TRUST, "+pa", "-to", "1"],
      ...["127.0.0.1", String(port)],
    ], { cwd: folder.path, env: { TMPDIR: temporary } });
    while (!ours.ended) {
      for (const line of await childrenOf(ours.pid)) seen.add(line);
      await new Promise((resolve) => setTimeout(resolve, 1));
    }
    assert.match(ours.output, /000b:0f0d the TLS handshake took too long/);
  }
  const lines = [...seen];
  assert.ok(
    lines.some((line) => /openssl s_client .* -key /.test(line)),
    lines.join("\n"),
  );
  assert.deepEqual(lines.flatMap(secretsIn), []);
  assert.deepEqual([...Deno.readDirSync(temporary)], []);
});
