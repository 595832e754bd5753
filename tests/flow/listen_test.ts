/** `--listen` for monitoring and over TLS, as the command line asks for it. */

import assert from "node:assert/strict";
import { run } from "../../lib/app/run.ts";
import { toPem } from "../../lib/base/pem.ts";
import { integer, sequence } from "../support/der.ts";
import { type Output, parseOutput } from "../format/nagios-grammar.ts";
import { Deadlines } from "../../lib/net/deadline.ts";
import { issue } from "../support/certificates.ts";
import { ASSOCIATE_RQ } from "../support/golden.ts";
import { temporaryDirectory } from "../support/run.ts";
import { fakeMachine, type HostOptions, runLine } from "./fake-host.ts";
import {
  options,
  PACS,
  ROOT,
  SHOWING,
  TRUSTING,
  type Wishes,
} from "./tls-host.ts";

interface Listened {
  readonly exit: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Listens, calls with the port when it does, and is interrupted after it. */
async function whileListening(
  argv: readonly string[],
  call: (port: string) => Promise<void>,
  wishes: HostOptions = {},
): Promise<Listened> {
  const calls: Promise<void>[] = [];
  const look = (text: string): void => {
    const port = /Listening on \S+:(\d+)(,.*)?$/m.exec(text)?.[1];
    if (port === undefined) return;
    const ended = call(port).finally(() => machine.interrupt("SIGINT"));
    // It is looked at when listening has ended.
    ended.catch(() => {});
    calls.push(ended);
  };
  const machine = fakeMachine({ ...wishes, onError: look, onOutput: look });
  // The deadline only ends what would hang.
  const line = ["--listen", "127.0.0.1:0", "--deadline", "30", ...argv];
  const exit = await run(line, machine.host);
  assert.equal(calls.length, 1);
  await Promise.all(calls);
  assert.equal(machine.handlers(), 0);
  return { exit, stdout: machine.stdout(), stderr: machine.stderr() };
}

async function echo(
  port: string,
  argv: readonly string[] = [],
  wishes?: HostOptions,
): Promise<number> {
  return (await runLine([...argv, "127.0.0.1", port], wishes)).exit;
}

async function monitored(
  argv: readonly string[],
  call: (port: string) => Promise<void>,
): Promise<Listened & { readonly output: Output }> {
  const line = ["--format", "nagios", "-v", ...argv];
  const listened = await whileListening(line, call);
  return { ...listened, output: parseOutput(listened.stdout) };
}

Deno.test("for monitoring a caller that was answered is OK", async () => {
  const { exit, output } = await monitored(["-aet", "ME"], async (port) => {
    assert.equal(await echo(port, ["-aec", "ME"]), 0);
    assert.equal(await echo(port, ["-aec", "YOU"]), 1);
  });
  assert.equal(exit, 0);
  assert.equal(output.state, "OK");
  assert.equal(output.text, "1 echo answered, 1 association, 1 refused");
  assert.match(output.lines.join("\n"), /^#1 .*ECHOSCU calls ME, /m);
});

Deno.test("for monitoring callers that are all refused are CRITICAL", async () => {
  const { exit, output } = await monitored(["-aet", "ME"], async (port) => {
    assert.equal(await echo(port, ["-aec", "YOU"]), 1);
  });
  assert.equal(exit, 2);
  assert.match(output.text, /^no echo answered on 1 connection/);
});

Deno.test("for monitoring nobody who calls until the deadline is CRITICAL", async () => {
  const line = ["--listen", "127.0.0.1:0", "--deadline", "0.05"];
  const { exit, stdout } = await runLine([...line, "--format", "nagios"]);
  assert.equal(exit, 2);
  assert.equal(
    stdout,
    "DICOM CRITICAL - nobody has called\n" +
      "0 connections | 'echoes'=0;;;0\n" +
      "'associations'=0;;;0\n'refused'=0;;;0\n'connections'=0;;;0\n",
  );
});

Deno.test("for monitoring a listening end that cannot listen is UNKNOWN", async () => {
  using taken = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const address = `127.0.0.1:${taken.addr.port}`;
  for (const more of [[], ["+tla", "-ic"]]) {
    const { exit, stdout } = await runLine(
      ["--format", "nagios", "--listen", address, ...more],
      options(),
    );
    assert.equal(exit, 3);
    assert.equal(parseOutput(stdout).state, "UNKNOWN");
  }
});

Deno.test("for monitoring an error of our own is UNKNOWN", async () => {
  const { exit, stdout } = await whileListening(
    ["--format", "nagios", "-v"],
    async (port) => {
      using client = await Deno.connect({ port: Number(port) });
      assert.equal(await client.read(new Uint8Array(1)), null);
    },
    {
      host: {
        now: () => {
          throw new Error("no clock");
        },
      },
    },
  );
  assert.equal(exit, 3);
  assert.equal(parseOutput(stdout).state, "UNKNOWN");
});

Deno.test("what is told in the end can be written to a file", async () => {
  await using directory = await temporaryDirectory({});
  const file = `${directory.path}/result`;
  for (
    const [format, words] of [
      ["nagios", /^DICOM OK - 1 echo/],
      ["prometheus", /^dicom_listen_echoes_total 1$/m],
    ] as const
  ) {
    const { exit, stdout } = await whileListening(
      ["--format", format, "--output", file, "-v"],
      async (port) => assert.equal(await echo(port), 0),
    );
    assert.equal(exit, 0);
    assert.equal(stdout, "");
    assert.match(await Deno.readTextFile(file), words);
  }
});

Deno.test("what is told while it listens is not for a file", async () => {
  for (const format of ["text", "json", "jsonl", "csv"]) {
    const line = ["--listen", "127.0.0.1:0", "--deadline", "0.05"];
    const { exit, stderr } = await runLine(
      [...line, "--format", format, "--output", "/nowhere/at/all"],
    );
    assert.equal(exit, 1);
    assert.match(stderr, /^F: --listen writes \w+ while it listens/);
  }
});

Deno.test("a caller is waited for as long as the timeouts say", async () => {
  // Less than half of what it is without the option.
  const patience = 4000;
  for (
    const [option, said] of [
      ["-ta", new Uint8Array()],
      ["-td", ASSOCIATE_RQ],
      ["-ts", ASSOCIATE_RQ],
    ] as const
  ) {
    const { exit } = await whileListening([option, "1"], async (port) => {
      using client = await Deno.connect({ port: Number(port) });
      using deadlines = new Deadlines();
      using deadline = deadlines.start(patience);
      if (said.byteLength > 0) await client.write(said);
      const buffer = new Uint8Array(1024);
      while (await deadline.race(client.read(buffer)) !== null);
    });
    assert.equal(exit, 0);
  }
});

Deno.test("a wait that is too long is shortened, and that is said", async () => {
  const line = ["--listen", "127.0.0.1:0", "--deadline", "0.05"];
  const { exit, stderr } = await runLine([...line, "-td", "86400"]);
  assert.equal(exit, 0);
  assert.equal(
    stderr,
    "W: A caller is not waited for longer than 600 seconds\n",
  );
});

Deno.test("an address of the other family is not listened on", async () => {
  const { exit, stderr } = await runLine([
    "--listen",
    "127.0.0.1:0",
    "-i6",
    "--deadline",
    "0.05",
  ]);
  assert.equal(exit, 1);
  assert.equal(
    stderr,
    "F: Cannot listen on 127.0.0.1:0: it has no IPv6 address\n",
  );
});

const SERVING = ["+tls", "server.key", "server.pem", "-pw", "+cf", "root.pem"];

function serving(wishes: Wishes = {}): HostOptions {
  return options({
    ...wishes,
    more: { "server.key": PACS.keyPem, "server.pem": PACS.pem },
  });
}

Deno.test("over TLS callers are served by profile and suites", async () => {
  const listened = await whileListening(
    [...SERVING, "+pz", "-vc"],
    async (port) => {
      assert.equal(await echo(port, TRUSTING, options()), 0);
      assert.equal(await echo(port, SHOWING, options()), 0);
    },
    serving(),
  );
  assert.equal(listened.exit, 0);
  assert.match(listened.stdout, /TLS: +TLSv1\.2, TLS_ECDHE_ECDSA/);
  assert.match(listened.stdout, /Client Certificate: +\(none\)/);
  assert.match(listened.stdout, /Client Certificate: +\/CN=scu/);
  assert.match(
    listened.stderr,
    /^W: Not served, for the runtime does not have them: TLS_DHE_RSA_/,
  );
});

Deno.test("over TLS a caller is told that is not within profile and suites", async () => {
  const suite = "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256";
  const listened = await whileListening(
    [...SERVING, "+pa", "+cs", suite, "-ic"],
    async (port) => {
      assert.equal(await echo(port, TRUSTING, options()), 1);
    },
    serving(),
  );
  assert.equal(listened.exit, 0);
  assert.match(
    listened.stdout,
    / no TLS: TLSv1\.2 with \S+ is what the caller prefers, but/,
  );
});

for (
  const [what, argv, words] of [
    ["an unknown suite", ["+cs", "X"], /Unknown or invalid ciphersuite: X/],
    [
      "a suite that the profile refuses",
      ["+pm", "+cs", "TLS_RSA_WITH_AES_128_CBC_SHA"],
      /Ciphersuite not allowed in current DICOM security profile/,
    ],
    [
      "a profile of which the runtime has nothing",
      ["+pn"],
      /cannot serve any cipher suite of the profile/,
    ],
  ] as const
) {
  Deno.test(`over TLS ${what} is refused before it listens`, async () => {
    const line = ["--listen", "127.0.0.1:0", "--deadline", "0.05"];
    const { exit, stdout, stderr } = await runLine(
      [...line, ...SERVING, ...argv],
      serving(),
    );
    assert.equal(exit, 1);
    assert.equal(stdout, "");
    assert.match(stderr, words);
  });
}

/** A prime of 521 bits and a generator. */
const DH_PARAMETERS = toPem(
  "DH PARAMETERS",
  sequence(integer(Uint8Array.fromHex(`01${"ff".repeat(65)}`)), integer(2)),
);

Deno.test("over TLS parameters for Diffie-Hellman are warned of", async () => {
  const line = ["--listen", "127.0.0.1:0", "--deadline", "0.05"];
  const { exit, stderr } = await runLine(
    [...line, ...SERVING, "+dp", "dh.pem"],
    options({
      more: {
        "server.key": PACS.keyPem,
        "server.pem": PACS.pem,
        "dh.pem": DH_PARAMETERS,
      },
    }),
  );
  assert.equal(exit, 0);
  assert.match(
    stderr,
    /^W: DH parameters of 'dh\.pem' \(\d+ bits\) are not used: the runtime has no cipher suites with them/m,
  );
});

Deno.test("over TLS a key that the runtime does not take is refused before it listens", async () => {
  const short = issue(ROOT, { name: "pacs", key: "rsa1024" });
  const line = ["--listen", "127.0.0.1:0", "--deadline", "0.05"];
  const { exit, stdout, stderr } = await runLine(
    [...line, ...SERVING, "+py"],
    options({ more: { "server.key": short.keyPem, "server.pem": short.pem } }),
  );
  assert.equal(exit, 1);
  assert.equal(stdout, "");
  assert.match(stderr, /^F: --listen cannot use this key or certificate: /m);
});

Deno.test("over TLS the seed file is renewed when somebody was served", async () => {
  const written: string[] = [];
  const line = [...SERVING, "-ic", "+rs", "seed", "+ws"];
  const wishes = { onWrite: (path: string) => void written.push(path) };
  await whileListening(line, () => Promise.resolve(), serving(wishes));
  assert.deepEqual(written, []);
  await whileListening(line, async (port) => {
    assert.equal(await echo(port, TRUSTING, options()), 0);
  }, serving(wishes));
  assert.deepEqual(written, ["seed"]);
});
