/** The example at the top of the project: as it is, and with all of it in use. */

import assert from "node:assert/strict";
import { decodeFile } from "../../lib/cli/command-file.ts";
import { BackgroundWriter } from "../../lib/log/background-writer.ts";
import { configuredLog } from "../../lib/log/configured.ts";
import { app } from "../../lib/log/log.ts";
import { parseProperties, type Properties } from "../../lib/log/properties.ts";
import { MemoryMachine, NOW } from "./machine.ts";

const TEXT = decodeFile(
  Deno.readFileSync(new URL("../../logger.cfg", import.meta.url)),
);

/** The example without the "#" before settings. */
const FULL = parseProperties(TEXT.replace(/^#(?=log4cplus\.)/gm, ""));

function values(properties: Properties): Set<string> {
  return new Set(properties.values());
}

Deno.test("the example logs to standard error as --verbose does", async () => {
  const machine = new MemoryMachine(NOW);
  const log = await configuredLog(parseProperties(TEXT), machine);
  log.write(app("debug", "no"));
  log.write(app("info", "a\nb"));
  assert.equal(machine.stderr(), "I: a\nI: b\n");
  assert.equal(machine.stdout(), "");
  await log.close();
});

Deno.test("the example shows every class there is", () => {
  const shown = [...values(FULL)].filter((value) =>
    value.startsWith("log4cplus::")
  );
  assert.deepEqual(shown.toSorted(), [
    "log4cplus::ConsoleAppender",
    "log4cplus::DailyRollingFileAppender",
    "log4cplus::FileAppender",
    "log4cplus::NTEventLogAppender",
    "log4cplus::NullAppender",
    "log4cplus::PatternLayout",
    "log4cplus::RollingFileAppender",
    "log4cplus::SimpleLayout",
    "log4cplus::SysLogAppender",
    "log4cplus::TTCCLayout",
    "log4cplus::spi::DenyAllFilter",
    "log4cplus::spi::LogLevelMatchFilter",
    "log4cplus::spi::LogLevelRangeFilter",
    "log4cplus::spi::StringMatchFilter",
  ]);
});

Deno.test("the example with all of it in use writes files and no complaints", async () => {
  const folder = await Deno.makeTempDir();
  const { denoMachine } = await import("../../lib/log/deno-machine.ts");
  const machine = new MemoryMachine(NOW);
  try {
    const properties = new Map(FULL);
    properties.set("folder", folder);
    // There are no such services here.
    for (const name of ["syslog", "remote", "events"]) {
      properties.set(`log4cplus.appender.${name}`, "log4cplus::NullAppender");
    }
    properties.set(
      "log4cplus.rootLogger",
      "DEBUG, console, file, network, daily, syslog, remote, events, nothing",
    );
    const log = await configuredLog(properties, {
      ...machine,
      files: denoMachine({
        environment: () => undefined,
        writeError: assert.fail,
        errorBacklog: () => 0,
        errorsWritten: () => undefined,
      }, new BackgroundWriter(Deno.stdout)).files,
    });
    log.write(app("info", "Sending Echo Request"));
    await log.close();
    assert.equal(machine.stderr(), "I: Sending Echo Request\n");
    const read = (name: string): Promise<string> =>
      Deno.readTextFile(`${folder}/${name}`);
    assert.match(
      await read("echoscu.log"),
      /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.089 INFO {2}Sending Echo Request\n$/,
    );
    assert.equal(
      await read("echoscu-network.log"),
      "05:06:07.089 [4711] INFO dcmtk.apps.echoscu <> - Sending Echo Request\n",
    );
    const daily = [...Deno.readDirSync(folder)].find(({ name }) =>
      /^echoscu-daily\.log\.2026-03-0\d$/.test(name)
    );
    assert.equal(
      await read(daily?.name ?? ""),
      "INFO - Sending Echo Request\n",
    );
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
