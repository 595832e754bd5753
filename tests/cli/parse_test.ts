import assert from "node:assert/strict";
import fc from "fast-check";
import type { Command } from "../../lib/cli/command.ts";
import { OPTIONS } from "../../lib/cli/options.ts";
import { parseCommandLine } from "../../lib/cli/parse.ts";
import { fakeFiles } from "./fake-files.ts";

const FILES = fakeFiles({
  empty: "",
  blank: " \t\r\n",
  folder: null,
  peer: "localhost 104",
  "log.cfg": "log4cplus.rootLogger = DEBUG, console\n",
});

type Verify = Extract<Command, { readonly kind: "verify" }>;

async function verify(...argv: readonly string[]): Promise<Verify> {
  const command = await parseCommandLine(argv, FILES);
  if (command.kind === "verify") return command;
  throw new Error(JSON.stringify(command));
}

Deno.test("peer and port are enough, the rest has its defaults", async () => {
  assert.deepEqual(await verify("localhost", "104"), {
    kind: "verify",
    settings: {
      peer: "localhost",
      port: 104,
      addressFamily: "auto",
      callingAeTitle: "ECHOSCU",
      calledAeTitle: "ANY-SCP",
      transferSyntaxCount: 1,
      presentationContextCount: 1,
      connectTimeout: undefined,
      socketTimeout: 60,
      acseTimeout: 30,
      dimseTimeout: undefined,
      maximumLength: 16384,
      repeat: 1,
      ending: "release",
    },
    transport: { kind: "tcp" },
    log: { level: "warn", config: undefined },
    echo: undefined,
    operator: undefined,
  });
});

Deno.test("every network option sets what it is for", async () => {
  const { settings } = await verify(
    ..."-i4 -aet ME -aec YOU -pts 53 -ppc 128 -to 1 -ts 2 -ta 3 -td 4".split(
      " ",
    ),
    ..."-pdu 4096 --repeat 5 --abort peer 11112".split(" "),
  );
  assert.deepEqual(settings, {
    peer: "peer",
    port: 11112,
    addressFamily: "ipv4",
    callingAeTitle: "ME",
    calledAeTitle: "YOU",
    transferSyntaxCount: 53,
    presentationContextCount: 128,
    connectTimeout: 1,
    socketTimeout: 2,
    acseTimeout: 3,
    dimseTimeout: 4,
    maximumLength: 4096,
    repeat: 5,
    ending: "abort",
  });
});

Deno.test("options may stand before, between and after the parameters", async () => {
  const { settings } = await verify(
    "-to",
    "1",
    "h",
    "-ta",
    "2",
    "104",
    "-td",
    "3",
  );
  assert.deepEqual(
    [settings.peer, settings.port, settings.connectTimeout],
    ["h", 104, 1],
  );
  assert.deepEqual([settings.acseTimeout, settings.dimseTimeout], [2, 3]);
});

Deno.test("a value is taken as it comes, even if it looks like an option", async () => {
  const { settings } = await verify("-aet", "-v", "-aec", "--help", "h", "104");
  assert.equal(settings.callingAeTitle, "-v");
  assert.equal(settings.calledAeTitle, "--help");
});

Deno.test("signs before digits, lone signs and empty texts are parameters", async () => {
  assert.equal((await verify("-1", "+5")).settings.peer, "-1");
  assert.equal((await verify("-1", "+5")).settings.port, 5);
  assert.equal((await verify("-", "1")).settings.peer, "-");
  assert.equal((await verify("+", "1")).settings.peer, "+");
  assert.equal((await verify("", "1")).settings.peer, "");
  assert.equal((await verify("@", "1")).settings.peer, "@");
});

Deno.test("peer and titles are handed on as they are", async () => {
  for (const text of ["::1", "[::1]", "a:b", "x".repeat(5000), "", " é\n"]) {
    const { settings } = await verify("-aet", text, "-aec", text, text, "1");
    assert.equal(settings.peer, text);
    assert.equal(settings.callingAeTitle, text);
    assert.equal(settings.calledAeTitle, text);
  }
});

Deno.test("of a repeated option only the last is read", async () => {
  const { settings } = await verify(
    "-to",
    "bad",
    "-to",
    "7",
    "-aet",
    "A",
    "-aet",
    "B",
    "h",
    "1",
  );
  assert.equal(settings.connectTimeout, 7);
  assert.equal(settings.callingAeTitle, "B");
});

Deno.test("numbers are read as the reference reads them", async () => {
  assert.equal(
    (await verify("-to", "0x10", "h", "1")).settings.connectTimeout,
    16,
  );
  assert.equal(
    (await verify("-to", "010", "h", "1")).settings.connectTimeout,
    8,
  );
  assert.equal(
    (await verify("-to", " 5x", "h", "1")).settings.connectTimeout,
    5,
  );
  assert.equal(
    (await verify("-pdu", "16384.9", "h", "1")).settings.maximumLength,
    16384,
  );
  assert.equal((await verify("h", "0104x")).settings.port, 104);
  assert.equal((await verify("h", "-18446744073709551615")).settings.port, 1);
});

Deno.test("huge times and counts are as large as a number can be exactly", async () => {
  const huge = "9".repeat(40);
  const { settings } = await verify("-to", huge, "--repeat", huge, "h", "1");
  assert.equal(settings.connectTimeout, Number.MAX_SAFE_INTEGER);
  assert.equal(settings.repeat, Number.MAX_SAFE_INTEGER);
});

Deno.test("the socket timeout may be 0 or -1, for none", async () => {
  for (const value of [-1, 0, 1]) {
    const { settings } = await verify("-ts", String(value), "h", "1");
    assert.equal(settings.socketTimeout, value);
  }
});

Deno.test("the rightmost address family counts", async () => {
  const family = async (text: string): Promise<string> =>
    (await verify(...text.split(" "), "h", "1")).settings.addressFamily;
  assert.equal(await family("-i4 -i6"), "ipv6");
  assert.equal(await family("-i6 -i4"), "ipv4");
  assert.equal(await family("-i4 -i0"), "auto");
  assert.equal(await family("--ip-auto --ipv6"), "ipv6");
});

Deno.test("the rightmost of quiet, verbose and debug sets the level", async () => {
  const level = async (text: string): Promise<string | undefined> =>
    (await verify(...text.split(" "), "h", "1")).log.level;
  assert.equal(await level("-q"), "fatal");
  assert.equal(await level("-v"), "info");
  assert.equal(await level("-d"), "debug");
  assert.equal(await level("-d -q -v"), "info");
  assert.equal(await level("-v -d -v -q"), "fatal");
  assert.equal(await level("-q -v -q -d"), "debug");
});

Deno.test("a level may be named in any case", async () => {
  const levels = ["trace", "debug", "info", "warn", "error", "fatal", "off"];
  for (const name of levels) {
    assert.equal((await verify("-ll", name, "h", "1")).log.level, name);
    const upper = name.toUpperCase();
    assert.equal((await verify("-ll", upper, "h", "1")).log.level, name);
  }
  assert.equal((await verify("-ll", "All", "h", "1")).log.level, "trace");
});

Deno.test("the log configuration is read once and handed on", async () => {
  const { log } = await verify("-lc", "log.cfg", "h", "1");
  assert.equal(log.level, undefined);
  assert.equal(log.config?.file, "log.cfg");
  assert.deepEqual(
    [...log.config?.properties ?? []],
    [["log4cplus.rootLogger", "DEBUG, console"]],
  );
});

Deno.test("no arguments, or only empty command files, ask for the usage", async () => {
  for (const argv of [[], ["@empty"], ["@blank", "@folder"]]) {
    assert.deepEqual(await parseCommandLine(argv, FILES), { kind: "usage" });
  }
});

Deno.test("of several exclusive options the most important counts", async () => {
  const order = [
    ["-h", "help"],
    ["--version", "version"],
    ["+cc", "list-ciphers"],
    ["+ph", "list-profiles"],
    ["+vc", "verify-certificate"],
    ["+rc", "is-root-certificate"],
  ] as const;
  const argument = (option: string): string[] =>
    option === "+vc" || option === "+rc" ? [option, "f"] : [option];
  for (const [index, [first, kind]] of order.entries()) {
    for (const [second] of order.slice(index)) {
      const one = [...argument(first), ...argument(second)];
      const other = [...argument(second), ...argument(first)];
      assert.equal((await parseCommandLine(one, FILES)).kind, kind);
      assert.equal((await parseCommandLine(other, FILES)).kind, kind);
    }
  }
});

Deno.test("exclusive options ignore parameters and all values", async () => {
  for (const option of ["--help", "--version", "+cc", "+ph"]) {
    const argv = ["a", "b", "c", option, "-to", "0", "-ll", "x", "-pem"];
    assert.notEqual((await parseCommandLine(argv, FILES)).kind, "error");
  }
  const argv = ["+vc", "f", "h", "0", "more"];
  assert.equal(
    (await parseCommandLine(argv, FILES)).kind,
    "verify-certificate",
  );
});

Deno.test("--arguments shows the expanded command line by long names", async () => {
  const { echo } = await verify("-v", "--arguments", "@peer", "-aet", "@");
  assert.equal(
    echo,
    "calling 'echoscu' with 6 arguments: '--verbose' '--arguments' " +
      "'localhost' '104' '--aetitle' '@' \n",
  );
});

Deno.test("--arguments counts empty arguments and does not show them", async () => {
  assert.equal(
    (await verify("--arguments", "-aet", "", "", "1")).echo,
    "calling 'echoscu' with 5 arguments: '--arguments' '--aetitle' '1' \n",
  );
});

Deno.test("--arguments never shows a password", async () => {
  for (const password of ["secret", ""]) {
    const { echo } = await verify(
      ...["--arguments", "+tls", "k", "c", "+pw", password, "h", "1"],
    );
    assert.equal(
      echo,
      "calling 'echoscu' with 8 arguments: '--arguments' '--enable-tls' 'k' " +
        "'c' '--use-passwd' '***' 'h' '1' \n",
    );
  }
});

Deno.test("no command line makes the parser throw", async () => {
  const names = OPTIONS.flatMap(({ long, short = long }) => [long, short]);
  const argument = fc.oneof(
    fc.constantFrom(...names),
    fc.constantFrom("localhost", "104", "@peer", "@folder", "@no", "log.cfg"),
    fc.integer().map(String),
    fc.string(),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(argument, { maxLength: 8 }), async (argv) => {
      const command = await parseCommandLine(argv, FILES);
      if (command.kind === "error") assert.notEqual(command.message, "");
    }),
  );
});
