import assert from "node:assert/strict";
import type { Command } from "../../lib/cli/command.ts";
import { parseCommandLine } from "../../lib/cli/parse.ts";
import { split, testErrors } from "./errors.ts";
import { fakeFiles } from "./fake-files.ts";

async function parse(text: string): Promise<Command> {
  return await parseCommandLine(split(text), fakeFiles());
}

async function kindOf<K extends Command["kind"]>(
  kind: K,
  text: string,
): Promise<Extract<Command, { kind: K }>> {
  const command = await parse(text);
  assert.equal(command.kind, kind, JSON.stringify(command));
  return command as Extract<Command, { kind: K }>;
}

Deno.test("a drop-in call has no operators' settings", async () => {
  const { operator } = await kindOf("verify", "-v --repeat 2 h 104");
  assert.equal(operator, undefined);
});

Deno.test("operators' options have their defaults", async () => {
  const { operator } = await kindOf("verify", "--explain h 104");
  assert.deepEqual(operator, {
    explain: true,
    deadline: undefined,
    retries: 0,
    retryDelay: 1,
    format: undefined,
    output: undefined,
    thresholds: {
      warning: undefined,
      critical: undefined,
      certificateWarning: undefined,
      certificateCritical: undefined,
    },
    interval: undefined,
    reconnect: false,
  });
});

Deno.test("every operators' option sets what it is for", async () => {
  const { operator } = await kindOf(
    "verify",
    "--deadline 2.5 --retry 3 --retry-delay 0 --format nagios --output o " +
      "--warning 1 --critical @0:5 --cert-warning 30 --cert-critical 7 " +
      "--interval 0.5 --reconnect h 104",
  );
  assert.deepEqual(operator, {
    explain: false,
    deadline: 2.5,
    retries: 3,
    retryDelay: 0,
    format: "nagios",
    output: "o",
    thresholds: {
      warning: { start: 0, end: 1, inside: false },
      critical: { start: 0, end: 5, inside: true },
      certificateWarning: 30,
      certificateCritical: 7,
    },
    interval: 0.5,
    reconnect: true,
  });
});

Deno.test("an interval without a count goes on for ever", async () => {
  const endless = await kindOf("verify", "--interval 1 h 104");
  assert.equal(endless.settings.repeat, Number.MAX_SAFE_INTEGER);
  const counted = await kindOf("verify", "--interval 1 --repeat 3 h 104");
  assert.equal(counted.settings.repeat, 3);
});

Deno.test("the interval of peers is that of rounds, not of echoes", async () => {
  const command = await kindOf("peers", "--peers p.csv --interval 5");
  assert.equal(command.settings.repeat, 1);
  assert.equal(command.operator.interval, 5);
});

Deno.test("an error knows the format that was asked for, if any was", async () => {
  const formatOf = async (text: string): Promise<string | undefined> => {
    const command = await parseCommandLine(split(text), fakeFiles());
    return command.kind === "error" ? command.format : assert.fail(text);
  };
  for (
    const text of ["h", "h 104 x", "-ll x h 104", "--retry x h 1", "--no", "@f"]
  ) {
    assert.equal(await formatOf(`--format nagios ${text}`), "nagios", text);
    assert.equal(await formatOf(text.replace("retry", "timeout")), undefined);
  }
  assert.equal(await formatOf("nagios"), undefined);
});

Deno.test("an operators' value that is wrong is kept back like all errors", async () => {
  const line = split("-q --deadline x h 104");
  const command = await parseCommandLine(line, fakeFiles());
  assert.ok(command.kind === "error" && command.silent);
});

Deno.test("a peers file needs no peer, and takes the rest from the line", async () => {
  const command = await kindOf(
    "peers",
    "--peers p.csv --concurrency 4 --metrics 9117 -aet ME -ta 3 +tla -ic",
  );
  assert.equal(command.file, "p.csv");
  assert.equal(command.concurrency, 4);
  assert.deepEqual(command.metrics, { hostname: undefined, port: 9117 });
  assert.equal(command.settings.callingAeTitle, "ME");
  assert.equal(command.settings.acseTimeout, 3);
  assert.equal(command.transport.kind, "tls");
  assert.equal((await kindOf("peers", "--peers -")).concurrency, undefined);
});

Deno.test("a listening end has a port, perhaps an address and a title", async () => {
  const one = await kindOf("listen", "--listen 11112");
  assert.deepEqual(one.address, { hostname: undefined, port: 11112 });
  assert.equal(one.aeTitle, undefined);
  const other = await kindOf("listen", "--listen [::1]:0 -aet ME -pdu 4096");
  assert.deepEqual(other.address, { hostname: "::1", port: 0 });
  assert.equal(other.aeTitle, "ME");
  assert.equal(other.maximumLength, 4096);
  const any = await kindOf("listen", "--listen 127.0.0.1:104 -aet ANY");
  assert.deepEqual(any.address, { hostname: "127.0.0.1", port: 104 });
  assert.equal(any.aeTitle, undefined);
});

Deno.test("a listening end takes timeouts and an address family", async () => {
  const plain = await kindOf("listen", "--listen 1");
  assert.equal(plain.addressFamily, "auto");
  assert.deepEqual(plain.timeouts, {
    acse: undefined,
    dimse: undefined,
    socket: undefined,
  });
  const other = await kindOf("listen", "--listen 1 -i6 -ta 3 -td 4 -ts 0");
  assert.equal(other.addressFamily, "ipv6");
  assert.deepEqual(other.timeouts, { acse: 3, dimse: 4, socket: 0 });
});

Deno.test("a listening end takes the options of TLS that a server can use", async () => {
  const { transport } = await kindOf(
    "listen",
    "--listen 1 +tls k c +dp d +py +cs TLSA +rs s -vc",
  );
  assert.ok(transport.kind === "tls");
  const { profile, cipherSuites, dhParameterFile } = transport.tls;
  assert.deepEqual([profile, cipherSuites, dhParameterFile], [
    "bcp195-nd",
    ["TLSA"],
    "d",
  ]);
  assert.equal(transport.tls.peerAuthentication, "if-shown");
});

Deno.test("probing is about one peer", async () => {
  const { settings } = await kindOf("probe", "--probe h 104");
  assert.equal(settings.peer, "h");
});

testErrors(
  {
    "values of operators' options": [
      ["--deadline x h 104", "Invalid value for option --deadline (x)"],
      ["--deadline 0 h 104", "Invalid value for option --deadline (0)"],
      ["--deadline -1 h 104", "Invalid value for option --deadline (-1)"],
      ["--deadline %empty h 104", "Invalid value for option --deadline"],
      ["--deadline 1e3 h 104", "Invalid value for option --deadline (1e3)"],
      ["--interval -1 h 104", "Invalid value for option --interval (-1)"],
      ["--format xml h 104", "Invalid value for option --format (xml)"],
      [
        "--format nagios --warning 5:1 h 104",
        "Invalid value for option --warning (5:1)",
      ],
      [
        "--retry 1001 h 104",
        "Invalid value for option --retry (overflow: 1001)",
      ],
      ["--listen 65536", "Invalid value for option --listen (65536)"],
      ["--listen a:b", "Invalid value for option --listen (a:b)"],
      ["--listen 1 --metrics x", "Invalid value for option --metrics (x)"],
    ],
    "what goes with what": [
      ["--retry-delay 1 h 104", "--retry-delay only allowed with --retry"],
      ["--output f h 104", "--output only allowed with --format"],
      ["--concurrency 2 h 104", "--concurrency only allowed with --peers"],
      ["--metrics 1 h 104", "--metrics only allowed with --listen or --peers"],
      ["--peers f h 104", "Too many parameters"],
      ["--listen 104 h", "Too many parameters"],
      ["--explain h", "Missing parameter port"],
      [
        "--probe --reconnect h 104",
        "--probe not allowed with --reconnect",
      ],
      ["--probe --retry 1 h 1", "--probe not allowed with --retry"],
      ["--probe --explain h 1", "--probe not allowed with --explain"],
      ["--peers f --explain", "--peers not allowed with --explain"],
      ["--listen 1 --repeat 2", "--listen not allowed with --repeat"],
      ["--listen 1 -aec X", "--listen not allowed with --call"],
      ["--listen 1 -to 3", "--listen not allowed with --timeout"],
      [
        "--listen 1 +tla --request-sni x",
        "--listen not allowed with --request-sni",
      ],
      [
        "--listen 1 +tla --verify-hostname",
        "--listen not allowed with --verify-hostname",
      ],
      [
        "--format json --warning 1 h 1",
        "--warning only allowed with --format nagios",
      ],
      ["--listen 1 --peers f", "--listen not allowed with --peers"],
    ],
  },
  fakeFiles(),
);
