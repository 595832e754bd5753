/** TLS that comes to no end, is broken off, or cannot be had. */

import assert from "node:assert/strict";
import type { InterruptSignal } from "../../lib/host.ts";
import { asServer } from "../tls/handshakes.ts";
import { type Result, runLine } from "./fake-host.ts";
import {
  against,
  FAILED,
  LOCKED,
  options,
  PACS,
  says,
  SHOWING,
  TRUSTING,
} from "./tls-host.ts";

/** A signal comes while the pass phrase is asked for. */
async function atPrompt(
  signal: InterruptSignal,
  argv: readonly string[],
): Promise<Result> {
  const prompted = Promise.withResolvers<void>();
  const wishes = options({
    terminal: { write: () => Promise.resolve(prompted.resolve()) },
    more: { "p.csv": "host,port\nlocalhost,104\n" },
    host: {
      connect: () => assert.fail("connected"),
      onInterrupt: (handler) => {
        prompted.promise.then(() => handler(signal));
        return () => {};
      },
    },
  });
  return await runLine([...LOCKED, ...argv], wishes);
}

Deno.test("a signal at the prompt ends the program as it ends all others", async () => {
  const peer = ["localhost", "104"];
  for (
    const argv of [
      peer,
      ["--retry", "1", ...peer],
      ["--interval", "1", "--repeat", "9", ...peer],
      ["--interval", "1", ...peer],
      ["--peers", "p.csv"],
    ]
  ) {
    for (
      const [signal, code] of [
        ["SIGINT", 130],
        ["SIGTERM", 143],
        ["SIGHUP", 129],
      ] as const
    ) {
      const { exit, stdout, stderr } = await atPrompt(signal, argv);
      assert.equal(exit, code, argv.join(" "));
      assert.match(stderr, /Interrupted/);
      assert.equal(stdout, "");
    }
  }
});

Deno.test("a signal at the prompt has a result where one was asked for", async () => {
  const line = ["--format", "json", "localhost", "104"];
  const { exit, stdout } = await atPrompt("SIGTERM", line);
  assert.equal(exit, 143);
  const { failure } = JSON.parse(stdout).results[0];
  assert.equal(failure.stage, "tls");
  assert.equal(failure.code, "interrupted");
  assert.equal(failure.cause, "interrupted before anything was sent");
});

Deno.test("TLS that cannot be set up is told in every format", async () => {
  const told = async (
    argv: readonly string[],
    wanted = 1,
  ): Promise<string> => {
    const wrong = ["+tls", "scu.key", "pacs.pem", "+cf", "root.pem"];
    const line = [...wrong, ...argv, "localhost", "104"];
    const connect = (): never => assert.fail("connected");
    const result = await runLine(line, options({ host: { connect } }));
    assert.equal(result.exit, wanted, argv.join(" "));
    assert.match(result.stderr, /Private key .* do not match/);
    return result.stdout;
  };
  const [{ failure, stages }] =
    JSON.parse(await told(["--format", "json"])).results;
  assert.equal(failure.code, "tls-not-set-up");
  assert.equal(failure.conditions[0].code, "000b:0006");
  assert.deepEqual(stages, [{ stage: "tls", durationMs: 0, ok: false }]);
  const line = JSON.parse(await told(["--format", "jsonl"]));
  assert.equal(line.failure.code, "tls-not-set-up");
  assert.match(await told(["--format", "csv"]), /,tls,tls-not-set-up,/);
  assert.match(
    await told(["--format", "prometheus"]),
    /^dicom_probe_failure_info\{.*cause="tls-not-set-up"\} 1$/m,
  );
  assert.match(await told(["--format", "text"]), /FAILED .* tls /);
  assert.match(
    await told(["--format", "nagios"], 3),
    /^DICOM UNKNOWN - localhost:104: TLS cannot be set up/,
  );
  const explained = await told(["--explain"]);
  assert.match(explained, /^ {2}name look-up +- +not reached$/m);
  assert.match(explained, /^ {2}TLS +FAILED/m);
  assert.match(explained, /^Failed in TLS after .*: tls-not-set-up$/m);
  assert.equal(await told(["--interval", "1"]), "");
  const probed = JSON.parse(await told(["--probe", "--format", "json"]));
  assert.equal(probed.failedStage, "tls");
  assert.ok(probed.services.length > 0);
  assert.match(await told(["--probe"]), /^Accepted: 0 of \d+ services /);
});

interface Mute extends AsyncDisposable {
  readonly port: number;
  /** Resolves when a client has said something. */
  readonly asked: Promise<void>;
}

/** Takes connections and never answers. */
function startMute(): Mute {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const asked = Promise.withResolvers<void>();
  const serve = async (connection: Deno.Conn): Promise<void> => {
    const buffer = new Uint8Array(4096);
    try {
      while (await connection.read(buffer) !== null) asked.resolve();
    } catch {
      // The client has reset it.
    }
    connection.close();
  };
  const serving: Promise<void>[] = [];
  const accepting = (async (): Promise<void> => {
    for await (const connection of listener) serving.push(serve(connection));
  })();
  return {
    port: listener.addr.port,
    asked: asked.promise,
    async [Symbol.asyncDispose](): Promise<void> {
      listener.close();
      await accepting;
      await Promise.all(serving);
    },
  };
}

Deno.test("--timeout bounds the handshake", async () => {
  await using mute = startMute();
  const line = [...TRUSTING, "-to", "1", "127.0.0.1", String(mute.port)];
  says(
    await runLine(line, options()),
    1,
    `${FAILED}000b:000b TLS read operation did not complete ` +
      "(SSL_ERROR_WANT_READ)",
    "F: 000b:0f0d the TLS handshake took too long: see -to",
  );
});

for (
  const [signal, exit] of [["SIGINT", 130], ["SIGTERM", 143]] as const
) {
  Deno.test(`${signal} ends a handshake with ${exit}`, async () => {
    await using mute = startMute();
    const interrupting = (
      handler: (signal: InterruptSignal) => void,
    ): () => void => {
      let over = false;
      mute.asked.then(() => over || handler(signal));
      return () => {
        over = true;
      };
    };
    const line = [...TRUSTING, "127.0.0.1", String(mute.port)];
    const result = await runLine(
      line,
      options({ host: { onInterrupt: interrupting } }),
    );
    assert.equal(result.exit, exit);
    assert.match(result.stderr, /Interrupted/);
  });
}

Deno.test("what only another program can do is said if there is none", async () => {
  const { exit, stderr } = await against(
    asServer(PACS),
    [...TRUSTING, "+pa"],
  );
  assert.equal(exit, 1);
  assert.match(
    stderr,
    /^F: .*000b:0001 .*\nF: 000b:0f06 .*\nF: 000b:0f06 .*running it is not permitted \(--allow-run\)\n$/,
  );
});

for (const runtime of ["2.4.2", "2.6.8", "2.7.14"]) {
  Deno.test(`TLS is refused on Deno ${runtime}`, async () => {
    const wishes = { runtime, host: { connect: () => assert.fail("sent") } };
    for (const argv of [TRUSTING, ["+tla", "-ic"], SHOWING]) {
      says(
        await runLine([...argv, "localhost", "104"], options(wishes)),
        1,
        "F: 000b:0001 Unable to create TLS transport layer",
        `F: 000b:0f0e TLS of Deno ${runtime} does not verify the peer: use ` +
          "Deno 2.8 or later",
      );
    }
  });
}
