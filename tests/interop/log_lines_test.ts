/** No line is lost, and none is there twice: in bulk, interrupted, by TCP. */

import assert from "node:assert/strict";
import { decodeLatin1 } from "../../lib/base/text.ts";
import { cleanEnvironment, temporaryDirectory } from "../support/run.ts";
import {
  receive,
  startScriptedPeer,
  waitForEnd,
} from "../support/scripted-peer.ts";
import { HOST } from "./case.ts";
import { accept } from "./cases/scripts.ts";
import {
  appender,
  argumentsOf,
  CONFIG,
  lines,
  type LogCase,
  pattern,
  PLAIN,
  root,
  SYSLOG_PORT,
  toConsole,
  toFile,
  withoutText,
} from "./log-case.ts";
import { differences, report } from "./log-differential.ts";
import { OUR_LOGGER, runBoth, runInDirectory, type Traces } from "./log-run.ts";
import { startStorescp } from "./real-peers.ts";
import { startSyslogReceiver } from "./syslog-receivers.ts";

const ECHOES = 20_000;

/** What only one of the programs says would move the ends of files. */
const COMMON = withoutText(
  "Our Implementation",
  "echoscu v",
  "DataDictionary",
  "Nagle",
);

const BULK: LogCase = {
  name: "bulk",
  config: lines(
    root("DEBUG, file, console"),
    ...toFile({
      MaxFileSize: "200KB",
      MaxBackupIndex: "1000",
      ...COMMON,
    }, "RollingFileAppender"),
    ...toConsole({ logToStdErr: "false", ...COMMON }),
  ),
  options: ["--repeat", String(ECHOES)],
  env: { TCP_NODELAY: "1" },
  limit: 120_000,
};

/** All files of a log from the oldest on, one after the other. */
function joined({ files }: Traces): string {
  return [...files.keys()]
    .map((name) => Number(name.split(".")[2] ?? 0))
    .sort((a, b) => b - a)
    .map((index) => files.get(index === 0 ? "log.txt" : `log.txt.${index}`))
    .join("");
}

Deno.test(`${ECHOES} echoes over many files: each line once, each file alike`, async () => {
  await using storescp = await startStorescp();
  const pair = await runBoth(BULK, storescp.port);
  const problems = differences(BULK, pair);
  assert.ok(problems.length === 0, report(BULK, problems));
  for (const traces of [pair.reference, pair.ours]) {
    assert.ok(traces.files.size >= 5, `${traces.files.size} files`);
    const text = joined(traces);
    assert.ok(text === traces.runs[0]?.stdout, "the files are not the console");
    assert.deepEqual(
      [...text.matchAll(/Sending Echo Request \(MsgID (\d+)\)/g)]
        .map(([, id]) => Number(id)),
      Array.from({ length: ECHOES }, (_, index) => index + 1),
    );
  }
});

Deno.test("two appenders that roll one file lose no line", async () => {
  await using storescp = await startStorescp();
  const { files } = await runInDirectory(OUR_LOGGER, {
    name: "two",
    config: lines(
      root("INFO, one, two"),
      ...["one", "two"].flatMap((name) =>
        appender(name, "RollingFileAppender", {
          File: "log.txt",
          MaxFileSize: "200KB",
          MaxBackupIndex: "100",
          ...pattern(`${name} %-20000m%n`),
        })
      ),
    ),
    options: ["--repeat", "20"],
  }, storescp.port);
  const found = [...files.values()].join("").split("\n")
    .map((line) => line.trim());
  for (const name of ["one", "two"]) {
    assert.deepEqual(
      found.filter((line) => line.startsWith(`${name} Sending`))
        .map((line) => Number(/MsgID (\d+)/.exec(line)?.[1]))
        .sort((a, b) => a - b),
      Array.from({ length: 20 }, (_, index) => index + 1),
      name,
    );
  }
});

/** Starts ours, sends `signal` when it has printed `marker`. */
async function interrupted(
  config: string,
  marker: string,
  signal: Deno.Signal,
): Promise<{ code: number; stderr: string; file: string }> {
  await using peer = await startScriptedPeer([
    ...accept(),
    receive,
    waitForEnd,
  ]);
  await using directory = await temporaryDirectory({ [CONFIG]: config });
  const child = new Deno.Command(OUR_LOGGER.command, {
    args: [
      ...OUR_LOGGER.leadingArguments,
      "-lc",
      CONFIG,
      HOST,
      String(peer.port),
    ],
    cwd: directory.path,
    clearEnv: true,
    env: cleanEnvironment(),
    stdin: "null",
    stdout: "null",
    stderr: "piped",
  }).spawn();
  let stderr = "";
  let sent = false;
  for await (const chunk of child.stderr) {
    stderr += decodeLatin1(chunk);
    if (!sent && stderr.includes(marker)) {
      child.kill(signal);
      sent = true;
    }
  }
  const { code } = await child.status;
  let file = "";
  for await (const { name } of Deno.readDir(directory.path)) {
    if (name === CONFIG) continue;
    file += await Deno.readTextFile(`${directory.path}/${name}`);
  }
  return { code, stderr, file };
}

const KINDS = [
  "FileAppender",
  "RollingFileAppender",
  "DailyRollingFileAppender",
];

for (const kind of KINDS) {
  for (const [signal, code] of [["SIGINT", 130], ["SIGTERM", 143]] as const) {
    Deno.test(`${signal} loses no line of a ${kind}`, async () => {
      const result = await interrupted(
        lines(
          root("DEBUG, file, console"),
          ...toConsole(),
          ...toFile({ ImmediateFlush: "false", Schedule: "DAILY" }, kind),
        ),
        "Sending Echo Request",
        signal,
      );
      assert.equal(result.code, code);
      assert.match(result.file, /I: Sending Echo Request \(MsgID 1\)\n/);
      assert.equal(result.file, result.stderr);
    });
  }
}

/** A configuration that sends to syslog what it prints. */
function syslog(udp: boolean, port: number | string): string {
  return lines(
    root("DEBUG, console, sys"),
    ...toConsole(),
    ...appender("sys", "SysLogAppender", {
      ident: "verification",
      host: HOST,
      port: String(port),
      udp: String(udp),
      ...pattern(PLAIN),
    }),
  );
}

const HEADER =
  /^<(\d+)>1 \d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z \S+ verification \d+ dcmtk\.[\w.]+ - /;

/** The texts of records of RFC 5424, each with its length before it. */
function unframed(stream: string): readonly string[] {
  const records: string[] = [];
  for (let rest = stream; rest !== "";) {
    const [all = "", digits = ""] = /^(\d+) /.exec(rest) ?? [];
    assert.notEqual(all, "", `no length: ${rest.slice(0, 100)}`);
    const end = all.length + Number(digits);
    assert.ok(end <= rest.length, "a record is cut");
    records.push(rest.slice(all.length, end));
    rest = rest.slice(end);
  }
  return records;
}

function texts(records: readonly string[]): string {
  return records.map((record) => {
    assert.match(record, HEADER);
    return record.replace(HEADER, "");
  }).join("");
}

for (const signal of ["SIGINT", "SIGTERM"] as const) {
  Deno.test(`${signal} loses no syslog message, by UDP or TCP`, async () => {
    for (const udp of [true, false]) {
      await using receiver = await startSyslogReceiver(udp ? "udp" : "tcp");
      const { stderr } = await interrupted(
        syslog(udp, receiver.port),
        "Sending Echo Request",
        signal,
      );
      const messages = await receiver.messages();
      const records = udp ? messages : messages.flatMap(unframed);
      assert.match(stderr, /Sending Echo Request/);
      assert.equal(texts(records), stderr);
    }
  });
}

Deno.test("by TCP, every message comes whole and with its length", async () => {
  await using storescp = await startStorescp();
  const test: LogCase = {
    name: "tcp",
    config: syslog(false, SYSLOG_PORT),
    receiver: "tcp",
    options: ["--repeat", "50"],
  };
  const { runs, messages } = await runInDirectory(
    OUR_LOGGER,
    test,
    storescp.port,
  );
  assert.equal(runs[0]?.exit, 0, argumentsOf(test).join(" "));
  assert.equal(messages.length, 1, "one connection");
  assert.equal(texts(messages.flatMap(unframed)), runs[0]?.stderr);
});

Deno.test("nobody who takes syslog by TCP: said once, verified all the same", async () => {
  await using storescp = await startStorescp();
  const { runs } = await runInDirectory(OUR_LOGGER, {
    name: "nobody",
    config: syslog(false, 1),
  }, storescp.port);
  assert.equal(runs[0]?.exit, 0);
  const said = runs[0]?.stderr.split("\n")
    .filter((line) => line.startsWith("log4cplus:")) ?? [];
  assert.equal(said.length, 1, said.join("\n"));
  assert.match(runs[0]?.stderr ?? "", /I: Releasing Association\n/);
});
