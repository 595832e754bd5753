/** `--log-config`, from the file to what is written, and when. */

import assert from "node:assert/strict";
import {
  receive,
  type Script,
  send,
  waitForEnd,
} from "../support/scripted-peer.ts";
import { ASSOCIATE_RJ } from "../support/golden.ts";
import { ASSOCIATED, WELL_BEHAVED } from "../verify/verification.ts";
import {
  type HostOptions,
  type Result,
  runAgainst,
  runLine,
} from "./fake-host.ts";

const CONSOLE = `
log4cplus.appender.console = log4cplus::ConsoleAppender
log4cplus.appender.console.layout = log4cplus::PatternLayout
log4cplus.appender.console.layout.ConversionPattern = %c{1} %P: %m%n
`;

async function against(
  script: Script,
  config: string,
  argv: readonly string[] = [],
  more: HostOptions = {},
): Promise<Result> {
  return await runAgainst(script, ["-lc", "log.cfg", ...argv], {
    ...more,
    files: { "log.cfg": config },
  });
}

Deno.test("messages go where the file says, by level and logger", async () => {
  const { exit, stdout, stderr } = await against(
    WELL_BEHAVED,
    `log4cplus.rootLogger = INFO, console\n${CONSOLE}`,
  );
  assert.equal(exit, 0);
  assert.equal(stderr, "");
  assert.deepEqual(stdout.split("\n"), [
    "echoscu I: Requesting Association",
    "echoscu I: Association Accepted (Max Send PDV: 16372)",
    "echoscu I: Sending Echo Request (MsgID 1)",
    "echoscu I: Received Echo Response (Success)",
    "echoscu I: Releasing Association",
    "",
  ]);
});

Deno.test("one logger may be shown in detail, another not at all", async () => {
  const { stdout } = await against(
    WELL_BEHAVED,
    "log4cplus.rootLogger = OFF, console\n" +
      `log4cplus.logger.dcmtk.dcmnet = TRACE\n${CONSOLE}`,
  );
  const loggers = new Set(
    stdout.trimEnd().split("\n").map((line) => line.split(" ")[0]),
  );
  assert.deepEqual([...loggers], ["dcmnet"]);
  assert.match(stdout, /^dcmnet T: DUL {2}FSM Table: State: 1 Event: 0$/m);
  assert.match(stdout, /^dcmnet D: Constructing Associate RQ PDU$/m);
});

Deno.test("a log file has every line when the program ends", async () => {
  const file = await Deno.makeTempFile();
  try {
    const { exit, stdout, stderr } = await against(
      [receive, send(ASSOCIATE_RJ), waitForEnd],
      `log4cplus.rootLogger = INFO, file
log4cplus.appender.file = log4cplus::FileAppender
log4cplus.appender.file.File = ${file}
log4cplus.appender.file.ImmediateFlush = false`,
    );
    assert.deepEqual([exit, stdout, stderr], [1, "", ""]);
    assert.match(
      await Deno.readTextFile(file),
      /^INFO - Requesting Association\nFATAL - Association Rejected:\n/,
    );
  } finally {
    await Deno.remove(file);
  }
});

Deno.test("a log file has the last words of an interrupted program", async () => {
  const file = await Deno.makeTempFile();
  try {
    const { exit } = await against(
      [...ASSOCIATED, receive, waitForEnd],
      `log4cplus.rootLogger = INFO, console, file
${CONSOLE}
log4cplus.appender.console.logToStdErr = 1
log4cplus.appender.file = log4cplus::FileAppender
log4cplus.appender.file.File = ${file}
log4cplus.appender.file.ImmediateFlush = false`,
      [],
      {
        onError: (text, machine) => {
          if (text.includes("Sending Echo")) machine.interrupt("SIGTERM");
        },
      },
    );
    assert.equal(exit, 143);
    assert.match(
      await Deno.readTextFile(file),
      /FATAL - Interrupted, Aborting Association\n$/,
    );
  } finally {
    await Deno.remove(file);
  }
});

Deno.test("a file that cannot be written is told once and stops nothing", async () => {
  const { exit, stdout, stderr } = await against(
    WELL_BEHAVED,
    `log4cplus.rootLogger = INFO, file, console
${CONSOLE}
log4cplus.appender.file = log4cplus::FileAppender
log4cplus.appender.file.File = /dev/null/x.log`,
  );
  assert.equal(exit, 0);
  assert.equal(
    stderr,
    "log4cplus:ERROR Unable to open file: /dev/null/x.log\n",
  );
  assert.match(stdout, /Releasing Association/);
});

Deno.test("--arguments are the root logger's, before a wrong value, too", async () => {
  const { exit, stdout, stderr } = await runLine(
    ["-lc", "log.cfg", "--arguments", "-to", "0", "h", "104"],
    {
      files: { "log.cfg": `log4cplus.rootLogger = ERROR, console\n${CONSOLE}` },
    },
  );
  assert.equal(exit, 1);
  assert.match(stdout, /^root I: calling 'echoscu' with .*\nroot I: \n$/);
  assert.match(stderr, /\nerror: .*--timeout/);
});

Deno.test("a root logger without errors keeps a wrong value silent", async () => {
  for (
    const [level, isSilent] of [
      ["OFF", true],
      ["FATAL", true],
      ["${level}", true],
      ["ERROR", false],
    ] as const
  ) {
    const { exit, stderr } = await runLine(
      ["-lc", "log.cfg", "-to", "0", "h", "104"],
      {
        files: {
          "log.cfg": `log4cplus.rootLogger = ${level}, console\n` +
            `level = fatal\n${CONSOLE}`,
        },
      },
    );
    assert.equal(exit, 1);
    assert.equal(stderr === "", isSilent, level);
  }
});

Deno.test("a log file is complete after a wrong value, too", async () => {
  const file = await Deno.makeTempFile();
  try {
    await runLine(["-lc", "log.cfg", "--arguments", "-to", "0", "h", "104"], {
      files: {
        "log.cfg": `log4cplus.rootLogger = INFO, file
log4cplus.appender.file = log4cplus::FileAppender
log4cplus.appender.file.File = ${file}
log4cplus.appender.file.ImmediateFlush = false`,
      },
    });
    assert.match(await Deno.readTextFile(file), /^INFO - calling 'echoscu'/);
  } finally {
    await Deno.remove(file);
  }
});
